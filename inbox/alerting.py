"""Critical alerts: what families write is looked through, and a match is raised at once.

A match never hides and never closes anything. Whatever was not looked through yet has
``scanned_at`` null; a sweep finds it, so that no crash loses a cry for help.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from districts.models import Membership
from inbox import notices
from inbox.alert_matcher import matcher, text_of
from inbox.attendance import catchers, standing_in
from inbox.models import (
    AlertList,
    AlertState,
    Conversation,
    ConversationAlert,
    Message,
    Priority,
)
from inbox.moving import prioritise
from inbox.phrases import Found

logger = logging.getLogger(__name__)

BATCH = 50


def scan(conversation: Conversation, *, at: datetime) -> list[ConversationAlert]:
    """Look through what is new of a conversation, whose row is locked; raise what is found."""
    messages = list(conversation.messages.unscanned().order_by("at", "id"))
    if not messages:
        return []
    raised, phrases = [], matcher()
    first = conversation.messages.order_by("at", "id").values_list("pk", flat=True).first()
    for message in messages:
        subject = conversation.subject if message.pk == first else ""
        for found in phrases.find(text_of(message, subject=subject)):
            raised += raise_alert(conversation, message, found, at=at)
    conversation.messages.filter(pk__in=[one.pk for one in messages]).update(scanned_at=at)
    return raised


def scan_safely(conversation: Conversation, *, at: datetime) -> None:
    """Scan, and let nothing that goes wrong stop the message on its way; a person is told."""
    try:
        with transaction.atomic():
            scan(conversation, at=at)
    except Exception as error:  # noqa: BLE001 - whatever it is, the message goes on and is read
        logger.warning(
            "alerts: %s could not be scanned (%s)", conversation.pk, type(error).__name__
        )
        last = conversation.messages.unscanned().order_by("-pk").first()
        conversation.messages.unscanned().update(scanned_at=at)
        key = f"unscanned:{last.pk if last else conversation.pk}"
        people = catchers(at=at)
        notices.tell(people, verb="unscanned", key=key, at=at, conversation=conversation)


def take(conversation_id: int, *, at: datetime) -> None:
    """Scan one conversation, unless another worker has it; one not routed is scanned then."""
    with transaction.atomic():
        routed = Conversation.objects.filter(pk=conversation_id, routed_at__isnull=False)
        row = routed.select_for_update(of=("self",), skip_locked=True).first()
        if row is not None:
            scan_safely(row, at=at)


def take_waiting(*, at: datetime) -> bool:
    """Scan a batch of what waits in the district; say whether there may be more."""
    with transaction.atomic():
        unscanned = Message.objects.unscanned().filter(conversation__routed_at__isnull=False)
        found = unscanned.order_by("pk").values_list("conversation_id", flat=True)[:BATCH]
        waiting = list(dict.fromkeys(found))
    for conversation_id in waiting:
        take(conversation_id, at=at)
    return len(waiting) == BATCH


def raise_alert(
    conversation: Conversation,
    message: Message,
    found: Found,
    *,
    at: datetime,
    quiet: bool = False,
) -> list[ConversationAlert]:
    """Raise one alert, once for each list and message; return it where it is new.

    ``quiet`` tells nobody: whoever looks through many conversations tells of all at once.
    """
    of = AlertList.objects.select_related("team").get(pk=found.of)
    alert, is_new = ConversationAlert.objects.get_or_create(
        conversation=conversation,
        alert_list=of,
        message=message,
        defaults={
            "team": of.team,
            "words": found.words,
            "before": found.before[-120:],
            "after": found.after[:120],
            "phrase_ids": list(found.pks),
            "priority_before": conversation.priority,
            "at": at,
        },
    )
    if not is_new:
        return []
    conversation.record("alerted", by=None, at=at, name=of.name)
    prioritise(conversation, Priority.CRITICAL, by=None, at=at)
    if not quiet:
        tell(alert, conversation, at=at)
    return [alert]


def tell(alert: ConversationAlert, conversation: Conversation, *, at: datetime) -> None:
    """Tell the list's team and the owner, or who stands in for them while they are away.

    Where nobody of the team is here, whoever catches the rest is told as well. What is private
    reaches the team without a word of it.
    """
    key, of = f"alert:{alert.pk}", alert.alert_list.name
    team = members_of(alert)
    team = team if standing_in(team, at=at) else [*team, *catchers(at=at)]
    inside = [conversation.owner] if conversation.owner else []
    inside += standing_in(inside, at=at).values()
    if is_private(conversation):
        notices.tell(inside, verb="critical", key=key, at=at, conversation=conversation, of=of)
        number = conversation.number
        notices.tell(team, verb="critical_private", key=key, at=at, number=number)
        return
    people = [*team, *inside]
    notices.tell(people, verb="critical", key=key, at=at, conversation=conversation, of=of)


def tell_owner(conversation: Conversation, *, at: datetime) -> None:
    """Tell whoever has just become the owner of what is open; once, as everybody else."""
    if conversation.owner is None or conversation.priority != Priority.CRITICAL:
        return
    for alert in conversation.alerts.filter(state=AlertState.OPEN).select_related("alert_list"):
        said = {"verb": "critical", "key": f"alert:{alert.pk}", "of": alert.alert_list.name}
        notices.tell([conversation.owner], at=at, conversation=conversation, **said)


def is_private(conversation: Conversation) -> bool:
    """Say whether the team of an alert sees nothing of it until somebody lets them."""
    return conversation.topic is not None and conversation.topic.is_private


def calm(alerts: Sequence[ConversationAlert]) -> str:
    """Return the priority before the first of a conversation's alerts, in their order, raised it.

    Where all before one were false alarms already, that one is the first: what the priority was
    then, people may have chosen.
    """
    first = alerts[0]
    for number, alert in enumerate(alerts):
        closed = [one.reviewed_at for one in alerts[:number] if one.state == AlertState.FALSE]
        if len(closed) == number and all(at and at < alert.at for at in closed):
            first = alert
    return first.priority_before


def members_of(alert: ConversationAlert) -> list[Membership]:
    """Return who is in the alert's team and still here."""
    if alert.team_id is None:
        return []
    return list(Membership.objects.active().filter(team_links__team=alert.team_id))
