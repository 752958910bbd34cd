"""News from below: people who come and go, districts, stuck mail; and whom a member meets."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.dispatch import receiver

from districts.checklist import Step
from districts.models import Absence, BusinessCalendar, Membership
from districts.queue import enqueue
from districts.signals import (
    calendar_changed,
    calendar_chosen,
    calendar_removed,
    closing_weighed,
    district_created,
    hands_changed,
    loads_asked,
    member_joined,
    member_leaving,
    member_left,
    owners_changed,
    steps_asked,
)
from families.models import Delivery
from families.signals import delivery_stuck, guardians_met
from inbox import (
    handing_over,
    ownership,
    recounting,
    rules,
    setting_up,
    starting,
    undelivered,
    weighing,
)
from inbox.access import visible_to
from inbox.distributing import nudge
from inbox.models import Conversation


@receiver(delivery_stuck)
def tell_staff(*, delivery: Delivery, at: datetime, **_kwargs: Any) -> None:
    """Show on the conversation that a letter of it is stuck."""
    undelivered.tell(delivery, at=at)


@receiver(district_created)
def equip(**_kwargs: Any) -> None:
    """Let a new district begin with what every district needs."""
    starting.equip()


@receiver(member_joined)
def welcome(*, member: Membership, **_kwargs: Any) -> None:
    """Let the first administrator begin with something to answer."""
    starting.welcome(member)


@receiver(member_leaving)
def list_belongings(*, member: Membership, **_kwargs: Any) -> list[str]:
    """Say what is a member's in the inbox."""
    return [*handing_over.belongings(member), *handing_over.progress(member)]


@receiver(member_left)
def hand_over(
    *,
    member: Membership,
    successor: Membership | None,
    by: Membership,
    at: datetime,
    **_kwargs: Any,
) -> None:
    """Give what was theirs to whoever comes after."""
    handing_over.hand_over(member, successor=successor, by=by, at=at)


@receiver(owners_changed)
def require_owners(**_kwargs: Any) -> None:
    """Refuse a change that leaves a topic without an owner; somebody may be free now."""
    ownership.require_owners()
    nudge()


@receiver(hands_changed)
def look_at_queues(*, at: datetime, **_kwargs: Any) -> None:
    """Begin absences from today on at once, and give away what somebody can take now."""
    if Absence.objects.to_begin(at).exists():
        enqueue("inbox.tasks.sweep_queues")
    nudge()


@receiver(loads_asked)
def count_open_work(*, members: list[int], **_kwargs: Any) -> list[tuple[int, int]]:
    """Say how many open conversations members own."""
    rows = Conversation.objects.open().filter(owner__in=members).order_by()
    return list(rows.values_list("owner_id").annotate(n=Count("pk")))


@receiver(steps_asked)
def list_steps(**_kwargs: Any) -> list[Step]:
    """Add the inbox's part of setting up a district."""
    return setting_up.steps()


@receiver(guardians_met)
def met_in_conversations(*, member: Membership, **_kwargs: Any) -> QuerySet[Conversation, Any]:
    """Answer with the guardians of the conversations that a member may see."""
    return visible_to(member).filter(guardian__isnull=False).values("guardian_id")


@receiver(calendar_changed)
def count_anew(
    *,
    calendar: BusinessCalendar,
    days: list[tuple[date, date, str]],
    undone: bool,
    by: Membership,
    at: datetime,
    **_kwargs: Any,
) -> None:
    """Move the deadlines that a calendar governs."""
    recounting.begin_for_hours(calendar, days, undone=undone, by=by, at=at)


@receiver(calendar_chosen)
def count_in_another(
    sender: type[Model],
    *,
    place: Model | None,
    name: str,
    by: Membership,
    at: datetime,
    **_kwargs: Any,
) -> None:
    """Count what belongs to a place in the calendar that counts there now."""
    kind = type(place).__name__.lower() if place is not None else ""
    pk = place.pk if place is not None else None
    act = "default" if sender is BusinessCalendar else "chosen"
    recounting.begin_for_choice(kind, pk, act=act, name=name, by=by, at=at)


@receiver(calendar_removed)
def count_in_the_next(
    *, calendar: BusinessCalendar, by: Membership, at: datetime, **_kwargs: Any
) -> None:
    """Count what was counted in a removed calendar in the one that comes after it.

    Raises ValidationError where a rule asks about its hours.
    """
    rules.refuse_without(calendar)
    recounting.begin_for_choice(
        "calendar", calendar.pk, act="removed", name=calendar.name, by=by, at=at
    )


@receiver(closing_weighed)
def weigh_closing(*, calendar: BusinessCalendar, closed: set[date], **_kwargs: Any) -> list[int]:
    """Say how many open conversations would be due later."""
    return [weighing.conversations_moved(calendar, closed)]
