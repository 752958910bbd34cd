"""No active topic without somebody who owns what comes in on it."""

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from districts.models import Membership
from inbox.models import InboxSettings, Topic

NAMED = 3


def ownerless() -> QuerySet[Topic]:
    """Return the active topics whose questions would go to nobody.

    The chain is the one that routing follows: the topic's owner, its department's, the
    district's; each counts only while they are here and may answer.
    """
    able = Membership.objects.answering()
    if InboxSettings.objects.filter(fallback_owner__in=able).exists():
        return Topic.objects.none()
    owned = Q(owner__in=able) | Q(department__owner__in=able)
    return Topic.objects.filter(is_active=True).exclude(pk__in=Topic.objects.filter(owned))


def require_owners() -> None:
    """Raise ValidationError where a topic is left without an owner."""
    names = list(ownerless().values_list("name", flat=True)[: NAMED + 1])
    if names:
        named = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
        said = ngettext(
            "%(names)s would have no owner. Name one, or who catches the rest, first.",
            "%(names)s would have no owner. Name one for each, or who catches the rest, first.",
            len(names),
        )
        raise ValidationError(said % {"names": named})
