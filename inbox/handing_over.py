"""What is somebody's in the inbox, and who gets it when they leave or are out of office."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from districts.models import Absence, Membership, OpenWork
from inbox import jobs, notices
from inbox.deciding import decide
from inbox.distributing import nudge
from inbox.models import Conversation, InboxSettings, Job, JobState, RuleAction, Topic
from inbox.models.conversation import ConversationQuerySet

KIND = "move_work"
BATCH = 50
# From so many on, whoever gets them is told once of all.
MANY = 5


def belongings(member: Membership) -> list[str]:
    """Return sentences that say what a member owns in the inbox."""
    said = []
    if count := _open_work(member).count():
        text = ngettext("%(n)d open conversation", "%(n)d open conversations", count)
        said.append(text % {"n": count})
    topics = list(Topic.objects.filter(owner=member).values_list("name", flat=True)[:20])
    if topics:
        said.append(_("New questions on: %(topics)s") % {"topics": ", ".join(topics)})
    named = RuleAction.objects.filter(owner=member).values_list("rule__name", flat=True)
    if rules := list(named[:20]):
        said.append(_("What these rules find: %(rules)s") % {"rules": ", ".join(rules)})
    if InboxSettings.objects.filter(fallback_owner=member).exists():
        said.append(_("New questions that nobody else owns"))
    return said


def progress(member: Membership) -> list[str]:
    """Return a sentence for each handing over of a member's work that is under way."""
    running = Job.objects.filter(kind=KIND, said__member=member.pk, state=JobState.WAITING)
    text = _("Being moved: %(done)d of %(total)d open conversations.")
    return [text % {"done": job.done, "total": job.total} for job in running[:3]]


def hand_over(
    member: Membership, *, successor: Membership | None, by: Membership, at: datetime
) -> None:
    """Give what a member who leaves owns to a successor; without one, back to the teams."""
    move_open_work(member, to=successor, by=by, at=at)
    Topic.objects.filter(owner=member).update(owner=successor)
    if successor is not None:
        RuleAction.objects.filter(owner=member).update(owner=successor)
        InboxSettings.objects.filter(fallback_owner=member).update(fallback_owner=successor)


def move_open_work(
    member: Membership, *, to: Membership | None, by: Membership | None, at: datetime
) -> None:
    """Give a member's open conversations to somebody, or to the teams; many of them in a job."""
    total = _open_work(member).count()
    if to is not None and total >= MANY:
        key = f"took_over:{member.pk}:{at:%Y%m%d%H%M%S}"
        notices.tell([to], verb="took_over", key=key, at=at, name=member.name, count=total)
    if total > BATCH:
        jobs.begin(KIND, by=by, at=at, total=total, member=member.pk, to=to.pk if to else None)
    else:
        _move_batch(_open_work(member), to, by=by, at=at, tell=total < MANY)
        nudge()


def step(job: Job, at: datetime) -> None:
    """Move a batch of somebody's open conversations."""
    member = Membership.objects.get(pk=job.said["member"])
    to = Membership.objects.answering().filter(pk=job.said["to"]).first()
    rows = _open_work(member).filter(pk__gt=job.cursor)
    last, count = _move_batch(rows, to, by=job.by, at=at, tell=False)
    job.done, job.cursor = job.done + count, last
    if count < BATCH:
        job.finish(at=at)
        nudge()


def begin_absences(*, at: datetime) -> bool:
    """Move the work of those whose absence has begun, once for each; say whether there is more."""
    with transaction.atomic():
        due = Absence.objects.to_begin(at).select_related("member", "substitute")
        rows = list(due.select_for_update(of=("self",), skip_locked=True)[:BATCH])
        for absence in rows:
            Absence.objects.filter(pk=absence.pk).update(begun_at=at)
            if absence.open_work != OpenWork.KEEP and absence.ends_at > at:
                to = absence.substitute if absence.open_work == OpenWork.SUBSTITUTE else None
                move_open_work(absence.member, to=to, by=None, at=at)
    return len(rows) == BATCH


def _open_work(member: Membership) -> ConversationQuerySet:
    return Conversation.objects.unresolved().filter(owner=member).order_by("pk")


def _move_batch(
    rows: ConversationQuerySet,
    to: Membership | None,
    *,
    by: Membership | None,
    at: datetime,
    tell: bool,
) -> tuple[int, int]:
    """Move a batch; return the id of the last one, and how many they were."""
    needed = rows.select_related("owner", "team", "topic__owner", "topic__department__owner")
    batch = list(needed.select_for_update(of=("self",))[:BATCH])
    for conversation in batch:
        before = conversation.owner
        _move(conversation, to, by=by, at=at)
        if tell:
            notices.tell_owner(conversation, before=before, by=by, at=at)
    return (batch[-1].pk if batch else 0), len(batch)


def _move(
    conversation: Conversation, to: Membership | None, *, by: Membership | None, at: datetime
) -> None:
    """Give one to somebody, or to its team's queue; without a team, to whoever is next in line."""
    if to is not None:
        conversation.assign(to, team=conversation.team, by=by, at=at)
    elif conversation.team is None:
        decision = decide(conversation, at=at, by_team=False)
        owner = decision.owner if decision.owner != conversation.owner else None
        conversation.assign(owner, team=decision.team, by=by, at=at, **decision.because)
    elif conversation.team.gives:
        conversation.queue(by=by, at=at)
    else:
        conversation.assign(None, team=conversation.team, by=by, at=at)
