"""One house for all faults: they run one after the other, in one pytest process."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from agencies.actor import Actor
from tests.faults.house import House, standing
from tests.people import a_caseworker
from tests.snapshot import Snapshot


@pytest.fixture(scope="package")
def house(
    private_files: None,
    django_db_blocker: DjangoDbBlocker,
    snapshot: Snapshot,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="huhang-", dir="/tmp") as sockets:
        made = House(tmp_path_factory.mktemp("house"), Path(sockets))
        with standing(made, django_db_blocker, snapshot):
            made.launch()
            made.start_worker()
            made.launch(1)
            made.web()
            yield made


@pytest.fixture(scope="package")
def worker_actor(house: House) -> Actor:
    return a_caseworker()
