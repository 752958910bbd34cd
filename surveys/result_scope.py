"""Whose figures a member looks at: the district's or one school's, never two attributes at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from districts.models import Membership, School


@dataclass(frozen=True)
class ResultScope:
    """The schools a member may choose from, by name, and the chosen one; None is the district.

    Who is limited to schools sees one of these, and not the district.
    """

    schools: Mapping[int, str]
    school: int | None
    is_limited: bool

    @property
    def name(self) -> str:
        """Return what the chosen school is called, or an empty string."""
        return self.schools[self.school] if self.school is not None else ""


def scope_of(member: Membership, asked: str = "") -> ResultScope:
    """Return the scope of a member, narrowed as an address asks; what is not theirs is ignored."""
    rows = School.objects.order_by("name")
    limited = member.school_ids
    if limited:
        rows = rows.filter(pk__in=limited)
    schools = dict(rows.values_list("pk", "name"))
    first = next(iter(schools), None) if limited else None
    wanted = {str(pk): pk for pk in schools}
    return ResultScope(schools, wanted.get(asked, first), is_limited=bool(limited))
