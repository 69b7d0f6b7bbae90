"""工作台账."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy as p_


class RegistersConfig(AppConfig):
    name = "casework.measures.registers"
    label = "registers"
    verbose_name = p_("register", "Registers")
