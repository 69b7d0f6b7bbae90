"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Danger
from casework.models import Case
from casework.suggestions import Suggestion
from protection_orders.models import ProtectionOrder
from protection_orders.workflow import S

ENDED = (
    S.DISMISSED,
    S.WITHDRAWN,
    S.DEEMED_WITHDRAWN,
    S.TERMINATED,
    S.NOT_PURSUED,
    S.REVOKED,
    S.LAPSED,
    S.FED_BACK,
)

URGENT_FROM = 30  # days before the end: our own rule


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    orders = list(ProtectionOrder.objects.visible_to(actor).filter(case=case))
    if case.danger == Danger.HIGH and not any(order.state not in ENDED for order in orders):
        yield Suggestion(
            _("The danger is high and no protection order is applied for."),
            reverse("protection_orders:new", args=[case.pk]), _("Prepare an application"), "A23", True,
        )  # fmt: skip
    for order in orders:
        if order.renewable:
            yield Suggestion(
                _("A protection order ends soon: an extension must be asked for before its last day."),
                reverse("protection_orders:extension_new", args=[order.pk]), _("Apply to extend it"), "A30",
                (order.days_left or 0) <= URGENT_FROM,
            )  # fmt: skip
        if order.unreported:
            yield Suggestion(
                _("A protection order was broken: the court and the police have to be told."),
                reverse("workflow:move", args=[order.flow.key, order.pk, "tell_court"]), _("Record who was told"), "P16", True,
            )  # fmt: skip
