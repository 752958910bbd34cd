"""The base of every settings form: choices of the district in scope, and what must be unique."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Field, QuerySet
from django.utils.translation import gettext_lazy as _

from districts.models import BusinessCalendar, DistrictForeignKey, DistrictOwned


def scoped_field(field: "Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """Return a model field's form field; choices of the district wait for it to be in scope."""
    if isinstance(field, DistrictForeignKey):
        label = kwargs.get("label") or field.verbose_name
        help_text = kwargs.get("help_text", "")
        return forms.ModelChoiceField(
            None,
            required=not field.blank,
            label=label,
            help_text=help_text,
            empty_label=_("None") if field.blank else _("Choose"),
        )
    return field.formfield(**kwargs)


if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
else:
    AnyModelForm = forms.ModelForm


class SettingsMeta:
    """What every settings form's Meta begins with."""

    formfield_callback = staticmethod(scoped_field)


class SettingsForm(AnyModelForm):
    """A form for one row of the district in scope.

    ``once`` names the fields whose value no other row of the district may have. The database
    holds the same, but could not say it beside the field. ``also`` names fields of the row that
    the form sets and that are no fields of its own. ``blamed`` is the field beside which
    stands what another part of the product refuses, such as a topic left without an owner.
    """

    blamed: str | None = None
    once: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is None:
                field.queryset = self.choices_of(name)

    def choices_of(self, name: str) -> QuerySet[Any]:
        """Return the rows that a reference may name; a form narrows what it must."""
        model: Any = type(self.instance)._meta.get_field(name).related_model  # noqa: SLF001
        rows: QuerySet[Any] = model.objects.all()
        return rows.filter(retired_at__isnull=True) if model is BusinessCalendar else rows

    def others(self) -> QuerySet[Any]:
        """Return the rows whose values of ``once`` are taken."""
        model: type[DistrictOwned] = type(self.instance)
        return model.objects.exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        """Refuse a value that another row has."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.once:
            value = cleaned.get(name)
            if value and self._is_taken(name, value):
                self.add_error(name, _("This is used already. Choose another."))
        return cleaned

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        """Save the row; of an old one only the form's own fields, as others may move."""
        if not commit or self.instance.pk is None:
            return super().save(commit)
        known = {field.name for field in type(self.instance)._meta.concrete_fields}  # noqa: SLF001
        self.instance.save(update_fields=sorted(known & {*(self._meta.fields or ()), *self.also}))
        return self.instance

    def _is_taken(self, name: str, value: Any) -> bool:
        return self.others().filter(**{name: value}).exists()
