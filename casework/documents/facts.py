"""Facts that several papers share. What is sealed is opened by the reader of the paper at hand."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.codes import EvidenceClass, Form, Role
from casework.models import Case, Person
from casework.paper.literal import named, when
from casework.paper.reader import Reader
from privacy.masks import mask_phone
from workflow.models import LifeModel, StepRecord

Facts = dict[str, Any]
YES_NO = {True: _("Yes"), False: _("No"), None: ""}


def person_facts(person: Person, opened: Facts, masked: bool = True) -> Facts:
    """One person: codes as words, and what was opened."""
    return {
        "role": person.get_role_display(),
        "relation": person.get_relation_to_victim_display() if person.relation_to_victim else "",
        "sex": "" if person.sex == "unknown" else person.get_sex_display(),
        "age": person.age,
        "born": person.birth_year,
        **opened,
        "phone": mask_phone(opened.get("phone") or "") if masked else opened.get("phone"),
    }


def people(case: Case, reader: Reader, *names: str, roles: Iterable[str] = Role.values) -> list[Facts]:
    """The people of these roles, with these sealed fields; numbers are masked. One query, one audit row."""
    return open_people(case.persons.filter(role__in=list(roles)), reader, *names)


def open_people(persons: Iterable[Person], reader: Reader, *names: str, masked: bool = True) -> list[Facts]:
    """These people. `masked`: telephone numbers are shown as masks; whole only where the reader must reach somebody."""
    rows = list(persons)
    return [person_facts(p, o, masked) for p, o in zip(rows, reader.open_all(rows, *names), strict=True)]


def companions(case: Case, reader: Reader, roles: Iterable[str], *names: str) -> list[Facts]:
    """Others of the case, by name if nothing more is asked. A minor without a leave stands there unnamed: no form is
    worth a leave of its own, and none waits for one."""
    rows = list(case.persons.filter(role__in=list(roles)))
    named, wanted = [row for row in rows if reader.may_open(row)], names or ("name",)
    opened = dict(zip((row.pk for row in named), reader.open_all(named, *wanted), strict=True))
    return [person_facts(row, opened.get(row.pk, dict.fromkeys(wanted, ""))) for row in rows]


def steps_of(obj: LifeModel, *, but: Iterable[str] = ()) -> list[Facts]:
    """What was done in this life, the first step on top; the words of its own buttons."""
    rows = (
        StepRecord.objects.filter(obj_id=obj.pk).exclude(move__in=list(but)).order_by("seq").defer("payload")
    )
    return [{"at": when(row.when), "what": obj.flow.move(row.move).button, "move": row.move} for row in rows]


def first_of(steps: Iterable[Facts], *moves: str) -> str:
    """When the first step of one of these moves was made; nothing where none was."""
    return next((str(step["at"]) for step in steps if step["move"] in moves), "")


def first(rows: list[Facts]) -> Facts:
    return rows[0] if rows else {}


def incidents(case: Case, reader: Reader) -> list[Facts]:
    """Every violence on record, the earliest first. Where it happened is known to both sides."""
    rows = list(case.incidents.order_by("happened_from", "created_at"))
    return [
        {
            "when": when(row),
            "forms": named(Form.choices, row.forms),
            "injured": YES_NO[row.injured],
            "weapon": YES_NO[row.weapon],
            "children": YES_NO[row.children_present],
            "police": YES_NO[row.police_called],
            **opened,
        }
        for row, opened in zip(rows, reader.open_all(rows, "place", "account"), strict=True)
    ]


def evidence(case: Case, reader: Reader) -> list[Facts]:
    """The evidence register: what, of which class, and the hash of its file."""
    rows = list(case.evidences.all())
    return [
        {
            "n": n,
            "code": row.kind,
            "kind": EvidenceClass(row.kind).label,
            "when": when(row),
            "original": YES_NO[row.original_held],
            "sha256": row.sha256,
            **opened,
        }
        for n, (row, opened) in enumerate(zip(rows, reader.open_all(rows, "title", "note"), strict=True), 1)
    ]
