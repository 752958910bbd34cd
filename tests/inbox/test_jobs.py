"""Jobs: long work in steps, resumed wherever it stopped, done once."""

from datetime import datetime

import pytest
from django.db import connection

from inbox import jobs, running, sweeping
from inbox.models import Job
from tests.builders import DAY, MINUTE, NOON
from tests.cast import Cast
from tests.inbox.sweeps import sweep_jobs


@pytest.fixture
def counting(monkeypatch):
    """A kind of job that counts to its total, and stumbles where it is told to."""
    stumbles: list[int] = []

    def count(job: Job, at: datetime) -> None:
        job.done += 1
        if job.done in stumbles:
            stumbles.remove(job.done)
            raise OSError("gone")
        if job.done == job.total:
            job.finish(at=at)

    monkeypatch.setitem(running.KINDS, "count", count)
    return stumbles


def test_a_job_runs_to_its_end_without_a_nudge(in_fairview: Cast, counting):
    job = jobs.begin("count", by=in_fairview.admin, at=NOON, total=3)
    assert (job.percent, job.is_waiting) == (0, True)
    sweep_jobs()
    job.refresh_from_db()
    assert (job.state, job.done, job.percent, job.ended_at) == ("done", 3, 100, NOON)


def test_a_job_that_stumbles_goes_on_from_where_it_was(in_fairview: Cast, counting):
    counting.append(2)
    job = jobs.begin("count", by=None, at=NOON, total=3)
    sweep_jobs()
    job.refresh_from_db()
    assert (job.state, job.done, job.tries, job.error) == ("waiting", 1, 1, "OSError: gone")
    sweep_jobs(NOON + MINUTE)
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 3)


def test_a_job_that_cannot_be_done_is_shown_as_failed(in_fairview: Cast, counting):
    job = jobs.begin("unheard of", by=None, at=NOON)
    for days in range(running.LAST_TRY + 2):
        sweep_jobs(NOON + days * DAY)
    job.refresh_from_db()
    assert (job.state, job.tries) == ("failed", running.LAST_TRY)


def test_a_turn_ends_and_the_next_goes_on(in_fairview: Cast, counting, monkeypatch):
    monkeypatch.setattr(running, "LONGEST_SECONDS", -1.0)
    job = jobs.begin("count", by=None, at=NOON, total=3)
    assert running.take(job.pk, at=NOON) is True
    job.refresh_from_db()
    assert job.done == 1
    sweep_jobs()
    job.refresh_from_db()
    assert job.done == 3


def test_with_no_job_a_sweep_is_one_probe(fairview: Cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(8, connection=connection):
        sweeping.sweep_jobs(at=NOON)
