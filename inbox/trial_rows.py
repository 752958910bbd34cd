"""What a trial of promises found, as rows to read: by metric, by policy, and some of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from inbox.models import Job, Metric

MADE = ("kept", "broken", "open", "ended")
FATES = {
    "kept": gettext_noop("kept"),
    "broken": gettext_noop("broken"),
    "open": gettext_noop("still open"),
    "ended": gettext_noop("resolved without an answer"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises were made, kept and broken; ``other`` ones are open or were let go."""

    made: int
    kept: int
    broken: int

    @property
    def other(self) -> int:
        """Return how many are neither kept nor broken."""
        return self.made - self.kept - self.broken


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One metric or one policy: as it was, and as it would have been."""

    name: str
    before: Tally
    after: Tally
    matters_before: int = 0
    matters_after: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """A promise of an open conversation that would move, begin or end."""

    number: int
    subject: str
    metric: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Read:
    """All that the page of a trial shows."""

    metrics: list[TrialRow]
    policies: list[TrialRow]
    sample: list[dict[str, Any]]
    moved: list[Moved]
    effect: dict[str, int]


def read(job: Job) -> Read:
    """Return the rows of a trial, as far as it got."""
    before, after = job.result.get("before", {}), job.result.get("after", {})
    effect = dict(job.result.get("open", {}))
    moved = [_moved(said) for said in effect.pop("sample", [])]
    return Read(
        metrics=[
            TrialRow(
                str(metric.label),
                _tally(before.values(), [metric.value]),
                _tally(after.values(), [metric.value]),
            )
            for metric in Metric
        ],
        policies=[_policy(key, before, after) for key in dict.fromkeys([*before, *after])],
        sample=[_told(said) for said in job.result.get("sample", [])],
        moved=moved,
        effect=effect,
    )


def _policy(key: str, before: dict[str, Any], after: dict[str, Any]) -> TrialRow:
    sides = [side.get(key, {}) for side in (before, after)]
    return TrialRow(
        (sides[1] or sides[0])["name"],
        _tally(sides[:1], Metric.values),
        _tally(sides[1:], Metric.values),
        sides[0].get("matters", 0),
        sides[1].get("matters", 0),
    )


def _tally(policies: Iterable[dict[str, Any]], metrics: list[str]) -> Tally:
    fates = [said.get(metric, {}) for said in policies for metric in metrics]
    made = sum(each.get(fate, 0) for each in fates for fate in MADE)
    kept, broken = (sum(each.get(fate, 0) for each in fates) for fate in MADE[:2])
    return Tally(made, kept, broken)


def _told(said: dict[str, Any]) -> dict[str, Any]:
    return said | {"was": _fates(said["was"]), "would": _fates(said["would"])}


def _fates(outcomes: list[list[str]]) -> list[str]:
    """Return each promise with its fate: "First answer: kept"."""
    return [
        _("%(metric)s: %(fate)s") % {"metric": Metric(metric).label, "fate": _(FATES[fate])}
        for metric, fate in outcomes
    ]


def _moved(said: dict[str, Any]) -> Moved:
    return Moved(
        said["number"],
        said["subject"],
        str(Metric(said["metric"]).label),
        datetime.fromisoformat(said["before"]) if said["before"] else None,
        datetime.fromisoformat(said["after"]) if said["after"] else None,
    )
