"""Looking through what is open already, when a list has changed: newest first, told of as one."""

from datetime import datetime

from django.db.models import Prefetch

from districts.models import Membership
from inbox import jobs, notices
from inbox.alert_matcher import matcher, text_of
from inbox.alerting import raise_alert
from inbox.attendance import catchers
from inbox.models import AlertList, Conversation, Direction, Job, Message
from inbox.models.conversation import ConversationQuerySet
from inbox.phrases import Phrases

KIND = "alert_rescan"
BATCH = 100
SAMPLE = 50


def begin(of: AlertList, *, by: Membership, at: datetime) -> Job | None:
    """Look through all open conversations for one list, unless it is off."""
    if not of.is_on:
        return None
    total = _open().count()
    return jobs.begin(KIND, by=by, at=at, total=total, list=of.pk, version=of.version)


def latest(of: AlertList) -> Job | None:
    """Return the latest look through of a list."""
    return Job.objects.filter(kind=KIND, said__list=of.pk).order_by("-pk").first()


def step(job: Job, at: datetime) -> None:
    """Look through a batch; a list that has changed meanwhile has a job of its own."""
    version = {"pk": job.said["list"], "version": job.said["version"], "is_on": True}
    of = AlertList.objects.filter(**version).select_related("team").first()
    if of is None:
        job.finish(at=at)
        return
    rows = _open().order_by("-pk")
    if job.cursor:
        rows = rows.filter(pk__lt=job.cursor)
    said = Message.objects.filter(direction=Direction.INBOUND).order_by("at", "id")
    rows = rows.select_related("topic", "owner").prefetch_related(Prefetch("messages", said))
    batch = list(rows.select_for_update(of=("self",))[:BATCH])
    phrases = matcher(only=of.pk)
    for conversation in batch:
        if _look_through(conversation, phrases, at=at):
            _count(job, conversation)
    job.done += len(batch)
    job.cursor = batch[-1].pk if batch else job.cursor
    if len(batch) < BATCH:
        job.finish(at=at)
        _tell(job, of, at=at)


def _open() -> ConversationQuerySet:
    return Conversation.objects.unresolved().filter(routed_at__isnull=False)


def _look_through(conversation: Conversation, phrases: Phrases, *, at: datetime) -> bool:
    """Raise what a list finds in what its family wrote; say whether that is anything new."""
    is_new = False
    for n, message in enumerate(conversation.messages.all()):
        text = text_of(message, subject="" if n else conversation.subject)
        for found in phrases.find(text):
            is_new |= bool(raise_alert(conversation, message, found, at=at, quiet=True))
    return is_new


def _count(job: Job, conversation: Conversation) -> None:
    job.result["found"] = job.result.get("found", 0) + 1
    sample = job.result.setdefault("sample", [])
    if len(sample) < SAMPLE:
        sample.append(conversation.number)


def _tell(job: Job, of: AlertList, *, at: datetime) -> None:
    """Tell the list's team once of all that was found."""
    count = job.result.get("found", 0)
    if not count:
        return
    team = Membership.objects.active().filter(team_links__team=of.team_id) if of.team_id else []
    people = list(team) or catchers(at=at)
    notices.tell(people, verb="rescanned", key=f"rescan:{job.pk}", at=at, count=count, of=of.name)
