"""Fields that forms of waves share: moments by the district's clock, and days as a list."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LOCAL = "%Y-%m-%dT%H:%M"
MOST_REMINDERS, LATEST_REMINDER = 3, 90


class MomentField(forms.DateTimeField):
    """A day and a time, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=[LOCAL, f"{LOCAL}:%S"],
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
            error_messages={
                "required": _("Choose a day and a time."),
                "invalid": _("Write a day and a time, such as 2026-11-03T10:30."),
            },
            **kwargs,
        )


class DaysField(forms.CharField):
    """A few numbers of days, as they are typed: ``3, 7``."""

    default_error_messages = {
        "days": _("Write up to three numbers of days from 1 to 90, such as 3, 7.")
    }

    def prepare_value(self, value: Any) -> Any:
        """Show a list as it is typed."""
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[int]:
        """Return the days in order, each once."""
        parts = [part for part in re.split(r"[\s,;]+", super().clean(value)) if part]
        if len(parts) > MOST_REMINDERS or not all(self._fits(part) for part in parts):
            raise forms.ValidationError(self.error_messages["days"], code="days")
        return sorted({int(part) for part in parts})

    def _fits(self, part: str) -> bool:
        return bool(re.fullmatch(r"[0-9]{1,2}", part)) and 1 <= int(part) <= LATEST_REMINDER
