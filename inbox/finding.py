"""Where a few letters may lead: a conversation, a view, a family, a page of settings."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from districts.models import Membership
from districts.permissions import Permission, may
from families.access import families_named
from inbox.access import visible_to
from inbox.browsing import VIEWS
from inbox.models import Conversation
from inbox.searching import matching

MOST = 10
FEW = 5

# Pages of other parts; one that does not exist, or is not for the member, is left out.
PAGES: list[tuple[str, Promise, str, Permission]] = [
    ("families:list", _("Families"), "users", Permission.SEE_FAMILIES),
    ("inbox:service", _("Service"), "chart-column", Permission.SEE_SERVICE),
    ("inbox:notifications", _("Notifications"), "bell", Permission.SEE_INBOX),
    ("districts:settings", _("Settings"), "settings", Permission.MANAGE_DISTRICT),
    ("families:outbox", _("Outgoing mail"), "send", Permission.SEE_OUTBOX),
]


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: its address, its name, what it is."""

    url: str
    name: str
    icon: str
    hint: str = ""


def places(member: Membership, words: str) -> list[Place]:
    """Return where words lead a member: what they name exactly, then what holds them."""
    found = [
        *_numbered(member, words),
        *_views(words),
        *_pages(member, words),
        *_families(member, words),
        *_conversations(member, words),
    ]
    return list({place.url: place for place in found}.values())[:MOST]


def _numbered(member: Membership, words: str) -> list[Place]:
    digits = words.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        return []
    return [_conversation(row) for row in visible_to(member).filter(number=int(digits))]


def _views(words: str) -> list[Place]:
    address = reverse("inbox:list")
    return [
        Place(f"{address}?view={view.slug}", str(view.name), view.icon)
        for view in VIEWS
        if words.casefold() in str(view.name).casefold()
    ][:FEW]


def _pages(member: Membership, words: str) -> list[Place]:
    return [
        Place(address, str(name), icon)
        for url, name, icon, permission in PAGES
        if may(member, permission)
        and words.casefold() in str(name).casefold()
        and (address := _address(url))
    ]


def _families(member: Membership, words: str) -> list[Place]:
    if len(words) < 2:
        return []
    return [
        Place(reverse("families:detail", args=[family.pk]), family.name, "users", str(_("Family")))
        for family in families_named(member, words)[:FEW]
    ]


def _conversations(member: Membership, words: str) -> list[Place]:
    if len(words) < 2:
        return []
    found = matching(visible_to(member), words).order_by("-last_message_at", "-id")
    return [_conversation(row) for row in found[:FEW]]


def _conversation(row: Conversation) -> Place:
    address = reverse("inbox:conversation", args=[row.number])
    return Place(address, row.subject, "message-square", f"#{row.number} · {row.sender_label}")


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
