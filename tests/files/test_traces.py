"""What a large file, a paper and an export leave on the disk while they are handled: nothing that can be read."""

import ctypes
import os
import struct
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.models import Evidence
from casework.services.exports import ask_for_export, make_export
from privacy.files import folder
from tests.attacks.record import Tried
from tests.casework.cases import a_case, with_victim
from tests.files import media
from tests.papers import printed
from tests.people import a_caseworker, signed_in

pytestmark = pytest.mark.django_db
MARK = "霁璎珞痕"
IN_CREATE, IN_MOVED_TO, IN_CLOSE_WRITE, IN_MODIFY, NONBLOCK = 0x100, 0x80, 0x8, 0x2, 0x800
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | getattr(os, "O_TMPFILE", 0)
_listening: list[list[str]] = []


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if event == "open" and _listening and isinstance(args[0], str | bytes | Path):
        mode, flags = args[1] or "", args[2] or 0
        if flags & WRITING or set(str(mode)) & set("wax+"):
            for heard in _listening:
                heard.append(os.fsdecode(args[0]))


sys.addaudithook(_hear)  # cannot be taken away again; hears nothing while nobody listens


class Watch(threading.Thread):
    """inotify over some folders: every file that is made or written there is looked into at once."""

    def __init__(self, places: list[Path]) -> None:
        super().__init__(daemon=True)
        self.libc, self.over, self.names, self.clear = (
            ctypes.CDLL(None, use_errno=True),
            threading.Event(),
            0,
            set[str](),
        )
        self.handle = self.libc.inotify_init1(NONBLOCK)
        mask = IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_MODIFY
        self.places = {
            self.libc.inotify_add_watch(self.handle, os.fsencode(place), mask): place
            for place in places
            if place.is_dir()
        }

    def run(self) -> None:
        while not self.over.is_set():
            self.look()
            self.over.wait(0.001)
        self.look()

    def look(self) -> None:
        try:
            events = os.read(self.handle, 65536)
        except BlockingIOError:
            return
        at = 0
        while at < len(events):
            watch, _mask, _cookie, length = struct.unpack_from("iIII", events, at)
            name = events[at + 16 : at + 16 + length].rstrip(b"\0").decode(errors="replace")
            at += 16 + length
            self.names += 1
            self.into(self.places.get(watch, Path("/nowhere")) / name)

    def into(self, path: Path) -> None:
        try:
            content = path.read_bytes() if path.is_file() and path.stat().st_size < 32 * 2**20 else b""
        except OSError:
            return
        if any(MARK.encode(kind) in content for kind in ("utf-8", "utf-16-le", "gb18030")):
            self.clear.add(str(path))


@contextmanager
def watched(data: Path) -> Iterator[tuple[Watch, list[str]]]:
    places = [Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path(tempfile.gettempdir()), data, folder()]
    watch, opened = Watch(places), list[str]()
    watch.start()
    _listening.append(opened)
    try:
        yield watch, opened
    finally:
        _listening.remove(opened)
        watch.over.set()
        watch.join()
        os.close(watch.handle)


@pytest.mark.attack("T76")
def test_no_clear_file_is_made_by_an_upload_a_paper_or_an_export(
    client: Client, tmp_path: Path, settings: LazySettings, tried: Tried
) -> None:
    settings.DATA_DIR = tmp_path
    folder().mkdir()
    worker = a_caseworker()
    signed_in(client, worker)
    case = a_case(worker)
    with_victim(case, worker, name=MARK)
    film = media.film() + media.box(b"free", MARK.encode() * (10 * 2**20 // 12))
    with watched(tmp_path) as (watch, opened):
        sent = {
            "kind": "E5",
            "title": MARK,
            "precision": "unknown",
            "file": SimpleUploadedFile(f"{MARK}.mp4", film),
        }
        client.post(reverse("casework:evidence_add", args=[case.pk]), sent)
        row = Evidence.objects.get(case=case)
        shown = b"".join(
            client.get(reverse("casework:evidence_show", args=[case.pk, row.pk])).streaming_content
        )
        printed("intake", case, worker)
        asked = {"source": "cases", "people": "names", "form": "xlsx", "reason": MARK}
        make_export(ask_for_export(actor=worker, **asked).pk)
    elsewhere = [path for path in opened if Path(path).parent != folder() and "__pycache__" not in path]
    tried(
        request="10 MB upload, its copy, a paper, an export", actor="caseworker",
        expected=([], []), got=(sorted(watch.clear), elsewhere),
    )  # fmt: skip
    assert (len(shown), watch.names > 5, len(opened) >= 5) == (len(film), True, True)


def test_a_clear_file_is_noticed(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path
    folder().mkdir()
    with watched(tmp_path) as (watch, opened):
        with tempfile.TemporaryFile() as unseen:
            unseen.write(b"x")
        (tmp_path / "left").write_text(MARK)
    assert (watch.clear, len(opened) > 1) == ({str(tmp_path / "left")}, True)
