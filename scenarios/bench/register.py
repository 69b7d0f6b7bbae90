"""What the reading register costs: on the page of a case, in rows chained and rows checked a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from casework.models import Case
from casework.views.case import case as case_view
from privacy import audit, reading
from privacy.audit import Action, Purpose, write_reads
from privacy.chain import seal
from privacy.request import request_scope
from privacy.verify import verify
from scenarios.bench.fill import Tell, Town, settle
from scenarios.bench.race import Row, Times, alone, race, timed

SOME, ROWS, AT_ONCE = 50, 100_000, 1000


def rows(town: Town, rounds: int, tell: Tell) -> Iterator[Row]:
    actor = town.cast.caseworker
    cases = list(Case.objects.visible_to(actor).values_list("pk", flat=True)[:SOME])

    def audited(i: int) -> object:
        with request_scope():
            return case_view(_request(actor), pk=cases[i % len(cases)])

    def unaudited(i: int) -> object:
        with _unwritten():
            return audited(i)

    yield race(
        "Page of a case, as a caseworker gets it", audited, unaudited, rounds=rounds, target=2,
        note="Two rows with their seals, each before its data; the plain side is the same page and writes none.",
    )  # fmt: skip
    seal(timezone.now(), late=timedelta(days=1))
    for _ in range(ROWS // AT_ONCE):
        some = [(uuid4(), "casework_person", [uuid4()], ("name", "phone")) for _ in range(AT_ONCE)]
        write_reads(actor=actor, action=Action.READ, purpose=Purpose.CASEWORK, reads=some)
    settle()
    tell(f"{ROWS:,} rows in the register")
    yield _once(f"Giving {ROWS:,} rows their place in the chain", lambda _i: seal(timezone.now()))
    settle()
    found: list[Any] = []
    yield _once(
        f"Checking a register of {ROWS:,} rows and more", lambda _i: found.append(verify(timezone.now(), []))
    )
    if any(verdict.bad for verdict in found[0][0]) or found[0][1]:
        raise RuntimeError("the register is not what was written")
    yield alone("Chaining where nothing is new", lambda _i: seal(timezone.now()), rounds=min(rounds, 50))


def _once(what: str, work: Any) -> Row:
    return Row(what, Times.of([timed(work, 0)]))


@contextmanager
def _unwritten() -> Iterator[None]:
    """The register looking away: for this comparison alone."""
    places = ((reading, "write_reads"), (audit, "write_reads"))
    held = [getattr(module, name) for module, name in places]
    for module, name in places:
        setattr(module, name, lambda **_more: None)
    try:
        yield
    finally:
        for (module, name), real in zip(places, held, strict=True):
            setattr(module, name, real)


def _request(actor: Any) -> HttpRequest:
    request: Any = RequestFactory().get("/cases/")
    request.actor, request.posting, request.session = actor, _Posting(), {}
    return request  # type: ignore[no-any-return]


class _Posting:
    """What the guard asks of a posting."""

    class user:
        must_change_password = False
