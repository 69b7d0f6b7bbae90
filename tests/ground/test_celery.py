"""The queue takes ids and codes, and a message shows neither arguments nor their text."""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
import redis
from celery._state import get_current_app

from config.celery import app, is_plain

WAITING = "nobody-listens"


@pytest.mark.parametrize("value", [None, 7, True, UUID(int=7), str(UUID(int=7)), "police", "relay_outbox"])
def test_ids_numbers_and_codes_may_be_queued(value: object) -> None:
    assert is_plain(value)


@pytest.mark.parametrize("value", ["王小明", "13812345678", "Wang Xiaoming", "a" * 41, {"id": 1}, ["x"], ""])
def test_anything_else_is_refused(value: object) -> None:
    assert not is_plain(value)


@app.task(name="tests.ground.noted")
def noted(thing: str) -> None:
    """Never run: the messages wait in a queue nobody serves."""


def test_a_task_refuses_a_name() -> None:
    with pytest.raises(TypeError, match="ids, numbers and short codes only"):
        noted.apply_async(("王小明",), queue=WAITING)


def test_a_task_sent_by_its_name_refuses_a_name() -> None:
    with pytest.raises(TypeError, match="ids, numbers and short codes only"):
        app.send_task("tests.ground.noted", ("王小明",), queue=WAITING)


def test_every_thread_talks_to_our_broker() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(get_current_app).result() is app


def test_a_message_hides_its_arguments_from_whoever_lists_it(broker: "redis.Redis") -> None:
    noted.apply_async((str(UUID(int=1)),), queue=WAITING)
    message = json.loads(broker.lindex(WAITING, 0))
    assert (message["headers"]["argsrepr"], message["headers"]["kwargsrepr"]) == ("-", "-")
