"""A supervisor reaches no case, call or measure, by any address of the product."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.makers import MAKERS
from tests.house.test_reach import PUBLIC
from tests.people import a_supervisor, signed_in
from workflow.registry import lives

pytestmark = pytest.mark.django_db
# The door, the own password, the language, the health of the machine, pages without an account, and the numbers themselves.
OWN = {
    "indicators",
    "set_language",
    "healthz",
    "home",
    "sign_in",
    "sign_out",
    "choose_posting",
    "renew",
    "extend",
    "password",
    "public",
}

PLACE = re.compile(r"<(\w+:)?(\w+)>")


def patterns(
    resolver: URLResolver, path: tuple[Any, ...] = (), space: str = ""
) -> Iterator[tuple[tuple[Any, ...], str]]:
    """(patterns from the root, name or namespace) of every address."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, (*path, one.pattern), one.namespace or space)
        elif isinstance(one, URLPattern):
            own = space if space == "indicators" else one.name or str(one.pattern)
            yield (*path, one.pattern), "public" if f"{space}:{one.name}" in PUBLIC else own


def filled(route: tuple[Any, ...], flow: str, move: str, pk: UUID) -> str:
    """The address with this object in every place where an id can stand."""
    words = {"flow": flow, "move": move, "name": move}
    return "/" + PLACE.sub(
        lambda found: str(pk) if found[1] == "uuid:" else words.get(found[2], "x"), "".join(map(str, route))
    )


def one_of_each() -> list[tuple[str, str, UUID]]:
    found = []
    for key, model in lives().items():
        obj = MAKERS[key](model.flow.start)
        found.append((key, model.flow.from_state(model.flow.start)[0].name, obj.pk))
        if case := getattr(obj, "case_id", None):
            found.append((key, model.flow.opening.name, case))
    return [*found, ("case", "close", uuid4())]


def test_every_address_of_a_case_a_call_or_a_measure_is_closed_to_a_supervisor() -> None:
    client = signed_in(Client(raise_request_exception=False), a_supervisor())
    routes = [route for route, name in patterns(get_resolver()) if name not in OWN]
    open_to = set()
    for flow, move, pk in one_of_each():
        for route in routes:
            address = filled(route, flow, move, pk)
            assert "<" not in address
            answers = {client.get(address).status_code, client.post(address).status_code}
            if not answers <= {403, 404, 405} or answers == {405}:
                open_to.add((address, tuple(sorted(answers))))
    assert open_to == set()


def test_a_supervisor_begins_at_the_numbers() -> None:
    answer = signed_in(Client(), a_supervisor()).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/figures/")
