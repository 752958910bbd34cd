"""Changing what is promised to everybody; promises that were made stay as they are."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from districts import audit
from districts.models import Membership
from inbox.models import SlaPolicy, SlaTarget


def default_policy() -> SlaPolicy:
    """Return the policy that governs where no other does, made now where there is none."""
    found = SlaPolicy.objects.filter(is_default=True).first()
    return found or SlaPolicy.objects.create(name="Everyone", position=32_000, is_default=True)


@transaction.atomic
def change(
    policy: SlaPolicy,
    targets: Mapping[str, tuple[int, str] | None],
    *,
    warn_percent: int,
    by: Membership,
    at: datetime,
) -> None:
    """Promise (length, unit) for each metric from now on; None promises nothing for it."""
    for metric, said in targets.items():
        if said is None:
            policy.targets.filter(metric=metric).delete()
            continue
        fields = {"length": said[0], "unit": said[1], "warn_percent": warn_percent}
        SlaTarget.objects.update_or_create(policy=policy, metric=metric, defaults=fields)
    words = {metric: f"{said[0]} {said[1]}" for metric, said in targets.items() if said}
    audit.write("changed", policy, by=by, at=at, name=policy.name, **words)
