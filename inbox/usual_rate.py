"""How many arrive usually, and how unlikely more would be by chance; pure.

Counts of the same hours in earlier weeks are taken as Poisson with an unknown rate. With a Gamma
prior the next count is negative binomial (Gelman et al., Bayesian Data Analysis, 2.6), whose tail
is wide while the past is short, and widened further where weeks differed more than chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

# Before anything is known: half a message, worth half a week.
PRIOR_COUNT, PRIOR_WEEKS = 0.5, 0.5
# From so many weeks on, their own spread is believed.
SPREAD_FROM = 4
MOST_TERMS = 20_000


@dataclass(frozen=True, slots=True)
class UsualRate:
    """A negative binomial: the ``mean`` count, and its ``size`` (the smaller, the wider)."""

    mean: float
    size: float

    def tail(self, count: int) -> float:
        """Return the probability of so many or more."""
        return 1.0 if count <= 0 else max(0.0, 1.0 - self._below(count))

    def part(self, share: float) -> "UsualRate":
        """Return the rate of a part of what arrives."""
        return UsualRate(self.mean * share, self.size)

    def _below(self, count: int) -> float:
        if self.mean <= 0:
            return 1.0
        fails = log(self.size) - log(self.size + self.mean)
        step = log(self.mean) - log(self.size + self.mean)
        first = self.size * fails
        terms = (
            first + lgamma(self.size + n) - lgamma(self.size) - lgamma(n + 1) + n * step
            for n in range(min(count, MOST_TERMS))
        )
        return sum(exp(term) for term in terms)


def usual_rate(counts: Sequence[int]) -> UsualRate:
    """Return the usual rate that equally long spans of earlier weeks speak for."""
    total, weeks = sum(counts), len(counts)
    mean = (total + PRIOR_COUNT) / (weeks + PRIOR_WEEKS)
    size = total + PRIOR_COUNT
    if weeks >= SPREAD_FROM:
        average = total / weeks
        spread = sum((count - average) ** 2 for count in counts) / (weeks - 1)
        if spread > average:
            size = min(size, average * average / (spread - average))
    return UsualRate(mean, size)


def poisson_tail(count: int, mean: float) -> float:
    """Return the probability of so many or more, where ``mean`` are expected."""
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if count > mean:
        return _upper(count, mean)
    return max(0.0, 1.0 - sum(exp(n * log(mean) - mean - lgamma(n + 1)) for n in range(count)))


def _upper(count: int, mean: float) -> float:
    """Sum the tail itself, which is exact where it is small."""
    term = exp(count * log(mean) - mean - lgamma(count + 1))
    total, n = 0.0, count
    while term > total * 1e-12 and n < count + MOST_TERMS:
        total += term
        n += 1
        term *= mean / n
    return min(1.0, total)
