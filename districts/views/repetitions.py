"""Settings: days that come again, looked at before they are added, and removed as one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from districts import series
from districts.doors import permission_required
from districts.editing import posted
from districts.forms.repetition import RepetitionForm
from districts.models import BusinessCalendar
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.views.calendars import ask_to_remove, find

guarded = permission_required(Permission.MANAGE_DISTRICT)


@guarded
@require_http_methods(["GET", "POST"])
def repeat(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the days of a repetition; add them once they were looked at."""
    calendar = find(pk)
    form = RepetitionForm(posted(request), calendar=calendar)
    if "add" in request.POST and form.is_seen:
        return _add(request, calendar, form)
    status = 422 if form.errors else 200
    context = {"form": form, "calendar": calendar, "here": "calendars"}
    return render(request, "districts/settings/calendar_repeat.html", context, status=status)


@guarded
@require_http_methods(["GET", "POST"])
def remove(request: MemberRequest, pk: int, number: UUID) -> HttpResponse:
    """Ask once, then let all the days of a series be as the week says."""
    days = series.members_of(find(pk), number)
    if not days:
        raise Http404
    words = {"name": days[0].name, "n": len(days)}
    title = ngettext("Remove %(name)s, %(n)d day?", "Remove %(name)s, all %(n)d days?", len(days))
    return ask_to_remove(request, days, title=title % words)


def _add(request: MemberRequest, calendar: BusinessCalendar, form: RepetitionForm) -> HttpResponse:
    said = form.cleaned_data
    name, hours = said["name"], said["hours"]
    by, at = request.member, timezone.now()
    count = series.add(calendar, name, form.planned, hours, by=by, at=at)
    done = ngettext(
        "%(n)d day is added. Open promises follow it.",
        "%(n)d days are added. Open promises follow them.",
        count,
    )
    messages.success(request, done % {"n": count})
    return redirect("districts:calendar", calendar.pk)
