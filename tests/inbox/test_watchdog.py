"""The watchdog: late work is done without a queue, a worker that takes nothing is ended."""

from datetime import timedelta

from districts.scope import no_district
from inbox import watchdog
from inbox.models import Clock, Metric
from inbox.opening import open_conversation
from inbox.waiting import longest_waits
from inbox.watchdog import LATE, STUCK, Consumption
from tests.builders import HOUR, MINUTE, NOON
from tests.cast import Cast

SECOND = timedelta(seconds=1)


def unrouted():
    return open_conversation("Hello?", at=NOON, received_at=NOON, channel="form")


def look(at) -> bool:
    with no_district():
        return watchdog.help_out(now=lambda: at)


def test_late_work_is_done(in_fairview: Cast):
    asked = unrouted()
    assert look(NOON + LATE)
    asked.refresh_from_db()
    assert asked.routed_at == NOON + LATE


def test_what_is_not_late_is_left_to_the_workers(in_fairview: Cast):
    asked = unrouted()
    assert not look(NOON + LATE - SECOND)
    asked.refresh_from_db()
    assert asked.routed_at is None


def test_with_the_queue_away_nothing_waits(in_fairview: Cast):
    asked = unrouted()
    with no_district():
        watchdog.help_out(now=lambda: NOON, alone=True)
    asked.refresh_from_db()
    assert asked.routed_at == NOON


def test_a_promise_that_nobody_announced_is_announced(in_fairview: Cast):
    clock = in_fairview.conversation.clocks.get(metric=Metric.FIRST_RESPONSE)
    assert look(clock.due_at + MINUTE)
    assert Clock.objects.get(pk=clock.pk).state == "breached"


def test_the_oldest_of_each_kind_says_how_long_work_waits(in_fairview: Cast):
    unrouted()
    with no_district():
        waits = longest_waits(NOON + HOUR)
    assert waits == {"route": HOUR}


def test_a_worker_that_leaves_nudges_lying_is_stuck_in_the_end():
    consumption = Consumption()
    looks = [
        consumption.is_stuck(waiting=5, took=0, at=NOON + seconds * SECOND)
        for seconds in range(int(STUCK.total_seconds()) + 1)
    ]
    assert looks == [False] * (len(looks) - 1) + [True]


def test_a_worker_that_takes_one_nudge_is_not_stuck():
    consumption = Consumption()
    consumption.is_stuck(waiting=5, took=0, at=NOON)
    assert not consumption.is_stuck(waiting=5, took=1, at=NOON + STUCK)
    assert not consumption.is_stuck(waiting=5, took=0, at=NOON + STUCK + SECOND)


def test_a_queue_that_is_empty_or_away_accuses_nobody():
    consumption = Consumption()
    for waiting in (0, None):
        consumption.is_stuck(waiting=waiting, took=0, at=NOON)
        assert not consumption.is_stuck(waiting=waiting, took=0, at=NOON + HOUR)
