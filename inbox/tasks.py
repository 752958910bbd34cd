"""What workers do for the inbox: parse, route, keep time."""

from celery import shared_task
from django.utils import timezone

from inbox import alerting, draining, parsing, routing, running, sweeping


@shared_task
def parse(raw_id: int) -> None:
    """Parse one raw item."""
    parsing.take(raw_id, at=timezone.now())


@shared_task
def route(conversation_id: int) -> None:
    """Route one conversation."""
    routing.take(conversation_id, at=timezone.now())


@shared_task
def scan(conversation_id: int) -> None:
    """Look through what a family added for critical alerts."""
    alerting.take(conversation_id, at=timezone.now())


@shared_task
def sweep_intake() -> None:
    """Parse, route and scan for critical alerts what waits in every district."""
    sweeping.sweep_intake(at=timezone.now())


@shared_task
def drain() -> None:
    """Give away what waits in the district's queues."""
    draining.drain(at=timezone.now())


@shared_task
def sweep_queues() -> None:
    """Give away what waits in every district's queues, and begin absences whose day has come."""
    sweeping.sweep_queues(at=timezone.now())


@shared_task
def sweep_unowned() -> None:
    """Tell of what nobody has in every district."""
    sweeping.sweep_unowned(at=timezone.now())


@shared_task
def sweep_clocks() -> None:
    """Announce what is due in every district."""
    sweeping.sweep_clocks(at=timezone.now())


@shared_task
def sweep_models() -> None:
    """Look in every district whether its model is to be trained anew."""
    sweeping.sweep_models(at=timezone.now())


@shared_task
def sweep_surges() -> None:
    """Look in every district whether many write about the same."""
    sweeping.sweep_surges(at=timezone.now())


@shared_task
def sweep_notices() -> None:
    """Mail the news that waits in every district."""
    sweeping.sweep_notices(at=timezone.now())


@shared_task
def run_job(job_id: int) -> None:
    """Do a turn of one job's steps."""
    running.take(job_id, at=timezone.now())


@shared_task
def sweep_jobs() -> None:
    """Go on with the jobs that wait in every district."""
    sweeping.sweep_jobs(at=timezone.now())


@shared_task
def sweep_counts() -> None:
    """Add up what came in, in every district."""
    sweeping.sweep_counts(at=timezone.now())


@shared_task
def sweep_words() -> None:
    """Count the words anew where a new day has begun."""
    sweeping.sweep_words(at=timezone.now())


@shared_task
def sweep_files() -> None:
    """Remove files that no row names, in every district."""
    sweeping.sweep_files(at=timezone.now())
