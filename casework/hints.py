"""What the case itself offers on its page; the rooms offer the rest."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agencies.actor import Actor
from casework.codes import Danger, Trigger
from casework.models import Case, SafetyPlan
from casework.seen_again import SeenAgain, seen_again
from casework.suggestions import Suggestion
from casework.workflow import S

SEEN_AGAIN = "seen_again"


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    yield from _of_danger(case)
    if case.state == S.INTAKE:  # the intake asks these itself
        return
    if case.children_answered is None:
        yield Suggestion(
            _("It is not recorded whether a child lives with the violence: ask, a child is protected in its own right."),
            reverse("casework:children", args=[case.pk]), _("Answer it"), "A05",
        )  # fmt: skip
    if case.rights_informed_at is None and case.may_need_order():
        yield Suggestion(
            _("She has not been told of her right to a protection order: everybody who takes up a case has to tell her."),
            _move(case, "inform_rights"), _("Record that she was told"), "P13",
        )  # fmt: skip


def _of_danger(case: Case) -> Iterator[Suggestion]:
    seen = seen_again(case)
    if seen is not None and not _looked_at_since(case, seen):
        yield _seen(case, seen)
    if case.danger != Danger.HIGH:
        return
    if not case.escalated:
        yield Suggestion(
            _("The danger is high: the police and the superior federation have to be told."),
            _move(case, "escalate"), _("Record who was told"), "F03", True,
        )  # fmt: skip
    if not SafetyPlan.objects.filter(case=case).exists():
        yield Suggestion(
            _("The danger is high and there is no safety plan."),
            reverse("casework:safety", args=[case.pk]), _("Write the safety plan"), "F03", True,
        )  # fmt: skip


def _move(case: Case, name: str) -> str:
    return reverse("workflow:move", args=["case", case.pk, name])


def _seen(case: Case, seen: SeenAgain) -> Suggestion:
    """A person judges; the form is filled in (PIPL 24). Where it is high already, the fact is told all the same."""
    page, button = reverse("casework:danger_raise", args=[case.pk]), _("Judge the danger higher")
    if case.danger == Danger.HIGH:
        page, button = f"{case.get_absolute_url()}#danger", _("Look at the danger")
    return Suggestion(reason(seen), page, button, "F03 D07", True, key=f"{SEEN_AGAIN} {seen.cases}")


def reason(seen: SeenAgain) -> str:
    """The same sentence on the page and, as a proposal, in the form: a number, never whose."""
    return ngettext(
        "The perpetrator is probably recorded in %(n)s other case, with another victim (same ID number or telephone).",
        "The perpetrator is probably recorded in %(n)s other cases, with other victims (same ID number or telephone).",
        seen.cases,
    ) % {"n": seen.cases}


def _looked_at_since(case: Case, seen: SeenAgain) -> bool:
    """Danger was judged for this very reason, after the newest of the others was recorded."""
    judged = case.assessments.filter(trigger=Trigger.SEEN_AGAIN).values_list("created_at", flat=True).first()
    return judged is not None and judged >= seen.since
