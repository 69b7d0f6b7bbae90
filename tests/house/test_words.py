"""A column in the clear that a person could type words into, beside a case or a call: sealed, or named here with why."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from agencies.need_to_know import routes
from privacy.fields import SealedField
from privacy.tags import TagsField
from tests.attacks.record import Tried
from tests.house.makers import MAKERS
from workflow.models import Notice, OutboxMessage, StepRecord
from workflow.registry import lives

# The plan's own texts and the registers of events, units and experts are public and about no case.
PUBLIC = {"monitor", "registers"}
CODE = re.compile(
    r"[A-Za-z0-9_.:+-]{0,40}"
)  # ours are never Chinese and have no blanks; days and ids are such too
# Names of columns that hold the same wherever they stand, and who writes them.
CODES = {
    "flow": "a life, from the registry", "kind": "a code of ours", "clock": "a clock, from the rules", "owner": "a code",
    "region": "division code", "fault": "a code", "ending": "pdf or docx", "sha256": "made by us", "sm3": "made by us",
    "media_type": "made by the scanner", "digest": "made by us", "form_mark": "keyed hash", "query_mark": "keyed hash",
    "sender": "keyed hash", "reference": "our number of the case", "table": "a table", "figure": "a code",
    "verdict": "a code", "role": "a code", "actor_role": "a code", "move": "a move, from the table", "key": "made by us",
    "from_state": "a state", "to_state": "a state", "last_sign": "a code", "tool": "a form of the law",
    "tool_version": "a form of the law", "item": "a code", "harms": "codes", "code": "a code", "law": "an article",
    "of_flow": "a life, from the registry", "helped_by": "codes", "window": "made by the browser's page",
    "topic": "a code", "dims": "codes", "place_code": "division code",
}  # fmt: skip
# Numbers of other bodies' documents: they say nothing of anybody, and people are asked for them on the telephone.
NUMBERS = {"number", "court_number", "judgment_number", "ruling_number", "case_number", "letter_number", "opinion_number",
           "filing_number", "police_receipt", "receipt"}  # fmt: skip
KNOWN = {
    "casework.Case.alias": "made by us from a list of words, so that a list can be read aloud",
    "casework.SafeContact.hours": "hours by weekday, numbers alone (checked by its form)",
    "casework.Export.source": "a code",
    "workflow.StepRecord.facts": "codes, numbers and ids alone (workflow/cells.py)",
    "mandatory_report.MandatoryReport.station": "a police station",
    "mandatory_report.MandatoryReport.filed_with": "a superior body",
    "petition.Petition.passed_on_by": "a body",
    "joint_talk.JointTalk.place": "the room of a body where an employer is spoken to",
    "case_conference.CaseConference.place": "the room of a body where bodies meet",
    "joint_meeting.JointMeeting.place": "the same; it is about no case",
    "hotline.Call.taps": "codes that were tapped",
    "indicators.CountedStory.keys": "codes",
}


def wordy(field: Any) -> bool:
    """Could hold words: text without choices. A list of codes is one by its own choices."""
    base = getattr(field, "base_field", field)
    text = isinstance(base, models.CharField | models.TextField | models.JSONField)
    return text and not (field.choices or base.choices) and not isinstance(field, SealedField | TagsField)


def near_a_case() -> list[type[models.Model]]:
    ours = [one for one in apps.get_models() if not one.__module__.startswith("tests.")]
    live = [one for one in ours if not hasattr(one, "instance_type")]
    return [
        one
        for one in live
        if routes(one) or one in lives().values() or one in {StepRecord, OutboxMessage, Notice}
    ]


@pytest.mark.attack("T80")
def test_words_beside_a_case_are_sealed_or_codes(tried: Tried) -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in near_a_case()
        if model._meta.app_label not in PUBLIC
        for field in model._meta.local_concrete_fields
        if wordy(field) and field.name not in CODES.keys() | NUMBERS
    }
    tried(
        request="columns in the clear that take free words",
        actor="host",
        expected=[],
        got=sorted(found - KNOWN.keys()),
    )
    assert KNOWN.keys() - found == set(), "named here, and no longer there"
    assert len(near_a_case()) > 40


def plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(map(plain, value))
    if isinstance(value, dict):
        return all(plain(key) and plain(inner) for key, inner in value.items())
    if value is None or isinstance(value, bool | int | float):
        return True
    return bool(CODE.fullmatch(value)) and not re.fullmatch(r"1[3-9][0-9]{9}|[0-9]{17}[0-9X]", value)


@pytest.mark.attack("T80")
@pytest.mark.django_db
def test_what_a_step_keeps_in_the_clear_is_codes_numbers_and_days(tried: Tried) -> None:
    """What a move asks besides columns is kept sealed in its step; `facts` beside it is for counting."""
    wrong, told = {}, 0
    for key, make in MAKERS.items():
        facts = make(lives()[key].flow.start).facts()
        told += len(facts)
        wrong |= {f"{key}.{name}": value for name, value in facts.items() if not plain(value)}
    tried(request="facts of every life", actor="host", expected={}, got=wrong)
    assert told > 40
