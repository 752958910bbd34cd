"""Whether a week is unusual: rates with overdispersion, corrected for how often one has looked.

A count is compared with the same count in the weeks before. Counts of families vary more than
chance alone (Poisson) would have it, so the spread is estimated from those weeks (quasi-Poisson,
quasi-binomial: Wedderburn 1974, Biometrika 61:439; McCullagh & Nelder 1989, chapters 4, 6, 9), as
in the surveillance of outbreaks (Farrington et al. 1996, J. R. Stat. Soc. A 159:547). Who looks at
forty counts finds two in twenty by chance; what is called unusual survives Benjamini & Hochberg
(1995, J. R. Stat. Soc. B 57:289): of all that is called so, at most the promised share is chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, exp, lgamma, log, log1p, sqrt

# Fewer weeks before, or fewer in all weeks together, tell nothing. The second asks the week itself
# and those before alike: a bar for the week alone would let in only what is high by chance.
FEWEST_WEEKS = 6
FEWEST = 20
LEVEL = 0.05

_STEPS = 300
_SMALL = 1e-300
_CLOSE = 1e-13


@dataclass(frozen=True, slots=True)
class Week:
    """How many there were of one kind in a week, and of all kinds."""

    part: int
    whole: int


def chance_of_count(before: Sequence[int], now: int) -> float | None:
    """Return how likely a count so far from those before is, by chance; None if they are too few.

    Quasi-Poisson, n weeks before: the deviance of one rate for all weeks against one for now,
    divided by the dispersion (Pearson, not below 1), is compared with F(1, n - 1); the square
    roots (Anscombe 1948, Biometrika 35:246) with a t of n - 1. The larger chance holds: either
    alone is a little bold where counts are small and skewed.
    """
    total, weeks = sum(before) + now, len(before)
    if weeks < FEWEST_WEEKS or total < FEWEST:
        return None
    mean, pooled = sum(before) / weeks, total / (weeks + 1)
    deviance = 2 * (_xlogy(now, now / pooled) + weeks * _xlogy(mean, mean / pooled))
    squares = [(count - mean) ** 2 for count in before]
    roots = [(2 * sqrt(count + 0.375), 1.0) for count in (*before, now)]
    return max(_tail_of_deviance(deviance, squares, mean), _tail_of_last(roots))


def chance_of_share(before: Sequence[Week], now: Week) -> float | None:
    """Return the same for a share of all: what moves all alike, as a holiday does, is no surprise.

    Quasi-binomial: as above, with the binomial deviance and variance, and angles for roots.
    """
    told = [week for week in before if week.whole]
    part, whole = sum(week.part for week in told), sum(week.whole for week in told)
    if len(told) < FEWEST_WEEKS or not now.whole or part + now.part < FEWEST:
        return None
    share, pooled = part / whole, (part + now.part) / (whole + now.whole)
    if pooled == 1:
        return None
    deviance = _deviance(now.part, now.whole, pooled) + _deviance(part, whole, pooled)
    squares = [(week.part - week.whole * share) ** 2 / week.whole for week in told]
    angles = [(_angle(week), 4.0 * week.whole + 2) for week in (*told, now)]
    return max(_tail_of_deviance(deviance, squares, share * (1 - share)), _tail_of_last(angles))


def survivors(chances: Sequence[float], *, level: float = LEVEL) -> list[bool]:
    """Return for each p-value whether it survives the correction for all of them.

    Benjamini & Hochberg (1995): the k smallest survive, k being the largest for which the k-th
    smallest is at most k/m of the level. The false discovery rate is at most ``level``; where
    nothing is unusual, so is the chance of calling anything so.
    """
    ordered = sorted(chances)
    kept = [p for k, p in enumerate(ordered, 1) if p <= level * k / len(ordered)]
    limit = max(kept, default=-1.0)
    return [p <= limit for p in chances]


def t_tail(t: float, freedom: int) -> float:
    """Return the probability of a Student's t at least so far from 0, on either side.

    I_x(freedom/2, 1/2) with x = freedom / (freedom + t²) (Abramowitz & Stegun 26.5.27, 26.7.1).
    Near 0, where x rounds to 1, from the other side: 1 - I_1-x(1/2, freedom/2) (26.5.2).
    """
    square = t * t
    if square < 1:
        return 1 - _incomplete_beta(0.5, freedom / 2, square / (freedom + square))
    return _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + square))


def _tail_of_deviance(deviance: float, squares: Sequence[float], variance: float) -> float:
    """Return the chance of a deviance; the squares are of that variance, but for dispersion."""
    freedom = len(squares) - 1
    dispersion = max(1.0, sum(squares) / variance / freedom) if variance else 1.0
    return t_tail(sqrt(max(0.0, deviance) / dispersion), freedom)


def _tail_of_last(values: Sequence[tuple[float, float]]) -> float:
    """Return the chance that the last of (value, weight) is so far from the mean of the others.

    A weight is the inverse of the value's variance, were there no dispersion.
    """
    *before, (last, weight) = values
    total = sum(w for _, w in before)
    mean = sum(value * w for value, w in before) / total
    freedom = len(before) - 1
    dispersion = max(1.0, sum(w * (value - mean) ** 2 for value, w in before) / freedom)
    return t_tail((last - mean) / sqrt(dispersion * (1 / weight + 1 / total)), freedom)


def _angle(week: Week) -> float:
    """Return the share as an angle, whose variance does not depend on it (Anscombe 1948)."""
    return asin(sqrt((week.part + 0.375) / (week.whole + 0.75)))


def _deviance(part: int, whole: int, share: float) -> float:
    rest = whole - part
    kept = _xlogy(part, part / whole / share)
    return 2 * (kept + _xlogy(rest, rest / whole / (1 - share)))


def _xlogy(x: float, y: float) -> float:
    return x * log(y) if x else 0.0


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Return I_x(a, b) by its continued fraction (DLMF 8.17.22; Lentz's method)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(b, a, 1 - x)
    if x <= 0:
        return 0.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / _apart(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _apart(1 + term * d)
            c = _apart(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return front * value


def _apart(value: float) -> float:
    return value if abs(value) > _SMALL else _SMALL
