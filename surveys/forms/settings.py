"""What a district decides about what may be seen, and what is sent after a conversation."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from districts.settings_form import SettingsForm, SettingsMeta
from surveys.models import Mode, Survey, SurveySettings
from surveys.suppression import DEFAULT_FLOOR, LOWEST_FLOOR

HIGHEST_FLOOR = 100


class ResultSettingsForm(SettingsForm):
    """From how many answers on a group is shown, and which survey follows a conversation."""

    floor = forms.IntegerField(
        label=_("Show figures from so many answers on"),
        help_text=_("Of a school, and of all schools together. What was written needs ten."),
        min_value=LOWEST_FLOOR,
        max_value=HIGHEST_FLOOR,
        initial=DEFAULT_FLOOR,
    )

    class Meta(SettingsMeta):
        model = SurveySettings
        fields = ["floor", "after_conversation"]
        labels = {"after_conversation": _("Survey after a conversation")}
        help_texts = {
            "after_conversation": _(
                "Sent with the letter that says a matter is settled, once for each and to no family"
                " twice in two weeks. Without one, families are asked for a rating from 1 to 10."
            )
        }

    def choices_of(self, name: str) -> QuerySet[Any]:
        """Return the surveys that can be tied to a conversation."""
        if name != "after_conversation":
            return super().choices_of(name)
        kept = Survey.objects.kept().filter(mode=Mode.CONFIDENTIAL)
        return kept.filter(versions__published_at__isnull=False).distinct().order_by("name")
