"""The one-minute form for a call, a visit or a letter."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from districts.models import Membership, School
from families.access import guardian_by_id
from families.models import Guardian
from inbox.forms.fields import PhoneField, SchoolField, WordsField
from inbox.forms.stamped import StampedForm, files_field
from inbox.intake import Asked
from inbox.models import Channel, Kind, SenderRole, Topic

CHANNELS = [Channel.PHONE, Channel.IN_PERSON, Channel.LETTER]
LOCAL = "%Y-%m-%dT%H:%M"
OLDEST = timedelta(days=366)
LONGEST_ID = 18


class RecordForm(StampedForm):
    """How and when it came, from whom, and what was said."""

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        initial=Channel.PHONE,
        widget=forms.RadioSelect,
    )
    received_at = forms.DateTimeField(
        label=_("Received"),
        input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={
            "required": _("Say when it came."),
            "invalid": _("Write a day and a time, such as 2026-11-03T10:30."),
        },
    )
    guardian = forms.CharField(required=False, max_length=LONGEST_ID)
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write an e-mail address like name@example.com.")},
    )
    role = forms.ChoiceField(
        label=_("Who is it?"), choices=SenderRole.choices, initial=SenderRole.GUARDIAN
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    student = forms.CharField(
        label=_("Student’s name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    school = SchoolField(
        label=_("School"), required=False, empty_label=_("No school in particular")
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Kind.choices,
        initial=Kind.QUESTION,
        widget=forms.RadioSelect,
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    message = WordsField(
        label=_("What was said or asked"),
        rows=6,
        error_messages={
            "required": _("Write what was said or asked."),
            "max_length": _("Shorten this to %(limit_value)d characters."),
        },
    )
    attachments = files_field()

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.initial.setdefault("received_at", self.at)
        schools = School.objects.filter(is_active=True)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        topics = Topic.objects.filter(is_active=True)
        self._offer("topic", [("", _("No topic yet")), *((one.slug, one.name) for one in topics)])
        self._offer("language", [("", _("As on record, else English")), *settings.LANGUAGES])

    def clean_received_at(self) -> datetime:
        """Refuse what has not happened yet, and what is older than a year."""
        when: datetime = self.cleaned_data["received_at"]
        if when.year < self.at.year - 2 or not self.at - OLDEST <= when:
            raise ValidationError(_("That is more than a year ago. Check the day."))
        if when > self.at + timedelta(minutes=1):
            raise ValidationError(_("That is still to come. Check the day and the time."))
        return when

    def clean_guardian(self) -> Guardian | None:
        """Return the adult who was chosen from those the member may see."""
        said = str(self.cleaned_data["guardian"])
        if not said:
            return None
        found = guardian_by_id(self.by, int(said)) if said.isascii() and said.isdigit() else None
        if found is None:
            raise ValidationError(_("Choose somebody from the list, or nobody."))
        return found

    def asked(self) -> Asked:
        """Return what was said."""
        said = self.cleaned_data
        return Asked(
            message=said["message"],
            kind=said["kind"],
            channel=said["channel"],
            topic=said["topic"],
            school=said["school"].slug if said["school"] else "",
            student=said["student"],
            role=said["role"],
            name=said["name"],
            email=said["email"],
            phone=said["phone"],
            language=said["language"] or ("" if said["guardian"] else settings.LANGUAGE_CODE),
            received_at=said["received_at"].isoformat(),
        )

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
