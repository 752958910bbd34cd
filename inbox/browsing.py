"""The views of the inbox: which conversations each one keeps, and in what order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from districts.models import Membership
from inbox.due_distance import SOON
from inbox.keyset import DUE_NEXT, NEWEST, WAKES_NEXT, Order
from inbox.models import AlertState, ConversationAlert, Notification, ReadMark, Status
from inbox.models.conversation import ConversationQuerySet

Keep = Callable[[ConversationQuerySet, Membership, datetime], ConversationQuerySet]


@dataclass(frozen=True, slots=True, eq=False)
class InboxView:
    """One view: its place in the URL, its name, icon and order, and what it keeps.

    There is one object for each, so they are told apart as objects: that costs nothing to hash.
    """

    slug: str
    name: Promise
    icon: str
    keep: Keep
    order: Order = DUE_NEXT
    is_counted: bool = True
    keys: str = ""


def _due(found: ConversationQuerySet, _by: Membership, at: datetime) -> ConversationQuerySet:
    return found.open().awake(at)


def _mine(found: ConversationQuerySet, by: Membership, at: datetime) -> ConversationQuerySet:
    return found.unresolved().awake(at).filter(owner=by)


def _unassigned(found: ConversationQuerySet, _by: Membership, at: datetime) -> ConversationQuerySet:
    return found.open().awake(at).unowned()


def _unowned(found: ConversationQuerySet, _by: Membership, at: datetime) -> ConversationQuerySet:
    return found.ownerless(at)


def _team(found: ConversationQuerySet, by: Membership, at: datetime) -> ConversationQuerySet:
    teams = by.team_links.values("team_id")
    return found.unresolved().awake(at).filter(team__in=teams)


def _soon(found: ConversationQuerySet, _by: Membership, at: datetime) -> ConversationQuerySet:
    return found.open().awake(at).filter(due_at__gt=at, due_at__lt=at + SOON)


def _overdue(found: ConversationQuerySet, _by: Membership, at: datetime) -> ConversationQuerySet:
    return found.overdue(at)


def _alerts(found: ConversationQuerySet, _by: Membership, _at: datetime) -> ConversationQuerySet:
    alerts = ConversationAlert.objects.filter(state=AlertState.OPEN)
    return found.filter(pk__in=alerts.values("conversation_id"))


def _mentions(found: ConversationQuerySet, by: Membership, _at: datetime) -> ConversationQuerySet:
    news = Notification.objects.filter(member=by, verb="mentioned")
    return found.unresolved().filter(pk__in=news.values("conversation_id"))


def _waiting(found: ConversationQuerySet, _by: Membership, at: datetime) -> ConversationQuerySet:
    return found.unresolved().awake(at).filter(status=Status.PENDING)


def _snoozed(found: ConversationQuerySet, _by: Membership, at: datetime) -> ConversationQuerySet:
    return found.unresolved().filter(snoozed_until__gt=at)


def _resolved(found: ConversationQuerySet, _by: Membership, _at: datetime) -> ConversationQuerySet:
    return found.filter(status=Status.RESOLVED, is_spam=False)


def _spam(found: ConversationQuerySet, _by: Membership, _at: datetime) -> ConversationQuerySet:
    return found.filter(is_spam=True)


def _all(found: ConversationQuerySet, _by: Membership, _at: datetime) -> ConversationQuerySet:
    return found.filter(is_spam=False)


past = partial(InboxView, order=NEWEST, is_counted=False)

VIEWS = [
    InboxView("due", _("Due next"), "clock", _due, keys="g d"),
    InboxView("mine", _("Mine"), "user", _mine, keys="g m"),
    InboxView("unassigned", _("Unassigned"), "inbox", _unassigned, keys="g u"),
    InboxView("unowned", _("Without an owner"), "user-plus", _unowned),
    InboxView("team", _("My teams"), "users", _team, keys="g t"),
    InboxView("soon", _("Due soon"), "hourglass", _soon),
    InboxView("overdue", _("Overdue"), "triangle-alert", _overdue, keys="g o"),
    InboxView("alerts", _("Alerts"), "circle-alert", _alerts),
    InboxView("mentions", _("Mentions"), "at-sign", _mentions),
    InboxView("waiting", _("Waiting for the family"), "pause", _waiting),
    InboxView("snoozed", _("Snoozed"), "moon", _snoozed, order=WAKES_NEXT),
    past("resolved", pgettext_lazy("view", "Resolved"), "circle-check", _resolved),
    past("spam", _("Spam"), "ban", _spam),
    past("all", _("Everything"), "archive", _all, keys="g a"),
]
BY_SLUG = {view.slug: view for view in VIEWS}


def with_read(conversations: ConversationQuerySet, member: Membership) -> ConversationQuerySet:
    """Add ``is_read``, whether the member looked since the last message, and ``is_alerted``."""
    looked = ReadMark.objects.filter(
        conversation=OuterRef("pk"), member=member, at__gte=OuterRef("last_message_at")
    )
    alerts = ConversationAlert.objects.filter(conversation=OuterRef("pk"), state=AlertState.OPEN)
    return conversations.annotate(is_read=Exists(looked), is_alerted=Exists(alerts))
