"""Settings of the tests: real PostgreSQL and Valkey, given by config.runtime.run; only the password hasher is cheap."""

from config.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "for-tests-only-" + "0" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
