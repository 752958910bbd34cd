"""What describes a saved reply."""

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.settings_form import SettingsForm, SettingsMeta
from inbox.models import SavedReply


class SavedReplyForm(SettingsForm):
    """Words that a rule sends, in the district's language and in Spanish."""

    once = ("name",)

    class Meta(SettingsMeta):
        model = SavedReply
        fields = ["name", "body", "body_es"]
        labels = {"name": _("Name"), "body": _("Words"), "body_es": _("Words in Spanish")}
        help_texts = {"body_es": _("Left empty, families who write Spanish get the other words.")}
        widgets = {
            "body": forms.Textarea(attrs={"rows": 8}),
            "body_es": forms.Textarea(attrs={"rows": 8, "lang": "es"}),
        }
