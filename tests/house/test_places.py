"""Where a move leads back to: a page that lets in whoever may make the move."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from casework.models import Case
from tests.criminal_track.matters import a_track
from tests.people import a_caseworker, a_policeman, signed_in
from workflow.registry import lives

pytestmark = pytest.mark.django_db
LIVES = {key: model for key, model in lives().items() if not model.__module__.startswith("tests.")}
SEATED = {"plan_proposal"}  # whose moves belong to a seat in a group, which none of these actors has
ROLES = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
POSTS = [(Role.LIAISON, kind) for kind in AgencyKind] + [(role, AgencyKind.FEDERATION) for role in ROLES]


def one_of(model: Any) -> Any:
    belongs = any(field.name == "case" for field in model._meta.get_fields())
    return model(pk=uuid4(), **({"case": Case(pk=uuid4())} if belongs else {}))


def lets_in(address: str, actor: Actor) -> bool:
    try:
        view = resolve(address.partition("#")[0]).func
    except Resolver404:
        return False
    return actor.role in getattr(view, "roles", ())


@pytest.mark.parametrize("key", LIVES)
def test_after_a_move_nobody_is_sent_to_a_page_that_is_not_for_them(key: str) -> None:
    obj = one_of(LIVES[key])
    actors = [Actor(uuid4(), None, uuid4(), kind, role) for role, kind in POSTS]
    makers = [one for one in actors if any(move.who(one, obj) for move in obj.flow)]
    sent = {
        (one.role, one.kind): obj.place_for(one) for one in makers if not lets_in(obj.place_for(one), one)
    }
    assert (makers or key in SEATED) and sent == {}


@pytest.mark.django_db
def test_without_javascript_a_policeman_goes_from_his_inbox_and_comes_back_to_it(client: Client) -> None:
    """A criminal matter has no page of its own, and the page of the case is not for him."""
    track = a_track(a_caseworker())
    signed_in(client, a_policeman())
    address = reverse("workflow:move", args=["criminal_track", track.pk, "file"])
    form = client.get(address).content.decode()
    typed = {"rev": track.rev, "police_agency": str(track.police_agency_id), "case_number": "2026-9"}
    place = client.post(address, typed)["Location"]
    track.refresh_from_db()
    assert (track.case.get_absolute_url() in form, track.state) == (False, "filed")
    assert (place, client.get(place).status_code) == (f"/cases/inbox/#{track.panel_id}", 200)
