"""One house for all faults: they run one after the other, in one pytest process."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from agencies.actor import Actor
from config.runtime.servers import DATABASE
from privacy.keys import ring
from tests.elsewhere import on_database
from tests.faults.house import House
from tests.people import a_caseworker
from tests.snapshot import Snapshot


@pytest.fixture(scope="package")
def house(
    private_files: None,
    django_db_blocker: DjangoDbBlocker,
    snapshot: Snapshot,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    """The product's own commands in this process go to the house's database too, never to the tests' own."""
    with tempfile.TemporaryDirectory(prefix="huhang-", dir="/tmp") as sockets:
        made = House(tmp_path_factory.mktemp("house"), Path(sockets))
        try:
            made.postgres()
            made.valkey()
            with django_db_blocker.unblock(), on_database(DATABASE, made.host):
                Snapshot(snapshot.folder).fill(DATABASE)
                ring.ensure()
                made.launch()
                made.start_worker()
                made.launch(1)
                made.web()
                yield made
        finally:
            made.stop()


@pytest.fixture(scope="package")
def worker_actor(house: House) -> Actor:
    return a_caseworker()
