"""Whose turn it was when, read from a timeline: the stretches that a promise to resolve counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

STOPS = {"pended", "resolved"}
STARTS = {"unpended", "reopened"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which it was our turn; without an end it still is."""

    from_at: datetime
    to_at: datetime | None = None


def our_turns(began_at: datetime, deeds: Iterable[tuple[str, datetime]]) -> list[Stretch]:
    """Return when it was our turn, from `began_at` on, given (verb, moment) in order of time.

    Waiting for the family stops it, and so does resolving; the family's word or a reopening goes
    on. Other verbs are passed over. There is at least one stretch.
    """
    stretches: list[Stretch] = []
    since: datetime | None = began_at
    for verb, at in deeds:
        if verb in STOPS and since is not None:
            stretches.append(Stretch(since, max(since, at)))
            since = None
        elif verb in STARTS and since is None:
            since = at
    if since is not None:
        stretches.append(Stretch(since))
    return stretches
