"""Settings, addresses and processes: the top floor. It knows no case and no rule."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
