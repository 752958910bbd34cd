"""Whether a word names a person: such words are shown to nobody, however often they are written."""

from collections.abc import Set as AbstractSet

from districts.models import Membership
from families.models import Guardian, Student
from inbox.word_growth import FEWEST_FOR_NAMES
from inbox.word_match import fold
from inbox.wording import TITLES, Spelling

# The share of those who write a word that make it one with a title before it, or with a capital.
OFTEN, MOSTLY = 1 / 4, 1 / 2


def known_names() -> set[str]:
    """Return every part of a name of the district's families, students and members."""
    people = [
        *Student.objects.order_by().values_list("given_name", "family_name").distinct(),
        *Guardian.objects.order_by().values_list("given_name", "family_name").distinct(),
        *Membership.objects.order_by().values_list("name").distinct(),
    ]
    return {fold(part) for names in people for name in names for part in name.split()}


def is_of_a_person(spelling: Spelling, families: int, names: AbstractSet[str]) -> bool:
    """Say whether a word or phrase is, or holds, what may be somebody's name.

    What follows a title is one. What the rolls know for a name is one where it has a capital, as
    "rose" and "will" have none. What else mostly has a capital inside sentences may name somebody
    whom no roll knows, until ten families write it.
    """
    if spelling.is_titled or _holds_a_title(spelling):
        return True
    if families < FEWEST_FOR_NAMES and _may_be_a_name(spelling):
        return True
    parts = spelling.usual.split()
    return any(fold(part) in names and _has_capital(spelling, at) for at, part in enumerate(parts))


def _holds_a_title(spelling: Spelling) -> bool:
    """Say whether a word of a phrase is a title, and the next often has a capital."""
    parts = spelling.usual.split()
    return any(
        fold(part) in TITLES and _capitals(spelling, at) > OFTEN
        for at, part in enumerate(parts[:-1], 1)
    )


def _may_be_a_name(spelling: Spelling) -> bool:
    """Say whether the first word, or a later one of a phrase, is mostly written as names are."""
    later = range(1, len(spelling.usual.split()))
    return spelling.is_proper or any(_capitals(spelling, at) > MOSTLY for at in later)


def _has_capital(spelling: Spelling, place: int) -> bool:
    """Say whether the word at a place is written with a capital, or stands first and may be."""
    if place == 0:
        return not spelling.inside or 5 * spelling.capital > spelling.inside
    return _capitals(spelling, place) > 0


def _capitals(spelling: Spelling, place: int) -> float:
    """Return the share of those who write a phrase that give a later word of it a capital."""
    written = ((form.split()[place:], count) for form, count in spelling.forms.items())
    capital = sum(count for parts, count in written if parts and parts[0][0].isupper())
    return capital / spelling.forms.total()
