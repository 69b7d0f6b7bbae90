"""The measurement runs, on few people, and prints every row it promises. How fast is no matter of a test."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from privacy import macs
from scenarios.bench import register
from tests.casework.cases import a_case
from tests.people import a_caseworker

ROWS = [
    "Exact phone",
    "Exact phone, alone",
    "Two characters of a name, against LIKE '%..%'",
    "Two characters of a name, alone",
    "Wrong password: a name that exists, to one that does not",
    "Look-up of a number that is known, to one that is not",
    "Page of 50, two sealed fields, as a user gets it",
    "query, audit and opening alone",
    "the same with no key in this process",
    "query and opening, no audit",
    "Save with history, audit and clocks",
    "history alone, against simple-history",
    "history, audit, clocks, against simple-history alone",
    "a whole move, against a locked plain save",
    "Page of a case, as a caseworker gets it",
    "Giving 300 rows their place in the chain",
    "Checking a register of 300 rows and more",
    "Chaining where nothing is new",
    "Sweep that wakes 1,000 of 40 open clocks",
    "Idle sweep over 40 open clocks",
    "Case list, caseworker, 40 cases",
    "Case list, caseworker, 400 cases",
    "Case list, duty leader, 40 cases",
    "Case list, duty leader, 400 cases",
    "A thousand rows sealed anew, live",
    "A thousand new data keys",
    "A published total of a year against counting the cases",
    "the whole release against counting every breakdown",
    "A breakdown of a year from the tallies, against the cases",
    "all figures of a year, against one breakdown of the cases",
    "From a case opened to its tally",
]


def measured(**sizes: int) -> str:
    out = StringIO()
    call_command("bench", **sizes, stdout=out)
    return out.getvalue()


@pytest.mark.attack("T40", "T90")
@pytest.mark.django_db(transaction=True)
def test_every_row_is_measured_and_the_twin_is_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "ROWS", 300)
    monkeypatch.setattr(
        macs._threads, "writer", macs.Writer(), raising=False
    )  # who wrote what is no longer there
    table = measured(people=80, clocks=40, rounds=2, cases=2000)
    names = re.findall(r"^ {0,2}(\S.{1,70}?) {2,}\d+\.\d\d ", table, re.MULTILINE)
    left = [name for name in connection.introspection.table_names() if name.startswith("bench_")]
    assert (names, left) == (ROWS, [])


@pytest.mark.django_db
def test_a_database_with_cases_is_left_alone() -> None:
    a_case(a_caseworker())
    with pytest.raises(CommandError, match="There are cases here"):
        measured(people=80)
