"""The addresses of one process: all of the product's, or those its process serves."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, include, path

from config.processes import DESK, SERVED

Address = URLPattern | URLResolver


def served(addresses: Iterable[Address], process: str) -> list[Address]:
    """What another process serves is not there: 404, like an address nobody has."""
    return list(addresses) if not process else list(_of(addresses, process))


def _of(addresses: Iterable[Address], process: str) -> Iterator[Address]:
    for one in addresses:
        head = str(one.pattern).split("/", 1)[0]
        if head == "" and isinstance(one, URLResolver):  # the door: its addresses stand at the root
            inner = list(_of(one.url_patterns, process))
            yield path("", include((inner, str(one.app_name)), namespace=one.namespace))
        elif process in SERVED.get(head, (DESK,)):
            yield one
