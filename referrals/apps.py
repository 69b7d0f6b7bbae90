"""转介."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

NOTICES = {
    "referral_sent": _("A referral was sent to you"),
    "referral_accepted": _("A referral was accepted"),
    "referral_in_service": _("A referral: the service has begun"),
    "referral_answered": _("A referral was answered"),
    "referral_refused": _("A referral was sent back"),
    "referral_objected": _("An objection was made to a refusal of legal aid"),
    "referral_rerouted": _("A referral was taken from you and passed on"),
    "referral_withdrawn": _("A referral was withdrawn"),
}


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = _("Referrals")

    def ready(self) -> None:
        """Offer this room's suggestions and papers to the page of the case, and words for its messages."""
        import_module("casework.suggestions").register(import_module("referrals.suggestions").suggest)
        import_module("casework.notices").name_notices(NOTICES)
        import_module("casework.paper.papers").register(import_module("referrals.documents").PAPERS)
