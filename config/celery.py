"""The Celery app: it carries nudges, PostgreSQL carries the work."""

import os

from celery import Celery
from celery.signals import task_received, worker_init

from config import watch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("earshot", task_cls="districts.queue:DistrictTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

worker_init.connect(watch.start)
task_received.connect(watch.tell)
