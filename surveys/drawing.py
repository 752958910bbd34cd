"""Who of an audience is asked: one of each household, a sample of every school, by lot.

A lot is a hash of a seed and of what it is drawn for: the same however often it is drawn, another
for each wave. Nobody's turn depends on their name or on when they came.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

SAME_HOUSEHOLD, NOT_SAMPLED = "same_household", "not_sampled"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of an audience: ``way`` is how they are reached, ``why`` why they are not."""

    guardian: int
    family: int
    school: int
    grade: str = ""
    language: str = "en"
    way: str = ""
    address: str = ""
    why: str = ""


def lot(seed: str, *about: object) -> int:
    """Return a number that only a seed and what it is drawn for decide, as if by chance."""
    said = ":".join([seed, *map(str, about)])
    return int.from_bytes(hashlib.blake2b(said.encode(), digest_size=8).digest(), "big")


def draw(
    found: Iterable[Candidate],
    *,
    seed: str,
    household: bool = False,
    sample: int | None = None,
    kept: Collection[int] = (),
) -> list[Candidate]:
    """Return everybody, by family; who is not to be asked now says why.

    ``kept`` are guardians who were asked before the drawing was interrupted: they come first.
    """
    people = sorted(found, key=lambda each: (each.family, each.guardian))
    turns = {each.guardian: _turn(each, seed, kept) for each in people}
    if household:
        people = _one_each(people, turns)
    return people if sample is None else _sampled(people, turns, sample)


def shares(counts: Mapping[int, int], size: int) -> dict[int, int]:
    """Return how many of a sample come from each group: by its size, the rest by what was cut off.

    Never more than a group has; all of it where the sample is as large as all groups.
    """
    total = sum(counts.values())
    if size >= total:
        return dict(counts)
    whole = {group: size * count // total for group, count in counts.items()}
    cut = sorted(counts, key=lambda group: (-(size * counts[group] % total), group))
    for group in cut[: size - sum(whole.values())]:
        whole[group] += 1
    return whole


def _turn(candidate: Candidate, seed: str, kept: Collection[int]) -> tuple[bool, int]:
    return candidate.guardian not in kept, lot(seed, "guardian", candidate.guardian)


def _one_each(people: list[Candidate], turns: Mapping[int, tuple[bool, int]]) -> list[Candidate]:
    """Leave out all but one of those who can be asked in a household; the lot chooses."""
    chosen: dict[int, int] = {}
    for each in sorted(people, key=lambda each: turns[each.guardian]):
        if not each.why:
            chosen.setdefault(each.family, each.guardian)
    return [
        each
        if chosen.get(each.family, each.guardian) == each.guardian
        else replace(each, why=SAME_HOUSEHOLD)
        for each in people
    ]


def _sampled(
    people: list[Candidate], turns: Mapping[int, tuple[bool, int]], size: int
) -> list[Candidate]:
    """Leave out who is not in the sample, which every school is in by its size."""
    by_school: defaultdict[int, list[Candidate]] = defaultdict(list)
    for each in people:
        if not each.why:
            by_school[each.school].append(each)
    wanted = shares(Counter({school: len(each) for school, each in by_school.items()}), size)
    drawn = {
        each.guardian
        for school, group in by_school.items()
        for each in sorted(group, key=lambda each: turns[each.guardian])[: wanted[school]]
    }
    return [
        each if each.why or each.guardian in drawn else replace(each, why=NOT_SAMPLED)
        for each in people
    ]
