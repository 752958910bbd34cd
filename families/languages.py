"""Languages in the reader's words."""

from django.conf import settings
from django.utils.translation import gettext


def language_name(code: str) -> str:
    """Return the name of a language in the reader's words; the code where it has none."""
    return gettext(str(dict(settings.LANGUAGES).get(code, code)))
