"""What the page of a wave shows: how far it is, school by school, and the addresses to pass on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.safestring import SafeString

from districts.models import School
from surveys import links, qr_codes
from surveys.models import Invitation, InvitationState, Reach, Reason, Wave, Way
from surveys.sending_hours import sending_hours

SENT = Q(state__in=[InvitationState.SENT, InvitationState.BOUNCED])
COUNTS = {
    "invited": Count("pk"),
    "sent": Count("pk", filter=SENT),
    "bounced": Count("pk", filter=Q(state=InvitationState.BOUNCED)),
    "answered": Count("pk", filter=Q(is_spent=True)),
}
OPEN_WAYS = {Reach.LINK: Way.LINK, Reach.KIOSK: Way.KIOSK, Reach.EMBED: Way.EMBED}


@dataclass(frozen=True)
class Line:
    """The invitations of one school, or of all."""

    name: str
    invited: int
    sent: int
    bounced: int
    answered: int

    @property
    def rate(self) -> int | None:
        """Return which share of those who can have got it answered, in percent."""
        arrived = self.sent - self.bounced
        return round(100 * self.answered / arrived) if arrived else None


@dataclass(frozen=True)
class Address:
    """An open address of a school or of all, and its QR code as an SVG."""

    name: str
    way: str
    url: str

    @property
    def qr(self) -> SafeString:
        """Return the QR code as a drawing, which holds nothing but what segno draws."""
        return SafeString(qr_codes.on_paper(self.url))


def lines_of(wave: Wave, schools: Collection[int] = ()) -> tuple[list[Line], Line]:
    """Return the counts of each school, or of some only, by name, and their sum; one query."""
    invitations = wave.invitations.filter(school__in=schools) if schools else wave.invitations.all()
    rows = invitations.order_by().values("school__name").annotate(**COUNTS)
    found = [
        Line(row["school__name"] or "", *(row[name] for name in COUNTS))
        for row in rows.order_by("school__name")
    ]
    totals = [sum(getattr(line, name) for line in found) for name in COUNTS]
    return found, Line("", *totals)


def skips_of(wave: Wave) -> list[tuple[str, str, int]]:
    """Return each reason with its words and how many were left out for it, most first."""
    rows = wave.skips.order_by().values_list("reason").annotate(count=Count("pk"))
    return [(reason, str(Reason(reason).label), count) for reason, count in rows.order_by("-count")]


def addresses_of(wave: Wave, only: Collection[int] = ()) -> list[Address]:
    """Return the open addresses of a wave, of each school it is meant for, or of some only."""
    ways = [way for way in OPEN_WAYS if way in wave.ways]
    if not ways:
        return []
    schools: QuerySet[School, Any] = School.objects.filter(is_active=True)
    for chosen in filter(None, (wave.audience.get("schools"), only)):
        schools = schools.filter(pk__in=chosen)
    return [
        Address(school.name, way.value, links.open_url(wave, OPEN_WAYS[way], school.pk))
        for school in schools
        for way in ways
    ]


def progress_of(wave: Wave) -> dict[str, Any]:
    """Return how far the drawing and the sending of a wave are; two queries."""
    drawn = wave.invitations.count() + wave.skips.count() if wave.drawn_at is None else wave.total
    waiting = wave.invitations.filter(state=InvitationState.DRAWN)
    facts = waiting.aggregate(
        letters=Count("pk", filter=Q(way=Reach.LETTER)),
        mails=Count("pk", filter=Q(way=Reach.EMAIL)),
        first=Min("send_at", filter=Q(way=Reach.EMAIL)),
        last=Max("send_at", filter=Q(way=Reach.EMAIL)),
    )
    return {
        "drawn": drawn,
        "percent": round(100 * drawn / wave.total) if wave.total else 0,
        "is_drawing": wave.drawn_at is None and wave.takes_answers,
        **facts,
    }


def is_busy(wave: Wave, progress: dict[str, Any], at: datetime) -> bool:
    """Say whether something moves now, so that the page is worth asking again."""
    if wave.state != "open":
        return False
    due = progress["first"] is not None and progress["first"] <= at
    asked = wave.next_at is not None and wave.next_at <= at
    return bool(progress["is_drawing"] or ((due or asked) and sending_hours().first(at) == at))


def reminders_of(wave: Wave) -> list[tuple[int, int]]:
    """Return each reminder that may still come: after how many days, and to how many."""
    silent = wave.invitations.silent().filter(way=Reach.EMAIL)
    counts = {
        f"r{number}": Count("pk", filter=Q(reminders__lt=number))
        for number in range(1, len(wave.reminder_days) + 1)
    }
    found = silent.aggregate(**counts) if counts else {}
    return [
        (days, found[f"r{number}"])
        for number, days in enumerate(sorted(wave.reminder_days), start=1)
    ]


def bounced_of(wave: Wave) -> QuerySet[Invitation]:
    """Return the invitations whose letter was given up, with who they were for."""
    rows = wave.invitations.filter(state=InvitationState.BOUNCED)
    return rows.select_related("guardian", "school").order_by("pk")
