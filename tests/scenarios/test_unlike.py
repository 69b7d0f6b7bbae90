"""Scenarios unlike the published ones: several orders, rulings told only in rows, reconsideration that succeeds."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from scenarios.cast import call_together
from scenarios.replay import replay
from scenarios.tally import Outcome

pytestmark = pytest.mark.django_db


def told(folder: Path, events: list[tuple[str | None, str, str]], **more: Any) -> Outcome:
    """What becomes of a case of which this is told: (when, event, details)."""
    rows = [
        {"seq": n, "when": when, "event": event, "actor": "法院", "details": text, "mark": "stated"}
        for n, (when, event, text) in enumerate(events, 1)
    ]
    raw = {
        "id": "Z09", "matter": "dv", "relation_primary": "1_spouse", "timeline": rows,
        "parties": [{"ref": "V1", "role": "victim", "gender": "f"}, {"ref": "P1", "role": "perpetrator", "gender": "m"}],
        "violence_forms": {"physical": True}, **more,
    }  # fmt: skip
    path = folder / "Z09.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    return replay(path, call_together())


def counts(outcome: Outcome, *names: str) -> tuple[object, ...]:
    return tuple(outcome.stats[name] for name in names)


ORDERS = ("order_applied", "order_granted", "order_dismissed", "order_outcome_unknown")


def test_two_applications_are_ruled_in_the_order_of_filing(tmp_path: Path) -> None:
    outcome = told(tmp_path, [
        ("2023-03-01", "order_applied", "mother"), ("2023-03-01", "order_applied", "child"),
        ("2023-03-02", "order_granted", "mother"), ("2023-03-03", "order_granted", "child"),
    ])  # fmt: skip
    assert counts(outcome, *ORDERS) == (2, 2, 0, 0)


def test_a_first_application_dismissed_and_a_second_granted(tmp_path: Path) -> None:
    outcome = told(tmp_path, [
        ("2023-03", "order_applied", ""), ("2023-03", "order_dismissed", ""),
        ("2023-06-05", "order_applied", ""), ("2023-06-06", "order_granted", ""),
    ])  # fmt: skip
    assert counts(outcome, *ORDERS) == (2, 1, 1, 0)


def test_a_dismissal_overturned_on_reconsideration_is_one_application(tmp_path: Path) -> None:
    outcome = told(tmp_path, [
        ("2023-03-01", "order_applied", ""), ("2023-03-03", "order_dismissed", ""),
        ("2023-03-05", "reconsideration_filed", ""), ("2023-03-10", "order_granted", ""),
    ])  # fmt: skip
    assert counts(outcome, *ORDERS) == (1, 1, 1, 0)


def test_a_ruling_told_only_in_the_row_counts(tmp_path: Path) -> None:
    rows = [
        {
            "n": 1,
            "outcome": "granted",
            "filed_on": "2023-04-01",
            "decided_on": "2023-04-02",
            "granted": ["M1"],
        }
    ]
    outcome = told(tmp_path, [("2023-03", "incident", "")], protection_orders=rows)
    assert counts(outcome, *ORDERS, "decided_within_72h") == (1, 1, 0, 0, "yes")


def test_a_planned_application_does_not_count(tmp_path: Path) -> None:
    rows = [{"n": 1, "outcome": None, "filed_on": None}]
    outcome = told(tmp_path, [("2023-03", "incident", "")], protection_orders=rows)
    assert counts(outcome, *ORDERS) == (0, 0, 0, 0)


def test_a_sanction_whose_breach_stands_in_the_row_counts_both(tmp_path: Path) -> None:
    rows = [{"n": 1, "outcome": "granted", "violations": [{"date": None, "kind": "harassment by phone"}]}]
    outcome = told(tmp_path, [
        ("2023-03-01", "order_applied", ""), ("2023-03-02", "order_granted", ""),
        ("2023-04", "sanction_fine", "1000 yuan"), ("2023-04", "sanction_admonition", ""),
    ], protection_orders=rows)  # fmt: skip
    assert counts(outcome, "order_violated", "court_fine", "court_admonition") == (1, 1, 1)


def test_two_breaches_of_one_order_are_one_order_broken(tmp_path: Path) -> None:
    outcome = told(tmp_path, [
        ("2023-03-01", "order_applied", ""), ("2023-03-02", "order_granted", ""),
        ("2023-03-20", "order_violated", "beats her"), ("2023-04-20", "order_violated", "follows her"),
        ("2023-04-21", "sanction_detention", "15 days"),
    ])  # fmt: skip
    assert counts(outcome, "order_violated", "court_detention_for_violation", "court_detention_other") == (
        1,
        1,
        0,
    )


def test_detention_for_another_cause_is_counted_apart(tmp_path: Path) -> None:
    outcome = told(tmp_path, [("2023-03-02", "sanction_detention", "obstructs the bailiffs, 10 days")])
    assert counts(outcome, "court_detention_for_violation", "court_detention_other", "order_applied") == (
        0,
        1,
        0,
    )


def test_a_federation_named_in_what_is_told_was_involved(tmp_path: Path) -> None:
    outcome = told(tmp_path, [
        ("2023-03-01", "order_applied", ""), ("2023-03-02", "order_granted", ""),
        ("2023-03-02", "order_served", "抄送妇联、派出所"),
    ])  # fmt: skip
    assert outcome.stats["wf_involved"] == "yes"


@pytest.mark.parametrize(
    ("accepted", "ruled", "within"),
    [
        ("2023-03-01T09:30", "2023-03-02T09:59", ("yes", "yes")),
        ("2023-03-01T09:30", "2023-03-02T10:30", ("no", "yes")),
        ("2023-03-01", "2023-03-02", ("unknown", "yes")),
        ("2023-03-01", "2023-03-09", ("no", "no")),
        ("2023-03", "2023-03", ("unknown", "unknown")),
    ],
)
def test_times_are_measured_from_acceptance_at_their_widest(
    tmp_path: Path, accepted: str, ruled: str, within: tuple[str, str]
) -> None:
    outcome = told(tmp_path, [
        (accepted, "order_applied", ""), (accepted, "order_accepted", ""), (ruled, "order_granted", ""),
    ])  # fmt: skip
    assert counts(outcome, "decided_within_24h", "decided_within_72h") == within


def test_late_after_filing_without_acceptance_is_not_late(tmp_path: Path) -> None:
    outcome = told(tmp_path, [("2023-03-01", "order_applied", ""), ("2023-03-20", "order_granted", "")])
    assert counts(outcome, "decided_within_24h", "decided_within_72h") == ("unknown", "unknown")


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ({"applicant": "proxy", "proxy": {"by": "妇联", "ground": "minor (age 8)"}}, ("wf", 1)),
        ({"applicant": "proxy", "proxy": {"by": "残联", "ground": "disability"}}, ("disabled_federation", 0)),
        ({"applicant": "proxy", "proxy": {"by": "mother", "ground": "minor"}}, ("near_relative", 0)),
        ({"applicant": "proxy", "proxy": {"by": "外祖母", "ground": None}}, ("near_relative", 0)),
        ({"applicant": "self", "proxy": None}, (None, 0)),
    ],
)
def test_who_applied_for_her(tmp_path: Path, order: dict[str, Any], found: tuple[object, ...]) -> None:
    outcome = told(tmp_path, [("2023-03-01", "order_applied", "")], protection_orders=[{"n": 1, **order}])
    assert counts(outcome, "proxy", "wf_proxy") == found


def test_five_yeses_and_open_answers_are_not_called_low(tmp_path: Path) -> None:
    items = {n: n <= 5 if n <= 5 else "unknown" for n in range(1, 10)}
    scale = {
        "applicable": True,
        "items": items,
        "flags": {"F1": "unknown", "F2": "unknown"},
        "level_from_text": "undetermined",
    }
    outcome = told(tmp_path, [("2023-03", "incident", "")], danger_scale=scale, expected={})
    assert (outcome.differences, outcome.states["danger"]) == ([], "medium")


def test_a_room_to_come_is_listed_and_not_skipped(tmp_path: Path) -> None:
    assert told(tmp_path, [("2023-03", "arbitration", "")]).not_yet["labour"] == ["1 arbitration"]
