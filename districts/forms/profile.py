"""What describes a district: its name, looks, language and time."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from districts.forms.calendars import time_zone_choices
from districts.logos import draw_anew
from districts.models import District
from districts.settings_form import AnyModelForm

ORIGIN = re.compile(r"https://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?::[0-9]{1,5})?")


class ProfileForm(AnyModelForm):
    """The district as families and members see it."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What families and members can choose."),
    )
    embed_sites = forms.CharField(
        label=_("Pages that may show a survey inside them"),
        required=False,
        max_length=2000,
        help_text=_("One a line, such as https://www.example.org. Nobody else can frame it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    new_logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG or WebP, up to 2 MB. It stands beside the name."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)

    class Meta:
        model = District
        fields = [
            "name",
            "phone",
            "email",
            "time_zone",
            "primary_color",
            "secondary_color",
            "require_mfa",
        ]
        labels = {
            "name": _("Name"),
            "phone": _("Phone"),
            "email": _("E-mail"),
            "time_zone": _("Time zone"),
            "primary_color": _("First color"),
            "secondary_color": _("Second color"),
            "require_mfa": _("Everybody signs in with two steps"),
        }
        help_texts = {
            "phone": _("Shown at the foot of the public pages."),
            "email": _("Answers to mail that Earshot sends go here."),
            "primary_color": _("Links and buttons. What is hard to read is shown a shade darker."),
            "require_mfa": _("Who has no second step yet sets one up at the next page they open."),
        }
        widgets = {
            "time_zone": forms.Select(choices=time_zone_choices()),
            "primary_color": forms.TextInput(attrs={"type": "color"}),
            "secondary_color": forms.TextInput(attrs={"type": "color"}),
        }

    field_order = ["name", "phone", "email", "time_zone", "languages"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].initial = self.instance.languages
        self.fields["embed_sites"].initial = "\n".join(self.instance.embed_sites)
        if not self.instance.logo:
            del self.fields["remove_logo"]

    def clean_embed_sites(self) -> list[str]:
        """Return the origins, as a browser compares them; no path, and never every page."""
        sites = [site.rstrip("/").lower() for site in self.cleaned_data["embed_sites"].split()]
        if not all(ORIGIN.fullmatch(site) for site in sites):
            raise forms.ValidationError(_("Write each as https:// and a name, without a path."))
        return list(dict.fromkeys(sites))

    def clean_new_logo(self) -> Any:
        """Keep a picture drawn anew of whatever was uploaded."""
        upload = self.cleaned_data["new_logo"]
        return draw_anew(upload) if isinstance(upload, UploadedFile) else None
