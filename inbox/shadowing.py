"""Policies that never govern, because of the ones before them or of their own conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inbox.governing import Terms, Wanted
from inbox.models import Aspect, Channel, Kind, Priority

# What an aspect can be, where that is known; of the others there may always be one more.
ALL: Mapping[str, frozenset[Any]] = {
    Aspect.PRIORITY: frozenset(Priority.values),
    Aspect.CHANNEL: frozenset(Channel.values),
    Aspect.KIND: frozenset(Kind.values),
}
Categories = Mapping[int, int | None]  # of each topic


@dataclass(frozen=True, slots=True)
class Shadow:
    """Why a policy never governs: those that take all it matches, or none, where it contradicts."""

    by: tuple[Terms, ...] = ()


def shadows(terms: Sequence[Terms], categories: Categories) -> dict[int, Shadow]:
    """Return, by place in the order, the policies that never govern, and why.

    Found are those that one earlier policy covers, or that several cover together along one
    aspect, and those whose topics are in none of their categories.
    """
    found: dict[int, Shadow] = {}
    for place, each in enumerate(terms):
        if each.is_default:
            continue
        wanted = narrowed(each.wanted, categories)
        if any(not values for values in wanted.values()):
            found[place] = Shadow()
        elif by := _covering(wanted, terms[:place]):
            found[place] = Shadow(by)
    return found


def narrowed(wanted: Wanted, categories: Categories) -> dict[str, frozenset[Any]]:
    """Return conditions in which topics are only those of the categories asked for."""
    said = dict(wanted)
    if Aspect.TOPIC in said and Aspect.CATEGORY in said:
        inside = said[Aspect.CATEGORY]
        topics = said[Aspect.TOPIC]
        said[Aspect.TOPIC] = frozenset(one for one in topics if categories.get(one) in inside)
    if Aspect.TOPIC in said:
        of = {categories.get(one) for one in said[Aspect.TOPIC]}
        said[Aspect.CATEGORY] = frozenset(one for one in of if one is not None)
        if not said[Aspect.CATEGORY] or None in of:
            del said[Aspect.CATEGORY]
    return said


def _covering(wanted: Wanted, earlier: Sequence[Terms]) -> tuple[Terms, ...]:
    for each in earlier:
        if not _uncovered(wanted, each.wanted):
            return (each,)
    for aspect in Aspect:
        able = [each for each in earlier if _uncovered(wanted, each.wanted) == {aspect}]
        taken = frozenset[Any]().union(*(each.wanted[aspect] for each in able))
        whole = wanted.get(aspect) or ALL.get(aspect)
        if able and whole and whole <= taken:
            return tuple(each for each in able if each.wanted[aspect] & whole)
    return ()


def _uncovered(wanted: Wanted, by: Wanted) -> set[str]:
    """Return the aspects along which some of what is wanted is not taken."""
    return {aspect for aspect, values in by.items() if not _inside(wanted.get(aspect), values)}


def _inside(wanted: frozenset[Any] | None, values: frozenset[Any]) -> bool:
    return bool(wanted) and wanted is not None and wanted <= values
