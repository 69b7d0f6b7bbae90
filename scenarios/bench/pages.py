"""A page of 50 people of 50 cases with name and phone."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import render
from django.test import RequestFactory

from casework.forms import SearchForm
from casework.models import Case, Person
from casework.search import Hit
from privacy.keys import ring
from privacy.masks import mask_name, mask_phone
from privacy.reading import open_rows, placed, reveal_many
from privacy.request import request_scope
from scenarios.bench.fill import Town
from scenarios.bench.plain import PlainPerson
from scenarios.bench.race import Row, Work, race

PAGE, PAGES = 50, 10
TWO = ("name", "phone")
Fields = dict[str, Any]


def rows(town: Town, rounds: int) -> Iterator[Row]:
    actor, pages = town.cast.caseworker, _pages(town)

    def people(model: Any, i: int) -> list[Any]:
        visible = model.objects.visible_to(actor).select_related("case")
        return list(visible.filter(case_id__in=pages[i % len(pages)], role="victim"))

    def shown(draw: bool = False) -> Work:
        def work(i: int) -> object:
            with request_scope():
                found = people(Person, i)
                opened = reveal_many([(person, TWO) for person in found], actor=actor)
            return _draw(actor, found, opened) if draw else opened

        return work

    def plainly(draw: bool = False) -> Work:
        def work(i: int) -> object:
            found = people(PlainPerson, i)
            opened = [{name: getattr(person, name) for name in TWO} for person in found]
            return _draw(actor, found, opened) if draw else opened

        return work

    def cold(i: int) -> object:
        ring.forget()
        return shown()(i)

    def unaudited(i: int) -> object:
        return open_rows(placed((person, TWO) for person in people(Person, i)))

    yield race(
        "Page of 50, two sealed fields, as a user gets it", shown(draw=True), plainly(draw=True), rounds=rounds,
        target=2.5, note="Rows, 50 audit rows (one per case), opening, masks, the whole page through one template.",
    )  # fmt: skip
    yield race(
        "  query, audit and opening alone", shown(), plainly(), rounds=rounds, target=2.5,
        note="The same without masks and template; the data keys are in this process (5 minutes at most).",
    )  # fmt: skip
    yield race(
        "  the same with no key in this process", cold, plainly(), rounds=rounds,
        note="Every purpose key and all 50 data keys are fetched and unwrapped anew.",
    )  # fmt: skip
    yield race("  query and opening, no audit", unaudited, plainly(), rounds=rounds)


def _pages(town: Town) -> list[Sequence[UUID]]:
    own = Case.objects.visible_to(town.cast.caseworker).values_list("pk", flat=True)
    newest = list(own[: PAGE * PAGES])
    return [newest[start : start + PAGE] for start in range(0, len(newest), PAGE)]


def _draw(actor: Any, people: Sequence[Any], opened: Sequence[Fields]) -> object:
    """The page of a search, as casework.search makes it."""
    hits = [
        Hit(person.case, person, mask_name(fields["name"] or ""), mask_phone(fields["phone"] or ""))
        for person, fields in zip(people, opened, strict=True)
    ]
    return render(
        _request(actor), "casework/search.html", {"form": SearchForm(), "hits": hits, "asked": True}
    )


def _request(actor: Any) -> HttpRequest:
    request = RequestFactory().post("/cases/search/")
    request.actor = actor  # type: ignore[attr-defined]
    return request
