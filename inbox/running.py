"""Doing jobs step by step: each step one transaction, resumable wherever a worker died."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from inbox import (
    alert_rescan,
    handing_over,
    policy_trial,
    promise_plan,
    recounting,
    repromising,
    rule_trial,
    surge_answer,
    topic_training,
    word_counts,
)
from inbox.models import Job, JobState

logger = logging.getLogger(__name__)

BATCH = 20
LAST_TRY = 5
LONGEST_SECONDS = 8.0
PATIENCE = timedelta(seconds=10)

# One step of a job: it moves the cursor, and finishes the job after the last one.
Step = Callable[[Job, datetime], None]
KINDS: dict[str, Step] = {
    rule_trial.KIND: rule_trial.step,
    handing_over.KIND: handing_over.step,
    recounting.KIND: recounting.step,
    policy_trial.KIND: policy_trial.step,
    repromising.KIND: repromising.step,
    surge_answer.KIND: surge_answer.step,
    topic_training.KIND: topic_training.step,
    promise_plan.KIND: promise_plan.step,
    alert_rescan.KIND: alert_rescan.step,
    word_counts.KIND: word_counts.step,
}


def take(job_id: int, *, at: datetime) -> bool:
    """Do steps of a job until it ends or its turn is over; say whether there is more to do."""
    until = time.monotonic() + LONGEST_SECONDS
    while _step(job_id, at=at):
        if time.monotonic() > until:
            return True
    return False


def take_waiting(*, at: datetime) -> bool:
    """Go on with the district's waiting jobs; say whether there may be more to do."""
    with transaction.atomic():
        oldest = Job.objects.waiting(at).order_by("next_try_at", "id")
        waiting = list(oldest.values_list("pk", flat=True)[:BATCH])
    more = [take(job_id, at=at) for job_id in waiting]
    return any(more) or len(waiting) == BATCH


def _step(job_id: int, *, at: datetime) -> bool:
    """Do one step; say whether another one may follow at once."""
    try:
        with transaction.atomic():
            job = _lock(job_id, at)
            if job is None:
                return False
            KINDS[job.kind](job, at)
            job.tries = 0
            job.save()
            return job.is_waiting
    except Exception as error:  # noqa: BLE001 - counted, and shown when it keeps failing
        logger.warning("jobs: job %s failed (%s)", job_id, type(error).__name__)
        with transaction.atomic():
            _failed(job_id, error, at=at)
        return False


def _lock(job_id: int, at: datetime) -> Job | None:
    """Return a waiting job with its row locked; None where another worker has it."""
    rows = Job.objects.waiting(at).filter(pk=job_id).select_for_update(skip_locked=True)
    return rows.first()


def _failed(job_id: int, error: Exception, *, at: datetime) -> None:
    """Count the try; past the last one the job is shown as failed, with what it did so far."""
    job = _lock(job_id, at)
    if job is None:
        return
    job.tries += 1
    job.next_try_at = at + PATIENCE * job.tries
    job.error = f"{type(error).__name__}: {error}"[:200]
    if job.tries >= LAST_TRY:
        job.state, job.ended_at = JobState.FAILED, at
    job.save()
