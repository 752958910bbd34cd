"""The service page: how families were served in a period, and the same as a file."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.models import Membership, School
from districts.permissions import Permission, may
from districts.requests import MemberRequest
from inbox.forms.period import PRESETS, PeriodForm
from inbox.models import Topic
from inbox.service import Change, Period, service

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@permission_required(Permission.SEE_SERVICE)
def page(request: MemberRequest) -> HttpResponse:
    """Show the figures of a period, by school and by topic."""
    today = timezone.localdate(timezone=request.district.tz)
    form = PeriodForm(request.GET)
    period = form.period(today=today, tz=request.district.tz)
    context = figures(request, period) | {
        "section": "service",
        "here": "service",
        "form": form,
        "period": period,
        "presets": [(n, Period.last_days(n, today=today, tz=period.tz)) for n in PRESETS],
    }
    return render(request, "inbox/service.html", context, status=200 if form.is_valid() else 422)


@require_safe
@permission_required(Permission.SEE_SERVICE)
def download(request: MemberRequest) -> HttpResponse:
    """Hand out the same figures as CSV, every text cell as text."""
    today = timezone.localdate(timezone=request.district.tz)
    period = PeriodForm(request.GET).period(today=today, tz=request.district.tz)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"service-{period.first_on}-{period.last_on}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    found = figures(request, period)
    for kind in ("schools", "topics"):
        writer.writerows(_cells(kind, name, change) for name, _slug, change in found[kind])
    return response


HEADINGS = (
    "group",
    "name",
    "conversations",
    "first answers",
    "median working minutes to first answer",
    "first answers promised",
    "within promise",
    "late but excused",
    "ratings",
    "service score",
)


def figures(request: MemberRequest, period: Period) -> dict[str, Any]:
    """Return the figures of all, and lists of (name, id, figures) by school and topic."""
    limited = list(request.member.school_links.values_list("school_id", flat=True))
    schools = School.objects.filter(pk__in=limited) if limited else School.objects.all()
    by_school = service(period, by="school", schools=limited)
    by_topic = service(period, by="topic", schools=limited)
    return {
        "longest": longest(by_school.values()),
        "all": service(period, schools=limited)[None],
        "schools": _named(list(schools.values_list("pk", "name")), by_school, _("No school")),
        "topics": _named(list(Topic.objects.values_list("pk", "name")), by_topic, _("No topic")),
        "is_limited": bool(limited),
        "shows_lists": sees_what_is_counted(request.member, limited=bool(limited)),
    }


def longest(changes: Iterable[Change]) -> float:
    """Return the longest median that a chart has to show, in minutes; 0 where there is none."""
    shown = [change.now for change in changes if not change.now.few_answers]
    return max((figures.median_minutes or 0 for figures in shown), default=0)


def sees_what_is_counted(member: Membership, *, limited: bool) -> bool:
    """Say whether the inbox lists for a member all that the figures count for them."""
    return may(member, Permission.SEE_ALL) or (limited and not member.team_links.exists())


def _named(
    known: list[tuple[int, str]], found: dict[Any, Change], nameless: str
) -> list[tuple[str, int | None, Change]]:
    """Return the figures with names, those without a name last."""
    rows: list[tuple[str, int | None, Change]] = [
        (name, pk, found[pk]) for pk, name in known if pk in found
    ]
    return [*rows, (nameless, None, found[None])] if None in found else rows


def _cells(kind: str, name: str, change: Change) -> list[object]:
    now = change.now
    median = "" if now.median_minutes is None else round(now.median_minutes)
    score = "" if now.score is None else round(now.score, 2)
    return [
        {"schools": "school", "topics": "topic"}[kind],
        f"'{name}" if name.startswith(DANGEROUS) else name,
        now.volume,
        now.answered,
        median,
        now.promised,
        now.kept,
        now.excused,
        now.ratings,
        score,
    ]
