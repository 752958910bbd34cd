"""Answering a surge together: one text, each family in its own conversation, as a job.

Whoever got an answer meanwhile, or wrote again, is left out and listed: a text for all does not
answer what one of them has added.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Exists, Max, OuterRef

from districts.models import Membership
from districts.permissions import Permission, may
from families.models import Guardianship
from inbox import jobs, surge_news
from inbox.access import visible_to
from inbox.alerting import is_private
from inbox.answering import NewerMessageError, reply
from inbox.letters import language_of
from inbox.models import Conversation, Job, Message, Priority, Surge, SurgeState
from inbox.models.conversation import ConversationQuerySet
from inbox.surge_browsing import UNANSWERED, members_of

KIND = "surge_answer"
# Whoever presses by mistake has so long to take it back; then it goes out.
UNDO = timedelta(seconds=10)
BATCH = 10
MOST = 1000
ANSWERED, NEWER, UNSEEN, TROUBLE = "answered", "newer", "unseen", "trouble"


@dataclass(frozen=True, slots=True)
class Text:
    """What is said to all: in English, in Spanish, and whether that settles it."""

    body: str
    body_es: str
    resolve: bool = False

    def to(self, conversation: Conversation) -> str:
        """Return the words for a family, in the language that letters to it are in."""
        return self.body_es if language_of(conversation) == "es" else self.body


@dataclass(frozen=True)
class Audience:
    """Whom an answer reaches, and who is reached only where a person says so."""

    plain: list[Conversation]
    delicate: list[Conversation]

    @property
    def languages(self) -> Counter[str]:
        """Return in how many letters each language is used."""
        return Counter(map(language_of, [*self.plain, *self.delicate]))


def audience_of(surge: Surge, member: Membership) -> Audience:
    """Return the unanswered conversations of a surge that a member may answer.

    What is critical or private, or not to be answered without a second look at who asks, is
    delicate.
    """
    barred = Guardianship.objects.filter(guardian=OuterRef("guardian"), no_contact=True)
    theirs = Guardianship.objects.filter(
        guardian=OuterRef("guardian"), student=OuterRef("student"), no_contact=False
    )
    waiting = members_of(surge, member).filter(UNANSWERED)
    waiting = waiting.select_related("district", "guardian", "topic")
    rows = waiting.annotate(is_barred=Exists(barred), is_theirs=Exists(theirs)).order_by("pk")
    found = Audience([], [])
    for each in rows[:MOST]:
        (found.delicate if _is_delicate(each) else found.plain).append(each)
    return found


def newest_message() -> int:
    """Return up to which message somebody who writes now has seen all there is."""
    return Message.objects.aggregate(newest=Max("pk"))["newest"] or 0


def begin(
    surge: Surge,
    text: Text,
    *,
    to: list[Conversation],
    seen: int,
    by: Membership,
    at: datetime,
) -> Job:
    """Ask for an answer to all of these; it starts when there is no more time to take it back."""
    said = {
        "surge": surge.pk,
        "to": sorted(each.pk for each in to),
        "seen": seen,
        "body": text.body,
        "body_es": text.body_es,
        "resolve": text.resolve,
    }
    job = jobs.begin(KIND, by=by, at=at, total=len(to), **said)
    job.next_try_at = at + UNDO
    job.save(update_fields=["next_try_at"])
    return job


@transaction.atomic
def take_back(job: Job, *, at: datetime) -> bool:
    """Call an answer off before it starts; say whether there was time."""
    found = Job.objects.select_for_update().get(pk=job.pk)
    if not found.is_waiting or found.done or at >= found.next_try_at:
        return False
    found.result = {"taken_back": True}
    found.finish(at=at)
    found.save()
    return True


def latest(surge: Surge) -> Job | None:
    """Return the latest answer to a surge."""
    return Job.objects.filter(kind=KIND, said__surge=surge.pk).order_by("-pk").first()


def step(job: Job, at: datetime) -> None:
    """Answer a batch, in order of id so that two answers never wait for each other."""
    to: list[int] = job.said["to"]
    batch = to[job.cursor : job.cursor + BATCH]
    seen_by = _answerable(job.by)
    rows = seen_by.filter(pk__in=batch).select_related("district", "guardian").order_by("pk")
    found = {each.pk: each for each in rows.select_for_update(of=("self",))}
    for pk in batch:
        why = _answer(found[pk], job, at) if pk in found else UNSEEN
        _count(job.result, pk, why)
    job.cursor += len(batch)
    job.done = job.cursor
    if job.cursor >= len(to):
        job.finish(at=at)
        _settle(job, at)


def left_out(job: Job, member: Membership) -> list[tuple[Conversation, str]]:
    """Return the conversations that got no answer and a member may see, each with why."""
    why: dict[str, str] = job.result.get("left_out", {})
    found = visible_to(member).filter(pk__in=[int(pk) for pk in why]).order_by("number")
    return [(each, why[str(each.pk)]) for each in found]


def _answer(conversation: Conversation, job: Job, at: datetime) -> str:
    """Answer one family; return why not, or nothing."""
    said = job.said
    # By a person or a machine; what a rule sends by itself is no answer.
    if conversation.events.filter(verb="replied", detail__message__gt=said["seen"]).exists():
        return ANSWERED
    text = Text(said["body"], said["body_es"])
    try:
        with transaction.atomic():
            reply(
                conversation,
                body=text.to(conversation),
                by=job.by,
                at=at,
                seen=said["seen"],
                resolve=said["resolve"],
            )
    except NewerMessageError:
        return NEWER
    except (DatabaseError, ValueError):
        return TROUBLE
    return ""


def _answerable(member: Membership | None) -> ConversationQuerySet:
    """Return what whoever asked for the job may still answer."""
    if member is None or not may(member, Permission.ANSWER):
        return Conversation.objects.none()
    return visible_to(member)


def _count(result: dict[str, Any], pk: int, why: str) -> None:
    if why:
        result.setdefault("left_out", {})[str(pk)] = why
    else:
        result["sent"] = result.get("sent", 0) + 1


def _settle(job: Job, at: datetime) -> None:
    """Say that a surge is answered once nobody in it waits."""
    surge = Surge.objects.select_for_update().filter(pk=job.said["surge"]).first()
    if surge is None or not surge.is_open:
        return
    held = Conversation.objects.filter(surge_links__surge=surge, surge_links__taken_out=False)
    if not held.filter(UNANSWERED).exists():
        surge.become(SurgeState.ANSWERED, by=job.by, at=at)
        surge_news.touch(surge)


def _is_delicate(conversation: Conversation) -> bool:
    """Say whether a person has to choose it: critical, private, or not surely of a guardian."""
    if conversation.priority == Priority.CRITICAL or is_private(conversation):
        return True
    facts = vars(conversation)
    about = conversation.student_id is not None and conversation.guardian_id is not None
    return bool(facts["is_barred"]) or (about and not facts["is_theirs"])
