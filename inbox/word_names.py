"""Whether a word names a person: such words are shown to nobody, however often they are written."""

from collections.abc import Iterable

from districts.models import Membership
from families.models import Guardian, Student
from inbox.word_growth import FEWEST_FOR_NAMES
from inbox.word_match import fold
from inbox.wording import Spelling


def known_names() -> set[str]:
    """Return every part of a name of the district's families, students and members."""
    people = [
        *Student.objects.order_by().values_list("given_name", "family_name").distinct(),
        *Guardian.objects.order_by().values_list("given_name", "family_name").distinct(),
        *Membership.objects.order_by().values_list("name").distinct(),
    ]
    return {fold(part) for names in people for name in names for part in name.split()}


def is_of_a_person(spelling: Spelling, families: int, names: Iterable[str]) -> bool:
    """Say whether a word or phrase is, or may be, somebody's name.

    What follows a title is. What the rolls know for a name is one where it has a capital, as "rose"
    and "will" have none. What else has a capital inside sentences may name somebody whom no roll
    knows, until ten families write it.
    """
    known = set(names)
    if spelling.is_titled or (spelling.is_proper and families < FEWEST_FOR_NAMES):
        return True
    parts = spelling.usual.split()
    return any(fold(part) in known and _has_capital(spelling, at) for at, part in enumerate(parts))


def _has_capital(spelling: Spelling, place: int) -> bool:
    """Say whether the word at a place is written with a capital, or stands first and may be."""
    if place == 0:
        return not spelling.inside or 5 * spelling.capital > spelling.inside
    return any(form.split()[place][:1].isupper() for form in spelling.forms)
