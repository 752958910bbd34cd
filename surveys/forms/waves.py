"""What is asked of a wave before it is planned: whom, by which ways, and when."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from districts.models import School
from families.languages import language_name
from families.models import Enrollment, Guardian
from surveys.audiences import Audience
from surveys.forms.fields import DaysField, MomentField
from surveys.models import PERSONAL, Reach, Survey, Unit, Wave
from surveys.models import Audience as Asked
from surveys.repeating import months_later
from surveys.sending_hours import sending_hours
from surveys.waving import LONGEST, USUAL_PRIORITY, Plan

DAY = timedelta(days=1)
FARTHEST = timedelta(days=731)
PRIORITIES = [
    (1, _("High: others leave room for it in the contact budget")),
    (USUAL_PRIORITY, _("Usual")),
    (9, _("Low: it leaves room for all others")),
]
REPEATS = [
    (0, _("Once")),
    (1, _("Every month")),
    (3, _("Every three months")),
    (6, _("Every six months")),
    (12, _("Every year")),
]
OF_FAMILIES = ("schools", "grades", "languages", "unit", "sample", "rest_days", "spread_days")


class WaveForm(forms.Form):
    """A wave as a plan; what families are asked for is left out where others are."""

    use_required_attribute = False

    name = forms.CharField(label=_("Name of the wave"), max_length=120)
    ways = forms.MultipleChoiceField(
        label=_("How families are asked"),
        choices=Reach.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one way.")},
    )
    schools = forms.TypedMultipleChoiceField(
        label=_("Schools"),
        help_text=_("None chosen means all."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    grades = forms.MultipleChoiceField(
        label=_("Grades"),
        help_text=_("None chosen means all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        help_text=_("None chosen means all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    unit = forms.ChoiceField(
        label=_("Who is asked"), choices=Unit.choices, widget=forms.RadioSelect
    )
    sample = forms.IntegerField(
        label=_("Only a sample of so many"),
        help_text=_("Drawn by lot, from every school by its size. Empty means everybody."),
        required=False,
        min_value=1,
        max_value=1_000_000,
    )
    rest_days = forms.IntegerField(
        label=_("Leave out families whom another survey asked in the last so many days"),
        min_value=0,
        max_value=365,
    )
    priority = forms.TypedChoiceField(label=_("Importance"), choices=PRIORITIES, coerce=int)
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"))
    spread_days = forms.IntegerField(
        label=_("Spread the letters over so many days"),
        help_text=_("Days on which your calendar has hours, never at night."),
        min_value=1,
        max_value=30,
    )
    reminder_days = DaysField(
        label=_("Remind who has not answered after so many days"),
        help_text=_("Such as 3, 7. Empty means never."),
        required=False,
        max_length=40,
    )
    repeat_months = forms.TypedChoiceField(label=_("How often"), choices=REPEATS, coerce=int)

    def __init__(
        self, data: QueryDict | None = None, *, survey: Survey, wave: Wave | None, at: datetime
    ) -> None:
        """Offer what the district has: its schools, and the grades and languages of families."""
        super().__init__(data, initial=_of(wave) if wave else _usual(at))
        self.survey, self.at = survey, at
        if survey.audience == Asked.FAMILIES:
            self._offer()
        else:
            ways = [(way, label) for way, label in Reach.choices if way not in PERSONAL]
            self.fields["ways"].choices = ways  # type: ignore[attr-defined]
            for name in OF_FAMILIES:
                del self.fields[name]
        if survey.is_anonymous or survey.audience != Asked.FAMILIES:
            del self.fields["reminder_days"]

    def clean(self) -> dict[str, Any]:
        """Put beside each field what does not go together with the others."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens is None or closes is None:
            return cleaned
        if opens < self.at - DAY:
            self.add_error("opens_at", _("This is over. Choose now or later."))
        elif opens > self.at + FARTHEST:
            self.add_error("opens_at", _("Choose a day within two years."))
        elif not opens < closes <= opens + LONGEST or closes <= self.at:
            said = _("It has to close after it opens, within a year, and later than now.")
            self.add_error("closes_at", said)
        else:
            self._fit(cleaned, opens, closes)
        return cleaned

    @property
    def plan(self) -> Plan:
        """Return what a valid form says."""
        said = self.cleaned_data
        return Plan(
            name=said["name"],
            opens_at=said["opens_at"],
            closes_at=said["closes_at"],
            audience=Audience(
                schools=tuple(said.get("schools", ())),
                grades=tuple(said.get("grades", ())),
                languages=tuple(said.get("languages", ())),
                sample=said.get("sample"),
                rest_days=said.get("rest_days", 0),
            ),
            unit=said.get("unit", Unit.HOUSEHOLD),
            ways=tuple(said["ways"]),
            priority=said["priority"],
            spread_days=said.get("spread_days", 1),
            reminder_days=tuple(said.get("reminder_days", ())),
            repeat_months=said["repeat_months"],
        )

    def _fit(self, cleaned: dict[str, Any], opens: datetime, closes: datetime) -> None:
        days = cleaned.get("spread_days") or 1
        last = sending_hours().days(opens, days)[-1]
        if last >= closes:
            self.add_error("spread_days", _("The last letters would leave after it has closed."))
        elif any(last + DAY * day >= closes for day in cleaned.get("reminder_days") or []):
            self.add_error("reminder_days", _("A reminder would come after it has closed."))
        months = cleaned.get("repeat_months")
        if months and months_later(opens, months) < closes:
            self.add_error("repeat_months", _("The next would open before this one closes."))

    def _offer(self) -> None:
        offered: dict[str, Any] = {
            "schools": School.objects.filter(is_active=True).values_list("pk", "name"),
            "grades": [(grade, grade) for grade in _grades()],
            "languages": [(code, language_name(code)) for code in _languages()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class ProlongForm(forms.Form):
    """Until when a wave takes answers."""

    use_required_attribute = False
    closes_at = MomentField(label=_("Closes"))


def _grades() -> list[str]:
    found = Enrollment.objects.exclude(grade="").order_by().values_list("grade", flat=True)
    return sorted(found.distinct(), key=lambda grade: (grade.isdigit(), grade.zfill(3)))


def _languages() -> list[str]:
    found = Guardian.objects.filter(is_active=True).order_by().values_list("language", flat=True)
    return sorted(found.distinct())


def _usual(at: datetime) -> dict[str, Any]:
    opens = sending_hours().first(at).replace(second=0, microsecond=0)
    return {
        "ways": [Reach.EMAIL],
        "unit": Unit.HOUSEHOLD,
        "priority": USUAL_PRIORITY,
        "opens_at": opens,
        "closes_at": opens + 14 * DAY,
        "spread_days": 1,
        "rest_days": 0,
        "reminder_days": [4, 9],
        "repeat_months": 0,
    }


def _of(wave: Wave) -> dict[str, Any]:
    names = ("name", "ways", "unit", "priority", "opens_at", "closes_at", "spread_days")
    more = ("reminder_days", "repeat_months")
    return {name: getattr(wave, name) for name in (*names, *more)} | dict(wave.audience)
