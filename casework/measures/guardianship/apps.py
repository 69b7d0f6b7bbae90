"""撤销监护人资格."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

NOTICES = {
    "guardianship_filed": _("An application to revoke guardianship was filed with you"),
    "guardianship_care": _("Somebody under guardianship was placed in temporary care; look at your part"),
    "guardianship_decided": _("The court decided on a guardianship"),
}


class GuardianshipConfig(AppConfig):
    name = "casework.measures.guardianship"
    label = "guardianship"
    verbose_name = _("Revocation of guardianship")

    def ready(self) -> None:
        """Offer this room's suggestions to the page of the case, and words for its messages."""
        suggest = import_module("casework.measures.guardianship.suggestions").suggest
        import_module("casework.suggestions").register(suggest)
        import_module("casework.notices").name_notices(NOTICES)
