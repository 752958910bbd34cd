"""Trying promises out: what they would have meant lately, and what they do to what is open.

Nothing is changed: the past is retold under both sets of promises, what is open is chosen anew
without saving it, and the answer is kept with the job.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from districts.models import Membership
from inbox import jobs, policy_effect, policy_past
from inbox.governing import Terms, terms_in_order
from inbox.models import Conversation, Job, SlaPolicy
from inbox.models.conversation import ConversationQuerySet
from inbox.policies import Draft
from inbox.policy_drafts import draft_of, fingerprint, with_draft
from inbox.policy_effect import WITH_CLOCKS

KIND = "policy_trial"
DAYS = 90
BATCH = 200
NEEDED = ("topic__category", "topic__department", "team__department", "school", "district")


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial, what was tried, and whether the promises have changed since."""

    job: Job
    draft: Draft | None
    policy: SlaPolicy | None
    is_stale: bool


def begin(draft: Draft | None, policy: SlaPolicy | None, *, by: Membership, at: datetime) -> Job:
    """Try a draft, of a policy or of a new one; without a draft, the promises as they stand."""
    said = {
        "draft": asdict(draft) if draft else None,
        "policy": policy.pk if policy else None,
        "print": fingerprint(terms_in_order()),
    }
    total = open_ones().count() + (lately(at).count() if draft else 0)
    return jobs.begin(KIND, by=by, at=at, total=total, **said)


def trial_of(job: Job) -> Trial:
    """Return what a job tries."""
    policy = SlaPolicy.objects.filter(pk=job.said["policy"]).first()
    return Trial(job, draft_of(job), policy, job.said["print"] != fingerprint(terms_in_order()))


def step(job: Job, at: datetime) -> None:
    """Try a batch: first of the past, then of what is open."""
    before = terms_in_order()
    after = with_draft(before, draft_of(job), job.said["policy"])
    if job.said["draft"] and not job.result.get("past_done"):
        _step_past(job, before, after)
    else:
        _step_open(job, after, at)


def lately(at: datetime) -> ConversationQuerySet:
    """Return what is tried of the past."""
    since = at - timedelta(days=DAYS)
    return Conversation.objects.filter(received_at__gte=since, is_spam=False, merged_into=None)


def open_ones() -> ConversationQuerySet:
    """Return the conversations that are owed something."""
    return Conversation.objects.unresolved().filter(routed_at__isnull=False)


def _batch(rows: ConversationQuerySet, job: Job) -> list[Conversation]:
    """Return the next ones, and move the job's cursor past them."""
    rest = rows.filter(pk__gt=job.cursor).select_related(*NEEDED).order_by("pk")
    batch = list(rest[:BATCH])
    job.done += len(batch)
    job.cursor = batch[-1].pk if batch else job.cursor
    return batch


def _step_past(job: Job, before: list[Terms], after: list[Terms]) -> None:
    batch = _batch(lately(job.at), job)
    policy_past.count(job.result, batch, before, after, at=job.at)
    if len(batch) < BATCH:
        job.result["past_done"], job.cursor = True, 0


def _step_open(job: Job, terms: list[Terms], at: datetime) -> None:
    batch = _batch(open_ones().prefetch_related(*WITH_CLOCKS), job)
    policy_effect.count(job.result.setdefault("open", {}), batch, terms, at=at)
    if len(batch) < BATCH:
        job.finish(at=at)
