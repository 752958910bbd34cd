"""What is somebody's in the inbox, and who gets it when they leave."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from districts.models import Membership
from inbox import notices
from inbox.models import Conversation, InboxSettings, RuleAction, Topic


def belongings(member: Membership) -> list[str]:
    """Return sentences that say what a member owns in the inbox."""
    said = []
    if count := Conversation.objects.unresolved().filter(owner=member).count():
        text = ngettext("%(n)d open conversation", "%(n)d open conversations", count)
        said.append(text % {"n": count})
    topics = list(Topic.objects.filter(owner=member).values_list("name", flat=True)[:20])
    if topics:
        said.append(_("New questions on: %(topics)s") % {"topics": ", ".join(topics)})
    named = RuleAction.objects.filter(owner=member).values_list("rule__name", flat=True)
    if rules := list(named[:20]):
        said.append(_("What these rules find: %(rules)s") % {"rules": ", ".join(rules)})
    if InboxSettings.objects.filter(fallback_owner=member).exists():
        said.append(_("New questions that nobody else owns"))
    return said


def hand_over(
    member: Membership, *, successor: Membership | None, by: Membership, at: datetime
) -> None:
    """Give what a member owns to a successor; without one, back to the teams."""
    rows = Conversation.objects.unresolved().filter(owner=member).order_by("pk")
    for conversation in rows.select_for_update(of=("self",)):
        conversation.assign(successor, team=conversation.team, by=by, at=at)
        notices.tell_owner(conversation, before=member, by=by, at=at)
    Topic.objects.filter(owner=member).update(owner=successor)
    if successor is not None:
        RuleAction.objects.filter(owner=member).update(owner=successor)
        InboxSettings.objects.filter(fallback_owner=member).update(fallback_owner=successor)
