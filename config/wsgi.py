"""The WSGI application served by granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
application = get_wsgi_application()

from config.boot import prepare_keys  # noqa: E402 - models can be imported only now

prepare_keys()
