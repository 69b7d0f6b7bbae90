"""通报、简报."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from casework.notices import name_notices


class BulletinConfig(AppConfig):
    name = "casework.measures.bulletin"
    label = "bulletin"
    verbose_name = _("Bulletin")

    def ready(self) -> None:
        name_notices(
            {
                "bulletin_sent": _("A bulletin of the federation has come: confirm that you have it"),
                "bulletin_withdrawn": _("A bulletin was withdrawn: do not use it any more"),
            }
        )
