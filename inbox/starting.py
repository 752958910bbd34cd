"""What a new district begins with: promises to everybody, and the twelve starter topics."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from districts.models import Membership, Role
from inbox.alert_shipping import ship
from inbox.models import (
    Aspect,
    Category,
    InboxSettings,
    Metric,
    PolicyCondition,
    Priority,
    SlaPolicy,
    SlaTarget,
    Topic,
    Unit,
)
from inbox.policies import default_policy

FILE = Path(__file__).with_name("starter_topics.toml")
DAYS = {Metric.FIRST_RESPONSE: 2, Metric.RESOLUTION: 5}
CRITICAL_MINUTES = 30


def equip() -> None:
    """Give the district in scope its settings and its promise to everybody, once."""
    InboxSettings.objects.get_or_create()
    if SlaPolicy.objects.filter(is_default=True).exists():
        return
    policy = default_policy()
    for metric, length in DAYS.items():
        SlaTarget.objects.create(policy=policy, metric=metric, unit=Unit.DAYS, length=length)
    _promise_critical()
    ship()


def _promise_critical() -> None:
    """Promise a first answer within half an hour, day and night, to what is critical."""
    policy = SlaPolicy.objects.create(
        name="Critical, round the clock", position=1, round_the_clock=True
    )
    PolicyCondition.objects.create(policy=policy, aspect=Aspect.PRIORITY, text=Priority.CRITICAL)
    SlaTarget.objects.create(
        policy=policy,
        metric=Metric.FIRST_RESPONSE,
        unit=Unit.MINUTES,
        length=CRITICAL_MINUTES,
    )


def welcome(member: Membership) -> None:
    """Let the first administrator catch what nobody owns, and begin with the starter topics."""
    settings = InboxSettings.objects.first()
    if settings is None or settings.fallback_owner_id or member.role != Role.ADMINISTRATOR:
        return
    settings.fallback_owner = member
    settings.save(update_fields=["fallback_owner"])
    if not Topic.objects.exists():
        make_starter_topics()


@cache
def starter() -> dict[str, Any]:
    """Return the starter topics and their categories, in English and Spanish."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def make_starter_topics() -> None:
    """Make the starter topics in their categories, answered by nobody yet."""
    categories = {
        said["key"]: Category.objects.create(
            name=said["name"], translations={"es": {"name": said["es"]}}, position=position
        )
        for position, said in enumerate(starter()["category"])
    }
    for position, said in enumerate(starter()["topic"]):
        Topic.objects.create(
            slug=said["slug"],
            name=said["name"],
            description=said["description"],
            translations={"es": said["es"]},
            keywords=said["keywords"],
            icon=said["icon"],
            category=categories[said["category"]],
            position=position,
        )
