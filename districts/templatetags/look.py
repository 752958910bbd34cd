"""Template tags of the look: icons, the reader's choice of theme, initials."""

import re
from collections.abc import Hashable, Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.db import transaction
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.templatetags.static import static
from django.urls import get_urlconf, reverse
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from districts.doors import member_of
from districts.models import Membership
from districts.permissions import Permission
from districts.permissions import may as allowed
from districts.theme import version_of

register = template.Library()

ICONS = Path(__file__).resolve().parents[2] / "templates" / "components" / "icons"
FALLBACK_ICON = "circle-help"
THEMES = ("light", "dark")
DENSITIES = ("compact",)
SELECTED = SafeString(" selected")
# Of one block: languages times roles times sections, and a few more.
MOST_KEPT = 256


@cache
def _drawings() -> dict[str, str]:
    """Return what stands inside the <svg> of every vendored icon, by name."""
    return {path.stem: _inside(path.read_text(encoding="utf-8")) for path in ICONS.glob("*.svg")}


def _inside(svg: str) -> str:
    inner = re.sub(r"<!--.*?-->|</?svg[^>]*>", "", svg, flags=re.DOTALL)
    return re.sub(r"\s+", " ", inner).replace(" />", "/>").replace("> <", "><").strip()


@register.simple_tag
def icon(name: str, modifier: str = "") -> SafeString:
    """Draw a Lucide icon inline: `{% icon "inbox" %}`, `{% icon "bus" "icon--large" %}`.

    It is hidden from screen readers: a name stands beside it, or in the control's aria-label. A
    name that is not vendored, as data may hold one, draws a question mark.
    """
    return _drawn(name, modifier)


@register.simple_tag
def asked_again(address: str, *, busy: object, part: str = "progress") -> SafeString:
    """Let a part of a page be asked again every two seconds while it is busy.

    What has the focus keeps it. Without JavaScript a link in the part does the same by hand.
    """
    if not busy:
        return SafeString()
    return format_html(
        ' hx-get="{}" hx-trigger="every 2s" hx-select="#{}" hx-target="this" hx-swap="outerMorph"',
        address,
        part,
    )


# Names may come from data, so only the latest are kept.
@lru_cache(maxsize=512)
def _drawn(name: str, modifier: str) -> SafeString:
    drawings = _drawings()
    return format_html(
        '<svg class="icon{}{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        " " if modifier else "",
        modifier,
        mark_safe(drawings.get(name, drawings[FALLBACK_ICON])),  # noqa: S308 our own vendored files
    )


class KeptNode(template.Node):
    """Draws its block once for each language and set of values, and keeps the latest."""

    def __init__(self, inside: template.NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist = inside
        self.values = values
        self.drawn = lru_cache(maxsize=MOST_KEPT)(self._draw)

    def render(self, context: template.Context) -> SafeString:
        found = tuple(value.resolve(context) for value in self.values.values())
        return self.drawn(context.template, get_language(), get_urlconf(), *found)

    def _draw(self, drawn_in: Any, *key: Hashable) -> SafeString:
        """Draw with nothing in sight but the values, so that nobody sees another's page."""
        known = template.Context(dict(zip(self.values, key[2:], strict=True)))
        with known.bind_template(drawn_in):
            return self.nodelist.render(known)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keep what is drawn between `{% kept role=member.role %}` and `{% endkept %}`.

    The block sees the values that are named, nothing else: not the request, not the member.
    """
    words = token.split_contents()[1:]
    values = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError(f"kept takes name=value, not {words[0]!r}.")
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(inside, values)


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


@register.simple_tag(takes_context=True)
def member_of_account(context: dict[str, Any]) -> Membership | None:
    """Return who logged in, on the account pages, whose views know a user and no member."""
    with transaction.atomic():  # allauth's pages are drawn after the request's transaction
        return member_of(context["request"])


@register.simple_tag(takes_context=True)
def mark_url(context: dict[str, Any]) -> str:
    """Return the address of the icon in a browser's tab: the ring, in the district's colour."""
    district = context.get("district")
    if district is None:
        return static("mark.svg")
    return reverse("districts:favicon", args=[version_of(district)])


@register.filter
def may(member: Membership | None, permission: str) -> bool:
    """Say whether a member has a permission: `{% if member|may:"record" %}`."""
    return member is not None and allowed(member, Permission(permission))


@register.simple_tag
@lru_cache(maxsize=1024)
def avatar(name: str) -> SafeString:
    """Draw a person's initials in a circle; the name is said aloud: `{% avatar owner.name %}`."""
    return format_html(
        '<span class="avatar" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="aloud"><bdi>{}</bdi></span></span>',
        name,
        initials(name),
        name,
    )


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """Draw the <option>s of (value, name) pairs; lists of hundreds are drawn once."""
    return _options(tuple((str(value), str(name)) for value, name in choices), str(chosen or ""))


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", name) for value, name in choices),
    )


@register.filter
def with_weekday(on: date) -> str:
    """Say a day with its weekday, as its language does: "Thu, Nov 26, 2026"."""
    return format_date(on, pgettext("date format with weekday and year", "D, M j, Y"))


@register.filter
def initials(name: object) -> str:
    """Return up to two letters of a name for an avatar: Jo Ann Kim -> JK."""
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper() or "?"
