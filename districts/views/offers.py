"""Settings: days that the state or a file offers, looked through before anything is taken over."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from districts import calendar_files, offering, special_hours, state_holidays
from districts.doors import permission_required, permission_required_outside
from districts.editing import posted
from districts.forms.offers import CalendarFileForm, HolidaysForm, SpecialHoursForm
from districts.models import BusinessCalendar, CalendarUpload, ExceptionSource
from districts.offering import Offer
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.school_year import first_year_of
from districts.special_hours import kinds_of
from districts.views.calendars import find

guarded = permission_required(Permission.MANAGE_DISTRICT)


@guarded
@require_http_methods(["GET", "POST"])
def holidays(request: MemberRequest, pk: int) -> HttpResponse:
    """Offer the public holidays of a state in a school year."""
    calendar, today = find(pk), timezone.localdate(timezone=request.district.tz)
    usual = {"state": request.district.state, "year": first_year_of(today)}
    form = HolidaysForm({**usual, **request.GET.dict()}, today=today)
    found = (
        state_holidays.offers(form.cleaned_data["state"], form.cleaned_data["year"])
        if form.is_valid()
        else []
    )
    context = {"form": form, "title": _("State holidays")}
    return _look_through(request, calendar, found, ExceptionSource.HOLIDAYS, context)


@require_http_methods(["GET", "POST"])
@permission_required_outside(Permission.MANAGE_DISTRICT)
def file(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a calendar file to look through; it is read while no transaction is open."""
    with transaction.atomic():
        zone = find(pk).time_zone
    today = timezone.localdate(timezone=request.district.tz)
    form = CalendarFileForm(posted(request), request.FILES or None, today=today, zone=zone)
    form.is_valid()
    with transaction.atomic():
        return _read(request, find(pk), form)


def _read(
    request: MemberRequest, calendar: BusinessCalendar, form: CalendarFileForm
) -> HttpResponse:
    """Keep what was read and go on to it, or say why it could not be."""
    if form.is_valid():
        name, at = form.cleaned_data["file"].name, timezone.now()
        made = calendar_files.keep(calendar, name, form.found, by=request.member, at=at)
        return redirect("districts:calendar_upload", calendar.pk, made.pk)
    kept = CalendarUpload.objects.filter(calendar=calendar, by=request.member).first()
    context = {"calendar": calendar, "form": form, "kept": kept, "here": "calendars"}
    status = 422 if form.is_bound else 200
    return render(request, "districts/settings/calendar_file.html", context, status=status)


@guarded
@require_http_methods(["GET", "POST"])
def upload(request: MemberRequest, pk: int, upload_pk: int) -> HttpResponse:
    """Look through a file that was read; whoever brought it, and nobody else."""
    calendar = find(pk)
    kept = get_object_or_404(CalendarUpload, pk=upload_pk, calendar=calendar, by=request.member)
    kinds = kinds_of(calendar, calendar_files.special(kept))
    hours = SpecialHoursForm(posted(request), kinds=kinds)
    context = {"upload": kept, "title": kept.name, "hours": hours, "kinds": kinds}
    found = calendar_files.offers(kept)
    return _look_through(request, calendar, found, ExceptionSource.FILE, context)


def _look_through(
    request: MemberRequest,
    calendar: BusinessCalendar,
    found: list[Offer],
    source: ExceptionSource,
    context: dict[str, Any],
) -> HttpResponse:
    """Show what each day would change; close what is chosen once that is asked for."""
    chosen = request.POST.getlist("chosen") if request.method == "POST" else None
    weighed = offering.weigh(calendar, found, source=source, chosen=chosen)
    errors = []
    hours = context.get("hours")
    if "close" in request.POST and (hours is None or hours.is_valid()):
        by, at = request.member, timezone.now()
        made = offering.take_over(calendar, weighed, source=source, by=by, at=at)
        if hours is not None:
            made += special_hours.take_over(calendar, hours.chosen, by=by, at=at)
        if made:
            messages.success(request, _closed(len(made)))
            return redirect("districts:calendar", calendar.pk)
        errors = [_("Choose at least one day.")]
    moved = offering.promises_moved(calendar, weighed)
    context |= {"calendar": calendar, "weighed": weighed, "moved": moved, "errors": errors}
    context |= {"here": "calendars"}
    status = 422 if errors or (hours is not None and hours.errors) else 200
    return render(request, "districts/settings/calendar_offers.html", context, status=status)


def _closed(count: int) -> str:
    said = ngettext("%(n)d break or day is added.", "%(n)d breaks and days are added.", count)
    return said % {"n": count}
