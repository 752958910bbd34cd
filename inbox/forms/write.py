"""The form with which a family writes again on its status page."""

from django.utils.translation import gettext_lazy as _

from inbox.forms.fields import WordsField
from inbox.forms.stamped import StampedForm, files_field
from inbox.intake import Asked


class WriteForm(StampedForm):
    """More words, and more files."""

    message = WordsField(
        label=_("Your message"),
        rows=5,
        error_messages={
            "required": _("Write what you would like to add."),
            "max_length": _("Shorten your message to %(limit_value)d characters."),
        },
    )
    attachments = files_field()

    def asked(self, *, language: str) -> Asked:
        """Return what was added."""
        return Asked(message=self.cleaned_data["message"], language=language)
