"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Form, Matter
from casework.measures.no_contact_order.models import NoContactOrder
from casework.measures.no_contact_order.workflow import S
from casework.models import Case
from casework.suggestions import Suggestion

ENDS_SOON = 14  # days: our own rule


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    orders = list(NoContactOrder.objects.visible_to(actor).filter(case=case))
    pestered = case.matter == Matter.STALKING or Form.STALKING in case.forms
    if pestered and not any(order.state in (S.DRAFTED, S.ASKED, S.IN_FORCE) for order in orders):
        yield Suggestion(
            _("She is pestered or followed: the police can forbid him all contact for a time."),
            reverse("casework:open_measure", args=[case.pk, "no_contact_order"]), _("Prepare the request"), "O5",
        )  # fmt: skip
    for order in orders:
        if order.days_left is not None and order.days_left <= ENDS_SOON:
            yield Suggestion(
                _("The no-contact order ends soon. If he has not let go, ask for longer, or for a protection order."),
                order.get_absolute_url(), _("To the no-contact order"), "O5", True, key=f"ends {order.pk}",
            )  # fmt: skip
        if order.is_live and order.breaches > order.detentions:
            yield Suggestion(
                _("A no-contact order was broken and no detention is recorded: ask the police what they did."),
                order.get_absolute_url(), _("To the no-contact order"), "O5", True, key=f"broken {order.pk} {order.breaches}",
            )  # fmt: skip
