"""Settings of the tests: real PostgreSQL and Valkey from config.runtime.run; only the hasher is cheap."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import CELERY_BROKER_URL, DATA_DIR, INSTALLED_APPS, REDIS_URL

INSTALLED_APPS = [*INSTALLED_APPS, "tests.privacy.sample", "tests.workflow.sample"]

DEBUG = False
SECRET_KEY = "for-tests-only-" + "0" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Each pytest worker has its own Redis database and its own files, as it has its own PostgreSQL database.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if WORKER:
    NUMBER = int(WORKER.removeprefix("gw")) + 1
    REDIS_URL = REDIS_URL.replace("?db=0", f"?db={NUMBER}")
    CELERY_BROKER_URL = CELERY_BROKER_URL.replace("?virtual_host=0", f"?virtual_host={NUMBER}")
    DATA_DIR = DATA_DIR / WORKER
    KEY_DIR = DATA_DIR / "keys"

# Static files come straight from the rooms: nothing is collected for a test.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
