"""What every form that families send has: a stamp, a trap and files."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from inbox.files import CheckedFile
from inbox.forms.fields import FilesField, StampField, TrapField
from inbox.stamps import Stamp, new_stamp, read_stamp

CHOOSE_AGAIN = _("Choose your files again: the browser does not keep them.")


class StampedForm(forms.Form):
    """A form that a family opens and sends, at a moment."""

    stamp = StampField()
    website = TrapField()

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        if not self.is_bound and "stamp" not in self.initial:
            self.initial["stamp"] = new_stamp(at=at)

    @property
    def trap(self) -> str:
        """Return what stands in the field that people do not see."""
        return str(self.cleaned_data.get("website", ""))

    @cached_property
    def opened(self) -> Stamp | None:
        """Return when and as what the form was opened, None where that is not known."""
        return read_stamp(str(self.cleaned_data.get("stamp", "")), at=self.at)

    @property
    def attached(self) -> list[CheckedFile]:
        """Return the files that may be kept."""
        files: list[CheckedFile] = self.cleaned_data.get("attachments", [])
        return files

    def clean(self) -> dict[str, Any]:
        """Say that files have to be chosen again, since no browser keeps them."""
        if self.errors and self.attached:
            self.add_error("attachments", CHOOSE_AGAIN)
        return self.cleaned_data


def files_field() -> FilesField:
    """Return the field for files with its label, for forms that place it themselves."""
    return FilesField(
        required=False,
        label=_("Files"),
        help_text=_(
            "Up to 5 files of at most 10 MB: pictures, PDF, Word, Excel or text documents, "
            "recordings."
        ),
    )
