"""Whom a wave would reach, in numbers: counted before anything is made."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from surveys.audiences import audience_of
from surveys.drawing import Candidate
from surveys.models import PERSONAL, Reach, Reason, Wave


@dataclass(frozen=True)
class Reached:
    """How many families belong to an audience, how many are asked by which way, and why not more.

    ``letters`` counts invitations; ``left_out`` counts families of which nobody is asked.
    """

    families: int
    schools: int
    asked: int
    letters: Counter[str]
    left_out: Counter[str]

    @property
    def by_email(self) -> int:
        """Return how many invitations go by e-mail."""
        return self.letters[Reach.EMAIL]

    @property
    def by_letter(self) -> int:
        """Return how many letters are printed."""
        return self.letters[Reach.LETTER]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Return why families are left out in words, the most frequent first."""
        return [(str(Reason(why).label), count) for why, count in self.left_out.most_common()]


def reach_of(wave: Wave, *, at: datetime) -> Reached | None:
    """Count whom a wave would reach now; None where it asks nobody by name."""
    if not set(wave.ways) & set(PERSONAL):
        return None
    households: defaultdict[int, list[Candidate]] = defaultdict(list)
    for each in audience_of(wave, at=at):
        households[each.family].append(each)
    asked = {family for family, people in households.items() if _is_asked(people)}
    everybody = [each for people in households.values() for each in people]
    return Reached(
        families=len(households),
        schools=len({each.school for each in everybody}),
        asked=len(asked),
        letters=Counter(each.way for each in everybody if not each.why),
        left_out=Counter(
            people[0].why for family, people in households.items() if family not in asked
        ),
    )


def _is_asked(people: list[Candidate]) -> bool:
    return any(not each.why for each in people)
