"""Critical alerts follow what they are about into another conversation, and come back from it.

Nothing is closed and nobody is told twice: an alert keeps its state and the key of its news.
"""

from collections.abc import Mapping
from datetime import datetime

from districts.models import Membership
from inbox.alerting import calm, is_private, tell_owner
from inbox.models import AlertState, Conversation, ConversationAlert, Priority
from inbox.moving import prioritise
from inbox.snapshots import Snapshot, restore, snapshot

ALERT = ("conversation_id", "priority_before")


def follow(
    source: Conversation, target: Conversation, *, by: Membership, at: datetime
) -> dict[str, Snapshot]:
    """Let alerts follow a merging, and with them what they raised; return how they were.

    Should all turn out to be false alarms, the priority goes back to what it was in the
    conversation that stays.
    """
    alerts = list(source.alerts.all())
    was = {str(alert.pk): snapshot(alert, ALERT) for alert in alerts}
    raised = source.priority == Priority.CRITICAL
    known = list(target.alerts.order_by("at", "pk"))
    holds = any(alert.state != AlertState.FALSE for alert in known)
    before = calm(known) if holds else target.priority
    source.alerts.update(conversation=target, priority_before=before)
    if raised and any(alert.state != AlertState.FALSE for alert in alerts):
        prioritise(target, Priority.CRITICAL, by=by, at=at)
    tell_owner(target, at=at)
    return was


def come_back(was: Mapping[str, Snapshot]) -> None:
    """Put alerts back to where they were before a merging."""
    restore(ConversationAlert, was)


def losing_sight(source: Conversation, target: Conversation) -> list[str]:
    """Return the teams whose sight of an alert ends when it goes on in what is private."""
    if not is_private(target):
        return []
    alerts = source.alerts.exclude(state=AlertState.FALSE).filter(shared_at=None)
    teams = alerts.exclude(team=None).order_by("team__name")
    return [] if is_private(source) else list(teams.values_list("team__name", flat=True).distinct())
