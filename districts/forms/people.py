"""What describes the people of a district, and what they choose for themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from districts.models import BusinessCalendar, District, Membership, Role, School, Team
from districts.settings_form import SettingsForm, SettingsMeta


class MemberForm(forms.Form):
    """A member's name, role and the schools their view is limited to."""

    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        required=False,
        help_text=_("As families may read it: Counselor, Lincoln Elementary."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        help_text=_("A new role signs the person out; they sign in again."),
    )
    schools: "forms.ModelMultipleChoiceField[School]" = forms.ModelMultipleChoiceField(
        None,
        label=_("Sees only these schools"),
        required=False,
        help_text=_("None chosen: every school."),
        widget=forms.CheckboxSelectMultiple,
    )

    calendar: "forms.ModelChoiceField[BusinessCalendar]" = forms.ModelChoiceField(
        None,
        label=_("Own hours"),
        required=False,
        empty_label=_("As their teams"),
        help_text=_("Counts in teams that go by each member’s own calendar."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schools"].queryset = School.objects.all()  # type: ignore[attr-defined]
        self.fields["calendar"].queryset = BusinessCalendar.objects.all()  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Who takes over from somebody who leaves."""

    successor: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(
        None,
        label=_("Hand over to"),
        required=False,
        empty_label=_("Their teams: nobody in particular"),
    )

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Membership.objects.answering().exclude(pk=member.pk)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]


class InvitationForm(forms.Form):
    """Whom to invite, as what, and where they begin."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.AGENT)
    team: "forms.ModelChoiceField[Team]" = forms.ModelChoiceField(
        None, label=_("Team"), required=False, empty_label=_("None")
    )
    school: "forms.ModelChoiceField[School]" = forms.ModelChoiceField(
        None,
        label=_("Sees only this school"),
        required=False,
        empty_label=_("Every school"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["school"].queryset = School.objects.all()  # type: ignore[attr-defined]


class PreferencesForm(SettingsForm):
    """What a member chooses for themselves; theme and density stay in the browser."""

    theme = forms.ChoiceField(
        label=_("Theme"),
        choices=[("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    density = forms.ChoiceField(
        label=_("Lists"),
        choices=[("comfortable", _("Comfortable")), ("compact", _("Compact"))],
        widget=forms.RadioSelect,
    )

    class Meta(SettingsMeta):
        model = Membership
        fields = ["name", "title", "language", "shortcuts"]
        labels = {
            "name": _("Name"),
            "title": _("Title"),
            "language": _("Language of Earshot for you"),
            "shortcuts": _("Single-key shortcuts"),
        }
        help_texts = {"shortcuts": _("Such as j for the next and r to reply. ? shows them.")}

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [pair for pair in settings.LANGUAGES if pair[0] in district.languages]
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label, choices=offered or settings.LANGUAGES[:1]
        )
