"""Settings, addresses and the Celery app: knows every app, holds no rule."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
