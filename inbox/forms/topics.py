"""What describes topics and their categories, in the district's language and in Spanish."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from districts.models import Membership, Team
from districts.settings_form import SettingsForm, SettingsMeta
from inbox.models import Category, Topic

FEW = (
    "bus",
    "id-card",
    "heart-handshake",
    "utensils",
    "laptop",
    "shield",
    "flag",
    "book-open",
    "wrench",
    "users",
    "calendar",
    "graduation-cap",
    "school",
    "building-2",
    "megaphone",
    "star",
    "circle-help",
)


class TranslatedForm(SettingsForm):
    """A noun with a name in English and, where families read it, in Spanish."""

    also = ("translations",)
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.instance.translations.get("es", {})
        for name in self._spanish():
            self.initial[name] = said.get(name.removesuffix("_es"), "")

    def clean(self) -> dict[str, Any]:
        """Keep the Spanish words where the model keeps them."""
        cleaned = super().clean()
        said = {name.removesuffix("_es"): cleaned.get(name, "") for name in self._spanish()}
        texts = {key: text for key, text in said.items() if text}
        others = {key: value for key, value in self.instance.translations.items() if key != "es"}
        self.instance.translations = others | ({"es": texts} if texts else {})
        return cleaned

    def _spanish(self) -> list[str]:
        return [name for name in self.fields if name.endswith("_es")]


class CategoryForm(TranslatedForm):
    """A group of topics."""

    once = ("name",)

    class Meta(SettingsMeta):
        model = Category
        fields = ["name", "position"]
        labels = {"name": _("Name"), "position": _("Place in the list")}

    field_order = ["name", "name_es", "position"]


class TopicForm(TranslatedForm):
    """A topic, who answers it, and how families find it."""

    once = ("slug",)
    blamed = "owner"
    slug = forms.SlugField(
        label=_("Name in addresses"),
        required=False,
        max_length=80,
        help_text=_("The topic’s page is /ask/this-name/. Left empty, it is made from the name."),
    )
    icon = forms.ChoiceField(label=_("Sign"), choices=[(name, name) for name in FEW])
    description_es = forms.CharField(
        label=_("What belongs here, in Spanish"), max_length=200, required=False
    )

    class Meta(SettingsMeta):
        model = Topic
        fields = [
            "name",
            "description",
            "slug",
            "category",
            "icon",
            "keywords",
            "team",
            "owner",
            "department",
            "calendar",
            "position",
            "is_public",
            "is_private",
            "is_active",
        ]
        labels = {
            "name": _("Name"),
            "description": _("What belongs here"),
            "category": _("Category"),
            "keywords": _("Words that lead here"),
            "team": _("Team"),
            "owner": _("Owner"),
            "department": _("Department"),
            "calendar": _("Calendar"),
            "position": _("Place in the list"),
            "is_public": _("Families can choose it"),
            "is_private": _("Private"),
            "is_active": _("In use"),
        }
        help_texts = {
            "keywords": _("What families may search for, in any language, with spaces between."),
            "owner": _("Left empty, the department’s owner gets the questions."),
            "calendar": _("Left empty, the team’s, the school’s or the default calendar counts."),
            "is_private": _(
                "The team of a critical alert is told that there is one, and sees nothing of it "
                "until the owner or an administrator lets them."
            ),
            "is_active": _("A topic that is not in use keeps its conversations and gets no new."),
        }

    field_order = ["name", "name_es", "description", "description_es", "slug"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.icon not in FEW:
            self.fields["icon"].choices += [(self.instance.icon, self.instance.icon)]  # type: ignore[attr-defined]

    def choices_of(self, name: str) -> QuerySet[Any]:
        """Offer members who may answer as owners, and teams that are in use."""
        if name == "owner":
            return Membership.objects.answering()
        return Team.objects.filter(is_active=True) if name == "team" else super().choices_of(name)

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
