"""A service that failed is left alone, tried by one, and used by all once it answers."""

import pytest

from districts import breaker as module
from districts.breaker import Breaker


class Clock:
    """A clock that a test moves on."""

    now = 1000.0

    def shift(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(module, "monotonic", lambda: clock.now)
    return clock


@pytest.fixture
def broken(clock):
    breaker = Breaker(pause_seconds=2)
    breaker.failed()
    return breaker


def test_nobody_asks_while_it_is_left_alone(broken, clock):
    clock.shift(1)
    assert not broken.allows()


def test_one_tries_after_the_pause(broken, clock):
    clock.shift(3)
    assert [broken.allows(), broken.allows()] == [True, False]


def test_a_try_that_fails_begins_the_pause_anew(broken, clock):
    clock.shift(3)
    broken.allows()
    broken.failed()
    clock.shift(1)
    assert not broken.allows()


def test_a_try_that_nobody_saw_fail_opens_it_for_all(broken, clock):
    clock.shift(3)
    broken.allows()
    clock.shift(3)
    assert [broken.allows(), broken.allows()] == [True, True]


def test_a_success_opens_it_at_once(broken):
    broken.succeeded()
    assert broken.allows()
