"""Reports, guardianship and mediation in scenarios unlike the published ones; and that the demonstration tells them."""

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from django.utils import timezone

from agencies.models import Area
from casework.measures.family_mediation.models import FamilyMediation
from casework.measures.guardianship.models import Guardianship
from casework.measures.mandatory_report.models import MandatoryReport
from casework.measures.petition.models import Petition
from scenarios.cast import call_together
from scenarios.demo.family import tell_families
from scenarios.demo.guardianship import tell_guardianship
from scenarios.demo.reports import tell_reports
from scenarios.demo.stories import Teller
from scenarios.replay import replay
from scenarios.tally import Outcome

pytestmark = pytest.mark.django_db
CHILD = {"ref": "V1", "role": "victim", "gender": "f", "age": 7, "flags": ["minor"]}


def told(folder: Path, events: list[tuple[str | None, str, str, str]], **more: Any) -> Outcome:
    """What becomes of a case of a child of which this is told: (when, event, actor, details)."""
    rows = [
        {"seq": n, "when": when, "event": event, "actor": actor, "details": text, "mark": "stated"}
        for n, (when, event, actor, text) in enumerate(events, 1)
    ]
    raw = {
        "id": "Z10", "matter": "child_abuse", "relation_primary": "2_parent_child", "timeline": rows,
        "parties": [CHILD, {"ref": "P1", "role": "perpetrator", "gender": "m"}], "violence_forms": {"physical": True}, **more,
    }  # fmt: skip
    path = folder / "Z10.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    return replay(path, call_together())


CLOCK = [{"id": "mr_minor_report", "start": "2022-03", "end": "2022-03", "status": "met"}]


@pytest.mark.parametrize(
    ("details", "verdict"), [("发现伤情后立即报案", "met"), ("发现伤情后报案", "unknown")]
)
def test_at_once_in_the_text_is_kept_and_silence_is_unknown(
    tmp_path: Path, details: str, verdict: str
) -> None:
    outcome = told(tmp_path, [("2022-03", "mandatory_report_made", "学校", details)], clocks=CLOCK)
    assert (outcome.clocks["mr_minor_report"], outcome.stats["mandatory_report_made"]) == (verdict, 1)


def test_a_report_to_another_body_is_made_when_the_police_learn_of_it(tmp_path: Path) -> None:
    told(tmp_path, [
        ("2022-03-01", "mandatory_report_made", "学校", "not directly to police"),
        ("2022-03-09", "police_reported", "检察官", ""),
    ])  # fmt: skip
    report = MandatoryReport.objects.get()
    assert (report.state, report.unit, report.reported) == ("reported", "school", True)


def test_silence_that_was_punished(tmp_path: Path) -> None:
    outcome = told(tmp_path, [
        ("2022-03-01", "mandatory_report_missed", "宾馆", ""), ("2022-03-20", "police_reported", "V1", ""),
        ("2022-05-01", "reporter_sanctioned", "公安", "罚款并停业整顿"),
    ], clocks=CLOCK)  # fmt: skip
    report = MandatoryReport.objects.get()
    assert (report.state, report.missed_unit, outcome.clocks["mr_minor_report"], outcome.stats["mandatory_report_missed"]) == (
        "missed", "hotel", "breached", 1,
    )  # fmt: skip


def test_a_sanction_without_a_story_stays_on_the_timeline(tmp_path: Path) -> None:
    outcome = told(tmp_path, [("2022-05-01", "reporter_sanctioned", "公安", "罚款")])
    assert (MandatoryReport.objects.count(), outcome.case.happenings.count()) == (0, 1)


def test_a_judgment_whose_application_is_not_told_counts(tmp_path: Path) -> None:
    outcome = told(
        tmp_path,
        [("2022-05-01", "guardianship_revoked", "法院", ""), (None, "guardian_appointed", "法院", "姥姥")],
    )
    assert (outcome.stats["guardianship_revoked"], Guardianship.objects.count()) == (1, 0)


def test_a_guardianship_told_from_its_application(tmp_path: Path) -> None:
    told(tmp_path, [
        ("2022-05-01", "guardianship_revocation_applied", "区妇联", ""), ("2022-05-20", "guardianship_revoked", "法院", ""),
        (None, "guardian_appointed", "法院", "民政局"),
    ])  # fmt: skip
    matter = Guardianship.objects.get()
    assert (matter.state, matter.applicant, matter.new_guardian) == (
        "appointed",
        "federation",
        "civil_affairs",
    )


def test_what_the_law_forbids_is_refused_and_said(tmp_path: Path) -> None:
    outcome = told(
        tmp_path, [("2022-05-01", "mediation_attempted", "区妇联", "劝和")], matter="dv", relation_primary="1_spouse",
        danger_scale={"applicable": True, "flags": {"F1": True}},
    )  # fmt: skip
    assert (FamilyMediation.objects.count(), any("danger_not_high" in text for text in outcome.findings)) == (
        0,
        True,
    )


def test_somebody_elses_mediation_is_an_entry_of_the_timeline(tmp_path: Path) -> None:
    outcome = told(tmp_path, [("2022-05-01", "mediation_attempted", "人民调解委员会", "未果")])
    kinds = list(outcome.case.happenings.values_list("kind", flat=True))
    assert (FamilyMediation.objects.count(), kinds) == (0, ["mediation_attempted"])


def test_the_demonstration_tells_of_all_of_them() -> None:
    cast = call_together()
    areas = list(Area.objects.filter(parent__code="150703").order_by("code"))
    teller = Teller(cast, Random(7), timezone.now() - timedelta(minutes=1), areas)
    for tell in (tell_reports, tell_guardianship, tell_families):
        tell(teller)
    states = [
        sorted(kind.objects.values_list("state", flat=True))
        for kind in (MandatoryReport, Guardianship, FamilyMediation, Petition)
    ]
    assert states == [
        ["answered", "found", "reported", "reported", "taken"], ["accepted", "appointed", "prepared"], ["agreed", "running"],
        ["accepted", "concluded", "routed"],
    ]  # fmt: skip
