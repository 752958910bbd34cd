"""Settings, addresses and the Celery app: knows every app, holds no rule."""
