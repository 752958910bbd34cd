"""Settings: a calendar's school year to look at, as twelve months and as a list."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.school_year import exceptions_of, first_year_of, school_year
from districts.views.calendars import find

guarded = permission_required(Permission.MANAGE_DISTRICT)


@guarded
@require_safe
def this(request: MemberRequest, pk: int) -> HttpResponse:
    """Lead to the school year that is now."""
    today = timezone.localdate(timezone=request.district.tz)
    return redirect("districts:calendar_year", find(pk).pk, first_year_of(today))


@guarded
@require_safe
def year(request: MemberRequest, pk: int, first_year: int) -> HttpResponse:
    """Show a school year."""
    if not 2000 <= first_year < 2100:
        raise Http404
    calendar = find(pk)
    context = {
        "calendar": calendar,
        "months": school_year(calendar, first_year),
        "differing": exceptions_of(calendar, first_year),
        "first_year": first_year,
        "next_year": first_year + 1,
        "previous_year": first_year - 1,
        "today": timezone.localdate(timezone=request.district.tz),
        "here": "calendars",
    }
    return render(request, "districts/settings/calendar_year.html", context)
