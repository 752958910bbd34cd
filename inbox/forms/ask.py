"""The form with which a family asks, without an account and if they wish without a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from districts.models import School
from inbox.forms.fields import PhoneField, SchoolField, WordsField
from inbox.forms.stamped import StampedForm, files_field
from inbox.intake import Asked
from inbox.models import Kind, SenderRole


class AskForm(StampedForm):
    """What families write, about whom, and how they want to be answered."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Kind.choices,
        initial=Kind.QUESTION,
        widget=forms.RadioSelect,
    )
    message = WordsField(
        label=_("Your message"),
        error_messages={
            "required": _("Write what you would like to tell us."),
            "max_length": _("Shorten your message to %(limit_value)d characters."),
        },
    )
    attachments = files_field()
    school = SchoolField(
        label=_("School"), required=False, empty_label=_("No school in particular")
    )
    student = forms.CharField(
        label=_("Student’s name"),
        help_text=_("If this is about one child."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    role = forms.ChoiceField(
        label=_("Who are you?"),
        choices=SenderRole.choices,
        initial=SenderRole.GUARDIAN,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write an e-mail address like name@example.com.")},
    )
    phone = PhoneField(label=_("Phone"), required=False)
    anonymous = forms.BooleanField(
        label=_("Stay anonymous"),
        required=False,
        help_text=_(
            "We then keep neither name nor address. You get a reference and a passcode with which "
            "to read the answer."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.filter(  # type: ignore[attr-defined]
            is_active=True
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a way to answer, unless the sender wants none."""
        said = self.cleaned_data
        reachable = said.get("email") or said.get("phone")
        tried = "email" in self.errors or "phone" in self.errors
        if not said.get("anonymous") and not reachable and not tried:
            self.add_error(
                "email",
                _now("Write an e-mail address or a phone number, or choose to stay anonymous."),
            )
        return super().clean()

    def asked(self, topic: str, *, language: str) -> Asked:
        """Return what was asked; of somebody who stays anonymous, neither name nor address."""
        said = self.cleaned_data
        hidden = bool(said["anonymous"])
        school: School | None = said["school"]
        return Asked(
            message=said["message"],
            kind=said["kind"],
            topic=topic,
            school=school.slug if school else "",
            student=said["student"],
            role=said["role"],
            name="" if hidden else said["name"],
            email="" if hidden else said["email"],
            phone="" if hidden else said["phone"],
            language=language,
            anonymous=hidden,
        )
