"""Unwrapped keys in this process: few, short-lived, and never of a transaction that was undone."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db import connection, transaction


class KeyCache:
    """Least recently used, at most `size` entries, none older than `ttl` seconds (KEY_CACHE_SECONDS).

    A rotation waits as long before it counts: until then some process may seal with the key it is replacing.
    """

    def __init__(self, size: int = 2048, ttl: float | None = None) -> None:
        self.size, self.ttl = size, ttl
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()

    def get(self, name: Hashable) -> Any:
        with self._lock:
            entry = self._held.get(name)
            if entry is None:
                return None
            if entry[0] < time.monotonic():
                del self._held[name]
                return None
            self._held.move_to_end(name)
            return entry[1]

    def put(self, entries: Mapping[Any, Any]) -> None:
        until = time.monotonic() + (settings.KEY_CACHE_SECONDS if self.ttl is None else self.ttl)
        with self._lock:
            for name, key in entries.items():
                self._held[name] = (until, key)
                self._held.move_to_end(name)
            while len(self._held) > self.size:
                self._held.popitem(last=False)

    def drop(self, name: Hashable) -> None:
        with self._lock:
            self._held.pop(name, None)

    def drop_where(self, test: Callable[[Any], bool]) -> None:
        with self._lock:
            for name in [name for name, (_, key) in self._held.items() if test(key)]:
                del self._held[name]

    def clear(self) -> None:
        with self._lock:
            self._held.clear()

    def __len__(self) -> int:
        return len(self._held)


class Fresh:
    """Entries made in a transaction still open. On commit they are cached; a rollback takes them along.

    The trap: a data key cached by its owner and then rolled back would seal with a key that is in no table.
    Django drops a commit hook together with its savepoint or transaction, so the hook itself is the record.
    """

    def __init__(self, cache: Any, entries: Mapping[Any, Any]) -> None:
        self.cache, self.entries = cache, dict(entries)

    def __call__(self) -> None:
        self.cache.put(self.entries)


def remember(cache: Any, entries: Mapping[Any, Any]) -> None:
    """Into the cache, as soon as the open transaction commits; at once where there is none."""
    if entries:
        transaction.on_commit(Fresh(cache, entries))


def recall(cache: Any, name: Hashable) -> Any:
    """From the cache, else from what this open transaction has made."""
    held = cache.get(name)
    if held is not None:
        return held
    return next((fresh.entries[name] for fresh in _fresh(cache) if name in fresh.entries), None)


def newest(cache: Any, name: Hashable) -> Any:
    """What this open transaction has made last, else what is in the cache: for values that change."""
    made = [fresh.entries[name] for fresh in _fresh(cache) if name in fresh.entries]
    return made[-1] if made else cache.get(name)


def forget(cache: Any, name: Hashable) -> None:
    """Out of the cache, and out of what this transaction would put into it."""
    for fresh in _fresh(cache):
        fresh.entries.pop(name, None)
    cache.drop(name)


def forget_all(cache: Any) -> None:
    for fresh in _fresh(cache):
        fresh.entries.clear()
    cache.clear()


def _fresh(cache: Any) -> Iterator[Fresh]:
    hooks = [entry[1] for entry in connection.run_on_commit]
    return (hook for hook in hooks if isinstance(hook, Fresh) and hook.cache is cache)
