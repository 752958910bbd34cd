"""Who answered a survey by name and agreed to be contacted about it; nobody else is written to."""

from django.db.models import QuerySet

from families.models import Guardian
from surveys.models import Response

# The key of the question for consent that our templates have (surveys/library).
MAY_CONTACT = "may_contact"
HIGHEST_DETRACTOR, LOWEST_PROMOTER = 6, 9


def agreed() -> QuerySet[Response]:
    """Return the finished responses of known guardians who said that they may be contacted."""
    said = Response.objects.submitted().filter(answers__contains={MAY_CONTACT: True})
    return said.filter(invitation__guardian__isnull=False)


def guardian_of(response: Response) -> Guardian | None:
    """Return whom a response's own words allow to be contacted."""
    if response.answers.get(MAY_CONTACT) is not True or response.invitation is None:
        return None
    return response.invitation.guardian
