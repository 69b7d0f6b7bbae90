"""The form of a stay. Neither where the shelter is nor which room stands on it, nor where she goes afterwards."""

from pathlib import Path
from typing import Any

from agencies.who import civil_affairs, federation
from casework.codes import Role
from casework.documents.facts import YES_NO, Facts, companions, first, first_of, steps_of
from casework.documents.own import case_facts
from casework.measures.shelter_stay.codes import ConfirmedBy, ExitMode, Source, Voucher
from casework.measures.shelter_stay.models import ShelterStay
from casework.measures.shelter_stay.workflow import S
from casework.paper.literal import named, ticked, when
from casework.paper.papers import Paper
from casework.paper.reader import Reader
from workflow.models import StepRecord

ARRIVED, GONE, LONGER = ("admit", "take_into_care"), ("leave", "hand_over"), "file_longer"
HERS = (Role.VICTIM,)


def asked_for(stay: ShelterStay) -> bool:
    return stay.state not in {S.DRAFTED, S.DROPPED}


def register_form(stay: ShelterStay, reader: Reader) -> Facts:
    steps, told = steps_of(stay), answers(stay, reader)
    arrived, gone = _last(told, *ARRIVED), _last(told, *GONE)
    return {
        "case": case_facts(stay.case),
        "stay": {
            "subject": stay.get_subject_display(),
            "source": ticked(Source.choices, stay.source),
            "voucher": ticked(Voucher.choices, stay.voucher),
            "federation": stay.case.agency.name,
            "shelter": stay.agency.name if stay.agency else "",
            "area": stay.place.get_kind_display() if stay.place else "",
            "came": first_of(steps, *ARRIVED),
            "norm": stay.norm,
            "until": stay.leave_by,
            "filing": stay.filing_number,
            "longer_until": stay.leave_by if first_of(steps, LONGER) else "",
            "left": first_of(steps, *GONE),
            "exit_mode": ticked(ExitMode.choices, stay.exit_mode),
        },
        "victim": first(companions(stay.case, reader, HERS, "name", "id_number")),
        "children": companions(stay.case, reader, [Role.CHILD]),
        "texts": reader.open(stay, "health", "belongings", "safety_risk"),
        "rights": YES_NO[arrived.get("rights_told")],
        "longer": [
            {"at": when(at), "why": payload.get("reason")} for move, at, payload in told if move == LONGER
        ],
        "exit": {
            "written": YES_NO[gone.get("written")],
            "reason": gone.get("reason"),
            "confirmed": named(ConfirmedBy.choices, gone.get("confirmed_by")),
        },
    }


def answers(stay: ShelterStay, reader: Reader) -> list[tuple[str, Any, dict[str, Any]]]:
    """(move, when, what was answered) of arrival, longer stays and end; one query, one audit row."""
    rows = list(StepRecord.objects.filter(obj_id=stay.pk, move__in=(*ARRIVED, *GONE, LONGER)).order_by("seq"))
    opened = reader.open_all([row for row in rows if row.payload], "payload")
    given = dict(zip((row.pk for row in rows if row.payload), opened, strict=True))
    return [(row.move, row.when, (given.get(row.pk) or {}).get("payload") or {}) for row in rows]


def _last(told: list[tuple[str, Any, dict[str, Any]]], *moves: str) -> dict[str, Any]:
    return next((payload for move, _at, payload in reversed(told) if move in moves), {})


PAPERS = (
    Paper(
        "shelter_register", ShelterStay, Path(__file__).with_name("register.yaml"), register_form,
        who=federation | civil_affairs, offered=asked_for,
    ),
)  # fmt: skip
