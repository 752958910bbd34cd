"""Limits count in Redis, and without Redis let everybody through."""

import time
import uuid

import pytest

from districts import memory
from districts.limits import Limit, seconds_to_wait

TWICE = Limit(2, 60)


@pytest.fixture
def key():
    return f"test:{uuid.uuid4()}"


def test_the_third_time_waits_for_the_rest_of_the_minute(key):
    waits = [seconds_to_wait([(key, TWICE)]) for _ in range(3)]
    assert waits[:2] == [0, 0]
    assert 55 <= waits[2] <= 60


def test_the_longest_wait_of_several_counters_is_told(key):
    counters = [(key, Limit(1, 60)), (key + "b", Limit(1, 600))]
    seconds_to_wait(counters)
    assert seconds_to_wait(counters) > 500


def test_a_counter_without_a_key_counts_nobody():
    assert [seconds_to_wait([("", Limit(1, 60))]) for _ in range(3)] == [0, 0, 0]


def test_limits_can_be_switched_off(key, settings):
    settings.RATE_LIMITS = False
    assert [seconds_to_wait([(key, TWICE)]) for _ in range(4)] == [0, 0, 0, 0]


def test_without_redis_nobody_waits(key, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    memory._client.cache_clear()
    try:
        began = time.monotonic()
        assert [seconds_to_wait([(key, TWICE)]) for _ in range(5)] == [0] * 5
        assert time.monotonic() - began < 1
    finally:
        memory._client.cache_clear()
        memory.breaker.succeeded()
