"""What to look at twice before a reply leaves: who this adult is to the student."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from districts.prepared import prepared
from families.models import Guardianship
from inbox.models import Conversation

Link = dict[str, Any]
MOST_LINKS = 50


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence, and whether it forbids more than it warns."""

    words: str
    is_grave: bool = False


def cautions(conversation: Conversation, links: list[Link]) -> list[Caution]:
    """Return what speaks against answering this person about this student; none is the usual."""
    if conversation.guardian is None:
        return []
    guardian, student = conversation.guardian, conversation.student
    barred = [link for link in links if link["no_contact"]]
    if student is None:
        return (
            [
                Caution(
                    _(
                        "No contact: a court order or the family says that %(name)s is not to be "
                        "contacted about a student. See the family before you answer."
                    )
                    % {"name": guardian.name},
                    is_grave=True,
                )
            ]
            if barred
            else []
        )
    names = {"name": guardian.name, "student": student.name}
    if any(link["student"] == student.pk for link in barred):
        return [
            Caution(
                _("No contact: %(name)s is not to be contacted about %(student)s.") % names,
                is_grave=True,
            )
        ]
    if all(link["student"] != student.pk for link in links):
        return [
            Caution(_("%(name)s is not a guardian of %(student)s, the student named here.") % names)
        ]
    return []


def links_of(conversation: Conversation) -> list[Link]:
    """Return the students of who wrote: ``student``, an id, and ``no_contact`` of each."""
    return [] if conversation.guardian_id is None else _links(guardian=conversation.guardian_id)


@prepared(guardian=int)
def _links(*, guardian: int) -> QuerySet[Guardianship, Any]:
    links = Guardianship.objects.filter(guardian=guardian).order_by("id")
    return links.values("student", "no_contact")[:MOST_LINKS]
