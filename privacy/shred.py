"""A case's keys deleted for ever, and every process told to drop what it still holds of them.

The message is an id on a Redis channel. Where Redis is away, the keys die in the processes after KEY_CACHE_SECONDS.
"""

import logging
import threading
import time
from contextlib import suppress
from uuid import UUID

import redis
from django.db import transaction

from privacy.broker import client
from privacy.keyrows import DataKey
from privacy.keys import ring

log = logging.getLogger(__name__)
CHANNEL = "keys.forget"
PAUSE = 5.0


@transaction.atomic
def shred(owner: UUID) -> int:
    """Delete all data keys of this owner, in every compartment and state; how many they were.

    Tags survive their key: whoever shreds empties them too. The caller decides whether the law allows it.
    """
    count, _ = DataKey.objects.filter(owner=owner).delete()
    transaction.on_commit(lambda: forget_everywhere(owner))
    return count


def forget_everywhere(owner: UUID) -> None:
    ring.forget(owner)
    with suppress(redis.RedisError), client() as wire:
        wire.publish(CHANNEL, owner.hex)


def listen() -> threading.Thread:
    """Drop keys as other processes shred; called once by every process that serves."""
    thread = threading.Thread(target=_listen, name="keys", daemon=True)
    thread.start()
    return thread


def _listen() -> None:
    while True:
        try:
            _hear()
        except redis.RedisError:
            log.warning("keys_channel_lost")
            time.sleep(PAUSE)
        ring.forget()  # whatever was said meanwhile was not heard


def _hear() -> None:
    with client(None) as wire, wire.pubsub() as channel:
        channel.subscribe(CHANNEL)
        for message in channel.listen():
            if message["type"] == "message":
                with suppress(ValueError):
                    ring.forget(UUID(message["data"].decode()))
