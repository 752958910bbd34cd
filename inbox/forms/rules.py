"""Building a rule from conditions and actions: rows that are added and taken away by buttons."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from districts.models import BusinessCalendar, Membership, School, Team
from districts.settings_form import SettingsForm, SettingsMeta
from families.languages import language_name
from inbox.models import (
    ActionKind,
    Channel,
    ConditionKind,
    Kind,
    Priority,
    RoutingRule,
    SavedReply,
    Topic,
)
from inbox.rules import Part
from inbox.word_match import (
    LONGEST_PATTERN,
    LONGEST_WORDS,
    BadPatternError,
    compile_pattern,
    split_words,
)

MOST_ROWS = 12
LANGUAGES = ("en", "es", "ar", "zh", "fr", "hi", "ko", "pt", "ru", "so", "tl", "uk", "ur", "vi")
SENDERS = [("known", _("a guardian we know")), ("unknown", _("somebody we do not know"))]
HINTS = {
    "words": _("Whole words or phrases, with commas between; any of them. bus* also finds buses."),
    "pattern": _("A regular expression in RE2’s syntax, such as bus\\s+\\d+."),
}


def _rows(queryset: Any) -> forms.Field:
    return forms.ModelChoiceField(queryset, empty_label=_("Choose"))


def _choice(choices: Any) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Choose")), *choices])


def condition_field(kind: str) -> forms.Field:
    """Return the field in which a condition's value is given."""
    made: dict[str, Any] = {
        "topic": lambda: _rows(Topic.objects.filter(is_active=True)),
        "school": lambda: _rows(School.objects.filter(is_active=True)),
        "hours": lambda: _rows(BusinessCalendar.objects.in_use()),
        "words": lambda: forms.CharField(max_length=LONGEST_WORDS, help_text=HINTS["words"]),
        "pattern": lambda: forms.CharField(max_length=LONGEST_PATTERN, help_text=HINTS["pattern"]),
        "sender": lambda: _choice(SENDERS),
        "language": lambda: _choice([(code, language_name(code)) for code in LANGUAGES]),
        "channel": lambda: _choice(Channel.choices),
        "kind": lambda: _choice(Kind.choices),
    }
    return made[kind]()  # type: ignore[no-any-return]


def action_field(kind: str) -> forms.Field:
    """Return the field in which an action's value is given."""
    made: dict[str, Any] = {
        "topic": lambda: _rows(Topic.objects.filter(is_active=True)),
        "team": lambda: _rows(Team.objects.filter(is_active=True)),
        "owner": lambda: _rows(Membership.objects.answering()),
        "priority": lambda: _choice(Priority.choices),
        "tag": lambda: forms.CharField(max_length=40),
        "reply": lambda: _rows(SavedReply.objects.all()),
    }
    return made[kind]()  # type: ignore[no-any-return]


