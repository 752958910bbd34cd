"""The usual rate: a Poisson tail, and a wider one while little is known."""

from math import exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.usual_rate import UsualRate, poisson_tail, usual_rate


@pytest.mark.parametrize(("count", "mean"), [(1, 0.3), (5, 2.0), (12, 3.5), (3, 9.0), (40, 4.0)])
def test_the_tail_is_the_sum_of_its_terms(count, mean):
    terms = [exp(-mean) * mean**n / factorial(n) for n in range(count, 120)]
    assert poisson_tail(count, mean) == pytest.approx(sum(terms), rel=1e-9)


def test_nothing_is_surely_reached_and_something_never_where_nothing_comes():
    assert poisson_tail(0, 3.0) == 1.0
    assert poisson_tail(4, 0.0) == 0.0
    assert UsualRate(0.0, 1.0).tail(1) == 0.0


def test_with_a_large_size_the_tail_is_that_of_poisson():
    assert UsualRate(3.0, 1e7).tail(9) == pytest.approx(poisson_tail(9, 3.0), rel=1e-4)


def test_a_short_past_makes_the_tail_wide():
    assert usual_rate([]).tail(8) > usual_rate([1] * 8).tail(8)
    assert usual_rate([1]).tail(8) > usual_rate([1] * 8).tail(8)


def test_weeks_that_differ_make_the_tail_wide():
    assert usual_rate([0, 20, 1, 0, 18, 0, 1, 0]).tail(25) > 0.01
    assert usual_rate([5] * 8).tail(25) < 1e-6


@given(st.lists(st.integers(0, 200), max_size=8), st.integers(0, 400))
def test_a_tail_is_a_probability_and_falls(counts, count):
    rate = usual_rate(counts)
    assert 0.0 <= rate.tail(count + 1) <= rate.tail(count) + 1e-9 <= 1.0 + 2e-9
