"""The rows of a list in words: worked out once in Python, since a page has fifty of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext, gettext_noop, pgettext

from families.languages import language_name
from inbox.channel_icons import channel_icon
from inbox.due_distance import tone_of
from inbox.due_words import due_words
from inbox.models import Channel, Conversation, Status

PICK = gettext_noop("Select #%(number)s")
# A number that no other part of an address holds.
PLACE = 1_234_567_890
EMPTY: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation as a list shows it; all texts are plain and yet to be escaped."""

    pk: int
    number: int
    pick: str
    path: str
    address: str
    is_read: bool
    is_alerted: bool
    icon: str
    sender: str
    language: str
    subject: str
    words: str
    about: str
    due: str
    due_tone: str
    owner: str
    aloud: str


class Said(NamedTuple):
    """What all rows of a list have in common, worked out once."""

    query: str
    at: datetime
    tz: tzinfo
    reader: str
    pick: str
    path: str


def rows_of(
    conversations: Iterable[Conversation],
    *,
    query: str,
    at: datetime,
    surges: Mapping[int, str] = EMPTY,
) -> list[Row]:
    """Return the rows of conversations that were read with ``is_read``, topic, school, owner.

    ``surges`` are the titles of the surges that some of them are in, by their ids.
    """
    said = Said(query, at, get_current_timezone(), get_language() or "", gettext(PICK), _path())
    rows = [_row(each, said) for each in conversations]
    return [_marked(row, surges[row.pk]) if row.pk in surges else row for row in rows]


def _marked(row: Row, title: str) -> Row:
    return replace(row, about=f"{gettext('Surge')}: {title} · {row.about}")


def _path() -> str:
    """Return the address of a conversation, with a place for its number."""
    return reverse("inbox:conversation", args=[PLACE]).replace(str(PLACE), "%d")


def _row(each: Conversation, said: Said) -> Row:
    due, tone = _due(each, said.at, said.tz)
    path = said.path % each.number
    return Row(
        pk=each.pk,
        number=each.number,
        pick=said.pick % {"number": each.number},
        path=path,
        address=f"{path}?{said.query}",
        is_read=vars(each)["is_read"],
        is_alerted=vars(each).get("is_alerted", False),
        icon=channel_icon(each.channel),
        sender=each.sender_label,
        language=each.language,
        subject=each.subject,
        words=each.preview if each.preview != each.subject else "",
        about=_about(each, said.reader),
        due=due,
        due_tone=tone,
        owner=each.owner.name if each.owner else "",
        aloud=_aloud(each.channel, each.status, said.reader),
    )


def _about(each: Conversation, reader: str) -> str:
    """Return topic, school and, where it is another than the reader's, language."""
    parts = [each.topic.name_in(reader) if each.topic else gettext("No topic")]
    if each.school:
        parts.append(each.school.name)
    if each.language != reader:
        parts.append(language_name(each.language))
    return " · ".join(parts)


def _due(each: Conversation, at: datetime, tz: tzinfo) -> tuple[str, str]:
    """Return when it is due, or why nothing is, with the tone that colours it or ""."""
    if each.is_spam:
        return gettext("Spam"), ""
    if each.status == Status.RESOLVED:
        return pgettext("state", "Resolved"), "met"
    if each.snoozed_until and each.snoozed_until > at:
        until = due_words(each.snoozed_until, at, tz)
        return gettext("Snoozed, %(until)s") % {"until": until}, ""
    if each.due_at:
        return due_words(each.due_at, at, tz), tone_of(each.due_at, at).value
    return gettext("Waiting") if each.status == Status.PENDING else gettext("No due time"), ""


@cache
def _aloud(channel: str, status: str, _reader: str) -> str:
    said = {"channel": Channel(channel).label, "status": Status(status).label}
    return gettext("By %(channel)s. %(status)s.") % said
