"""The WSGI application served by granian."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
django = get_wsgi_application()

from config.boot import prepare_keys  # noqa: E402 - models can be imported only now
from config.whole import Whole  # noqa: E402

prepare_keys()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"] = Whole(environ["wsgi.input"], int(environ.get("CONTENT_LENGTH") or 0))
    return django(environ, start_response)
