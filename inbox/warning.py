"""Telling people that a promise is about to slip, or was broken: once for each clock and stage."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from districts.models import Membership, TeamMembership
from inbox import live
from inbox.models import Clock, ClockState, Event, InboxSettings, Notification
from inbox.models.clock import ClockQuerySet

BATCH = 200


def warn_due(*, at: datetime) -> bool:
    """Warn of a batch of the district's promises; say whether there may be more to warn of.

    The row lock decides which sweeper announces.
    """
    with transaction.atomic():
        clocks = _claim(Clock.objects.to_warn(at).order_by("warn_at"))
        _warn(clocks, at=at)
    return len(clocks) == BATCH


def breach_due(*, at: datetime) -> bool:
    """Break a batch of the district's promises, each at its own deadline, and say so.

    What was never warned of is warned of first: a late sweep announces late and skips nothing.
    """
    with transaction.atomic():
        clocks = _claim(Clock.objects.to_breach(at).order_by("due_at"))
        _warn([clock for clock in clocks if clock.warned_at is None], at=at)
        _breach(clocks, at=at)
    return len(clocks) == BATCH


def _warn(clocks: list[Clock], *, at: datetime) -> None:
    _all(clocks).update(warned_at=at)
    _record("warned", clocks, {clock.pk: at for clock in clocks})
    _notify("warned", clocks, {clock.pk: _first(clock) for clock in clocks}, at=at)


def _breach(clocks: list[Clock], *, at: datetime) -> None:
    _all(clocks).update(state=ClockState.BREACHED, breached_at=F("due_at"))
    _record("breached", clocks, {clock.pk: clock.due_at for clock in clocks})
    leads = _leads(clocks)
    who = {
        clock.pk: _first(clock) | leads.get(clock.conversation.team_id or 0, set())
        for clock in clocks
    }
    _notify("breached", clocks, who, at=at)


def _all(clocks: list[Clock]) -> ClockQuerySet:
    return Clock.objects.filter(pk__in=[clock.pk for clock in clocks])


def _claim(due: ClockQuerySet) -> list[Clock]:
    """Lock a batch with its conversations, as a person's act on one does, and skip what is held."""
    rows = due.select_related("conversation")
    return list(rows.select_for_update(skip_locked=True, of=("self", "conversation"))[:BATCH])


def _first(clock: Clock) -> set[int]:
    """Return who is told first: the owner, if there is one."""
    owner = clock.conversation.owner_id
    return {owner} if owner else set()


def _leads(clocks: Iterable[Clock]) -> dict[int, set[int]]:
    """Return the leads of the clocks' teams, by team."""
    teams = {clock.conversation.team_id for clock in clocks}
    leads: dict[int, set[int]] = {}
    links = TeamMembership.objects.filter(is_lead=True, team__in=teams, member__is_active=True)
    for team, member in links.values_list("team_id", "member_id"):
        leads.setdefault(team, set()).add(member)
    return leads


def _record(verb: str, clocks: list[Clock], moments: dict[int, datetime]) -> None:
    """Write the timeline's lines, as Conversation.record does for one."""
    Event.objects.bulk_create(
        Event(
            conversation=clock.conversation,
            verb=verb,
            at=moments[clock.pk],
            detail={"metric": clock.metric, "due_at": clock.due_at.isoformat()},
        )
        for clock in clocks
    )
    for clock in clocks:
        live.moved(clock.district_id, clock.conversation_id)


def _notify(verb: str, clocks: list[Clock], who: dict[int, set[int]], *, at: datetime) -> None:
    """Leave news for each member, whose key makes it arrive once; for the district if nobody's."""
    nobody = any(not who[clock.pk] for clock in clocks)
    fallback = _fallback() if nobody else set()
    Notification.objects.bulk_create(
        [
            Notification(
                member_id=member,
                conversation=clock.conversation,
                key=f"{verb}:{clock.pk}:{member}",
                verb=verb,
                detail=_detail(clock),
                at=at,
            )
            for clock in clocks
            for member in sorted(who[clock.pk] or fallback)
        ],
        ignore_conflicts=True,
    )


def _detail(clock: Clock) -> dict[str, Any]:
    return {
        "metric": clock.metric,
        "due_at": clock.due_at.isoformat(),
        "number": clock.conversation.number,
    }


def _fallback() -> set[int]:
    """Return the district's own owner, who hears of what nobody owns."""
    members = Membership.objects.active()
    owner = InboxSettings.objects.values_list("fallback_owner_id", flat=True).first()
    return set(members.filter(pk=owner).values_list("pk", flat=True)) if owner else set()
