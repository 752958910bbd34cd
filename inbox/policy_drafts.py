"""Promises that are tried before they are saved: a draft among the policies, as a job keeps it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from inbox.governing import Promise, Terms
from inbox.models import Job
from inbox.policies import Draft


def draft_of(job: Job) -> Draft | None:
    """Return the draft that a job tries, as it was filled in."""
    said = job.said["draft"]
    if said is None:
        return None
    targets = {metric: (length, unit) for metric, (length, unit) in said["targets"].items()}
    warnings = tuple(said["warn_percents"])
    return Draft(**{**said, "targets": targets, "warn_percents": warnings})


def with_draft(terms: Sequence[Terms], draft: Draft | None, pk: int | None) -> list[Terms]:
    """Return the policies as they would be with a draft: in its place, or last before the rest."""
    if draft is None:
        return list(terms)
    drafted = terms_of_draft(draft)
    if pk is None:
        return [
            *(t for t in terms if not t.is_default),
            drafted,
            *(t for t in terms if t.is_default),
        ]
    return [
        replace(drafted, pk=pk, is_default=each.is_default) if each.pk == pk else each
        for each in terms
    ]


def terms_of_draft(draft: Draft) -> Terms:
    """Return what a draft says, as a stored policy would say it."""
    return Terms(
        name=draft.name,
        wanted={aspect: frozenset(values) for aspect, values in draft.wanted.items()},
        promises={
            metric: Promise(length, unit, draft.warn_percents)
            for metric, (length, unit) in draft.targets.items()
        },
        round_the_clock=draft.round_the_clock,
    )


def fingerprint(terms: Sequence[Terms]) -> str:
    """Return a short word that changes with whatever the policies say, and with their order."""
    said = [
        [
            each.pk,
            each.name,
            each.round_the_clock,
            sorted((aspect, sorted(values)) for aspect, values in each.wanted.items()),
            sorted((metric, asdict(promise)) for metric, promise in each.promises.items()),
        ]
        for each in terms
    ]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:16]
