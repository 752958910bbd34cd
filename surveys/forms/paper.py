"""The page on which sheets of paper are keyed in: one short field for each question."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from districts.models import School
from surveys.forms.asked import Asked, Asking, Option
from surveys.forms.said import Said, read
from surveys.keying import keyed
from surveys.models import Invitation, Wave
from surveys.questionnaire import Kind
from surveys.values import Raw
from surveys.visits import LONGEST_CODE, invitation_by_code

WRITTEN = {Kind.LONG_TEXT}


@dataclass(frozen=True)
class Blank:
    """One field of the page: what it is about, which numbers mean what, what was typed."""

    id: str
    name: str
    text: str
    meaning: str
    typed: str
    error: str
    is_long: bool
    heading: str = ""


class SheetForm(forms.Form):
    """Where a sheet came from: a letter's code, or a school."""

    code = forms.CharField(
        label=_("Code on the letter"),
        required=False,
        max_length=LONGEST_CODE,
        help_text=_("Leave it out where the sheet has none."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    school: "forms.ModelChoiceField[School]" = forms.ModelChoiceField(
        None, label=_("School"), required=False, empty_label=_("All schools")
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wave = wave
        self.invitation: Invitation | None = None
        self.fields["school"].queryset = School.objects.filter(is_active=True)  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial["key"] = secrets.token_urlsafe(16)

    def clean_code(self) -> str:
        """Find the letter; it must be of this wave."""
        code: str = self.cleaned_data["code"]
        found = invitation_by_code(code) if code else None
        if code and (found is None or found.wave_id != self.wave.pk):
            raise ValidationError(_("No letter of this wave has this code."))
        self.invitation = found
        return code


def heard(wave: Wave, raw: Raw) -> Said:
    """Return what was typed as answers; what a family left out is no fault of who types."""
    meant: dict[str, list[str]] = {}
    questions = wave.version.questionnaire.questions
    for question in questions:
        meant |= keyed(question, raw)
    said = read(questions, meant)
    faults = {key: fault for key, fault in said.faults.items() if fault.value != "required"}
    return Said(said.answers, faults, raw)


def blanks(asking: Asking, raw: Raw) -> Iterator[Blank]:
    """Yield the fields of the page, a matrix line by line."""
    questions = asking.questionnaire.questions
    for asked in asking.each([one for one in questions if one.kind != Kind.STATEMENT]):
        if not asked.rows:
            yield _blank(asked, asked.name, asked.text, _numbers(asked.options), raw)
        for place, row in enumerate(asked.rows):
            heading = asked.text if not place else ""
            yield _blank(asked, row.name, row.text, _numbers(row.options), raw, heading, place)


def _blank(
    asked: Asked, name: str, text: str, meaning: str, raw: Raw, heading: str = "", place: int = 0
) -> Blank:
    sent = raw.get(name) or [""]
    is_long = asked.question.kind in WRITTEN
    at = f"{asked.id}-{place}" if asked.rows else asked.id
    if asked.kind == "consent":
        meaning = str(_("1 where it is checked"))
    elif asked.kind == "date":
        meaning = "2026-11-03"
    return Blank(at, name, text, meaning, str(sent[0]), asked.error, is_long, heading)


def _numbers(options: tuple[Option, ...]) -> str:
    """Return which number means which choice; a scale says its ends."""
    if options and options[0].text == options[0].value:
        return f"{options[0].text}–{options[-1].text}"
    return " · ".join(f"{number} {option.text}" for number, option in enumerate(options, start=1))
