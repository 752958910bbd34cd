"""Which figures of a question may be shown, for a district and its schools taken together.

A group is shown from so many answers (the floor) on. That alone hides nothing: what one school
holds is the district's figure less all the others'. So what is hidden is worked out over the whole
table, until the hidden schools together are a group that might be shown itself. A group in which
nearly everybody answered alike would tell what each of its members said; of such a group only that
is told ("over 95 %"), by bounds that leave three counts possible or more in any group of ten.

Source: National Center for Education Statistics, Statistical Methods for Protecting Personally
Identifiable Information in Aggregate Reporting (SLDS Technical Brief 3, NCES 2011-603).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
Counts = Mapping[str, int]
# Values that say the same taken together, by a name: promoters answer 9 or 10.
Unions = Mapping[str, frozenset[str]]

DEFAULT_FLOOR, LOWEST_FLOOR = 10, 5
# In groups of at most so many, a share from so many percent on would tell what everybody said.
ALIKE = ((20, 80), (40, 90), (300, 95))
ALIKE_IN_LARGE_GROUPS = 99


class Shown(StrEnum):
    """How much of a group may be seen."""

    EXACT = "exact"
    ALIKE = "alike"
    SIZE = "size"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Answers:
    """What a group answered to a question: ``n`` people, and how often each value was given.

    With several choices a person gives several values, so counts may add up to more than ``n``.
    """

    n: int = 0
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """What may be said of a group: all of it, that ``percent`` and more gave ``value``, its size
    ``n`` alone, or nothing, which looks the same for an empty group.
    """

    shown: Shown = Shown.NOTHING
    n: int | None = None
    counts: Counts = field(default_factory=dict)
    value: str = ""
    percent: int = 0

    @property
    def is_exact(self) -> bool:
        """Say whether its counts are shown."""
        return self.shown == Shown.EXACT


NOTHING = Cell()


@dataclass(frozen=True)
class Published(Generic[K]):
    """What may be shown of a question: of all together, and of each group."""

    total: Cell
    cells: Mapping[K, Cell]


def publish(
    groups: Mapping[K, Answers], *, floor: int = DEFAULT_FLOOR, unions: Unions | None = None
) -> Published[K]:
    """Return what may be shown of groups that nobody belongs to two of, and of all of them."""
    unions = unions or {}
    total = together(groups.values())
    if total.n < floor:
        return Published(NOTHING, dict.fromkeys(groups, NOTHING))
    smallest = sorted((key for key in groups if groups[key].n), key=lambda k: (groups[k].n, str(k)))
    hidden = _hidden(smallest, groups, floor)
    rest = smallest[len(hidden) :]
    whole, told = _told(total, unions), {key: _told(groups[key], unions) for key in rest}
    veiled = _veiled(hidden, told, groups, unions) if whole.is_exact else {*hidden, *rest}
    tight = _is_tight([told[key] for key in rest if key in veiled], veiled, groups, unions)
    for key in veiled.intersection(rest):
        if tight or told[key].is_exact:
            told[key] = Cell(Shown.SIZE, n=groups[key].n)
    return Published(whole, {**dict.fromkeys(groups, NOTHING), **told})


def together(groups: Iterable[Answers]) -> Answers:
    """Return what groups answered taken together."""
    n, counts = 0, dict[str, int]()
    for group in groups:
        n += group.n
        for value, count in group.counts.items():
            counts[value] = counts.get(value, 0) + count
    return Answers(n, counts)


def alike(group: Answers, unions: Unions) -> tuple[str, int] | None:
    """Return the value that nearly everybody in a group gave, and the percent to tell; or None."""
    shares = _shares(group, unions)
    if not shares:
        return None
    value, percent = max(shares, key=shares.__getitem__), _bound(group.n)
    return None if 100 * shares[value] < percent * group.n else (value, percent)


def _shares(group: Answers, unions: Unions) -> Counts:
    """Return how often each value was given, unions first."""
    if not unions:
        return group.counts
    sums = {name: sum(group.counts.get(one, 0) for one in of) for name, of in unions.items()}
    return {**sums, **group.counts}


def _bound(n: int) -> int:
    """Return from how many percent on a share in a group of ``n`` is not told exactly."""
    for most, percent in ALIKE:
        if n <= most:
            return percent
    return ALIKE_IN_LARGE_GROUPS


def _told(group: Answers, unions: Unions) -> Cell:
    found = alike(group, unions)
    if found is None:
        return Cell(Shown.EXACT, n=group.n, counts=group.counts)
    return Cell(Shown.ALIKE, n=group.n, value=found[0], percent=found[1])


def _hidden(smallest: list[K], groups: Mapping[K, Answers], floor: int) -> list[K]:
    """Return the groups whose size is hidden: the small ones, two at least, a floor together."""
    count = sum(groups[key].n < floor for key in smallest)
    if not count:
        return []
    while count < len(smallest) and (
        count < 2 or sum(groups[key].n for key in smallest[:count]) < floor
    ):
        count += 1
    return smallest[:count]


def _veiled(
    hidden: list[K], told: Mapping[K, Cell], groups: Mapping[K, Answers], unions: Unions
) -> set[K]:
    """Return the groups whose counts are not told, where those of all of them are.

    Two at least, and taken together not alike: their sum is the total less all that is told.
    """
    veiled = [*hidden, *(key for key, cell in told.items() if not cell.is_exact)]
    exact = [key for key, cell in told.items() if cell.is_exact]
    covered = together(groups[key] for key in veiled)
    while veiled and exact and (len(veiled) < 2 or alike(covered, unions)):
        veiled.append(exact.pop(0))
        covered = together([covered, groups[veiled[-1]]])
    return set(veiled)


def _is_tight(
    told: list[Cell], veiled: set[K], groups: Mapping[K, Answers], unions: Unions
) -> bool:
    """Say whether the bounds that would be told add up to all there is, and so tell exactly."""
    least: dict[str, int] = {}
    for cell in told:
        if cell.shown == Shown.ALIKE and cell.n is not None:
            least[cell.value] = least.get(cell.value, 0) + ceil(cell.percent * cell.n / 100)
    shares = _shares(together(groups[key] for key in veiled), unions)
    return any(shares[value] <= bound for value, bound in least.items())
