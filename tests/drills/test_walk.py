"""docs/deploy.md typed line by line into a bare Debian, and then what a person would look at."""

import re
import shlex
import time
from uuid import uuid4

from config.runtime.children import Failed
from tests.drills.bare import Machine
from tests.drills.conftest import Seen
from tests.drills.front import NEW, Front
from tests.drills.paper import of_section, typed
from tests.faults.site import DESK, FIGURES, PARTNER

PHRASE = "three slow barges"
UNITS = ("desk", "liaison", "statistics", "worker", "beat", "metrics")
BLANKS = {
    "<your copy>": "/lent/copy.git",
    "<stick>": "/mnt/stick",
    "<login>": "tao.ran",
    "<name>": "陶然",
    "<certificate>": "/srv/made.crt",
    "<its key>": "/srv/made.key",
    "<version>": "HEAD",
}
# What the page leaves to others: the authority's certificate, a stick from the machine without network.
BEFORE = f"""
mkdir -p /mnt/stick
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN={DESK} \\
  -addext subjectAltName=DNS:{DESK},DNS:{PARTNER},DNS:{FIGURES} -keyout /srv/made.key -out /srv/made.crt
"""


def walk(machine: Machine, section: int, seen: Seen, blanks: dict[str, str] = BLANKS) -> str:
    """Every line of a section; what all of them said."""
    began, said, lines = time.monotonic(), "", of_section(section)
    assert lines, section
    for one in lines:
        command = one.filled(blanks)
        if one.prompt == "$":
            command = f"cd /mnt/stick\n{command}\ncd - > /dev/null"
        said += machine.typed(command, f"{PHRASE}\n" * 2)
    seen(
        f"section {section}: {len(lines)} commands",
        f"every one ended with 0, {time.monotonic() - began:.0f} s",
    )
    return said


def test_the_page_has_no_blank_that_is_not_filled_here() -> None:
    for one in typed():
        one.filled(BLANKS | {"<from the notebook>": ""})


def test_from_a_bare_debian_to_running(machine: Machine, seen: Seen) -> None:
    seen("debootstrap, systemd-nspawn", machine.run("cat /etc/debian_version; systemctl --version | head -1"))
    walk(machine, 1, seen)
    machine.typed(BEFORE)  # openssl is there now
    said = "".join(walk(machine, section, seen) for section in (2, 3, 4, 5, 6))
    machine.password = re.findall(r"^\w{4}-\w{4}-\w{4}-\w{4}", said, re.MULTILINE)[-1]
    assert said.count('"ready": true') == 3
    assert "System check identified no issues" in said
    packages = "postgresql-17 valkey-server nginx python3"
    seen("packages", machine.run(f"dpkg-query -W -f '${{Package}} ${{Version}}\\n' {packages}"))
    states = machine.run("systemctl is-active " + " ".join(f"huhang-{one}" for one in UNITS)).split()
    seen("systemctl is-active huhang-*", ", ".join(states))
    assert states == ["active"] * len(UNITS)


def test_every_unit_runs_within_its_walls(machine: Machine, seen: Seen) -> None:
    for unit in UNITS:
        told = machine.run(f"systemd-analyze security --no-pager huhang-{unit} | tail -1")
        level = re.findall(r"(\d\.\d \w+)", told)[0]
        user, restarts = (
            machine.run(f"systemctl show -P {one} huhang-{unit}").strip() for one in ("User", "NRestarts")
        )
        seen(
            f"systemd-analyze security huhang-{unit}",
            f"{level}; user {user}, started {int(restarts) + 1} time(s)",
        )
        assert (float(level.split()[0]) < 2.5, restarts) == (True, "0")
    keys = machine.run(
        "su -s /bin/sh huhang -c 'cat /etc/huhang/keys/kek.key /etc/huhang/owner.env'", check=False
    )
    seen("the keys' file and owner.env read as huhang", keys.replace("cat: ", ""))
    assert keys.count("Permission denied") == 2
    listening = machine.run("ss -Hltn | awk '{print $4}' | sort -u").split()
    outward = [one for one in listening if not one.startswith(("127.0.0.1", "[::1]"))]
    seen("open to the network", ", ".join(outward))
    assert {one.rsplit(":", 1)[1] for one in outward} == {"80", "443"}


