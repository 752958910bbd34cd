"""The interval of a share, against published values and SciPy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from surveys.rates import Rate


def test_of_nobody_there_is_no_share():
    assert (Rate(0, 0).percent, Rate(0, 0).low, Rate(0, 0).high) == (None, None, None)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe 1998, Stat. Med. 17:857, table I, method 3.
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_intervals_are_those_of_the_literature(part, whole, low, high):
    assert Rate(part, whole).low == pytest.approx(low, abs=0.006)
    assert Rate(part, whole).high == pytest.approx(high, abs=0.006)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_intervals_are_those_of_scipy(counts):
    part, whole = counts
    wanted = binomtest(part, whole).proportion_ci(method="wilson")
    assert Rate(part, whole).low == pytest.approx(100 * wanted.low, abs=1e-4)
    assert Rate(part, whole).high == pytest.approx(100 * wanted.high, abs=1e-4)
