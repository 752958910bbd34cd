"""What is said to all who wrote in a surge, and which conversation is put into one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inbox.models import Conversation
from inbox.surge_answer import Audience, Text

LARGEST = 2**63 - 1
LONGEST = 10_000
REQUIRED = {
    "en": _("Families who are written to in English are among them. Write it for them too."),
    "es": _("Families who are written to in Spanish are among them. Write it for them too."),
}


class AddForm(forms.Form):
    """The number of a conversation."""

    use_required_attribute = False

    number = forms.IntegerField(
        label=_("Number of the conversation"),
        min_value=1,
        max_value=LARGEST,
        error_messages={"required": _("Enter the number, such as 1042.")},
    )


class AnswerForm(forms.Form):
    """One text in each language that is needed, what happens then, and who else gets it."""

    use_required_attribute = False

    body = forms.CharField(
        label=_("In English"), max_length=LONGEST, required=False, widget=forms.Textarea
    )
    body_es = forms.CharField(
        label=_("In Spanish"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"lang": "es"}),
    )
    resolve = forms.BooleanField(label=_("This settles it: resolve each"), required=False)
    include = forms.MultipleChoiceField(
        label=_("Answer these as well"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "They are critical or private, or need a look at who is asking. Open them first."
        ),
    )
    seen = forms.IntegerField(min_value=0, max_value=LARGEST, widget=forms.HiddenInput)

    def __init__(self, *args: Any, audience: Audience, **kwargs: Any) -> None:
        """Ask for the languages that the audience needs, and for a choice where one is needed."""
        super().__init__(*args, **kwargs)
        self.audience = audience
        self.fields["include"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"#{each.number} {each.subject}") for each in audience.delicate
        ]
        for name, language in (("body", "en"), ("body_es", "es")):
            if not self.needs(language):
                del self.fields[name]
        if not audience.delicate:
            del self.fields["include"]

    def needs(self, language: str) -> bool:
        """Say whether any letter would be in a language; every other one is in English."""
        counts = self.audience.languages
        return counts["es"] > 0 if language == "es" else counts.total() > counts["es"]

    def clean(self) -> dict[str, Any]:
        """Require the text of each language that is used by those who are chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        used = Audience(self.to, []).languages
        for name, language in (("body", "en"), ("body_es", "es")):
            count = used["es"] if language == "es" else used.total() - used["es"]
            if name in self.fields and count and not cleaned.get(name):
                self.add_error(name, REQUIRED[language])
        if not self.to:
            self.add_error(None, _("There is nobody to answer."))
        return cleaned

    @property
    def to(self) -> list[Conversation]:
        """Return who gets it: everybody plain, and of the others whom a person chose."""
        chosen = set(self.cleaned_data.get("include", []))
        delicate = [each for each in self.audience.delicate if str(each.pk) in chosen]
        return [*self.audience.plain, *delicate]

    @property
    def text(self) -> Text:
        """Return what a valid form says."""
        said = self.cleaned_data
        return Text(said.get("body", ""), said.get("body_es", ""), said["resolve"])
