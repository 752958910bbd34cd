"""Whose turn it is: a choice among those who are here and free; pure comparing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from districts.models import Distribution, Membership

FULL, AWAY, NOBODY = "full", "away", "nobody"


@dataclass(slots=True)
class Hand:
    """A member of a team at one moment: whether they are here, what they have, what they may get.

    ``is_away`` is out of office; ``is_here`` is neither that nor outside their hours. ``load`` is
    how many open conversations they own, in whatever team.
    """

    member: Membership
    is_away: bool
    is_here: bool
    load: int
    cap: int | None
    schools: list[int] = field(default_factory=list)

    @property
    def has_room(self) -> bool:
        """Say whether another one may be given to them."""
        return self.cap is None or self.load < self.cap

    def sees(self, school_id: int | None) -> bool:
        """Say whether they see what belongs to a school."""
        return not self.schools or school_id in self.schools


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is looked for: its school, whether caps count, and who is not meant."""

    school_id: int | None = None
    is_critical: bool = False
    but: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets it, among how many who are here; or why nobody does."""

    hand: Hand | None
    among: int
    why: str = ""


def choose(hands: Iterable[Hand], asked: Asked, *, way: str, after: int | None) -> Choice:
    """Return who gets what is asked for.

    In turn, it is the next one after ``after``, in order of id; by load, whoever has the least,
    and of those the next in turn. What is critical goes past the caps, never to who is not here.
    """
    able = [hand for hand in hands if hand.sees(asked.school_id) and hand.member.pk != asked.but]
    here = [hand for hand in able if hand.is_here]
    free = here if asked.is_critical else [hand for hand in here if hand.has_room]
    if not free:
        return Choice(None, len(here), FULL if here else AWAY if able else NOBODY)
    by_load = way == Distribution.LEAST_LOADED
    chosen = min(
        free,
        key=lambda hand: (
            hand.load if by_load else 0,
            hand.member.pk <= (after or 0),
            hand.member.pk,
        ),
    )
    return Choice(chosen, len(here))
