"""The top floor as an application: its templates, its static files, its checks."""

from django.apps import AppConfig

from config import checks


class ConfigConfig(AppConfig):
    name = "config"
    deploy_checks = (checks.nothing_weak,)
