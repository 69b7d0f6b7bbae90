"""会商纪要: the minutes of one conference about one case, by reference; nobody is named in them."""

from pathlib import Path

from django.utils import timezone

from agencies.who import caseworker
from casework.bodies import names_of
from casework.documents.facts import Facts
from casework.measures.case_conference.models import CaseConference
from casework.measures.case_conference.workflow import S
from casework.models import Task
from casework.paper.papers import Paper
from casework.paper.reader import Reader

LAYOUT = Path(__file__).with_name("minutes.yaml")


def body_of(task: Task) -> str:
    return task.assigned_agency.name if task.assigned_agency else ""


def minutes(one: CaseConference, reader: Reader) -> Facts:
    tasks = list(one.actions.select_related("assigned_agency"))
    texts = reader.open_all(tasks, "text")
    return {
        "reference": one.case.reference,
        "danger": one.case.get_danger_display(),
        "ground": one.get_ground_display(),
        "basis": one.get_basis_display(),
        "meets_at": one.meets_at,
        "place": one.place,
        "host": one.case.agency.name,
        "attended": "、".join(names_of(one.attended)),
        "actions": [
            {"n": n, "body": body_of(task), "due": task.due_at and timezone.localdate(task.due_at), **text}
            for n, (task, text) in enumerate(zip(tasks, texts, strict=True), 1)
        ],
        "signers": [{"body": name} for name in [one.case.agency.name, *names_of(one.attended)]],
        **reader.open(one, "minutes"),
    }


PAPERS = (
    Paper(
        "conference_minutes", CaseConference, LAYOUT, minutes, who=caseworker,
        offered=lambda one: one.state in {S.HELD, S.SIGNED, S.CLOSED},
    ),
)  # fmt: skip
