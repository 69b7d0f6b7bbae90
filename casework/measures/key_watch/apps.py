"""重点监控."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from casework.notices import name_notices


class KeyWatchConfig(AppConfig):
    name = "casework.measures.key_watch"
    label = "key_watch"
    verbose_name = _("Key watch")

    def ready(self) -> None:
        name_notices(
            {
                "watch_proposed": _("A household was proposed for key watch: decide"),
                "watch_watched": _("A household to look in on"),
                "watch_lifted": _("A household no longer needs to be looked in on"),
                "watch_expired": _("A key watch has ended by itself"),
                "watch_sign": _("Something was noticed at a watched household"),
            }
        )
