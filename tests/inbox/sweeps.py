"""Working as a worker does, as many turns as it takes."""

from datetime import datetime

from districts.scope import no_district
from inbox import running, sweeping
from inbox.models import Job
from tests.builders import NOON


def sweep_clocks(at: datetime) -> None:
    """Tell of promises that are due, once."""
    with no_district():
        sweeping.sweep_clocks(at=at)


def sweep_jobs(at: datetime = NOON) -> None:
    """Go on with the jobs that wait."""
    with no_district():
        sweeping.sweep_jobs(at=at)


def work_off(job: Job, at: datetime | None = None) -> Job:
    """Do a job to its end: a turn ends after some seconds, which a busy machine may need."""
    while running.take(job.pk, at=at or job.at):
        pass
    job.refresh_from_db()
    return job
