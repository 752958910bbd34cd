"""What is called unusual: the arithmetic against SciPy, and how often chance alone is called so."""

from math import sqrt
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from inbox.unusual import (
    LEVEL,
    Week,
    chance_of_count,
    chance_of_share,
    survivors,
    t_tail,
)

DISTRICTS = 150
USUAL = [10, 12, 9, 11, 13, 10, 8, 12]
CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=60)


@given(st.floats(-40, 40), st.integers(1, 200))
@example(5.960464477539063e-08, 32)
@example(0.0, 3)
def test_the_tail_of_t_is_scipys(t, freedom):
    assert t_tail(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-8)


@given(CHANCES)
def test_the_survivors_are_scipys(chances):
    adjusted = stats.false_discovery_control(chances)
    apart = [
        (kept, p) for kept, p in zip(survivors(chances), adjusted, strict=True)
        if abs(p - LEVEL) > 1e-9
    ]  # fmt: skip
    assert all(kept == (p <= LEVEL) for kept, p in apart)


@given(CHANCES, st.floats(0, 1))
def test_what_survives_is_at_least_as_surprising_as_what_does_not(chances, level):
    kept = survivors(chances, level=level)
    lost = [p for p, survives in zip(chances, kept, strict=True) if not survives]
    assert all(p < min(lost, default=2) for p, s in zip(chances, kept, strict=True) if s)


def test_a_deviance_without_overdispersion_is_that_of_a_poisson_regression():
    """The same two rates, tested with SciPy's power divergence of their expectations."""
    before, now = [10, 10, 10, 10, 10, 10, 10, 10], 30
    pooled = (sum(before) + now) / 9
    deviance = stats.power_divergence(
        [sum(before), now], [8 * pooled, pooled], lambda_="log-likelihood"
    ).statistic
    of_deviance = 2 * stats.t.sf(sqrt(deviance), 7)
    roots = 2 * (sqrt(30.375) - sqrt(10.375)) / sqrt(1 + 1 / 8)
    expected = max(of_deviance, 2 * stats.t.sf(roots, 7))
    assert chance_of_count(before, now) == pytest.approx(expected, rel=1e-8)


def count_chance(before: list[int], now: int) -> float:
    chance = chance_of_count(before, now)
    assert chance is not None
    return chance


def share_chance(before: list[Week], now: Week) -> float:
    chance = chance_of_share(before, now)
    assert chance is not None
    return chance


def test_a_week_like_the_others_is_no_surprise():
    assert count_chance(USUAL, 11) > 0.5


def test_three_times_as_many_are_a_surprise():
    assert count_chance(USUAL, 33) < 0.005


def test_the_same_rise_surprises_less_where_weeks_differ_much():
    assert count_chance([2, 20, 4, 25, 1, 18, 3, 12], 33) > count_chance(USUAL, 33)


def test_a_holiday_moves_all_alike_and_no_share_is_a_surprise():
    weeks = [Week(20, 100), Week(22, 100), Week(18, 100), Week(21, 100), Week(19, 100)] * 2
    assert share_chance(weeks, Week(4, 20)) > 0.5
    assert share_chance(weeks, Week(14, 20)) < 0.005


@pytest.mark.parametrize(("before", "now"), [([9] * 5, 30), ([1] * 8, 9)])
def test_too_little_to_compare_with_says_nothing(before, now):
    assert chance_of_count(before, now) is None
    assert chance_of_share([Week(count, 50) for count in before], Week(now, 50)) is None


def test_a_kind_that_is_all_there_is_has_no_share_to_speak_of():
    assert chance_of_share([Week(9, 9)] * 8, Week(20, 20)) is None


def poisson(random: Random, mean: float) -> int:
    """Draw a count: exponential waits until the time is over."""
    count, left = 0, mean
    while (left := left - random.expovariate(1)) > 0:
        count += 1
    return count


def varied(random: Random, mean: float, dispersion: float) -> int:
    """Draw a count whose variance is so many times its mean (gamma-Poisson)."""
    if dispersion == 1:
        return poisson(random, mean)
    shape = mean / (dispersion - 1)
    return poisson(random, random.gammavariate(shape, mean / shape))


def calls(random: Random, dispersion: float, weeks: int) -> bool:
    """Make a district in which nothing is unusual, and say whether anything is called so."""
    means = [random.paretovariate(1.2) * random.choice((1, 5, 20)) for _ in range(20)]
    seasons = [random.choice((0.3, 1.0, 1.5)) for _ in range(weeks + 1)]
    counts = [[varied(random, min(m, 300) * s, dispersion) for m in means] for s in seasons]
    wholes = [sum(week) for week in counts]
    shares = [
        [Week(week[kind], whole) for week, whole in zip(counts, wholes, strict=True)]
        for kind in range(len(means))
    ]
    chances = [chance_of_share(weeks[:-1], weeks[-1]) for weeks in shares]
    return any(survivors([chance for chance in chances if chance is not None]))


@pytest.mark.parametrize("weeks", [6, 12])
@pytest.mark.parametrize("dispersion", [1, 2, 4])
def test_where_nothing_is_unusual_hardly_anything_is_called_so(dispersion, weeks):
    """At most the promised share of districts, and what chance adds to so few of them."""
    random = Random(f"{dispersion} {weeks}")
    called = sum(calls(random, dispersion, weeks) for _ in range(DISTRICTS))
    allowed = stats.binom.ppf(0.999, DISTRICTS, LEVEL)
    assert called <= allowed


def test_a_kind_that_triples_is_found_among_many():
    random = Random(3)
    found = 0
    for _ in range(40):
        before = [[poisson(random, 15) for _ in range(20)] for _ in range(12)]
        now = [poisson(random, 45 if kind == 7 else 15) for kind in range(20)]
        chances = [
            chance_of_share([Week(w[k], sum(w)) for w in before], Week(now[k], sum(now)))
            for k in range(20)
        ]
        found += survivors([1.0 if p is None else p for p in chances])[7]
    assert found >= 32
