"""The segment of an answer about the likelihood to recommend, as texts are chosen by it."""

from typing import Any


def segment_of(score: Any) -> str:
    """Return "promoter" (9, 10), "passive" (7, 8) or "detractor" (0 to 6); "" for no answer."""
    if not isinstance(score, int) or isinstance(score, bool) or not 0 <= score <= 10:
        return ""
    return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"
