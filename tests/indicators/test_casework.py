"""CW.01 to CW.37: defined once, changed only with a new version, counted from the steps, and never 0 for unrecorded."""

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from indicators.casework import DATA, Value, counted, indicators, read, value
from indicators.consumer import count_all
from tests.indicators.lives import NOON, a_deadline, a_step, steps
from tests.people import another_federation, federation

VERSIONS = Path(__file__).parent / "casework_versions.yaml"
IN_2026 = (date(2026, 1, 1), date(2026, 12, 31))


def numbers(span: tuple[date, date] = IN_2026, *homes: Any) -> dict[str, Value]:
    count_all(NOON)
    found = counted(homes or [federation().pk], *span)
    return {f"{one.id} {part.key}": value(part, found) for one in indicators() for part in one.parts}


def a_number(n: int, yes: int, no: int = 0) -> Value:
    return Value("number", Fraction(n), yes, no)


def test_all_thirty_seven_stand_in_their_order() -> None:
    assert [one.id for one in indicators()] == [f"CW.{n:02}" for n in range(1, 38)]


def test_every_name_is_in_both_languages() -> None:
    texts = [
        names for one in indicators() for names in (one.names, one.agency, *(p.names for p in one.parts))
    ]
    texts += [
        names for one in indicators() for part in one.parts for names in (part.note, part.awaits) if names
    ]
    assert all(set(names) == {"zh", "en"} and all(names.values()) for names in texts)


def test_a_definition_changes_only_with_a_higher_version() -> None:
    """After a change, raise `version` and add its line to casework_versions.yaml; older lines stay."""
    known = yaml.safe_load(VERSIONS.read_text("utf-8"))
    assert {f"{one.id} v{one.version}": one.digest[:16] for one in indicators()}.items() <= known.items()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("these: [letters_issued]", "these: [no_such_figure]"),
        ("clocks: [wl_first_visit_7d]", "clocks: [no_such_clock]"),
        ("by: unit", "by: no_such_breakdown"),
        ("direction: up", "direction: sideways"),
        ("kind: median", "kind: mean"),
    ],
)  # fmt: skip
def test_a_definition_that_names_nothing_is_refused(old: str, new: str) -> None:
    with pytest.raises(ValueError):
        read(DATA.read_text("utf-8").replace(old, new, 1))


def test_the_page_of_the_indicators_is_fresh() -> None:
    assert call_command("document_indicators", check=True) is None


@pytest.mark.django_db
def test_each_kind_of_number_comes_from_the_steps_of_its_rooms() -> None:
    steps(3, "protection_order", "grant")
    steps(1, "protection_order", "dismiss")
    for state in ("met", "met", "missed", "unknown"):
        a_deadline("ppo_decision_72h", state)
    steps(2, "screening_round", "check", result="found", how_many=3)
    steps(1, "screening_round", "check", result="nothing", how_many=40)
    steps(2, "referral", "send", service="legal_aid", matter="employment_discrimination")
    steps(4, "key_watch", "confirm", at=datetime(2025, 5, 5, tzinfo=UTC))
    steps(1, "key_watch", "lift")
    steps(2, "shelter_stay", "leave", shelter_days=5)
    steps(1, "shelter_stay", "leave", shelter_days=2)
    steps(5, "case", "open", home=another_federation())
    found = numbers()
    assert {key: found[key] for key in ("CW.07 rate", "CW.08 in_time", "CW.21 found", "CW.21 checked", "CW.22 active")} == {
        "CW.07 rate": a_number(75, 3, 1), "CW.08 in_time": Value("number", Fraction(200, 3), 2, 1),
        "CW.21 found": a_number(6, 6), "CW.21 checked": a_number(46, 46), "CW.22 active": a_number(3, 3),
    }  # fmt: skip
    assert (found["CW.15 mean_stay"], found["CW.29 asked"], found["CW.36 hours"].state) == (
        Value("number", Fraction(4), 3), a_number(0, 0), "not_applicable",
    )  # fmt: skip


@pytest.mark.django_db
def test_what_no_room_records_is_not_zero() -> None:
    found = numbers()
    unrecorded = {key for key, one in found.items() if one.state == "not_recorded"}
    assert unrecorded == {
        "CW.15 occupancy",
        "CW.28 answered",
        "CW.28 satisfied",
    }
    assert (found["CW.02 issued"], found["CW.28 answered"].number) == (a_number(0, 0), None)


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "median"), [((1, 5, 9), 5), ((1, 5), 3), ((1, 1, 2, 40), Fraction(3, 2))])
def test_the_median_is_that_of_the_full_hours(hours: tuple[int, ...], median: Fraction) -> None:
    for n in hours:
        case = a_step("case", "open", at=datetime(2026, 3, 1, 0, tzinfo=UTC)).obj_id
        a_step("case", "assess", obj=case, at=datetime(2026, 3, 1 + n // 24, n % 24, 30, tzinfo=UTC))
    assert numbers()["CW.36 hours"] == Value("number", Fraction(median), len(hours))
