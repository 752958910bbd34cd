"""Settings: closing a day at one click, for one calendar or all, and taking that back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from districts import snow_days
from districts.doors import permission_required
from districts.editing import posted
from districts.forms.snow_days import SnowDayForm
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.views.calendars import show_index

guarded = permission_required(Permission.MANAGE_DISTRICT)


@guarded
@require_POST
def close(request: MemberRequest) -> HttpResponse:
    """Close a day, and show what that moves."""
    at = timezone.now()
    form = SnowDayForm(posted(request), today=timezone.localdate(at, request.district.tz))
    if not form.is_valid():
        return show_index(request, form, status=422)
    said = form.cleaned_data
    series = snow_days.close(form.calendars, said["on"], said["name"], by=request.member, at=at)
    if series is None:
        form.add_error("on", _("This day is closed already."))
        return show_index(request, form, status=422)
    return redirect("districts:snow_day", series)


@guarded
@require_safe
def shown(request: MemberRequest, series: UUID) -> HttpResponse:
    """Show what one click closed, and how the deadlines move."""
    closed = snow_days.closed_by(series)
    if not closed:
        raise Http404
    context = {"closed": closed, "day": closed[0], "series": series, "here": "calendars"}
    return render(request, "districts/settings/snow_day.html", context)


@guarded
@require_POST
def take_back(request: MemberRequest, series: UUID) -> HttpResponse:
    """Open again what one click closed."""
    if not snow_days.take_back(series, by=request.member, at=timezone.now()):
        raise Http404
    messages.success(request, _("Taken back: the day has its usual hours again."))
    return redirect("districts:calendars")