def test_people_sign_in_by_https_each_at_their_own_name(machine: Machine, seen: Seen) -> None:
    with Front(machine) as front:
        end = front.sign_in(DESK, "tao.ran", machine.password)
        seen(
            f"https://{DESK}: first sign-in of the administrator",
            f"one-time password, one of her own, app, codes, {end}",
        )
        liaison = front.new_person("jingwu", "民警 赵铁山", "liaison", "灵泉派出所")
        supervisor = front.new_person("tongji", "统计员 白音", "supervisor", "区统计局")
        seen(
            f"https://{DESK}: the administrator makes two people",
            "a liaison of the police, a supervisor of statistics",
        )
        end = front.sign_in(PARTNER, *liaison)
        seen(f"https://{PARTNER}: first sign-in of the liaison", f"{end}; /people is 404")
        assert front.status(PARTNER, "/people") == 404
        end = front.sign_in(FIGURES, *supervisor)
        pages = {path: front.status(FIGURES, path) for path in ("/figures/", "/plan/", "/cases/")}
        seen(f"https://{FIGURES}: first sign-in of the supervisor", f"{end}; {pages}")
        assert list(pages.values()) == [200, 200, 404]
        closed = [front.status(DESK, path) for path in ("/metrics", f"/cases/{uuid4()}/")]
        seen(f"https://{DESK}: /metrics, the address of no case", closed)
        assert closed == [404, 404]


def test_the_numbers_for_the_alarm_are_there(machine: Machine, seen: Seen) -> None:
    told = machine.run("curl -sS http://127.0.0.1:9108/metrics")
    for name in (
        "huhang_database_up",
        "huhang_redis_up",
        "huhang_outbox_age_seconds",
        "huhang_sweep_age_seconds",
    ):
        seen(name, re.findall(rf"^{name} (.*)$", told, re.MULTILINE)[0])
    assert "huhang_database_up 1.0" in told and "huhang_redis_up 1.0" in told
    log = machine.run("journalctl -u 'huhang-*' -o cat --no-pager")
    errors = re.findall(r'"level": "(?:ERROR|CRITICAL)".*', log)
    seen("the journal of all units", f"{len(log.splitlines())} lines, {len(errors)} errors")
    assert errors == []


def test_the_backup_unit_makes_a_backup_and_it_comes_back_as_written(machine: Machine, seen: Seen) -> None:
    before = machine.sql("select count(*) from agencies_user")
    machine.typed("systemctl start huhang-backup huhang-keyring")
    log = machine.run("journalctl -u huhang-backup -o cat --no-pager")
    manifest = re.findall(r"\b[0-9a-f]{64}\b", log)[-1]
    files = machine.run("cd /var/backups/huhang/* && ls").split()
    seen("systemctl start huhang-backup", ", ".join(files))
    said = walk(machine, 8, seen, BLANKS | {"<from the notebook>": manifest})
    seen(
        "owner restore",
        "; ".join(line for line in said.splitlines() if re.match(r"(data|files|statistics|lives)", line)),
    )
    wait_ready(machine)
    after = machine.sql("select count(*) from agencies_user")
    seen("accounts before and after", f"{before}, {after}")
    assert after == before
    with Front(machine) as front:
        front.sign_in(DESK, "tao.ran", NEW)
    seen("the administrator signs in to the restored house", "with her password and app of before")


def test_the_upgrade_as_written_ends_with_all_running(machine: Machine, seen: Seen) -> None:
    said = walk(machine, 9, seen, BLANKS | {"<version>": "HEAD"})
    assert "finished" in said
    wait_ready(machine)
    states = machine.run("systemctl is-active " + " ".join(f"huhang-{one}" for one in UNITS)).split()
    seen("to the same version: systemctl is-active huhang-*", ", ".join(states))
    assert states == ["active"] * len(UNITS)


def test_all_of_it_comes_back_by_itself_after_a_power_cut(machine: Machine, seen: Seen) -> None:
    machine.reboot()
    wait_ready(machine)
    failed = machine.run("systemctl --failed --plain --no-legend | awk '{print $1}'").split()
    states = machine.run(
        "systemctl is-active " + " ".join(f"huhang-{one}" for one in UNITS), check=False
    ).split()
    seen("booted anew: systemctl is-active huhang-*", ", ".join(states))
    assert ([one for one in failed if "huhang" in one], states) == ([], ["active"] * len(UNITS))


def wait_ready(machine: Machine) -> None:
    wait = "curl -s --fail --retry 60 --retry-delay 1 --retry-all-errors -H {} http://127.0.0.1:{}/readyz"
    for port in (8001, 8002, 8003):
        if '"ready": true' not in machine.run(wait.format(shlex.quote(f"Host: {DESK}"), port)):
            raise Failed(f"{port} is not ready")
