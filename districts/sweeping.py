"""Walking through the districts that have work, each in its own scope and in fair turns."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from districts.scope import all_districts, district_scope

LONGEST_SECONDS = 10.0

# What is done in one district at a turn; it says whether there may be more to do.
Turn = Callable[[], bool]


def districts_with(reason: str, *works: Callable[[], QuerySet[Any]]) -> list[int]:
    """Return the ids of the districts that have a row in any of the querysets.

    Only columns granted to the role for sweeps may be read. With nothing to do, each queryset
    costs one probe of its index.
    """
    found: set[int] = set()
    with all_districts(reason=reason):
        for work in works:
            found.update(work().order_by().values_list("district_id", flat=True).distinct())
    return sorted(found)


def take_turns(districts: Iterable[int], turn: Turn) -> None:
    """Give each district a turn, again and again while it has more; none waits for another's end.

    What is left when the time is over is for the next sweep, so that no worker is ever away long.
    """
    until = time.monotonic() + LONGEST_SECONDS
    waiting = list(districts)
    while waiting and time.monotonic() < until:
        waiting = [district for district in waiting if _turn_of(district, turn)]


def _turn_of(district_id: int, turn: Turn) -> bool:
    with district_scope(district_id):
        return turn()
