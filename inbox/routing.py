"""Routing: a conversation gets its team, an owner and its clocks, and the sender is told."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from inbox import alerting, notices, ruling, suggesting
from inbox.acknowledging import acknowledge, reply_by_itself
from inbox.clocks import start_clocks
from inbox.distributing import place
from inbox.models import Conversation, InboxSettings, Topic
from inbox.rules import count_hits
from inbox.ruling import Verdict

logger = logging.getLogger(__name__)

BATCH = 20
LAST_TRY = 5
# What a decision and a letter ask for, read with the row.
NEEDED = ("district", "topic__team", "topic__owner", "topic__department__owner", "school")


def take(conversation_id: int, *, at: datetime) -> None:
    """Route one conversation, unless it is routed or another worker has it."""
    try:
        with transaction.atomic():
            unrouted = Conversation.objects.unrouted().filter(pk=conversation_id)
            whole = unrouted.select_related(*NEEDED)
            conversation = whole.select_for_update(skip_locked=True, of=("self",)).first()
            if conversation is not None:
                route(conversation, at=at)
    except Exception as error:  # noqa: BLE001 - counted, and routed plainly when it keeps failing
        name = type(error).__name__
        logger.warning("routing: conversation %s failed (%s)", conversation_id, name)
        with transaction.atomic():
            _failed(conversation_id, name, at=at)


def take_waiting(*, at: datetime) -> bool:
    """Route a batch of the district's unrouted conversations; say whether there may be more."""
    with transaction.atomic():
        oldest = Conversation.objects.unrouted().order_by("created_at", "id")
        waiting = list(oldest.values_list("pk", flat=True)[:BATCH])
    for conversation_id in waiting:
        take(conversation_id, at=at)
    return len(waiting) == BATCH


def route(conversation: Conversation, *, at: datetime) -> None:
    """Give a conversation team, owner and clocks, and acknowledge it; its row is locked.

    What came under suspicion is routed too, then set aside as spam: whoever takes it back finds
    its promises counting from where they did.
    """
    if conversation.routed_at is not None:
        return
    verdict = hear_rules(conversation, at=at)
    if verdict.topic is None:
        hear_suggestion(conversation, at=at)
    alerting.scan_safely(conversation, at=at)
    decision = place(conversation, verdict, at=at)
    because = decision.because | ({"rule": verdict.names} if verdict.rules else {})
    conversation.route(
        decision.owner, team=decision.team, at=at, queued=decision.is_queued, **because
    )
    start_clocks(conversation, at=conversation.received_at)
    if conversation.suspicion:
        conversation.mark_spam(by=None, at=at)
    elif acknowledge(conversation, at=at) and verdict.reply is not None:
        reply_by_itself(conversation, verdict.reply, rule=verdict.said_by["reply"], at=at)
    count_hits(verdict.rules, at=at)
    notices.tell_owner(conversation, before=None, by=None, at=at)
    alerting.tell_owner(conversation, at=at)


def hear_rules(conversation: Conversation, *, at: datetime) -> Verdict:
    """Ask the rules, and give the conversation the topic, priority and tags that they say."""
    rules = list(ruling.rules_on())
    if not rules:
        return Verdict()
    words = conversation.messages.filter(direction="inbound").values_list("body", flat=True)
    verdict = ruling.judge(rules, ruling.facts_of(conversation, words.first() or ""))
    if verdict.topic is not None and verdict.topic != conversation.topic:
        retopic(conversation, verdict.topic, at=at, rule=verdict.said_by["topic"])
    if verdict.priority and verdict.priority != conversation.priority:
        rule = verdict.said_by["priority"]
        conversation.set_priority(verdict.priority, by=None, at=at, rule=rule)
    for tag in verdict.tags:
        conversation.tag_links.get_or_create(tag=tag)
    return verdict


def hear_suggestion(conversation: Conversation, *, at: datetime) -> None:
    """Keep what the district's past suggests, and follow it where the district lets it decide."""
    words = conversation.messages.filter(direction="inbound").values_list("body", flat=True)
    suggestion = suggesting.suggest(conversation, lambda: words.first() or "", at=at)
    if suggestion is not None and suggestion.decided:
        retopic(conversation, suggestion.topic, at=at, suggestion=suggestion.percent)


def retopic(conversation: Conversation, topic: Topic, *, at: datetime, **because: object) -> None:
    """Give a conversation its topic before it has team, owner and clocks."""
    before, conversation.topic = conversation.topic, topic
    conversation.save(update_fields=["topic"])
    conversation.record(
        "moved",
        by=None,
        at=at,
        before=before.name if before else "",
        after=topic.name,
        before_id=before.pk if before else None,
        **because,
    )


def _failed(conversation_id: int, error: str, *, at: datetime) -> None:
    """Count the try; past the last one, hand it to people without what could not be done."""
    unrouted = Conversation.objects.unrouted().filter(pk=conversation_id)
    conversation = unrouted.select_for_update(of=("self",)).first()
    if conversation is None:
        return
    conversation.routing_tries = F("routing_tries") + 1
    conversation.save(update_fields=["routing_tries"])
    conversation.refresh_from_db(fields=["routing_tries"])
    if conversation.routing_tries >= LAST_TRY:
        settings = InboxSettings.objects.first()
        owner = settings.fallback_owner if settings else None
        team = settings.fallback_team if settings else None
        conversation.route(owner, team=team, at=at, decided_by="trouble", error=error)
