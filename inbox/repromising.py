"""Applying promises to what is open: each conversation chooses anew, once, with its Event."""

from datetime import datetime

from districts.models import Membership
from inbox import jobs
from inbox.clocks import rechoose
from inbox.governing import terms_in_order
from inbox.models import Conversation, Job
from inbox.policy_trial import NEEDED, open_ones

KIND = "policy_apply"
BATCH = 50


def begin(*, by: Membership, at: datetime) -> Job:
    """Let what is open be governed by the promises as they stand; one that still runs is enough."""
    running = latest()
    if running is not None and running.is_waiting and running.done == 0:
        return running
    return jobs.begin(KIND, by=by, at=at, total=open_ones().count())


def latest() -> Job | None:
    """Return the latest such job."""
    return Job.objects.filter(kind=KIND).order_by("-pk").first()


def step(job: Job, at: datetime) -> None:
    """Choose anew for a batch; done again, it finds nothing left to move."""
    terms = terms_in_order()
    waiting = open_ones().filter(pk__gt=job.cursor).order_by("pk")
    batch: list[Conversation] = list(
        waiting.select_related(*NEEDED).select_for_update(of=("self",))[:BATCH]
    )
    for conversation in batch:
        choice = rechoose(conversation, at=at, terms=terms, cause="policies")
        for name, count in (
            ("moved", len(choice.moved)),
            ("begun", len(choice.begun)),
            ("ended", len(choice.ended)),
        ):
            job.result[name] = job.result.get(name, 0) + count
    job.done += len(batch)
    job.cursor = batch[-1].pk if batch else job.cursor
    if len(batch) < BATCH:
        job.finish(at=at)
