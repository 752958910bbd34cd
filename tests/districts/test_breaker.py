"""A service that failed is left alone, tried by one, and used by all once it answers."""

from datetime import timedelta

import pytest
import time_machine

from districts.breaker import Breaker
from tests.builders import NOON

SECOND = timedelta(seconds=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def broken(clock):
    breaker = Breaker(pause_seconds=2)
    breaker.failed()
    return breaker


def test_nobody_asks_while_it_is_left_alone(broken, clock):
    clock.shift(SECOND)
    assert not broken.allows()


def test_one_tries_after_the_pause(broken, clock):
    clock.shift(3 * SECOND)
    assert [broken.allows(), broken.allows()] == [True, False]


def test_a_try_that_fails_begins_the_pause_anew(broken, clock):
    clock.shift(3 * SECOND)
    broken.allows()
    broken.failed()
    clock.shift(SECOND)
    assert not broken.allows()


def test_a_try_that_nobody_saw_fail_opens_it_for_all(broken, clock):
    clock.shift(3 * SECOND)
    broken.allows()
    clock.shift(3 * SECOND)
    assert [broken.allows(), broken.allows()] == [True, True]


def test_a_success_opens_it_at_once(broken):
    broken.succeeded()
    assert broken.allows()
