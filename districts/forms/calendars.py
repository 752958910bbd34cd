"""What describes a business calendar: the week's hours, and the days that differ."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from districts import hours
from districts.models import BusinessCalendar, CalendarException
from districts.settings_form import SettingsForm, SettingsMeta
from districts.validators import validate_near_day

WEEKDAYS = [
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
]
LONGEST_EXCEPTION = 366
FAULTS = {
    "unreadable": _("“%(text)s” cannot be read. Write hours like 8:00-12:00, 13:00-16:30."),
    "backwards": _("“%(text)s” ends before it begins."),
    "overlap": _("“%(text)s” begins before the hours before it end."),
    "too_many": _("A day can have at most six spans."),
}


class HoursField(forms.CharField):
    """The hours of one day; empty is closed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the day's spans in minutes."""
        try:
            return hours.parse_spans(super().clean(value))
        except hours.BadHoursError as error:
            raise ValidationError(FAULTS[error.what], params={"text": error.text[:60]}) from error


def time_zone_choices() -> list[tuple[str, str]]:
    """Return the zones of the IANA database that are places, those of the US first."""
    places = sorted(name for name in available_timezones() if "/" in name)
    near = [name for name in places if name.startswith(("US/", "America/", "Pacific/"))]
    rest = [name for name in places if name not in near and not name.startswith(("Etc/", "posix"))]
    return [(name, name.replace("_", " ")) for name in [*near, *rest]]


class CalendarForm(SettingsForm):
    """A calendar's name, time zone and the hours of its week."""

    once = ("name",)

    class Meta(SettingsMeta):
        model = BusinessCalendar
        fields = ["name", "time_zone"]
        labels = {"name": _("Name"), "time_zone": _("Time zone")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].widget = forms.Select(choices=time_zone_choices())
        for weekday, name in enumerate(WEEKDAYS):
            self.fields[f"day_{weekday}"] = HoursField(
                label=capfirst(name), initial=self._said(weekday)
            )

    @property
    def days(self) -> list[forms.BoundField]:
        """Return the seven fields of the week."""
        return [self[f"day_{weekday}"] for weekday in range(7)]

    @property
    def week(self) -> dict[int, list[hours.Span]]:
        """Return the spans of each weekday, Monday = 0, once the form is clean."""
        return {weekday: self.cleaned_data[f"day_{weekday}"] for weekday in range(7)}

    def others(self) -> QuerySet[Any]:
        """Return the calendars whose name is taken; one that was removed gives its name back."""
        return BusinessCalendar.objects.in_use().exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        """Refuse a week without any hours: no promise could ever end."""
        cleaned = super().clean()
        days = [cleaned.get(f"day_{weekday}") for weekday in range(7)]
        if not self.errors and not any(days):
            raise ValidationError(_("Write the hours of at least one day."))
        return cleaned

    def _said(self, weekday: int) -> str:
        if not self.instance.pk:
            return "8:00-16:00" if weekday < 5 else ""
        spans = [span for span in self.instance.weekly_spans.all() if span.weekday == weekday]
        return hours.format_spans([(span.opens_minute, span.closes_minute) for span in spans])


class ExceptionForm(SettingsForm):
    """Days that differ from the week: closed, or open at other hours."""

    hours = HoursField(
        label=_("Hours on these days"), help_text=_("Left empty, these days are closed.")
    )

    class Meta(SettingsMeta):
        model = CalendarException
        fields = ["name", "first_on", "last_on"]
        labels = {
            "name": _("What it is"),
            "first_on": _("First day"),
            "last_on": _("Last day"),
        }
        help_texts = {
            "name": _("Such as Winter break, Snow day, Early release."),
            "last_on": _("The same day where it is one day."),
        }
        widgets = {
            "first_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "last_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_on"].required = False
        for name in ("first_on", "last_on"):
            self.fields[name].validators.append(validate_near_day)
        if self.instance.pk:
            spans = [(span.opens_minute, span.closes_minute) for span in self.instance.spans.all()]
            self.initial["hours"] = hours.format_spans(spans)

    def clean(self) -> dict[str, Any]:
        """Read one day as a range of one; refuse what is backwards, endless or there already."""
        cleaned = super().clean()
        first, last = cleaned.get("first_on"), cleaned.get("last_on") or cleaned.get("first_on")
        if first is None or last is None or self.errors:
            return cleaned
        cleaned["last_on"] = last
        if last < first:
            self.add_error("last_on", _("The last day is before the first."))
        elif (last - first).days >= LONGEST_EXCEPTION:
            self.add_error("last_on", _("At most a year at a time."))
        else:
            self._refuse_overlap(first, last)
        return cleaned

    def _refuse_overlap(self, first: date, last: date) -> None:
        """Refuse days that say nothing new, or that contradict what is there."""
        others = self.instance.calendar.exceptions.exclude(pk=self.instance.pk)
        closes = not self.cleaned_data.get("hours")
        other = others.in_the_way(first, last, closes=closes).order_by("first_on", "pk").first()
        if other is not None:
            said = _("These days are part of “%(name)s” already.")
            self.add_error("first_on", ValidationError(said, params={"name": other.name}))
