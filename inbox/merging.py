"""Merging: two conversations of one person on one matter become one, and may part again soon.

What was said moves and critical alerts with it, the earliest promises are kept, and the family's
old link leads on. Both lead to one page then, so only conversations of the same person can be
merged, and what is private goes on only in what is private too.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from districts.models import Membership
from inbox.alert_following import come_back, follow, losing_sight
from inbox.alerting import is_private
from inbox.models import Clock, ClockRun, Conversation, Event, Message, Metric, Status
from inbox.models.conversation import ConversationQuerySet
from inbox.snapshots import restore, snapshot

MOST = 20
# What a look at it leaves in the timeline: nothing that a parting would undo.
HARMLESS = {"merged", "merged_in", "viewed", "reopened", "unpended", "warned"}
CONVERSATION = (
    "merged_into_id",
    "status",
    "priority",
    "resolved_at",
    "snoozed_until",
    "queued_at",
    "due_at",
    "due_metric",
    "last_inbound_at",
    "last_message_at",
    "preview",
)
CLOCK = (
    "conversation_id",
    "target_id",
    "policy_name",
    "matched",
    "unit",
    "length",
    "calendar_id",
    "calendar_version",
    "state",
    "started_at",
    "spent_minutes",
    "total_minutes",
    "due_at",
    "warn_percents",
    "warn_at",
    "paused_at",
    "ended_at",
    "escalate_at",
)


class PartedError(Exception):
    """It cannot be taken back: something came after it."""


def require_mergeable(source: Conversation, target: Conversation) -> None:
    """Raise ValidationError where two conversations must stay apart, with why."""
    if source == target:
        raise ValidationError(_("This is the same conversation."))
    for each in (source, target):
        words = {"number": each.number}
        if each.merged_into_id:
            raise ValidationError(_("#%(number)s is merged into another one already.") % words)
        if each.is_spam or each.routed_at is None:
            raise ValidationError(_("#%(number)s is set aside or not routed yet.") % words)
    if not same_person(source, target):
        raise ValidationError(
            _("These are not known to be of the same person, who would read both on one page.")
        )
    if is_private(source) and not is_private(target):
        said = _("#%(private)s is private and would not stay so. Merge #%(other)s into it instead.")
        raise ValidationError(said % {"private": source.number, "other": target.number})


def same_person(one: Conversation, other: Conversation) -> bool:
    """Say whether one person wrote both: the same guardian, else the same address or number."""
    if one.is_anonymous or other.is_anonymous:
        return False
    if one.guardian_id and other.guardian_id:
        return one.guardian_id == other.guardian_id
    mail = one.sender_email.lower()
    phone = _digits(one.sender_phone)
    return bool(mail and mail == other.sender_email.lower()) or bool(
        phone and phone == _digits(other.sender_phone)
    )


def candidates(source: Conversation, visible: ConversationQuerySet) -> list[Conversation]:
    """Return the newest conversations of the same person, of those a member may see."""
    others = visible.filter(is_spam=False, merged_into=None, routed_at__isnull=False)
    others = others.exclude(pk=source.pk).select_related("topic")
    if source.guardian_id:
        found = others.filter(guardian=source.guardian_id)
    elif source.sender_email:
        found = others.filter(sender_email__iexact=source.sender_email)
    else:
        found = others.filter(sender_phone=source.sender_phone).exclude(sender_phone="")
    newest = found.order_by("-last_message_at", "-id")[:MOST]
    return [each for each in newest if same_person(source, each)]


@transaction.atomic
def merge(source: Conversation, target: Conversation, *, by: Membership, at: datetime) -> Event:
    """Let a conversation go on in another one; both rows are locked. Return the line written."""
    require_mergeable(source, target)
    clocks = list(Clock.objects.filter(conversation__in=[source, target]).order_by("pk"))
    detail: dict[str, Any] = {
        "into": target.number,
        "messages": list(source.messages.values_list("pk", flat=True)),
        "merged": list(source.merged.values_list("pk", flat=True)),
        "was": {str(each.pk): snapshot(each, CONVERSATION) for each in (source, target)},
        "clocks": {str(clock.pk): snapshot(clock, CLOCK) for clock in clocks},
        "runs": list(ClockRun.objects.filter(clock__in=clocks).values_list("pk", flat=True)),
    }
    _take_turn(source, target, by=by, at=at)
    _keep_earliest(source, target, at=at)
    source.messages.update(conversation=target)
    source.merged.update(merged_into=target)
    _close(source, target, at=at)
    target.refresh_due()
    detail["alerts"] = follow(source, target, by=by, at=at)
    target.record("merged_in", by=by, at=at, number=source.number)
    return source.record("merged", by=by, at=at, **detail)


@transaction.atomic
def part(source: Conversation, event: Event, *, by: Membership, at: datetime) -> None:
    """Take a merging back, as long as nothing came after it; raise PartedError else."""
    target = Conversation.objects.select_for_update(of=("self",)).get(merged=source)
    detail = event.detail
    later = Event.objects.filter(conversation__in=[source, target], pk__gt=event.pk)
    newest = Message.objects.filter(conversation=target, at__gt=event.at)
    if later.exclude(verb__in=HARMLESS).exists() or newest.exists():
        raise PartedError
    Message.objects.filter(pk__in=detail["messages"]).update(conversation=source)
    Conversation.objects.filter(pk__in=detail["merged"]).update(merged_into=source)
    come_back(detail.get("alerts", {}))
    clocks = [int(pk) for pk in detail["clocks"]]
    Clock.objects.filter(conversation__in=[source, target]).exclude(pk__in=clocks).delete()
    ClockRun.objects.filter(clock__in=clocks).exclude(pk__in=detail["runs"]).delete()
    # What is live leaves first: of each metric a conversation has one live clock at most.
    live = Clock.objects.live().filter(pk__in=clocks).values_list("pk", flat=True)
    restore(Clock, detail["clocks"], first=list(live))
    restore(Conversation, detail["was"])
    for clock in Clock.objects.live().filter(pk__in=clocks).exclude(state="breached"):
        clock.derive()  # warned of, or in other hours, since
        clock.save()
    for each in (source, target):
        each.refresh_from_db()
        each.record("parted", by=by, at=at, number=(target if each is source else source).number)


def _take_turn(source: Conversation, target: Conversation, *, by: Membership, at: datetime) -> None:
    """Make it our turn where it is in one of them."""
    if source.status == Status.RESOLVED:
        return
    target.reopen(by=by, at=at, reason="merged")
    if Status.OPEN in {source.status, target.status}:
        target.unpend(by=by, at=at)
        for clock in source.clocks.filter(state="paused"):
            clock.resume(at=at)


def _keep_earliest(source: Conversation, target: Conversation, *, at: datetime) -> None:
    """Of what both owe, keep the promise that is due first; cancel the others as duplicates."""
    live = list(Clock.objects.live().filter(conversation__in=[source, target]).order_by("due_at"))
    resolution = [clock for clock in live if clock.metric == Metric.RESOLUTION]
    answers = [clock for clock in live if clock.metric != Metric.RESOLUTION]
    for each in (resolution, answers):
        for duplicate in each[1:]:
            duplicate.void(at=at)
        for kept in each[:1]:
            kept.conversation = target
            kept.save(update_fields=["conversation"])


def _close(source: Conversation, target: Conversation, *, at: datetime) -> None:
    newer = source.last_inbound_at > target.last_inbound_at
    target.preview = source.preview if newer else target.preview
    target.last_inbound_at = max(source.last_inbound_at, target.last_inbound_at)
    target.last_message_at = max(source.last_message_at, target.last_message_at)
    target.save(update_fields=["preview", "last_inbound_at", "last_message_at"])
    source.merged_into, source.status = target, Status.RESOLVED
    source.resolved_at = source.resolved_at or at
    source.snoozed_until = source.queued_at = None
    source.save(
        update_fields=["merged_into", "status", "resolved_at", "snoozed_until", "queued_at"]
    )
    source.refresh_due()


def _digits(phone: str) -> str:
    return "".join(filter(str.isdigit, phone))[-10:]


def facts(source: Conversation, target: Conversation) -> dict[str, Any]:
    """Return what a person should know before merging: how much moves, and what is due then."""
    live = Clock.objects.live().filter(conversation__in=[source, target]).exclude(state="paused")
    due: Iterable[Clock] = live.order_by("due_at")[:1]
    return {
        "messages": source.messages.count(),
        "due": next(iter(due), None),
        "losing_sight": losing_sight(source, target),
        "reopens": target.status == Status.RESOLVED and source.status != Status.RESOLVED,
    }
