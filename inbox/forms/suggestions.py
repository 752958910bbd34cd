"""From which confidence a suggested topic decides alone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inbox.topic_report import THRESHOLDS

PERCENTS = [round(100 * each) for each in THRESHOLDS]


class ThresholdForm(forms.Form):
    """A confidence in percent, or never."""

    threshold = forms.TypedChoiceField(
        label=_("A suggestion decides alone"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            ("", _("never: people decide")),
            *((percent, _("from %(n)d %% sure") % {"n": percent}) for percent in PERCENTS),
        ],
    )
