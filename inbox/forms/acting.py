"""What an agent chooses: an owner or team, a topic, a priority, a time to come back."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import Membership, Team
from inbox.models import Priority, Topic

MORNING = time(8, 0)
LONGEST = timedelta(days=366)
PRESETS = [
    ("later", _("In three hours")),
    ("tomorrow", _("Tomorrow morning")),
    ("monday", _("Monday morning")),
    ("week", _("In a week")),
]


class ReceiverField(forms.ChoiceField):
    """``member-12``, ``team-3`` or ``nobody``, of this district and still active."""

    default_error_messages = {"invalid": _("Choose someone from the list.")}

    def validate(self, value: Any) -> None:
        """Leave it to the lookup, which knows the district."""
        forms.Field.validate(self, value)

    def clean(self, value: Any) -> Membership | Team | None:
        """Return whom a value names; None is nobody."""
        kind, _dash, pk = super().clean(value).partition("-")
        if kind == "nobody":
            return None
        if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            raise forms.ValidationError(self.error_messages["invalid"])
        found: Membership | Team | None = None
        if kind == "member":
            found = Membership.objects.answering().filter(pk=pk).first()
        elif kind == "team":
            found = Team.objects.filter(pk=pk, is_active=True).first()
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"])
        return found


class AssignForm(forms.Form):
    """Whom a conversation is given to."""

    to = ReceiverField()


class TopicForm(forms.Form):
    """What a conversation is about."""

    topic: "forms.ModelChoiceField[Topic]" = forms.ModelChoiceField(
        queryset=None,
        error_messages={"invalid_choice": _("Choose a topic from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the topics of the district in scope."""
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.filter(is_active=True)  # type: ignore[attr-defined]


class PriorityForm(forms.Form):
    """How pressing a conversation is."""

    priority = forms.ChoiceField(choices=Priority.choices)


class SnoozeForm(forms.Form):
    """When a conversation comes back into sight: a preset, or a day."""

    preset = forms.ChoiceField(choices=PRESETS, required=False)
    day = forms.DateField(
        label=_("A day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, at: datetime, tz: ZoneInfo, **kwargs: Any) -> None:
        """Count from a moment, in the district's time zone."""
        super().__init__(*args, **kwargs)
        self.at, self.tz = at, tz

    def clean(self) -> dict[str, Any]:
        """Add ``until``; it lies ahead, by no more than a year."""
        data = super().clean() or {}
        day = data.get("day")
        until = (
            datetime.combine(day, MORNING, self.tz)
            if day is not None
            else self._preset(data.get("preset", ""))
        )
        if until is None:
            self.add_error("day", _("Choose when it comes back."))
        elif not self.at < until <= self.at + LONGEST:
            self.add_error("day", _("Choose a day ahead, within a year."))
        return {**data, "until": until}

    def _preset(self, name: str) -> datetime | None:
        here = self.at.astimezone(self.tz)
        days = {"tomorrow": 1, "monday": 7 - here.weekday(), "week": 7}
        if name == "later":
            return self.at + timedelta(hours=3)
        if name not in days:
            return None
        return datetime.combine(here.date() + timedelta(days=days[name]), MORNING, self.tz)
