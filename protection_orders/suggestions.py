"""What this room offers on the page of a case."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Danger
from casework.models import Case
from casework.suggestions import Suggestion
from protection_orders.models import RENEW_FROM, ProtectionOrder
from protection_orders.workflow import S

ENDED = (S.DISMISSED, S.WITHDRAWN, S.DEEMED_WITHDRAWN, S.TERMINATED, S.NOT_PURSUED, S.REVOKED, S.LAPSED, S.FED_BACK)


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    orders = list(ProtectionOrder.objects.visible_to(actor).filter(case=case))
    if case.danger == Danger.HIGH and not any(order.state not in ENDED for order in orders):
        yield Suggestion(
            _("The danger is high and no protection order is applied for."),
            reverse("casework:open_measure", args=[case.pk, "protection_order"]), _("Prepare an application"), "A23", True,
        )  # fmt: skip
    soon = timezone.localdate() + timedelta(days=RENEW_FROM)
    for order in orders:
        if order.is_live and order.lapses_on and order.lapses_on <= soon and not order.extend_applied:
            yield Suggestion(
                _("A protection order ends soon: an extension must be asked for before its last day."),
                reverse("workflow:move", args=[order.flow.key, order.pk, "apply_extend"]), _("Apply to extend it"), "A30", True,
            )  # fmt: skip
