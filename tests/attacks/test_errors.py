"""Errors forced where personal data is at hand: in a view, a form, a page, a middleware, a task, the database itself."""

import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest
from celery import shared_task
from django import forms
from django.conf import LazySettings
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client
from django.urls import include, path
from django.utils.log import AdminEmailHandler

from config import errors
from tests.attacks.record import Tried
from tests.leaks.canaries import found_in, phone, text
from tests.leaks.raw import statements
from tests.leaks.sinks import Log
from tests.people import a_caseworker, signed_in

NAME, PHONE = text(11), phone(1)
WAYS = ("view", "form", "page", "database", "middleware")


class Broken(forms.Form):
    name = forms.CharField()

    def clean_name(self) -> str:
        raise ValueError(f"{self.data} {self.cleaned_data['name']}")


def broken(request: HttpRequest, way: str) -> HttpResponse:
    """Each raises with the name in its text and in its locals."""
    name = request.POST["name"]
    match way:
        case "form":
            Broken(request.POST).is_valid()
        case "page":
            return HttpResponse(
                Template("{{ f.name.x }}").render(
                    Context({"f": lambda: (_ for _ in ()).throw(ValueError(name))})
                )
            )
        case "database":
            with connection.cursor() as cursor:
                cursor.execute("select %s::int", [name])
    raise ValueError(name)


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.endswith("middleware"):
            raise ValueError(request.POST["name"])
        return get_response(request)

    return answer


@shared_task(name="tests.broken")
def broken_task(number: str) -> None:
    raise ValueError(f"{NAME} {PHONE} {number}")


handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.forbidden,
    errors.not_found,
    errors.broken,
)
urlpatterns = [path("broken/<str:way>", broken), path("", include("config.urls"))]


@pytest.fixture
def log() -> Iterator[Log]:
    handler = Log()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.mark.attack("T70")
@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_an_error_tells_neither_the_answer_nor_mail_nor_log(
    log: Log, settings: LazySettings, capfd: pytest.CaptureFixture[str], tried: Tried
) -> None:
    settings.ADMINS = [("a", "a@example.test")]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.middleware"]
    by_mail = logging.getLogger("django.request")
    handler = AdminEmailHandler(include_html=True)
    by_mail.addHandler(handler)
    browser = signed_in(Client(raise_request_exception=False), a_caseworker())
    try:
        for way in WAYS:
            with transaction.atomic():
                answer = browser.post(
                    f"/broken/{way}",
                    {"name": NAME, "phone": PHONE},
                    headers={"Referer": "http://testserver/x"},
                )
                transaction.set_rollback(True)
            told = answer.content + str(answer.headers).encode()
            tried(
                request=f"POST, an error in the {way}",
                actor="caseworker",
                expected=(500, []),
                got=(answer.status_code, found_in(told)),
            )
    finally:
        by_mail.removeHandler(handler)
    broken_task.apply(args=("x",))
    sent = "".join(f"{one.subject}{one.body}{one.message()}" for one in mail.outbox)
    printed = "".join(capfd.readouterr())
    got = {
        "mail": found_in(sent.encode()),
        "log": found_in("\n".join(log.lines).encode()),
        "stderr": found_in(printed.encode()),
    }
    tried(
        request="what was mailed, logged, printed",
        actor="whoever reads them",
        expected={"mail": [], "log": [], "stderr": []},
        got=got,
    )
    assert (len(mail.outbox) >= len(WAYS), "ValueError" in sent + "".join(log.lines)) == (True, True)


def log_of_the_database() -> bytes:
    return (Path(os.environ["DATA_DIR"]) / "logs" / "postgres.log").read_bytes()


STATEMENTS: dict[str, tuple[str, Any]] = {
    "twice the same": ("insert into wrong values (%s, 1), (%s, 2)", [NAME, NAME]),
    "too long": ("insert into wrong values (%s, 1)", [NAME * 30]),
    "no number": ("select %s::int", [NAME]),
    "breaks a rule": ("insert into wrong values (%s, -1)", [NAME]),
    "takes too long": ("select pg_sleep(5), %s::text", [NAME]),
    "raised in a function": ("select pg_temp.loud(%s::text)", [NAME]),
}


@pytest.mark.attack("T71")
@pytest.mark.django_db
def test_an_error_in_the_database_stands_in_its_log_without_what_was_typed(tried: Tried) -> None:
    before = len(log_of_the_database())
    with connection.cursor() as cursor:
        cursor.execute("create temp table wrong (name varchar(40) primary key, n int check (n > 0))")
        cursor.execute(
            "create function pg_temp.loud(t text) returns int language plpgsql as 'begin perform t::int; return 1; end'"
        )
        for name, (statement, values) in STATEMENTS.items():
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute("set local statement_timeout = 200")
                cursor.execute(statement, values)
            tried(
                request=name, actor="the product", expected=[], got=found_in(log_of_the_database()[before:])
            )
        cursor.execute("do 'begin raise log ''it works''; end'")
        cursor.execute("select %s::text as kept", [NAME])
    assert b"it works" in log_of_the_database()[before:]
    kept = statements()
    tried(
        request="pg_stat_statements",
        actor="dba",
        expected=(True, []),
        got=(b"as kept" in kept, found_in(kept)),
    )


@pytest.mark.attack("T71")
@pytest.mark.django_db
def test_a_deadlock_tells_nobody_what_the_two_were_about(tried: Tried) -> None:
    """The database writes of a deadlock which statements met, and of a long wait who waits for whom."""
    before, both = len(log_of_the_database()), Barrier(2)

    def take(first: int, second: int) -> str:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set local deadlock_timeout = '20ms'")
                cursor.execute("set local log_lock_waits = on")
                cursor.execute("select pg_advisory_xact_lock(%s), %s::text", [first, NAME])
                both.wait(20)
                cursor.execute("select pg_advisory_xact_lock(%s), %s::text", [second, NAME])
        except DatabaseError as error:
            return str(getattr(error.__cause__, "sqlstate", ""))
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        ends = sorted([*pool.map(take, (71, 72), (72, 71))])
    log = log_of_the_database()[before:]
    tried(
        request="a deadlock", actor="whoever reads the log", expected=(["40P01", "done"], True, []),
        got=(ends, b"deadlock" in log, found_in(log)),
    )  # fmt: skip


@pytest.mark.attack("T71")
@pytest.mark.django_db(transaction=True)
def test_a_statement_under_way_shows_no_value_to_who_looks_at_the_database(tried: Tried) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid(), current_database()")
        pid, database = cursor.fetchone()

    seen: list[Any] = []

    def look() -> None:
        given: Any = connection.settings_dict
        with psycopg.connect(
            host=given["HOST"], user=given["USER"], dbname=database, autocommit=True
        ) as wire:
            while not seen or "pg_sleep" not in seen[-1]:
                row = wire.execute("select query from pg_stat_activity where pid = %s", [pid]).fetchone()
                seen.append(row[0] if row else "")

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    with connection.cursor() as cursor:
        cursor.execute("select pg_sleep(0.5), %s::text", [NAME])
    watcher.join(5)
    got = ("pg_sleep" in seen[-1], found_in("\n".join(seen).encode()))
    tried(request="pg_stat_activity", actor="dba", expected=(True, []), got=got)
