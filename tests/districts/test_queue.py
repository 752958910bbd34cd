"""Nudges start tasks after commit, with the district; jobs have no district but that one."""

import time

import pytest
from celery import current_app, shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from districts import queue
from districts.scope import OutOfScopeError, current_scope
from tests.cast import Cast

SEEN: list[object] = []


@shared_task(name="tests.look")
def look(*ids: int) -> None:
    """Remember the scope that a job finds."""
    SEEN.append((current_scope(), ids))


@pytest.fixture
def sent(monkeypatch) -> list[tuple]:
    """Return the tasks that reach the broker."""
    calls: list[tuple] = []
    monkeypatch.setattr(queue._line, "send", lambda *call: calls.append(call))
    monkeypatch.setattr(queue._breaker, "allows", lambda: True)
    return calls


@pytest.fixture
def seen() -> list[object]:
    SEEN.clear()
    return SEEN


def test_a_nudge_carries_ids_and_the_district(
    in_fairview: Cast, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        queue.enqueue("inbox.tasks.route", 7)
    assert sent == [("inbox.tasks.route", [7], {"district": in_fairview.district.pk})]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_nudged_about_what_was_rolled_back(in_fairview: Cast, sent):
    with transaction.atomic():
        queue.enqueue("inbox.tasks.route", 7)
        transaction.set_rollback(True)
    assert sent == []


def test_no_task_starts_without_a_district(db, sent):
    with pytest.raises(OutOfScopeError):
        queue.enqueue("inbox.tasks.route", 7)


def test_a_job_speaks_for_the_district_it_was_sent_with(harbor: Cast, in_fairview: Cast, seen):
    look.apply((7,), {"district": harbor.district.pk})
    assert seen == [(harbor.district.pk, (7,))]


def test_a_job_that_carries_no_district_has_none(in_fairview: Cast, seen):
    look.apply((7,))
    assert seen == [(None, (7,))]


def test_the_scope_ends_with_the_job(fairview: Cast, seen):
    look.apply((7,), {"district": fairview.district.pk})
    assert current_scope() is None


@pytest.mark.parametrize("error", [OperationalError("away"), OSError("reset"), KeyError("x")])
def test_a_broken_queue_fails_nobody_and_is_left_alone(
    in_fairview: Cast, monkeypatch, error, django_capture_on_commit_callbacks
):
    tries = []

    def fail(*call):
        tries.append(call)
        raise error

    monkeypatch.setattr(queue._line, "send", fail)
    queue._breaker.succeeded()
    with django_capture_on_commit_callbacks(execute=True):
        queue.enqueue("inbox.tasks.route", 7)
        queue.enqueue("inbox.tasks.route", 8)
    queue._breaker.succeeded()
    assert len(tries) == 1


def test_every_task_in_the_schedule_exists():
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    current_app.loader.import_default_modules()
    assert scheduled <= set(current_app.tasks)


def test_every_task_opens_its_own_scope():
    current_app.loader.import_default_modules()
    own = [task for name, task in current_app.tasks.items() if not name.startswith("celery.")]
    assert own
    assert all(isinstance(task, queue.DistrictTask) for task in own)


def test_in_a_burst_a_few_nudges_suffice(
    in_fairview: Cast, sent, django_capture_on_commit_callbacks
):
    queue._burst.forget()
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(100):
            queue.enqueue("inbox.tasks.parse", number)
        queue.enqueue("inbox.tasks.route", 7)
    names = [name for name, _ids, _district in sent]
    assert names.count("inbox.tasks.parse") < 100
    assert sent[0][1] == [0]
    assert names.count("inbox.tasks.route") == 1


def test_after_a_burst_nudges_go_out_again(in_fairview: Cast):
    kind = ("inbox.tasks.parse", in_fairview.district.pk)
    burst = queue._Burst()
    burst._began[kind], burst._sent[kind] = time.monotonic() + 60, queue.BURST_LENGTH
    assert burst.is_over(kind)
    burst._began[kind] = time.monotonic() - queue.BURST_SECONDS
    assert not burst.is_over(kind)
