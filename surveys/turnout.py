"""How many of those who were invited to a wave answered, by school, and what became of letters.

This is no answer, so it is counted live, in both modes: an invitation says whether it was used.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from surveys.models import Invitation, InvitationState, Wave
from surveys.rates import Rate


@dataclass(frozen=True)
class Turnout:
    """The invitations of a school or of all: ``answered`` of ``invited``, and their delivery."""

    invited: int = 0
    answered: int = 0
    sent: int = 0
    bounced: int = 0
    waiting: int = 0

    @property
    def rate(self) -> Rate:
        """Return the response rate among those who were invited."""
        return Rate(self.answered, self.invited)

    def __add__(self, other: "Turnout") -> "Turnout":
        mine, others = vars(self), vars(other)
        return Turnout(**{name: mine[name] + others[name] for name in mine})


def turnout(waves: Iterable[Wave]) -> Mapping[int | None, Turnout]:
    """Return the turnout of waves by school; None is whoever belongs to no school."""
    asked = Invitation.objects.filter(wave__in=list(waves)).order_by()
    rows = (
        asked.exclude(state=InvitationState.WITHDRAWN)
        .values("school")
        .annotate(
            invited=Count("pk"),
            answered=Count("pk", filter=Q(is_spent=True)),
            sent=Count("pk", filter=Q(state=InvitationState.SENT)),
            bounced=Count("pk", filter=Q(state=InvitationState.BOUNCED)),
            waiting=Count("pk", filter=Q(state=InvitationState.DRAWN)),
        )
    )
    return {row.pop("school"): Turnout(**row) for row in rows}


def whole(found: Mapping[int | None, Turnout]) -> Turnout:
    """Return the turnout of all schools together."""
    return sum(found.values(), Turnout())
