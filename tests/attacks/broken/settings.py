"""Only what a migration needs: the top floor, which keeps every process quiet, and the application that fails."""

from config.settings.test import *  # noqa: F403

INSTALLED_APPS = ["config", "tests.attacks.broken"]
