"""The list of cases under role scope, with N people's cases and with ten times as many."""

from collections.abc import Iterator
from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.actor import Actor
from casework.lists import case_list
from casework.models import Case
from scenarios.bench.fill import Tell, Town, more_cases, settle
from scenarios.bench.race import Row, alone


def rows(town: Town, rounds: int, tell: Tell) -> Iterator[Row]:
    few = Case.objects.count()
    readers = {"caseworker": town.cast.caseworker, "duty leader": town.cast.lead}
    before = {role: _row(role, few, actor, rounds) for role, actor in readers.items()}
    more_cases(town, 10 * few)
    settle()
    tell(f"{10 * few:,} cases")
    for role, actor in readers.items():
        yield before[role]
        after = _row(role, 10 * few, actor, rounds)
        yield replace(after, plain=before[role].ours, against=f"the list at {few:,} cases")


def _row(role: str, cases: int, actor: Actor, rounds: int) -> Row:
    def work(_number: int) -> object:
        return list(case_list(actor, {}, timezone.now()).rows)

    with CaptureQueriesContext(connection) as asked:
        work(0)
    return alone(f"Case list, {role}, {cases:,} cases", work, rounds=rounds, note=f"{len(asked)} queries.")
