"""What people say of an alert: it is seen to, it was a false alarm, its team may see it."""

from datetime import datetime

from districts.models import Membership
from districts.permissions import Permission, may
from inbox import notices
from inbox.alerting import calm, members_of
from inbox.models import AlertState, Conversation, ConversationAlert, Priority
from inbox.moving import prioritise

LONGEST = 200


def review(
    alert: ConversationAlert, *, state: str, reason: str, by: Membership, at: datetime
) -> None:
    """Close an alert; the conversation's row is locked.

    When all of a conversation's alerts were false alarms, its priority goes back to what it was.
    """
    if alert.state != AlertState.OPEN:
        return
    alert.state, alert.reason = state, reason[:LONGEST]
    alert.reviewed_by, alert.reviewed_at = by, at
    alert.save(update_fields=["state", "reason", "reviewed_by", "reviewed_at"])
    conversation = alert.conversation
    verb = "alert_false" if state == AlertState.FALSE else "alert_seen"
    conversation.record(verb, by=by, at=at, name=alert.alert_list.name, reason=alert.reason)
    alerts = list(conversation.alerts.order_by("at", "pk"))
    if conversation.priority == Priority.CRITICAL and all(
        one.state == AlertState.FALSE for one in alerts
    ):
        prioritise(conversation, calm(alerts), by=by, at=at)


def share(alert: ConversationAlert, *, by: Membership, at: datetime) -> None:
    """Let the alert's team see a private conversation, and tell them."""
    if alert.shared_at is not None or alert.team is None:
        return
    alert.shared_at = at
    alert.save(update_fields=["shared_at"])
    conversation = alert.conversation
    conversation.record("alert_shared", by=by, at=at, team=alert.team.name)
    key = f"alert_shared:{alert.pk}"
    people = [member for member in members_of(alert) if member != by]
    of = alert.alert_list.name
    notices.tell(people, verb="critical", key=key, at=at, conversation=conversation, of=of)


def may_share(member: Membership, conversation: Conversation) -> bool:
    """Say whether a member may let an alert's team see a private conversation."""
    return conversation.owner_id == member.pk or may(member, Permission.MANAGE_INBOX)
