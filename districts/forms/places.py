"""What describes the places of a district: schools, departments, teams."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from districts.models import Department, Membership, School, Team
from districts.settings_form import SettingsForm, SettingsMeta

NCES_ID = RegexValidator(r"^[0-9]{12}$", _("A school’s NCES number has 12 digits."))
DEFAULT_CALENDAR = _("Left empty, the district’s default calendar counts.")


class SchoolForm(SettingsForm):
    """A school; its address name is made from its name where none is given."""

    once = ("slug", "nces_id")
    nces_id = forms.CharField(
        label=_("NCES number"),
        required=False,
        max_length=12,
        validators=[NCES_ID],
        help_text=_("12 digits, such as 170993000942. It ties the school to public statistics."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    slug = forms.SlugField(
        label=_("Name in addresses"),
        required=False,
        max_length=80,
        help_text=_("The school’s page is /s/this-name/. Left empty, it is made from the name."),
    )

    class Meta(SettingsMeta):
        model = School
        fields = ["name", "slug", "nces_id", "level", "student_count", "calendar", "is_active"]
        labels = {
            "name": _("Name"),
            "level": _("Level"),
            "student_count": _("Number of students"),
            "calendar": _("Calendar"),
            "is_active": _("Families can choose this school"),
        }
        help_texts = {
            "level": _("As families say it: Elementary, Middle, High."),
            "calendar": DEFAULT_CALENDAR,
        }

    def clean_slug(self) -> str:
        """Make the address name from the name where it is empty."""
        slug: str = self.cleaned_data["slug"]
        return slug or slugify(self.cleaned_data.get("name", ""))[:80]

    def clean(self) -> dict[str, Any]:
        """Refuse a name that gives no address."""
        cleaned = super().clean()
        if cleaned.get("name") and not cleaned.get("slug") and "slug" not in self.errors:
            self.add_error("slug", _("Write one: an address needs plain letters or digits."))
        return cleaned


class DepartmentForm(SettingsForm):
    """A department, and who owns what its topics leave without an owner."""

    once = ("name",)
    blamed = "owner"

    class Meta(SettingsMeta):
        model = Department
        fields = ["name", "owner", "calendar"]
        labels = {"name": _("Name"), "owner": _("Owner"), "calendar": _("Calendar")}
        help_texts = {
            "owner": _("Gets the questions on a topic of the department that has no owner."),
            "calendar": DEFAULT_CALENDAR,
        }

    def choices_of(self, name: str) -> QuerySet[Any]:
        """Offer members who may answer as owners."""
        return Membership.objects.answering() if name == "owner" else super().choices_of(name)


class TeamForm(SettingsForm):
    """A team; who is in it stands on its own page."""

    once = ("name",)
    blamed = "is_active"

    class Meta(SettingsMeta):
        model = Team
        fields = [
            "name",
            "department",
            "calendar",
            "distribution",
            "here_by",
            "cap",
            "is_active",
        ]
        labels = {
            "name": _("Name"),
            "department": _("Department"),
            "calendar": _("Calendar"),
            "distribution": _("How questions find their owner"),
            "here_by": _("Who is here by"),
            "cap": _("Most open questions for one member"),
            "is_active": _("Questions can go to this team"),
        }
        help_texts = {
            "calendar": DEFAULT_CALENDAR,
            "distribution": _(
                "When everybody is away or has enough, a question waits in the team’s queue and "
                "goes to the first who is free."
            ),
            "here_by": _("Whoever is out of office is never here."),
            "cap": _(
                "Left empty, there is no limit. A member may have their own. What is critical "
                "goes past it."
            ),
        }
        widgets = {"distribution": forms.RadioSelect, "here_by": forms.RadioSelect}


class TeamPlaceForm(forms.Form):
    """Somebody to add to a team, as a member or as a lead."""

    member: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(
        None, label=_("Member"), empty_label=_("Choose")
    )
    is_lead = forms.BooleanField(
        label=_("Leads the team: sees its load and reassigns"), required=False
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outside = Membership.objects.active().exclude(teams=team)
        self.fields["member"].queryset = outside  # type: ignore[attr-defined]


class CapForm(forms.Form):
    """How many open conversations one member of a team is given at most; empty: as the team."""

    cap = forms.IntegerField(label=_("At most"), required=False, min_value=0, max_value=999)
