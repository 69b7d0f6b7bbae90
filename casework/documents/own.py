"""The papers of a case: intake, danger scale, rights."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.models import User
from agencies.selectors import names_of
from casework.codes import Flag, Form, Role, Wish
from casework.documents.facts import YES_NO, Facts, companions, first, incidents, people
from casework.models import Case, DangerAssessment
from casework.paper.literal import named, ticked, when
from casework.paper.reader import Reader
from casework.tools import tools
from workflow.models import StepRecord

OTHERS = [
    role for role in Role.values if role not in {Role.VICTIM, Role.RESPONDENT, Role.NON_REPORTER, Role.BODY}
]


def case_facts(case: Case) -> Facts:
    """The coded facts of a case in words."""
    return {
        "reference": case.reference,
        "opened": case.created_at,
        "channel": case.get_channel_display(),
        "matter": case.get_matter_display(),
        "area": case.area,
        "relation": case.get_relation_display(),
        "language": case.get_language_display(),
        "flags": named(Flag.choices, case.flags),
        "forms": ticked(Form.choices, case.forms),
        "wishes": ticked(Wish.choices, case.wishes),
        "children": YES_NO[case.children_answered],
        "danger": case.get_danger_display(),
        "informed": case.rights_informed_at,
    }


def intake(case: Case, reader: Reader) -> Facts:
    last = case.assessments.first()
    opening = StepRecord.objects.filter(obj_id=case.pk).order_by("recorded_at").first()
    contact = getattr(case, "safe_contact", None)
    return {
        "case": case_facts(case)
        | {
            "assessed": when(last) if last else "",
            "taken_by": _name(opening.actor_user if opening else None),
        },
        "victim": first(people(case, reader, "name", "phone", "id_number", roles=[Role.VICTIM])),
        "respondents": people(case, reader, "name", roles=[Role.RESPONDENT]) or [{}],
        "others": companions(case, reader, OTHERS),
        "incidents": incidents(case, reader),
        "texts": reader.open(case, "cause", "wish", "result"),
        "contact": "" if contact is None else _("Agreed; kept apart"),
        "steps": _steps(case),
    }


def _name(user_id: Any) -> str:
    return User.objects.filter(pk=user_id).values_list("display_name", flat=True).first() or ""


def _steps(case: Case) -> list[Facts]:
    """What the federation did about the case itself."""
    rows = list(StepRecord.objects.filter(obj_id=case.pk).order_by("recorded_at"))
    names = names_of(row.actor_user for row in rows)
    return [
        {"at": when(row.when), "what": case.flow.move(row.move).button, "who": names.get(row.actor_user)}
        for row in rows
    ]


ANSWERS = (("yes", _("Yes")), ("no", _("No")), ("unknown", p_("answer", "Not known")))


def danger(row: DangerAssessment, reader: Reader) -> Facts:
    opened, case, tool = reader.open(row, "answers", "reason"), row.case, tools().get(row.tool)
    given = opened["answers"] or {}
    items = tool.items if tool else ()
    return {
        "case": case_facts(case),
        "victim": first(people(case, reader, "name", roles=[Role.VICTIM])),
        "respondent": first(people(case, reader, "name", roles=[Role.RESPONDENT])),
        "assessed": {"when": when(row), "trigger": row.get_trigger_display(), "by": row.assessed_by},
        "items": [
            {"key": item.key, "words": item.words, "answer": ticked(ANSWERS, given.get(item.key))} for item in items
        ],
        "score": {
            "yes": row.yes_count, "unknown": row.unknown_count, "flagged": YES_NO[row.flagged],
            "computed": row.get_computed_display(), "level": row.get_level_display(),
            "overridden": YES_NO[row.overridden],
        },
        "reason": opened["reason"],
        "scale": "　".join(str(words) for words in (tool.label, tool.owner, tool.licence, tool.population)) if tool else "",
    }  # fmt: skip


def rights(case: Case, reader: Reader) -> Facts:
    return {"victim": first(people(case, reader, "name", roles=[Role.VICTIM])), "phone": "12338"}
