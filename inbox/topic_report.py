"""How good suggestions are on conversations that the model has not seen; pure.

Always choosing the commonest topic is what a model has to beat. Shares come with the interval of
Wilson (1927), since a few dozen conversations say little.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from math import sqrt
from typing import Any

BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
# Fewer held-out conversations than this are no ground for a claim.
LEAST_TESTED = 50
Z = 1.96
# What stands for a topic where none was suggested.
NOTHING = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """One held-out conversation: its topic, what was suggested, and how surely."""

    topic: int
    suggested: int
    confidence: float

    @property
    def is_right(self) -> bool:
        """Say whether the suggestion was right."""
        return self.topic == self.suggested


@dataclass(frozen=True)
class Report:
    """Counts only: all, by topic, by how sure, and what each threshold would decide."""

    tested: int
    right: int
    commonest: int | None
    commonest_right: int
    topics: list[dict[str, int]] = field(default_factory=list)
    bands: list[dict[str, Any]] = field(default_factory=list)
    thresholds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_enough(self) -> bool:
        """Say whether there is ground for a claim."""
        return self.tested >= LEAST_TESTED

    def to_json(self) -> dict[str, Any]:
        """Return what is stored."""
        return asdict(self)


def report_of(tried: Sequence[Tried], commonest: int | None) -> Report:
    """Return the report; ``commonest`` is the topic that most of the earlier ones had."""
    return Report(
        tested=len(tried),
        right=_right(tried),
        commonest=commonest,
        commonest_right=sum(each.topic == commonest for each in tried),
        topics=_topics(tried),
        bands=[
            _counted(low, [each for each in tried if low <= each.confidence < high])
            for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True)
        ],
        thresholds=[
            _counted(low, [each for each in tried if each.confidence >= low]) for low in THRESHOLDS
        ],
    )


def interval(right: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, by Wilson; all there is where nothing was counted."""
    if count == 0:
        return 0.0, 1.0
    share, square = right / count, Z * Z
    middle = share + square / (2 * count)
    reach = Z * sqrt(share * (1 - share) / count + square / (4 * count * count))
    whole = 1 + square / count
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def _right(tried: Sequence[Tried]) -> int:
    return sum(each.is_right for each in tried)


def _counted(low: float, tried: Sequence[Tried]) -> dict[str, Any]:
    return {"low": low, "count": len(tried), "right": _right(tried)}


def _topics(tried: Sequence[Tried]) -> list[dict[str, int]]:
    """Return, for each topic, how many had it, were suggested it, and both."""
    had = Counter(each.topic for each in tried)
    suggested = Counter(each.suggested for each in tried)
    both = Counter(each.topic for each in tried if each.is_right)
    named = (had.keys() | suggested.keys()) - {NOTHING}
    order = sorted(named, key=lambda topic: (-had[topic], topic))
    return [
        {"topic": topic, "had": had[topic], "suggested": suggested[topic], "right": both[topic]}
        for topic in order
    ]
