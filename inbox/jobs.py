"""Asking for work of many steps; `inbox.running` does it, step by step."""

from datetime import datetime
from typing import Any

from districts.models import Membership
from districts.queue import enqueue
from inbox.models import Job


def begin(kind: str, *, by: Membership | None, at: datetime, total: int = 0, **said: Any) -> Job:
    """Ask for a job of a kind that `inbox.running.KINDS` knows; a sweep finds it in any case."""
    job = Job.objects.create(kind=kind, said=said, total=total, by=by, at=at, next_try_at=at)
    enqueue("inbox.tasks.run_job", job.pk)
    return job
