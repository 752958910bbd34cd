"""Template tags of the look: icons, the reader's choice of theme, initials."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from districts.theme import version_of

register = template.Library()

ICONS = Path(__file__).resolve().parents[2] / "templates" / "components" / "icons"
FALLBACK_ICON = "circle-help"
THEMES = ("light", "dark")
DENSITIES = ("compact",)


@cache
def _drawing(name: str) -> str:
    """Return what stands inside an icon's <svg>; a name that is not vendored gets the fallback."""
    path = ICONS / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        return _drawing(FALLBACK_ICON)
    inner = re.sub(
        r"<!--.*?-->|</?svg[^>]*>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    return re.sub(r"\s+", " ", inner).replace(" />", "/>").replace("> <", "><").strip()


@register.simple_tag
def icon(name: str, modifier: str = "") -> SafeString:
    """Draw a Lucide icon inline: `{% icon "inbox" %}`, `{% icon "bus" "icon--large" %}`.

    It is hidden from screen readers: a name stands beside it, or in the control's aria-label.
    """
    return format_html(
        '<svg class="icon{}{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        " " if modifier else "",
        modifier,
        mark_safe(_drawing(name)),  # noqa: S308 our own vendored files
    )


@register.simple_tag(takes_context=True)
def theme_attributes(context: dict[str, Any]) -> SafeString:
    """Write the reader's own choices on <html>: theme and density from cookies, shortcuts."""
    cookies = getattr(context.get("request"), "COOKIES", {})
    chosen = {
        "theme": cookies.get("theme") if cookies.get("theme") in THEMES else None,
        "density": cookies.get("density") if cookies.get("density") in DENSITIES else None,
        "shortcuts": None if getattr(context.get("member"), "shortcuts", True) else "off",
    }
    return mark_safe(  # noqa: S308 every value is one of ours
        "".join(f' data-{name}="{value}"' for name, value in chosen.items() if value)
    )


@register.simple_tag(takes_context=True)
def theme_link(context: dict[str, Any]) -> SafeString:
    """Link the district's own colours, where it has a stylesheet of them."""
    district = context.get("district")
    if district is None:
        return SafeString()
    address = reverse("districts:theme", args=[version_of(district)])
    return format_html('<link rel="stylesheet" href="{}">', address)


@register.filter
def initials(name: object) -> str:
    """Return up to two letters of a name for an avatar: Jo Ann Kim -> JK."""
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper() or "?"
