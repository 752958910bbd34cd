"""What every page's template knows: the district, the member, and the languages on offer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Return ``district``, ``member`` (None for the public) and ``languages`` (code, name)."""
    district = getattr(request, "district", None)
    offered = district.languages if district else [settings.LANGUAGE_CODE]
    return {
        "district": district,
        "member": getattr(request, "member", None),
        "languages": [pair for pair in settings.LANGUAGES if pair[0] in offered],
    }
