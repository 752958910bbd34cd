"""How long work has been waiting: the one figure that says whether anybody works."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet

from districts.scope import all_districts
from families.models import Delivery
from inbox.models import Clock, Conversation, Notification, RawInbound


def longest_waits(at: datetime) -> dict[str, timedelta]:
    """Return, for each kind of work that waits, how long its oldest row has, in any district.

    The kinds: ``parse``, ``route``, ``warn``, ``breach``, ``escalate``, ``wake``, ``mail`` (news to
    be written), ``send``.
    """
    with all_districts(reason="see how long work has been waiting"):
        oldest = {
            "parse": _first(RawInbound.objects.waiting(at), "next_try_at"),
            "route": _first(Conversation.objects.unrouted(), "created_at"),
            "warn": _first(Clock.objects.to_warn(at), "warn_at"),
            "breach": _first(Clock.objects.to_breach(at), "due_at"),
            "escalate": _first(Clock.objects.to_escalate(at), "escalate_at"),
            "wake": _first(Conversation.objects.waking(at), "snoozed_until"),
            "mail": _first(Notification.objects.to_mail(at), "mail_at"),
            "send": _first(Delivery.objects.due(at), "next_try_at"),
        }
    return {kind: at - since for kind, since in oldest.items() if since is not None}


def _first(work: QuerySet[Any], column: str) -> datetime | None:
    found: datetime | None = work.aggregate(first=Min(column))["first"]
    return found
