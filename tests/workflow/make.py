"""Errands for tests."""

from typing import Any

from agencies.actor import Actor
from tests.people import a_lead, federation
from tests.workflow.sample.models import Errand
from workflow.engine import begin


def an_errand(actor: Actor | None = None, **fields: Any) -> Errand:
    """A new errand of the federation, asked for by its duty leader."""
    return begin(Errand, actor=actor or a_lead(), agency=federation(), **fields)
