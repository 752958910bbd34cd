"""The simulated queue: against the queues whose answers are known, and against plain reason."""

from math import exp, factorial, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.queue_model import (
    DAY,
    HOUR,
    WEEK,
    Item,
    Load,
    OpenWeek,
    Promise,
    answer,
    draw,
    due,
    interval,
    kept,
)

ALWAYS = OpenWeek(tuple((day * DAY, (day + 1) * DAY) for day in range(7)))
SCHOOL = OpenWeek(
    tuple(
        (d * DAY + start, d * DAY + end)
        for d in range(5)
        for start, end in ((480, 720), (780, 990))
    )
)
# Exponential answers with a mean of 30 minutes, as a thousand even quantiles.
EXPONENTIAL = tuple(-30 * log(1 - (n + 0.5) / 1000) for n in range(1000))
ITEMS = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 600)), min_size=1, max_size=60
).map(lambda pairs: [Item(at, minutes, True) for at, minutes in sorted(pairs)])  # fmt: skip


def erlang_c(people: int, offered: float) -> float:
    """Return the probability of having to wait in M/M/c (Erlang 1917)."""
    last = offered**people / factorial(people) * people / (people - offered)
    return last / (sum(offered**k / factorial(k) for k in range(people)) + last)


@pytest.mark.parametrize(("people", "busy"), [(1, 0.6), (2, 0.7), (3, 0.8), (6, 0.85)])
def test_with_exponential_times_waiting_is_what_erlang_says(people, busy):
    hourly = people * busy * HOUR / 30
    load = Load(ALWAYS, (hourly,) * 168, 1.0, EXPONENTIAL)
    random = Random(people)
    waits = []
    for _ in range(6):
        items = draw(load, weeks=30, random=random)
        done = answer(items, people=people)
        rows = zip(items, done, strict=True)
        waits += [moment - item.minutes - item.at for item, moment in rows if item.at > WEEK]
    chance = erlang_c(people, people * busy)
    faster = people / 30 * (1 - busy)
    assert load.busy(people) == pytest.approx(busy, rel=0.01)
    for minutes in (0.001, 15, 60):
        share = sum(wait > minutes for wait in waits) / len(waits)
        assert share == pytest.approx(chance * exp(-faster * minutes), abs=0.025)


@given(ITEMS, st.integers(1, 5))
def test_one_person_more_answers_nothing_later(items, people):
    fewer, more = answer(items, people=people), answer(items, people=people + 1)
    assert all(late >= soon for late, soon in zip(fewer, more, strict=True))


@given(ITEMS, st.integers(1, 5))
def test_nobody_answers_two_things_at_once(items, people):
    done = answer(items, people=people)
    spans = [(moment - item.minutes, moment) for item, moment in zip(items, done, strict=True)]
    for start, _ in spans:
        assert sum(begin <= start < end for begin, end in spans) <= people


@given(ITEMS, st.integers(1, 5), st.integers(0, 2000), st.integers(0, 2000))
def test_a_longer_promise_is_kept_no_less_often(items, people, length, more):
    done = answer(items, people=people)
    shares = [
        kept(items, done, Promise(limit, in_days=False), ALWAYS, after=0) or 0
        for limit in (length, length + more)
    ]
    assert shares[0] <= shares[1]


@pytest.mark.parametrize(
    ("minute", "days", "expected"),
    [
        (9 * HOUR, 0, 450),  # Monday at nine, by the end of Monday
        (9 * HOUR, 2, 3 * 450),
        (18 * HOUR, 1, 3 * 450),  # after closing: received on Tuesday
        (4 * DAY + 9 * HOUR, 1, 6 * 450),  # Friday, by the end of next Monday
        (6 * DAY, 0, 6 * 450),  # Sunday: received on Monday
    ],
)
def test_a_promise_in_days_ends_at_closing_time(minute, days, expected):
    assert due(SCHOOL.place(minute), Promise(days, in_days=True), SCHOOL) == expected


def test_lunch_and_night_take_no_open_time():
    assert SCHOOL.place(12 * HOUR) == SCHOOL.place(12.9 * HOUR) == 240
    assert SCHOOL.minutes == 5 * 450


def test_what_arrives_follows_the_rates_of_the_week():
    rates = tuple(4.0 if hour == 9 else 0.5 if hour == 30 else 0.0 for hour in range(168))
    items = draw(Load(ALWAYS, rates, 0.25, (10.0,)), weeks=800, random=Random(2))
    nine = [item for item in items if item.at % WEEK < 10 * HOUR]
    assert len(nine) / 800 == pytest.approx(4, rel=0.05)
    assert (len(items) - len(nine)) / 800 == pytest.approx(0.5, rel=0.12)
    assert sum(item.is_first for item in items) / len(items) == pytest.approx(0.25, abs=0.03)


def test_the_same_seed_tells_the_same_story():
    load = Load(SCHOOL, (1.0,) * 168, 0.6, (5.0, 40.0))
    assert draw(load, weeks=3, random=Random(9)) == draw(load, weeks=3, random=Random(9))


def test_an_interval_leaves_a_twentieth_on_either_side():
    assert interval([n / 100 for n in range(101)]) == pytest.approx((0.05, 0.5, 0.95))