class PartForm(forms.Form):
    """One row; its kind is settled when it is added."""

    def __init__(self, *args: Any, kind: str, label: str, field: forms.Field, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field.label = label
        self.fields["kind"] = forms.CharField(widget=forms.HiddenInput)
        self.fields["value"] = field
        self.kind = kind
        self.initial["kind"] = kind

    @property
    def part(self) -> Part:
        """Return the row as it was filled in."""
        said = self.cleaned_data
        return Part(self.kind, said["value"], said.get("is_not") == "yes")

    def clean_value(self) -> Any:
        """Refuse words that are none, and a pattern that cannot be used, with what is wrong."""
        value = self.cleaned_data["value"]
        if self.kind == "words" and not split_words(value):
            raise forms.ValidationError(_("Write a word."))
        if self.kind == "pattern":
            try:
                compile_pattern(value)
            except BadPatternError as error:
                said = _now("This pattern cannot be used: %(why)s.") % {"why": error}
                raise forms.ValidationError(said) from error
        return value


class ConditionForm(PartForm):
    """A condition, which must hold or must not."""

    is_not = forms.ChoiceField(label=_("Must it hold?"), choices=[])

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        label = str(ConditionKind(kind).label)
        super().__init__(*args, kind=kind, label=label, field=condition_field(kind), **kwargs)
        self.fields["is_not"].choices = _is_or_not(kind)  # type: ignore[attr-defined]


class ActionForm(PartForm):
    """An action."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        label = str(ActionKind(kind).label)
        super().__init__(*args, kind=kind, label=label, field=action_field(kind), **kwargs)


class RuleForm(SettingsForm):
    """A rule's name, and whether all of its conditions must hold."""

    once = ("name",)
    matches_all = forms.TypedChoiceField(
        label=_("When"),
        choices=[("yes", _("all of these hold")), ("no", _("any of these holds"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    class Meta(SettingsMeta):
        model = RoutingRule
        fields = ["name", "matches_all"]
        labels = {"name": _("Name")}
        help_texts = {"name": _("It stands in the timeline of what the rule routes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["matches_all"] = "yes" if self.instance.matches_all else "no"


class Builder:
    """The whole of a rule on screen: its form, its rows, and what the buttons did to them."""

    def __init__(self, rule: RoutingRule, data: Mapping[str, str] | None) -> None:
        self.rule, self.data = rule, data
        self.is_saving = data is not None and "save" in data
        self.form = RuleForm(data, instance=rule) if data is not None else RuleForm(instance=rule)
        self.conditions = [self._condition(n, each) for n, each in self._kinds("c")]
        self.actions = [self._action(n, each) for n, each in self._kinds("a")]
        if data is not None:
            self._press(data)
        elif rule.pk:
            self._show_stored()
        self.errors: list[str] = []

    @property
    def rows(self) -> list[PartForm]:
        """Return all rows."""
        return [*self.conditions, *self.actions]

    @property
    def wrong_rows(self) -> list[PartForm]:
        """Return the rows whose value cannot be used."""
        return [row for row in self.rows if row.is_bound and row.errors]

    def is_valid(self) -> bool:
        """Say whether everything can be saved."""
        valid = [form.is_valid() for form in (self.form, *self.rows)]
        if not self.conditions:
            self.errors.append(_now("Add a condition: a rule without one finds nothing."))
        if not self.actions:
            self.errors.append(_now("Add an action: a rule without one does nothing."))
        kinds = [row.kind for row in self.actions if row.kind != "tag"]
        if len(kinds) > len(set(kinds)):
            self.errors.append(_now("An action stands there twice: a rule can say it only once."))
        return all(valid) and not self.errors

    @property
    def condition_kinds(self) -> list[tuple[str, str]]:
        """Return what can be added to the conditions."""
        return [(value, str(name)) for value, name in ConditionKind.choices]

    @property
    def action_kinds(self) -> list[tuple[str, str]]:
        """Return what can be added to the actions."""
        return [(value, str(name)) for value, name in ActionKind.choices]

    def _kinds(self, letter: str) -> list[tuple[str, str]]:
        """Return the prefix and kind of each row that was sent."""
        known = ConditionKind.values if letter == "c" else ActionKind.values
        sent = ((f"{letter}{n}", (self.data or {}).get(f"{letter}{n}-kind")) for n in range(40))
        return [(prefix, kind) for prefix, kind in sent if kind in known][:MOST_ROWS]

    def _condition(self, prefix: str, kind: str, **more: Any) -> PartForm:
        data = self.data if self.is_saving else None
        return ConditionForm(data, kind=kind, prefix=prefix, **(more or self._kept(prefix)))

    def _action(self, prefix: str, kind: str, **more: Any) -> PartForm:
        data = self.data if self.is_saving else None
        return ActionForm(data, kind=kind, prefix=prefix, **(more or self._kept(prefix)))

    def _kept(self, prefix: str) -> dict[str, Any]:
        """Keep what was filled in while rows come and go, without judging it yet."""
        names = ("value", "is_not")
        return {"initial": {name: (self.data or {}).get(f"{prefix}-{name}") for name in names}}

    def _show_stored(self) -> None:
        for n, part in enumerate(self.rule.conditions.all()):
            said = {"value": part.value, "is_not": "yes" if part.is_not else "no"}
            self.conditions.append(self._condition(f"c{n}", part.kind, initial=said))
        for n, action in enumerate(self.rule.actions.all()):
            said = {"value": action.value}
            self.actions.append(self._action(f"a{n}", action.kind, initial=said))

    def _press(self, data: Mapping[str, str]) -> None:
        """Add or take away a row, as the pressed button says."""
        if not self.is_saving:
            self.form = RuleForm(instance=self.rule, initial=_plain(data))
        gone = data.get("remove", "")
        self.conditions = [row for row in self.conditions if row.prefix != gone]
        self.actions = [row for row in self.actions if row.prefix != gone]
        kind = data.get("condition_kind", "")
        if "add_condition" in data and kind in ConditionKind.values:
            self.conditions.append(self._condition(_free("c", self.conditions), kind))
        kind = data.get("action_kind", "")
        if "add_action" in data and kind in ActionKind.values:
            self.actions.append(self._action(_free("a", self.actions), kind))


def _free(letter: str, rows: list[PartForm]) -> str:
    taken = {row.prefix for row in rows}
    return next(name for n in range(41) if (name := f"{letter}{n}") not in taken)


def _plain(data: Mapping[str, str]) -> dict[str, str]:
    return {name: data.get(name, "") for name in ("name",)}


def _is_or_not(kind: str) -> list[tuple[str, Any]]:
    """Return the two ways of a condition, in words that fit its kind."""
    words: dict[str, tuple[Any, Any]] = {
        "words": (_("has one of"), _("has none of")),
        "pattern": (_("is found"), _("is not found")),
        "hours": (_("within the hours of"), _("outside the hours of")),
    }
    yes, no = words.get(kind, (_("is"), _("is not")))
    return [("no", yes), ("yes", no)]
