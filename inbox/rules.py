"""Changing the rules: what they say, their order, and whether they are on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from districts import audit
from districts.models import BusinessCalendar, Membership
from districts.signals import owners_changed
from inbox.models import RoutingRule, RuleAction, RuleCondition, Tag

CONDITION_COLUMNS = {"topic": "topic", "school": "school", "hours": "calendar"}


@dataclass(frozen=True, slots=True)
class Part:
    """One condition or action as it was filled in: its kind, its value, whether it is denied."""

    kind: str
    value: Any
    is_not: bool = False


def refuse_without(calendar: BusinessCalendar) -> None:
    """Refuse to do without a calendar that a rule asks about. Raises ValidationError."""
    asking = RoutingRule.objects.filter(conditions__calendar=calendar).first()
    if asking is not None:
        said = _("The rule “%(name)s” asks about its hours. Change the rule first.")
        raise ValidationError(said, params={"name": asking.name})


@transaction.atomic
def save(
    rule: RoutingRule,
    *,
    conditions: Iterable[Part],
    actions: Iterable[Part],
    by: Membership,
    at: datetime,
) -> None:
    """Save what a rule says; a new one stands last and is off until somebody switches it on."""
    is_new = rule.pk is None
    if is_new:
        last = RoutingRule.objects.aggregate(last=Max("position"))["last"]
        rule.position = (last or 0) + 1
    rule.version += 0 if is_new else 1
    rule.save(update_fields=None if is_new else ["name", "matches_all", "version"])
    rule.conditions.all().delete()
    rule.actions.all().delete()
    for part in conditions:
        column = CONDITION_COLUMNS.get(part.kind, "text")
        said = {"kind": part.kind, "is_not": part.is_not, column: part.value}
        RuleCondition.objects.create(rule=rule, **said)
    for part in actions:
        value = tag_named(part.value) if part.kind == "tag" else part.value
        RuleAction.objects.create(rule=rule, kind=part.kind, **{part.kind: value})
    audit.write("created" if is_new else "changed", rule, by=by, at=at, name=rule.name)
    owners_changed.send(sender=RoutingRule, by=by, at=at)


@transaction.atomic
def switch(rule: RoutingRule, *, on: bool, by: Membership, at: datetime) -> None:
    """Switch a rule on or off; what it has done stays done."""
    if rule.is_on == on:
        return
    RoutingRule.objects.filter(pk=rule.pk).update(is_on=on)
    audit.write("switched_on" if on else "switched_off", rule, by=by, at=at, name=rule.name)
    owners_changed.send(sender=RoutingRule, by=by, at=at)


@transaction.atomic
def move(rule: RoutingRule, *, up: bool, by: Membership, at: datetime) -> None:
    """Let a rule be asked one place earlier or later."""
    rules = list(RoutingRule.objects.select_for_update().order_by("position", "pk"))
    place = next(n for n, one in enumerate(rules) if one.pk == rule.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rules):
        return
    rules[place], rules[other] = rules[other], rules[place]
    for position, one in enumerate(rules, start=1):
        one.position = position
    RoutingRule.objects.bulk_update(rules, ["position"])
    audit.write("moved_up" if up else "moved_down", rule, by=by, at=at, name=rule.name)


@transaction.atomic
def remove(rule: RoutingRule, *, by: Membership, at: datetime) -> None:
    """Remove a rule; timelines keep its name."""
    audit.write("removed", rule, by=by, at=at, name=rule.name)
    rule.delete()


def count_hits(rules: Iterable[RoutingRule], *, at: datetime) -> None:
    """Count one conversation for each rule, in order of id so that two workers never cross."""
    for pk in sorted(rule.pk for rule in rules):
        RoutingRule.objects.filter(pk=pk).update(hits=F("hits") + 1, last_hit_at=at)


def tag_named(name: str) -> Tag:
    """Return the tag of a name in any case, made now where there is none."""
    found = Tag.objects.filter(name__iexact=name).first()
    return found or Tag.objects.create(name=name)
