"""Small words for the pages of a case."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import template
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role as Post
from casework import codes, notices
from casework.calling import may_call
from casework.forms.safety import DAYS
from casework.house import Tab, tabs
from casework.models import Case
from casework.models.documents import ARCHIVE
from casework.models.safety import Step
from casework.paper.papers import Paper, find_paper, papers_of
from casework.seen_again import TOLD, seen_again
from casework.selectors import OWN_PAGE
from casework.tools import tools
from workflow.engine import OpenMove, open_moves

register = template.Library()
HARD = frozenset({"danger_not_high"})
# Met by filling in the form of the move itself.
ASKED_IN_FORM = frozenset({"passed_to_federation", "closing_reason_given", "follow_up_planned"})
TABLES = {
    "casework_case": _("Facts"), "casework_person": p_("section", "People"), "casework_reporter": _("Who reported it"),
    "casework_incident": _("Violence"), "casework_happening": _("Timeline"), "casework_dangerassessment": _("Danger"),
    "casework_safetyplan": _("Safety plan"), "casework_safecontact": _("Safe contact"), "casework_note": _("Notes"),
    "casework_documentfile": p_("documents", "Papers"),
    "casework_evidence": _("Evidence"), "casework_task": _("Tasks"), "workflow_steprecord": _("Answers given in a step"),
}  # fmt: skip
FIELDS = {
    "name": p_("person", "Name"), "phone": _("Phone"), "id_number": _("ID number"), "address": _("Current address"),
    "work": _("Work"), "note": _("Remark"), "text": _("text"), "account": _("What happened"), "place": _("Place"),
    "cause": _("Cause"), "wish": _("Her own wish"), "result": _("Result"), "answers": _("Answers"), "title": _("Title"),
    "reason": _("Reason for the judgement"), "steps": _("Settled points"), "file": _("File"), "file_name": _("File name"),
    "original": _("Original file"),
    "cover_identity": _("Who we say we are"), "code_word": _("Code word"), "details": _("Details"), "payload": _("Answers"),
    "outcome": _("What came of it"),
}  # fmt: skip


@register.simple_tag(takes_context=True)
def panel_of(context: template.Context, panel: Mapping[str, Any]) -> SafeString:
    """A measure's panel on the page of its case, with all that the measure itself gives it."""
    shown = {**context.flatten(), **panel["context"]}
    return mark_safe(render_to_string(panel["template"], shown))  # noqa: S308  # a rendered template


@register.simple_tag
def together_tabs() -> list[Tab]:
    """The pages of what the house does together with others."""
    return tabs()


@register.filter
def of(opened: Mapping[Any, Any] | None, key: Any) -> Any:
    """The entry of a mapping, or nothing."""
    return (opened or {}).get(key)


@register.filter
def words(values: Iterable[str], vocabulary: str) -> list[str]:
    """Codes as words: {{ case.forms|words:"Form" }}."""
    choices: type[TextChoices] = Step if vocabulary == "Step" else getattr(codes, vocabulary)
    known = dict(choices.choices)
    return [str(known.get(value, value)) for value in values or ()]


@register.filter
def answered(answers: Mapping[str, str], tool_id: str) -> list[tuple[Any, str]]:
    """The answers of an assessment beside the words of their questions."""
    tool = tools().get(tool_id)
    return [(item, answers.get(item.key, "unknown")) for item in tool.items] if tool else []


@register.simple_tag
def case_moves(case: Case, actor: Actor) -> dict[str, list[OpenMove]]:
    """What can be done with the case: now, not yet, or never while the law stands against it."""
    found: dict[str, list[OpenMove]] = {"ready": [], "waiting": [], "forbidden": []}
    for move in open_moves(case, actor):
        if move.move.name not in OWN_PAGE:
            found[_kind(move)].append(move)
    return found


def _kind(found: OpenMove) -> str:
    unmet = {need.name for need in found.unmet}
    if unmet & HARD:
        return "forbidden"
    return "waiting" if unmet - ASKED_IN_FORM else "ready"


@register.filter
def weekdays(days: Iterable[int]) -> str:
    known = dict(DAYS)
    return "、".join(str(known[day]) for day in days)


@register.filter
def table_word(table: str) -> str:
    """A table of the read audit, as people call it."""
    return str(TABLES.get(table, _("Another record")))


@register.filter
def field_words(names: Iterable[str]) -> list[str]:
    return [str(FIELDS.get(name, _("text"))) for name in names]


@register.filter
def notice_word(kind: str) -> str:
    return str(notices.word(kind))


@register.simple_tag
def calling(contact: Any, now: Any) -> dict[str, Any]:
    allowed, why, following = may_call(contact, now)
    return {"allowed": allowed, "why": why, "next": following}


@register.simple_tag
def papers_for(obj: Any, actor: Actor) -> list[Paper]:
    """What this actor may print from this object."""
    return papers_of(obj, actor)


@register.simple_tag
def new_key() -> str:
    """A button pressed twice sends the same key twice."""
    return str(uuid4())


@register.filter
def paper_title(kind: str) -> str:
    """What a document of the register is called; its key where no room knows it any more."""
    if kind == ARCHIVE:
        return str(_("Pack for the archive"))
    paper = find_paper(kind)
    return str(paper.title) if paper else kind


@register.inclusion_tag("casework/_seen.html")
def seen_before(case: Case, actor: Actor) -> dict[str, Any]:
    """For bodies that act against him: is he recorded elsewhere, and since when. Nothing more, and for nobody else."""
    tells = actor.role == Post.LIAISON and TOLD(actor, None)
    return {"tells": tells, "seen": seen_again(case) if tells else None}
