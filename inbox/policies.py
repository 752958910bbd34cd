"""Changing what is promised, to whom, and in which order; promises that were made stay as made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from districts import audit
from districts.models import Membership, School
from inbox.models import Aspect, Category, PolicyCondition, SlaPolicy, SlaTarget, Topic
from inbox.models.policy import COLUMNS, LAST
from inbox.models.stages import usual_warnings

NOUNS: Mapping[str, Any] = {
    Aspect.TOPIC: Topic,
    Aspect.CATEGORY: Category,
    Aspect.SCHOOL: School,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a policy is to say, as it was filled in.

    ``wanted`` has ids or words by aspect; ``targets`` (length, unit) by metric, none where nothing
    is promised.
    """

    name: str
    wanted: Mapping[str, list[Any]]
    targets: Mapping[str, tuple[int, str]]
    warn_percents: tuple[int, ...] = tuple(usual_warnings())
    round_the_clock: bool = False


def default_policy() -> SlaPolicy:
    """Return the policy that governs where no other does, made now where there is none."""
    found = SlaPolicy.objects.filter(is_default=True).first()
    return found or SlaPolicy.objects.create(name="Everyone", position=LAST, is_default=True)


@transaction.atomic
def save(policy: SlaPolicy, draft: Draft, *, by: Membership, at: datetime) -> SlaPolicy:
    """Save what a policy says; a new one stands last but for the one that matches all."""
    is_new = policy.pk is None
    policy.name, policy.round_the_clock = draft.name, draft.round_the_clock
    if is_new:
        policy.position = _next_position()
    policy.save(update_fields=None if is_new else ["name", "round_the_clock"])
    if not policy.is_default:
        _ask_for(policy, draft.wanted)
    _promise(policy, draft)
    words = {metric: f"{length} {unit}" for metric, (length, unit) in draft.targets.items()}
    audit.write("created" if is_new else "changed", policy, by=by, at=at, name=draft.name, **words)
    return policy


@transaction.atomic
def move(policy: SlaPolicy, *, up: bool, by: Membership, at: datetime) -> None:
    """Let a policy be asked one place earlier or later; the one that matches all stays last."""
    rows = list(SlaPolicy.objects.filter(is_default=False).select_for_update().order_by("position"))
    place = next((n for n, one in enumerate(rows) if one.pk == policy.pk), None)
    if place is None:
        raise ValidationError(_("What is promised to everyone stands last."))
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, one in enumerate(rows, start=1):
        one.position = position
    SlaPolicy.objects.bulk_update(rows, ["position"])
    audit.write("moved_up" if up else "moved_down", policy, by=by, at=at, name=policy.name)


@transaction.atomic
def remove(policy: SlaPolicy, *, by: Membership, at: datetime) -> None:
    """Remove a policy; the promises that it made keep its name."""
    if policy.is_default:
        raise ValidationError(_("What is promised to everyone cannot be removed."))
    audit.write("removed", policy, by=by, at=at, name=policy.name)
    policy.delete()


def require_unnamed(category: Category) -> None:
    """Raise ValidationError where a policy asks for a category, which could then not be found."""
    names = PolicyCondition.objects.filter(category=category).values_list("policy__name", flat=True)
    if first := names.first():
        said = _("The promises “%(name)s” name it. Change them first.")
        raise ValidationError(said % {"name": first})


def _next_position() -> int:
    last = SlaPolicy.objects.filter(is_default=False).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _ask_for(policy: SlaPolicy, wanted: Mapping[str, list[Any]]) -> None:
    for aspect, model in NOUNS.items():
        named = set(wanted.get(aspect, ()))
        if model.objects.filter(pk__in=named).count() < len(named):
            raise ValidationError(_("Something that these promises name is gone. Choose again."))
    policy.conditions.all().delete()
    PolicyCondition.objects.bulk_create(
        PolicyCondition(
            policy=policy,
            aspect=aspect,
            **{f"{COLUMNS[aspect]}_id" if aspect in COLUMNS else "text": value},
        )
        for aspect, values in wanted.items()
        for value in values
    )


def _promise(policy: SlaPolicy, draft: Draft) -> None:
    policy.targets.exclude(metric__in=draft.targets).delete()
    for metric, (length, unit) in draft.targets.items():
        fields = {"length": length, "unit": unit, "warn_percents": list(draft.warn_percents)}
        SlaTarget.objects.update_or_create(policy=policy, metric=metric, defaults=fields)
