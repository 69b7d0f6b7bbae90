from django.apps import AppConfig
from django.core.checks import Tags, register


class PrivacyConfig(AppConfig):
    name = "privacy"

    def ready(self) -> None:
        from privacy.checks import check_key_ring, check_models  # noqa: PLC0415  (models must be loaded first)

        register(check_models, Tags.models)
        register(check_key_ring, Tags.database)
