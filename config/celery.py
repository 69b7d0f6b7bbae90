"""The Celery application. A message carries ids and codes, nothing else: the broker is not sealed."""

import re
from typing import Any
from uuid import UUID

from celery import Celery
from celery.result import AsyncResult
from celery.signals import setup_logging, worker_init, worker_process_init
from django.conf import settings
from django.utils.log import configure_logging
from django.utils.module_loading import import_string

CODE = re.compile(r"[a-z][a-z0-9]*([._][a-z0-9]+)*")
LONGEST_CODE = 40


def is_plain(value: object) -> bool:
    """An id, a number or a short code. Everything else stays out of the queue."""
    if value is None or isinstance(value, int | UUID):
        return True
    if not isinstance(value, str):
        return False
    try:
        UUID(value)
    except ValueError:
        return len(value) <= LONGEST_CODE and CODE.fullmatch(value) is not None
    return True


class IdsOnly(Celery):
    """Refuses arguments that could hold a person's data, and keeps their text out of headers and logs."""

    def send_task(
        self, name: str, args: Any = None, kwargs: Any = None, *positional: Any, **options: Any
    ) -> AsyncResult[Any]:
        """Every message passes here, whether a task object or only a name was at hand."""
        if not all(is_plain(value) for value in (*(args or ()), *(kwargs or {}).values())):
            raise TypeError(f"{name}: a task takes ids, numbers and short codes only")
        hidden = {"argsrepr": "-", "kwargsrepr": "-"}
        return super().send_task(name, args, kwargs, *positional, **{**options, **hidden})


app = IdsOnly("huhang")
app.set_default()  # without it, threads other than the first would talk to a broker of their own invention
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@worker_process_init.connect
def prepare_keys(**_: object) -> None:
    """By name: the key ring has models, which can be imported only when the rooms are there."""
    import_string("config.boot.prepare_keys")()


@setup_logging.connect
def log_like_the_web(**_: object) -> None:
    """Celery's own log format would print arguments and exception texts."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
