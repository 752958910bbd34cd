"""What an agent writes: a reply, a note, and the draft of either."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inbox.cautions import Caution
from inbox.forms.stamped import CHOOSE_AGAIN, files_field
from inbox.models import BODY_LIMIT

LARGEST = 2**63 - 1
KINDS = [("reply", _("Reply")), ("note", _("Note"))]
NEXT_STEPS = [("", _("Send")), ("resolve", _("Send and resolve")), ("pend", _("Send and wait"))]


class BodyForm(forms.Form):
    """A text that is not empty."""

    use_required_attribute = False

    body = forms.CharField(
        label=_("Text"),
        max_length=BODY_LIMIT,
        widget=forms.Textarea,
        error_messages={
            "required": _("Write something first."),
            "max_length": _("That is longer than 50,000 characters. Send it in parts."),
        },
    )


class NoteForm(BodyForm):
    """A note among staff."""


class ReplyForm(BodyForm):
    """An answer to the family, up to what was seen, and what happens next."""

    seen = forms.IntegerField(
        min_value=0, max_value=LARGEST, required=False, widget=forms.HiddenInput
    )
    then = forms.ChoiceField(choices=NEXT_STEPS, required=False)
    attachments = files_field()
    checked = forms.BooleanField(
        label=_("I have checked that this answer may go to this person"),
        required=False,
    )

    def __init__(self, *args: Any, cautions: list[Caution], **kwargs: Any) -> None:
        """Ask for a tick where something speaks against answering."""
        super().__init__(*args, **kwargs)
        self.cautions = cautions
        if cautions:
            self.fields["checked"].required = True
            self.fields["checked"].error_messages["required"] = _(
                "Check who this is, tick the box, and send again."
            )

    def clean(self) -> dict[str, Any]:
        """Say that files have to be chosen again, since no browser keeps them."""
        if self.errors and self.cleaned_data.get("attachments"):
            self.add_error("attachments", CHOOSE_AGAIN)
        return self.cleaned_data


class DraftForm(forms.Form):
    """What is on screen while somebody writes; it may be empty."""

    kind = forms.ChoiceField(choices=KINDS)
    body = forms.CharField(max_length=BODY_LIMIT, required=False, strip=False)
