"""The demonstration's past: while a story is told, this process takes the story's moment for now."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


class StoryClock:
    """A clock that is set by hand and never goes back."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on_to(self, moment: datetime) -> None:
        self.now = max(self.now, moment)


@contextmanager
def telling(clock: StoryClock) -> Iterator[None]:
    """For a command alone in its process: services, history and the reading register date by the story.

    The trap: defaults that hold the function `timezone.now` itself do not follow; see `seed.date_lives`.
    """
    real = timezone.now
    setattr(timezone, "now", clock)  # noqa: B010
    try:
        yield
    finally:
        setattr(timezone, "now", real)  # noqa: B010
