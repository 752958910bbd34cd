"""A share with the interval that it is sure to within: how many of those who were invited answered.

Wilson's score interval (Wilson 1927, J. Am. Stat. Assoc. 22:209), which stays within 0 and 100 and
holds its promise in small groups too (Brown, Cai & DasGupta 2001, Stat. Sci. 16:101).
"""

from dataclasses import dataclass
from math import sqrt

# Of 20 such intervals 19 hold the truth.
Z = 1.959964


@dataclass(frozen=True)
class Rate:
    """``part`` of ``whole``; ``percent``, ``low`` and ``high`` are 0 to 100, None of nobody."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Return the share."""
        return 100 * self.part / self.whole if self.whole else None

    @property
    def low(self) -> float | None:
        """Return the lower end of the interval."""
        return self._end(-1)

    @property
    def high(self) -> float | None:
        """Return the upper end of the interval."""
        return self._end(1)

    def _end(self, sign: int) -> float | None:
        if not self.whole:
            return None
        n, p = self.whole, self.part / self.whole
        middle = p + Z * Z / (2 * n)
        reach = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return min(100.0, max(0.0, 100 * (middle + sign * reach) / (1 + Z * Z / n)))
