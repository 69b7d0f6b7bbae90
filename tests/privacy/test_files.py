"""A sealed file opens whole and unchanged, for its own case, or not at all."""

import hashlib
import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings

from privacy.errors import SealError
from privacy.files import CHUNK, SealedFile, TooLarge, delete_file, folder, open_file, seal_file
from tests.attacks.record import Tried
from tests.privacy.people import a_person
from tests.privacy.sample.models import Person

pytestmark = pytest.mark.django_db
PIECE = CHUNK + 16


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: LazySettings) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"


def opened(file: SealedFile, row: Person) -> bytes:
    return b"".join(open_file(file.id, row))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_a_file_opens_as_it_was(size: int) -> None:
    person, data = a_person(), os.urandom(size)
    file = seal_file(io.BytesIO(data), person)
    assert (opened(file, person), file.size, file.sha256) == (data, size, hashlib.sha256(data).hexdigest())


def test_a_stream_that_comes_in_drops_is_one_file() -> None:
    class Drops(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 1000))

    person, data = a_person(), os.urandom(2 * CHUNK)
    assert opened(seal_file(Drops(data), person), person) == data


def test_the_store_shows_neither_name_nor_content(store: Path) -> None:
    person = a_person()
    file = seal_file(io.BytesIO("王小明的病历".encode() * 100), person)
    path = store / str(file.id)
    assert (
        [p.name for p in store.iterdir()],
        stat.S_IMODE(path.stat().st_mode),
        stat.S_IMODE(store.stat().st_mode),
        "王小明".encode() in path.read_bytes(),
    ) == ([str(file.id)], 0o600, 0o700, False)


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda all: b"",
    lambda all: all[:20],
    lambda all: all[:-1],
    lambda all: all[:-PIECE],
    lambda all: all[: -2 * PIECE],
    lambda all: all[: 8 + 60],
    lambda all: all + b"\0",
    lambda all: all + all[-PIECE:],
    lambda all: all[: 68 + PIECE] + all[68 : 68 + PIECE] + all[68 + 2 * PIECE :],
    lambda all: all[:68] + all[68 + PIECE : 68 + 2 * PIECE] + all[68 : 68 + PIECE] + all[68 + 2 * PIECE :],
    *[lambda all, at=at: all[:at] + bytes([all[at] ^ 1]) + all[at + 1 :] for at in (*range(0, 69), -1)],
]


@pytest.mark.attack("T69")
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_does_not_open(damage: Callable[[bytes], bytes]) -> None:
    person = a_person()
    file = seal_file(io.BytesIO(os.urandom(3 * CHUNK)), person)
    path = folder() / str(file.id)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(SealError):
        opened(file, person)


@pytest.mark.attack("T69")
def test_a_file_put_in_the_place_of_another_or_of_another_case_does_not_open(tried: Tried) -> None:
    person = a_person()
    first, second = (seal_file(io.BytesIO(data), person) for data in (b"a", b"b"))
    (folder() / str(first.id)).replace(folder() / str(second.id))
    got = []
    for file, row in ((second, person), (seal_file(io.BytesIO(b"a"), person), a_person())):
        try:
            got.append(opened(file, row).decode())
        except SealError:
            got.append("refused")
    tried(request="swapped; foreign case", actor="somebody with the disk", expected=["refused"] * 2, got=got)


def test_a_missing_file_is_told_at_once() -> None:
    with pytest.raises(SealError):
        open_file(uuid4(), a_person())


def test_too_large_a_file_leaves_nothing(store: Path) -> None:
    with pytest.raises(TooLarge):
        seal_file(io.BytesIO(b"x" * 101), a_person(), limit=100)
    assert list(store.iterdir()) == []


def test_a_broken_upload_leaves_nothing(store: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        seal_file(Broken(), a_person())
    assert list(store.iterdir()) == []


def test_a_file_can_be_removed_twice(store: Path) -> None:
    file = seal_file(io.BytesIO(b"a"), a_person())
    delete_file(file.id)
    delete_file(file.id)
    assert list(store.iterdir()) == []
