from django.apps import AppConfig


class PrivacySampleConfig(AppConfig):
    """No migrations: the test database makes these tables by itself."""

    name = "tests.privacy.sample"
    label = "privacy_sample"
