"""Settings of `make demo`: plain http on this machine only, secrets of its own in DATA_DIR."""

from config.secret import secret_key
from config.settings.base import *  # noqa: F403
from config.settings.base import DATA_DIR, env

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="") or secret_key(DATA_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
