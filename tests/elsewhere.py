"""Another database than the test's own, for the product's own commands in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connection

from privacy.keys import ring


def address(name: str, host: str) -> str:
    """DATABASE_URL of a database behind a unix socket."""
    return f"postgres://app@{quote(host, safe='')}/{name}"


@contextmanager
def on_database(name: str, host: str | None = None) -> Iterator[None]:
    """This process's connection goes there; on leaving it goes back where it was."""
    given = connection.settings_dict
    before = {"NAME": given["NAME"], "HOST": given["HOST"]}
    _turn(NAME=name, HOST=host or given["HOST"])
    try:
        yield
    finally:
        _turn(**before)


def _turn(**where: str) -> None:
    connection.close()
    connection.settings_dict.update(where)
    ring.forget()


@contextmanager
def a_database(name: str) -> Iterator[str]:
    """An empty database on the same server; gone afterwards."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'drop database if exists "{name}"')
        cursor.execute(f'create database "{name}"')
    yield name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'drop database "{name}" with (force)')
