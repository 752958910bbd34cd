"""No active topic without somebody who owns what comes in on it."""

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from districts.models import Membership
from inbox.models import InboxSettings, RuleAction, Topic

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
    """Raise ValidationError where a topic or a rule is left without whoever it leads to.

    Of two changes at once the second waits here for the first, and sees what that has left: else
    each could take away what the other relies on.
    """
    list(InboxSettings.objects.select_for_update(of=("self",), no_key=True).values_list("pk"))
    _require_rules()
    names = list(ownerless().values_list("name", flat=True)[: NAMED + 1])
    if names:
        named = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
        said = ngettext(
            "%(names)s would have no owner. Name one, or who catches the rest, first.",
            "%(names)s would have no owner. Name one for each, or who catches the rest, first.",
            len(names),
        )
        raise ValidationError(said % {"names": named})


def _require_rules() -> None:
    """Refuse a rule that is on and gives questions to what is not in use or to who is not here."""
    able = Membership.objects.answering()
    gone = Q(topic__is_active=False) | Q(team__is_active=False)
    gone |= Q(owner__isnull=False) & ~Q(owner__in=able)
    action = RuleAction.objects.filter(gone, rule__is_on=True).select_related("rule").first()
    if action is not None:
        words = {"rule": action.rule.name, "name": str(action.value)}
        said = _(
            "The rule “%(rule)s” gives questions to %(name)s. Change it or switch it off first."
        )
        raise ValidationError(said % words)
