"""How families are shown: languages in the reader's words."""

from django import template
from django.conf import settings
from django.utils.translation import gettext

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in the reader's words; the code where it has none."""
    return gettext(str(dict(settings.LANGUAGES).get(code, code)))
