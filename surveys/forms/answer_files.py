"""A file of answers handed in, and what its columns hold."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.answer_columns import SCHOOL, SOURCE, UnreadableError, table, targets
from surveys.forms.asked import Asking
from surveys.forms.said import Said
from surveys.models import AnswerFile
from surveys.question_words import title_of

MOST_BYTES = 5_000_000
WHY = {
    "table": _("This is no table that can be read. Save it as CSV (UTF-8)."),
    "empty": _("There is no line of answers under the headers."),
    "size": _("The file has too many lines or columns. Take 20,000 lines and 200 columns at most."),
}


class UploadForm(forms.Form):
    """The file itself."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Saved as CSV (UTF-8), up to 5 MB, with headers in the first line."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> tuple[str, str]:
        """Return the file's name and its text."""
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise ValidationError(WHY["size"])
        try:
            text = upload.read().decode("utf-8-sig")
            table(text)
        except UnicodeDecodeError as error:
            raise ValidationError(WHY["table"]) from error
        except UnreadableError as error:
            raise ValidationError(WHY[str(error)]) from error
        if "\x00" in text:
            raise ValidationError(WHY["table"])
        return upload.name or "", text


class ColumnsForm(forms.Form):
    """What each column of a file holds."""

    def __init__(self, *args: Any, file: AnswerFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        headers, rows = table(file.content)
        choices = [("", _("Leave it out")), (SOURCE, _("Number of the sheet or answer"))]
        choices += [(SCHOOL, _("School")), *_questions(file)]
        for place, header in enumerate(headers):
            self.fields[str(place)] = forms.ChoiceField(
                label=header or f"({place + 1})",
                choices=choices,
                required=False,
                initial=file.columns.get(str(place), ""),
                help_text=rows[0][place][:60] if place < len(rows[0]) else "",
            )

    def clean(self) -> dict[str, Any]:
        """Let each thing be held by one column only."""
        seen: set[str] = set()
        for place, target in [*self.cleaned_data.items()]:
            if target and target in seen:
                self.add_error(place, _("Another column holds this already."))
            seen.add(target)
        return self.cleaned_data


def _questions(file: AnswerFile) -> list[tuple[str, Any]]:
    questionnaire = file.wave.version.questionnaire
    asking = Asking(questionnaire, get_language() or "", file.wave.name, {}, Said())
    found: list[tuple[str, Any]] = []
    for name, question, line in targets(questionnaire):
        text = title_of(question, asking.language)
        row = next((each.text for each in asking.one(question, "").rows if each.name == name), "")
        found.append((name, f"{text} · {row}" if line else text))
    return found
