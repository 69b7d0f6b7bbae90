"""Published cases become what their publishers say they became."""

import json
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError

from casework.models import Case
from scenarios.cast import call_together
from scenarios.facts import OWN, BadScenario, read
from scenarios.replay import replay

pytestmark = pytest.mark.django_db
MADE = Path(__file__).parent / "data" / "Z01.yaml"


@pytest.mark.parametrize("path", sorted(OWN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_published_case_agrees_with_what_is_known_of_it(path: Path) -> None:
    assert replay(path, call_together()).differences == []


def test_a_case_made_for_the_edges_agrees() -> None:
    assert replay(MADE, call_together()).differences == []


def test_what_the_product_cannot_take_in_is_said() -> None:
    findings = " ".join(replay(MADE, call_together()).findings)
    assert ("left_handed" in findings, "moon_landing" in findings) == (True, True)


def test_a_case_is_performed_once() -> None:
    cast = call_together()
    first, again = replay(MADE, cast), replay(MADE, cast)
    assert (first.case.pk, Case.objects.count()) == (again.case.pk, 1)


def test_a_wrong_expectation_is_found(tmp_path: Path) -> None:
    raw = yaml.safe_load(MADE.read_text(encoding="utf-8"))
    raw["id"], raw["expected"]["stats"]["order_granted"] = "Z02", 7
    path = tmp_path / "Z02.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    assert replay(path, call_together()).differences == ["stats.order_granted: expected 7, got 1"]


def test_the_command_exits_with_one_on_a_difference(tmp_path: Path) -> None:
    path = tmp_path / "Z03.yaml"
    path.write_text(
        MADE.read_text(encoding="utf-8").replace("Z01", "Z03").replace("order_varied: 1", "order_varied: 4"),
        "utf-8",
    )
    with pytest.raises(SystemExit) as ended:
        call_command("replay", str(path), "--check", stdout=StringIO())
    assert ended.value.code == 1


def test_the_command_prints_json_for_every_case() -> None:
    out = StringIO()
    call_command("replay", "C06", "C48", "--json", stdout=out)
    document = json.loads(out.getvalue())
    assert ([case["id"] for case in document["cases"]], document["totals"]["order_granted"]) == (
        ["C06", "C48"],
        2,
    )


def test_a_dry_run_leaves_nothing_behind() -> None:
    call_command("replay", "C06", "--dry-run", stdout=StringIO())
    assert Case.objects.count() == 0


def test_a_broken_file_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("timeline: []", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(MADE.read_text(encoding="utf-8"), encoding="utf-8")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("replay", str(tmp_path), stdout=out)
    assert ("UNREADABLE a.yaml" in out.getvalue(), "Z01" in out.getvalue()) == (True, True)


def test_an_unknown_name_is_refused_in_plain_words() -> None:
    with pytest.raises(CommandError):
        call_command("replay", "C99", stdout=StringIO())


def test_a_file_without_a_timeline_is_no_scenario(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("id: X1\nmatter: dv\n", encoding="utf-8")
    with pytest.raises(BadScenario):
        read(path)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ({"timeline": "long ago"}, "timeline"),
        ({"timeline": [{"seq": "first", "event": "incident"}]}, "timeline seq first"),
        ({"expected": ["all well"]}, "expected"),
        ({"expected": {"stats": "none"}}, "expected.stats"),
        ({"id": "X" * 200}, "id"),
    ],
)
def test_a_part_of_another_form_is_named(written: dict[str, object], wrong: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(MADE.read_text("utf-8")) | written), "utf-8")
    with pytest.raises(BadScenario, match=f"“{wrong}”"):
        read(path)


def test_a_word_that_is_none_is_a_finding(tmp_path: Path) -> None:
    raw = yaml.safe_load(MADE.read_text("utf-8"))
    raw |= {"id": "Z04", "relation_primary": "9_boss", "clocks": "none", "jurisdiction": "here"}
    raw |= {"violence_forms": {"shouting": True}, "danger_scale": {"items": {77: True}}}
    path = tmp_path / "Z04.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")
    said = " ".join(replay(path, call_together()).findings)
    words = (
        "relation 9_boss",
        "clocks: no list",
        "jurisdiction: no mapping",
        "form of violence shouting",
        "question 77",
    )
    assert [word for word in words if word not in said] == []
