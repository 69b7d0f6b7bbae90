"""What this room offers on the page of a case."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Flag, Wish
from casework.models import Case
from casework.suggestions import Suggestion
from referrals.codes import Service
from referrals.models import Referral
from referrals.workflow import S
from workflow.models import Deadline

CONSENT_ENDS_SOON = timedelta(days=7)  # our own rule
OVER = (S.WITHDRAWN, S.REROUTED)


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    rows = list(Referral.objects.visible_to(actor).filter(case=case).select_related("consent", "case"))
    served = {row.service for row in rows if row.state not in OVER}
    new = reverse("casework:open_measure", args=[case.pk, "referral"])
    button = _("Prepare a referral")
    if Wish.LEGAL_AID in case.wishes and Service.LEGAL_AID not in served:
        yield Suggestion(
            _("She asks for legal aid, and no referral is prepared. There is no means test."),
            new,
            button,
            "L08",
        )
    if Flag.INJURY in case.flags and not served & {Service.MEDICAL, Service.APPRAISAL}:
        yield Suggestion(
            _("She is injured, and neither treatment nor an injury appraisal is asked for."),
            new,
            button,
            "N03",
        )
    late = _late([row for row in rows if row.state in (S.SENT, S.SEEN)])
    for row in rows:
        yield from _of_one(row, row.pk in late)


def _of_one(row: Referral, late: bool) -> Iterator[Suggestion]:
    url = row.get_absolute_url()
    if row.state == S.REFUSED:
        yield Suggestion(
            _("A referral was sent back: she has no help from there. Find another body."), url, _("Open the referral"),
            "N02", True,
        )  # fmt: skip
    elif row.basis_gone:
        yield Suggestion(
            _("A consent has ended while its referral still runs: the other body is shut out."), url,
            _("Open the referral"), "D02", True,
        )  # fmt: skip
    elif row.is_open and row.consent and row.consent.ends_on < timezone.localdate() + CONSENT_ENDS_SOON:
        yield Suggestion(
            _("A consent ends within a week, and its referral still runs."),
            url,
            _("Open the referral"),
            "D02",
        )
    if late:
        yield Suggestion(
            _("A referral has gone unanswered beyond its time. Call them, or pass it on."), url,
            _("Open the referral"), "F10", True,
        )  # fmt: skip


def _late(rows: list[Referral]) -> set[UUID]:
    """Those with a clock of the receiver or of ours that has run out; one query."""
    if not rows:
        return set()
    now, clocks = timezone.now(), Deadline.objects.live().filter(obj_id__in=[row.pk for row in rows])
    return {clock.obj_id for clock in clocks if clock.due_at and clock.due_at < now}
