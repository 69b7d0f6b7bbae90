"""禁止接触."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

NOTICES = {
    "no_contact_asked": _("The federation asks you for a no-contact order"),
    "no_contact_in_force": _("The police made a no-contact order"),
    "no_contact_refused": _("The police made no no-contact order"),
    "no_contact_broken": _("A no-contact order was broken"),
    "no_contact_ended": _("A no-contact order has ended"),
}


class NoContactOrderConfig(AppConfig):
    name = "casework.measures.no_contact_order"
    label = "no_contact_order"
    verbose_name = _("No-contact orders")

    def ready(self) -> None:
        import_module("casework.notices").name_notices(NOTICES)
        offered = import_module("casework.measures.no_contact_order.suggestions").suggest
        import_module("casework.suggestions").register(offered)
