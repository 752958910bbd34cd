"""Languages in the reader's words."""

from django.conf import settings
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

# What Django has no name for.
MORE = {"ht": _("Haitian Creole")}


def language_name(code: str) -> str:
    """Return the name of a language in the reader's words; the code where it has none."""
    ours = {**MORE, **dict(settings.LANGUAGES)}.get(code)
    if ours is not None:
        return gettext(str(ours))
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
