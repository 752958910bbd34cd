"""Fields that several forms of the inbox share: words, files, phone numbers, schools, traps."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from districts.models import School
from inbox.files import ACCEPT, MAX_FILES, MAX_SIZE, CheckedFile, check_all
from inbox.models import BODY_LIMIT
from inbox.models.stages import MOST_WARNINGS

if TYPE_CHECKING:
    _SchoolChoiceField = forms.ModelChoiceField[School]
else:
    _SchoolChoiceField = forms.ModelChoiceField

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")


class WordsField(forms.CharField):
    """What somebody writes, with line ends as they are counted on the screen."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = BODY_LIMIT, rows: int = 8, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(max_length=max_length, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return str(super().to_python(text) or "")

    def widget_attrs(self, _widget: forms.Widget) -> dict[str, Any]:
        """Let people write beyond the limit and hear of it, instead of losing the end."""
        return {}


class FilesInput(forms.FileInput):
    """One control for several files."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ACCEPT, "multiple": True})

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Tell static/js/behaviors/files.js the limits, and what to say in the page's language."""
        return super().build_attrs(base_attrs, extra_attrs) | {
            "data-largest": str(MAX_SIZE),
            "data-most": str(MAX_FILES),
            "data-too-large": gettext("“%(name)s” is larger than 10 MB.") % {"name": "{}"},
            "data-too-many": _too_many(),
        }


class FilesField(forms.FileField):
    """Up to five files, each checked by its content; one that is refused is named."""

    widget = FilesInput

    def clean(self, data: Any, _initial: Any = None) -> list[CheckedFile]:
        uploads = [one for one in data or [] if isinstance(one, UploadedFile)]
        if len(uploads) > MAX_FILES:
            raise ValidationError(_too_many())
        good, refused = check_all(cast("Iterable[UploadedFile]", uploads))
        if refused:
            raise ValidationError(refused)
        return good


def _too_many() -> str:
    return ngettext("Choose at most %d file.", "Choose at most %d files.", MAX_FILES) % MAX_FILES


class PhoneField(forms.CharField):
    """A phone number, kept as E.164; one without a country is of the United States."""

    default_error_messages = {
        "invalid": _("Write the number with its area code, such as 202 555 0100.")
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        return self._normalized(text) if text else ""

    def _normalized(self, text: str) -> str:
        try:
            number = phonenumbers.parse(text, "US")
        except phonenumbers.NumberParseException as error:
            raise ValidationError(self.error_messages["invalid"]) from error
        if not phonenumbers.is_possible_number(number):
            raise ValidationError(self.error_messages["invalid"])
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class SchoolField(_SchoolChoiceField):
    """A school of the district, by its slug."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, to_field_name="slug", **kwargs)

    def to_python(self, value: Any) -> School | None:
        """Refuse what is no slug before the database is asked."""
        if value not in self.empty_values and not SLUG.fullmatch(str(value)):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class TrapField(forms.CharField):
    """A field that people do not see and machines fill in; whatever it holds is no error."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
        super().__init__(required=False, label=_("Leave this field empty"), widget=widget)

    def clean(self, value: Any) -> str:
        return str(value or "")[:80]


class StampField(forms.CharField):
    """The hidden stamp of the form; a bad one is a sign, no error."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def clean(self, value: Any) -> str:
        return str(value or "")[:200]


class WarnPercentsField(forms.CharField):
    """When to warn of a promise: up to five parts of its time, in percent, such as "50, 75"."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Warn when this part of the time is used, in percent"),
            help_text=_("Up to five, such as 50, 75, 90. Left empty, nobody is warned."),
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
        )

    def prepare_value(self, value: Any) -> Any:
        """Show the numbers as they are typed."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        """Return the numbers, rising and each once."""
        words = str(super().clean(value) or "").replace("%", " ").replace(",", " ").split()
        if not all(word.isascii() and word.isdigit() and len(word) <= 2 for word in words):
            raise ValidationError(_("Write whole numbers from 1 to 99, such as 50, 75, 90."))
        percents = sorted({int(word) for word in words})
        if percents and percents[0] < 1:
            raise ValidationError(_("Write whole numbers from 1 to 99, such as 50, 75, 90."))
        if len(percents) > MOST_WARNINGS:
            raise ValidationError(_("At most five warnings."))
        return percents
