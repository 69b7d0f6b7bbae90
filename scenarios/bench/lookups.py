"""Finding people: by a whole number, and by two characters of a name."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from casework.models import Person
from privacy.errors import TooVague
from privacy.search import find_people
from scenarios.bench.fill import Town
from scenarios.bench.plain import PlainPerson
from scenarios.bench.race import Row, Work, race

SCOPED = "Within the actor's cases and with the case, on both sides; ours opens, compares and writes the read audit."
ALONE = "The table alone on both sides; ours opens, compares and writes the read audit."


def rows(town: Town, rounds: int) -> Iterator[Row]:
    actor = town.cast.caseworker
    phones, names = town.phones, town.rare

    def scoped(model: Any) -> Any:
        return model.objects.visible_to(actor).select_related("case")

    def ours(within: Any, texts: list[str]) -> Work:
        return lambda i: find_people(within(), texts[i % len(texts)], actor=actor)

    def findable(within: Any, texts: list[str]) -> list[str]:
        """Without those whose short tag too many of the whole table share; the product asks for more of the name."""
        found = []
        for text in texts[: rounds + 1]:
            with suppress(TooVague):
                find_people(within(), text, actor=actor)
                found.append(text)
        return found

    def plain(within: Any, column: str, texts: list[str]) -> Work:
        return lambda i: list(within().filter(**{column: texts[i % len(texts)]}))

    yield race(
        "Exact phone", ours(lambda: scoped(Person), phones), plain(lambda: scoped(PlainPerson), "phone", phones),
        rounds=rounds, target=1.5, note=SCOPED,
    )  # fmt: skip
    yield race(
        "Exact phone, alone", ours(Person.objects.all, phones), plain(PlainPerson.objects.all, "phone", phones),
        rounds=rounds, note=ALONE,
    )  # fmt: skip
    like = "name__contains"
    yield race(
        "Two characters of a name, against LIKE '%..%'", ours(lambda: scoped(Person), names),
        plain(lambda: scoped(PlainPerson), like, names), rounds=rounds, target=0.3, note=SCOPED,
    )  # fmt: skip
    known = findable(Person.objects.all, names)
    yield race(
        "Two characters of a name, alone", ours(Person.objects.all, known), plain(PlainPerson.objects.all, like, known),
        rounds=rounds, note=f"{ALONE} Of {min(rounds + 1, len(names))} names {len(known)} were not too vague.",
    )  # fmt: skip
