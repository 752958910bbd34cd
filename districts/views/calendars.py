"""Settings: business calendars, their weeks and the days that differ."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts import calendars, series
from districts.doors import permission_required
from districts.editing import Question, ask, page_of, posted
from districts.forms.calendars import CalendarForm, ExceptionForm
from districts.forms.snow_days import SnowDayForm
from districts.models import BusinessCalendar, CalendarException
from districts.permissions import Permission
from districts.requests import MemberRequest

guarded = permission_required(Permission.MANAGE_DISTRICT)


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List the calendars, the default first, with the click that closes a day."""
    today = timezone.localdate(timezone=request.district.tz)
    return show_index(request, SnowDayForm(today=today))


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Add a calendar."""
    calendar = BusinessCalendar(time_zone=request.district.time_zone)
    return _show(request, calendar, {"title": _("Add a calendar")})


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a calendar's week, and see the days that differ."""
    calendar = find(pk)
    days = calendar.exceptions.prefetch_related("spans").order_by("-first_on", "pk")
    context = {"title": calendar.name, "calendar": calendar, "page": page_of(request, days)}
    return _show(request, calendar, context)


@guarded
@require_http_methods(["GET", "POST"])
def day_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Add days that differ from the week."""
    exception = CalendarException(calendar=find(pk))
    return _show_exception(request, exception, {"title": _("Add a break or a special day")})


@guarded
@require_http_methods(["GET", "POST"])
def day(request: MemberRequest, pk: int, day_pk: int) -> HttpResponse:
    """Change days that differ from the week."""
    exception = get_object_or_404(CalendarException, pk=day_pk, calendar=find(pk))
    remove_url = reverse("districts:calendar_day_remove", args=[pk, day_pk])
    together = series.members_of(exception.calendar, exception.series)
    context = {"title": exception.name, "remove_url": remove_url, "together": together}
    return _show_exception(request, exception, context)


@guarded
@require_http_methods(["GET", "POST"])
def day_remove(request: MemberRequest, pk: int, day_pk: int) -> HttpResponse:
    """Ask once, then let days be as the week says."""
    exception = get_object_or_404(CalendarException, pk=day_pk, calendar=find(pk))
    title = _("Remove %(name)s?") % {"name": exception.name}
    return ask_to_remove(request, [exception], title=title)


@guarded
@require_POST
def default(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a calendar the default."""
    calendars.make_default(find(pk), by=request.member, at=timezone.now())
    messages.success(request, _("This calendar counts where no other is named."))
    return redirect("districts:calendars")


@guarded
@require_http_methods(["GET", "POST"])
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once, then remove a calendar."""
    calendar = find(pk)
    question = Question(
        title=_("Remove %(name)s?") % {"name": calendar.name},
        text=_("Schools, teams and topics that use it follow the default calendar."),
        answer=_("Remove the calendar"),
        back=reverse("districts:calendars"),
        here="calendars",
    )
    return ask(
        request,
        question,
        lambda: calendars.remove(calendar, by=request.member, at=timezone.now()),
        done=_("The calendar is removed."),
    )


def ask_to_remove(
    request: MemberRequest, days: Sequence[CalendarException], *, title: str
) -> HttpResponse:
    """Ask once, then let days of one calendar be as the week says."""
    question = Question(
        title=title,
        text=_("These days then have the hours of the week."),
        answer=_("Remove"),
        back=reverse("districts:calendar", args=[days[0].calendar_id]),
        here="calendars",
    )
    return ask(
        request,
        question,
        lambda: calendars.remove_days(days, by=request.member, at=timezone.now()),
        done=_("Removed."),
    )


def find(pk: int) -> BusinessCalendar:
    """Return a calendar that is in use."""
    return get_object_or_404(BusinessCalendar.objects.in_use(), pk=pk)


def show_index(request: MemberRequest, form: SnowDayForm, *, status: int = 200) -> HttpResponse:
    """Show the calendars, with the form that closes a day."""
    rows = BusinessCalendar.objects.in_use().order_by("-is_default", "name", "pk")
    context = {"page": page_of(request, rows), "form": form, "here": "calendars"}
    return render(request, "districts/settings/calendars.html", context, status=status)


def _show(
    request: MemberRequest, calendar: BusinessCalendar, context: dict[str, Any]
) -> HttpResponse:
    form = CalendarForm(posted(request), instance=calendar)
    if form.is_valid():
        calendars.save_week(form.instance, form.week, by=request.member, at=timezone.now())
        messages.success(request, _("The calendar is saved. Open promises follow it."))
        return redirect("districts:calendar", form.instance.pk)
    context |= {"form": form, "here": "calendars"}
    status = 422 if form.errors else 200
    return render(request, "districts/settings/calendar.html", context, status=status)


def _show_exception(
    request: MemberRequest, exception: CalendarException, context: dict[str, Any]
) -> HttpResponse:
    form = ExceptionForm(posted(request), instance=exception)
    if form.is_valid():
        spans = form.cleaned_data["hours"]
        calendars.save_exception(form.instance, spans, by=request.member, at=timezone.now())
        messages.success(request, _("Saved. Open promises follow it."))
        return redirect("districts:calendar", exception.calendar_id)
    context |= {"form": form, "calendar": exception.calendar, "here": "calendars"}
    status = 422 if form.errors else 200
    return render(request, "districts/settings/calendar_day.html", context, status=status)
