"""What the product is made of: every package pinned by hash, one owner for each module, no key in the code."""

import re
from collections import defaultdict
from importlib.metadata import distributions

import pytest
from django.core.mail import BadHeaderError, EmailMessage

from config.runtime.messages import ROOMS, ROOT
from tests.attacks.record import Tried

PIN = re.compile(r"^[A-Za-z0-9][\w.\-]*(\[[\w,]+\])?==\S+( ; .*)? \\$")
LOCKED = ("requirements.txt", "requirements-dev.txt")
# 32 bytes and more in hex or base64, and anything that is headed like a key.
KEY = re.compile(r"BEGIN [A-Z ]*KEY|[0-9a-fA-F]{64,}|[A-Za-z0-9+/]{43,}={0,2}")


@pytest.mark.attack("T102")
@pytest.mark.parametrize("name", LOCKED)
def test_every_package_is_pinned_with_its_hashes(name: str, tried: Tried) -> None:
    lines = (ROOT / name).read_text().splitlines()
    packages = [n for n, line in enumerate(lines) if line and line[0] not in " #"]
    loose = [lines[n] for n in packages if not PIN.match(lines[n]) or "--hash=sha256:" not in lines[n + 1]]
    tried(request=f"a loose line in {name}", actor="supplier", expected=[], got=loose)
    assert len(packages) > 40


@pytest.mark.attack("T102")
def test_no_two_packages_own_one_module(tried: Tried) -> None:
    """A second owner of a file would decide by the order of installing what is run."""
    owners: dict[str, set[str]] = defaultdict(set)
    for package in distributions():
        name = package.name.lower()  # read from the package's own file each time it is asked for
        for line in (package.read_text("RECORD") or "").splitlines():
            file = line.split(",")[0]
            if file.endswith((".py", ".so")) and not file.startswith(".."):
                owners[file].add(name)
    double = {file: names for file, names in owners.items() if len(names) > 1}
    tried(request="two packages, one file", actor="supplier", expected={}, got=double)
    assert len(owners) > 1000


@pytest.mark.attack("T102")
def test_no_migration_holds_a_key(tried: Tried) -> None:
    paths = [path for room in ROOMS for path in (ROOT / room).rglob("migrations/*.py")]
    held = [path.name for path in paths if KEY.search(path.read_text())]
    tried(request=f"{len(paths)} migrations", actor="reader of the code", expected=[], got=held)
    assert all(map(KEY.search, ["0" * 64, "A" * 43 + "=", "-----BEGIN EC PRIVATE KEY-----"]))


MAIL = re.compile(
    r"^\s*(from|import)\s+(smtplib|django\.core\.mail|django\.core\s+import\s.*\bmail\b)", re.MULTILINE
)


@pytest.mark.attack("T103")
def test_no_name_becomes_a_mail_header(tried: Tried) -> None:
    """The product sends no mail; who begins to, meets this test and the refusal of Django below it."""
    paths = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    senders = [path.name for path in paths if MAIL.search(path.read_text())]
    tried(request="import of a mail library", actor="our code", expected=[], got=senders)
    with pytest.raises(BadHeaderError) as refusal:
        EmailMessage("王小明\r\nBcc: x@y.example", to=["a@b.example"]).message()
    tried(request="a name with \\r\\nBcc:", actor="caller", expected=BadHeaderError, got=refusal.type)
