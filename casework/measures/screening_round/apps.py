"""家庭暴力排查."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from casework.notices import name_notices


class ScreeningRoundConfig(AppConfig):
    name = "casework.measures.screening_round"
    label = "screening_round"
    verbose_name = _("Screening round")

    def ready(self) -> None:
        name_notices(
            {
                "screening_running": _("A screening round has begun in your area"),
                "screening_found": _("A screening round found violence: decide on a case"),
                "screening_emergency": _("A screening round met an emergency: act now"),
            }
        )
