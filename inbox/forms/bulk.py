"""What is to be done to the conversations that were ticked in the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from districts.models import Membership
from inbox.many import ACTS, MOST, Act
from inbox.models import Topic

LARGEST = 2**63 - 1


class Numbers(forms.Field):
    """The numbers that were ticked: some, and not more than a page can hold."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> tuple[int, ...]:
        """Return the numbers; whatever else was sent is no number of ours."""
        found = [text for text in value or [] if text.isascii() and text.isdigit()]
        numbers = tuple(int(text) for text in found if len(text) < 19)
        if not numbers:
            raise forms.ValidationError(_("Tick a conversation first."))
        if len(numbers) > MOST:
            raise forms.ValidationError(_("Tick at most 100 conversations."))
        return numbers


class BulkForm(forms.Form):
    """An act, the numbers it is for, and the owner or topic that it needs."""

    act = forms.ChoiceField(choices=[(name, name) for name in ACTS])
    number = Numbers()
    owner = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    topic = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)

    @property
    def act_chosen(self) -> Act:
        """Return what a valid form asks for."""
        data = self.cleaned_data
        return Act(data["act"], data["number"], data["to"])

    @property
    def sentences(self) -> list[str]:
        """Return what is wrong, a sentence each."""
        return [str(error) for errors in self.errors.values() for error in errors]

    def clean(self) -> dict[str, Any]:
        """Add ``to``: the owner or topic that the act needs, of this district."""
        data = super().clean() or {}
        to: Membership | Topic | None = None
        if data.get("act") == "assign":
            to = Membership.objects.answering().filter(pk=data.get("owner") or 0).first()
            self._need(to, _("Choose whom to give them to."))
        elif data.get("act") == "move":
            to = Topic.objects.filter(is_active=True, pk=data.get("topic") or 0).first()
            self._need(to, _("Choose the topic to move them to."))
        return {**data, "to": to}

    def _need(self, to: object, sentence: str) -> None:
        if to is None:
            self.add_error(None, sentence)
