"""The top floor as an application: its templates, its static files, its checks, its silence."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig

from config import checks
from config.quiet import keep_quiet


class ConfigConfig(AppConfig):
    default = True  # several stand in this module
    name = "config"
    deploy_checks = (checks.nothing_weak,)

    def ready(self) -> None:
        keep_quiet()


class CollectedFiles(StaticFilesConfig):
    """Leaves out htmx's extensions: we use none, and Django stumbles over an example in a comment of one."""

    default = False
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx/ext/*"]
