"""How good the district's suggestions are, in figures that a page can show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inbox.models import Job, StoredModel, Topic, TopicSuggestion
from inbox.topic_report import LEAST_TESTED, interval


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the interval in percent that it speaks for."""

    right: int
    count: int

    @property
    def percent(self) -> int:
        """Return the share in percent."""
        return round(100 * self.right / self.count) if self.count else 0

    @property
    def low(self) -> int:
        """Return the lower end of the 95 % interval."""
        return round(100 * interval(self.right, self.count)[0])

    @property
    def high(self) -> int:
        """Return the upper end of the 95 % interval."""
        return round(100 * interval(self.right, self.count)[1])


@dataclass(frozen=True)
class Shown:
    """A stored report with topics' names, ready to be read."""

    all: Share
    commonest: Topic | None
    commonest_share: Share
    topics: list[dict[str, Any]]
    bands: list[dict[str, Any]]
    thresholds: list[dict[str, Any]]

    @property
    def is_enough(self) -> bool:
        """Say whether there is ground for a claim."""
        return self.all.count >= LEAST_TESTED

    @property
    def is_better(self) -> bool:
        """Say whether it is clearly better than always choosing the commonest topic."""
        return self.all.low > self.commonest_share.percent


def shown(stored: StoredModel) -> Shown:
    """Return the report of a model."""
    said: Mapping[str, Any] = stored.report
    names = Topic.objects.in_bulk([row["topic"] for row in said["topics"]])
    tested = said["tested"]
    rows = [row for row in said["topics"] if row["topic"] in names]
    return Shown(
        all=Share(said["right"], tested),
        commonest=Topic.objects.filter(pk=said["commonest"]).first(),
        commonest_share=Share(said["commonest_right"], tested),
        topics=[
            {
                "topic": names[row["topic"]],
                "found": Share(row["right"], row["had"]),
                "true": Share(row["right"], row["suggested"]),
            }
            for row in rows
        ],
        bands=[_band(row, index, said["bands"]) for index, row in enumerate(said["bands"])],
        thresholds=[
            {
                "percent": round(100 * row["low"]),
                "decided": Share(row["count"], tested),
                "right": Share(row["right"], row["count"]),
            }
            for row in said["thresholds"]
        ],
    )


def answered() -> dict[str, int]:
    """Return how many suggestions were made, decided alone, and were taken back."""
    made = TopicSuggestion.objects.all()
    return {
        "made": made.count(),
        "decided": made.filter(decided=True).count(),
        "back": made.filter(decided=True, answered_at__isnull=False).count(),
        "accepted": made.filter(decided=False, answered_at__isnull=False).count(),
    }


def why_not(job: Job | None) -> str:
    """Return why the latest training made no model: "few", "missing", "failed", or nothing."""
    if job is None or job.is_waiting:
        return ""
    return "failed" if job.state == "failed" else str(job.result.get("why", ""))


def _band(row: Mapping[str, Any], index: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    above = rows[index + 1]["low"] if index + 1 < len(rows) else 1.0
    share = Share(row["right"], row["count"])
    return {"low": round(100 * row["low"]), "high": round(100 * above), "share": share}
