"""人身安全保护令."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

NOTICES = {
    "order_filed": _("An application for a protection order was filed with you"),
    "order_accepted": _("The court accepted an application for a protection order"),
    "order_made": _("A protection order was made"),
    "order_dismissed": _("An application for a protection order was dismissed"),
    "order_withdrawn": _("An application for a protection order was withdrawn"),
    "order_terminated": _("The proceedings on a protection order were ended"),
    "order_served": _("A protection order was served; help to see that it is kept"),
    "order_verified": _("The police checked on both sides of a protection order"),
    "order_help_asked": _("A court asks for help with a protection order"),
    "order_broken": _("A protection order was broken"),
    "order_sanction": _("The court decided on the breach of a protection order"),
    "order_change_asked": _("She asks for a protection order to be extended, changed or revoked"),
    "order_change_refused": _("The court refused to extend, change or revoke a protection order"),
    "order_extended": _("A protection order was extended"),
    "order_varied": _("A protection order was changed"),
    "order_ended": _("A protection order has ended"),
    "order_feedback": _("The report at the end of a protection order has been sent"),
    "order_reconsideration": _("Reconsideration was asked for in a protection order matter"),
    "order_reconsidered": _("The court decided on the reconsideration"),
}


class ProtectionOrdersConfig(AppConfig):
    name = "protection_orders"
    verbose_name = _("Protection orders")

    def ready(self) -> None:
        """Offer this room's suggestions and papers to the page of the case, and words for its messages."""
        import_module("casework.paper.papers").register(import_module("protection_orders.documents").PAPERS)
        import_module("casework.suggestions").register(import_module("protection_orders.suggestions").suggest)
        import_module("casework.notices").name_notices(NOTICES)
