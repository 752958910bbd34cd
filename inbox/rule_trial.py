"""Trying a rule on what arrived lately: how much it would find, and what would go elsewhere.

Nothing is changed: the conversations are read, and the answer is kept with the job.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left

from districts.models import Membership
from inbox import jobs
from inbox.deciding import TEAM, decide
from inbox.models import Conversation, Job, Message, RoutingRule
from inbox.models.conversation import ConversationQuerySet
from inbox.ruling import WITH_PARTS, Verdict, facts_of, judge
from inbox.word_match import LONGEST_TEXT

KIND = "rule_trial"
DAYS = 90
BATCH = 400
SAMPLE = 20
PARTS = ("topic", "team", "owner")


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule's latest trial, and whether the rule has changed since."""

    job: Job
    is_stale: bool


def begin(rule: RoutingRule, *, by: Membership, at: datetime) -> Job:
    """Try a rule; one trial of the same rule that still runs is enough."""
    running = latest(rule)
    if running is not None and running.job.is_waiting and not running.is_stale:
        return running.job
    total = _lately(at).count()
    return jobs.begin(KIND, by=by, at=at, total=total, rule=rule.pk, version=rule.version)


def latest(rule: RoutingRule) -> Trial | None:
    """Return the latest trial of a rule."""
    job = Job.objects.filter(kind=KIND, said__rule=rule.pk).order_by("-pk").first()
    return Trial(job, job.said["version"] != rule.version) if job else None


def step(job: Job, at: datetime) -> None:
    """Try the rule on a batch."""
    rule = RoutingRule.objects.filter(pk=job.said["rule"])
    found = rule.prefetch_related(*WITH_PARTS).first()
    body = Message.objects.filter(conversation=OuterRef("pk"), direction="inbound")
    words = Subquery(body.order_by("at", "id").values(words=Left("body", LONGEST_TEXT))[:1])
    rows = (
        _lately(job.at)
        .filter(pk__gt=job.cursor)
        .select_related("topic__team", "topic__owner", "topic__department__owner", "team", "owner")
    )
    batch = list(rows.annotate(words=words).order_by("pk")[:BATCH]) if found else []
    for conversation in batch:
        said = getattr(conversation, "words", "") or ""
        verdict = judge([found] if found else [], facts_of(conversation, said))
        if verdict.rules:
            _count(job.result, conversation, verdict, at)
    job.done += len(batch)
    job.cursor = batch[-1].pk if batch else job.cursor
    if len(batch) < BATCH:
        job.finish(at=at)


def _lately(at: datetime) -> ConversationQuerySet:
    since = at - timedelta(days=DAYS)
    return Conversation.objects.filter(received_at__gte=since, is_spam=False)


def _count(
    result: dict[str, Any], conversation: Conversation, verdict: Verdict, at: datetime
) -> None:
    """Count what would have been different, and keep the first ones to look at."""
    result["found"] = result.get("found", 0) + 1
    would = _would(conversation, verdict, at)
    changed = [part for part in PARTS if would[part] != getattr(conversation, part)]
    for part in changed:
        result[part] = result.get(part, 0) + 1
    sample = result.setdefault("sample", [])
    if len(sample) < SAMPLE:
        words = {part: str(would[part] or "") for part in changed}
        sample.append({"number": conversation.number, "subject": conversation.subject, **words})


def _would(conversation: Conversation, verdict: Verdict, at: datetime) -> dict[str, Any]:
    """Return topic, team and owner as they would have been; what the rule leaves stays."""
    now = {part: getattr(conversation, part) for part in PARTS}
    if verdict.topic is None and verdict.team is None and verdict.owner is None:
        return now
    if verdict.topic is None and verdict.team is None:
        return now | {"owner": verdict.owner}
    conversation_then = Conversation(topic=verdict.topic or conversation.topic)
    decision = decide(conversation_then, verdict, at=at)
    stays = decision.decided_by == TEAM and decision.team == conversation.team
    owner = conversation.owner if stays else decision.owner
    return {"topic": conversation_then.topic, "team": decision.team, "owner": owner}
