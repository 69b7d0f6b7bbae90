"""Calls for tests: answered and filled in the way the desk does it."""

from typing import Any

from django.test import Client
from django.utils import timezone

from agencies.actor import Actor
from hotline.forms import DeskForm
from hotline.models import Call
from hotline.services import answer_call, finish_call
from tests.people import an_operator, signed_in

NUMBER = "13947012345"
NO_SCALE: dict[str, Any] = {f"danger_{key}": "no" for key in (*"123456789", "F1", "F2")}
TOLD = {"safety": "safe", "kind": "self", "rights_informed": "on"}


def a_call(actor: Actor | None = None) -> Call:
    return answer_call(actor=actor or an_operator(), now=timezone.now())


def finished(outcome: str, actor: Actor | None = None, call: Call | None = None, **typed: Any) -> Call:
    """A call closed with this outcome; raises what the door raises."""
    actor = actor or an_operator()
    form = DeskForm(TOLD | typed | {"outcome": outcome})
    assert form.is_valid(), form.errors
    return finish_call(
        call=call or a_call(actor), data=form.cleaned_data, answers=form.answers(), actor=actor, now=timezone.now()
    )  # fmt: skip


def at_the_desk(client: Client, actor: Actor | None = None) -> Call:
    """Somebody signed in with a call just answered."""
    actor = actor or an_operator()
    signed_in(client, actor)
    return a_call(actor)
