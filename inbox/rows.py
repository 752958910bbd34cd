"""The rows of a list in words: worked out once in Python, since a page has fifty of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from types import MappingProxyType

from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext

from families.languages import language_name
from inbox.channel_icons import channel_icon
from inbox.due_distance import tone_of
from inbox.due_words import due_words
from inbox.models import Channel, Conversation, Status

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
    tz, reader = get_current_timezone(), get_language() or ""
    rows = [_row(each, query, at, tz, reader) for each in conversations]
    return [_marked(row, surges[row.pk]) if row.pk in surges else row for row in rows]


def _marked(row: Row, title: str) -> Row:
    return replace(row, about=f"{gettext('Surge')}: {title} · {row.about}")


def _row(each: Conversation, query: str, at: datetime, tz: tzinfo, reader: str) -> Row:
    due, tone = _due(each, at, tz)
    path = reverse("inbox:conversation", args=[each.number])
    return Row(
        pk=each.pk,
        number=each.number,
        pick=gettext("Select #%(number)s") % {"number": each.number},
        path=path,
        address=f"{path}?{query}",
        is_read=vars(each)["is_read"],
        is_alerted=vars(each).get("is_alerted", False),
        icon=channel_icon(each.channel),
        sender=each.sender_label,
        language=each.language,
        subject=each.subject,
        words=each.preview if each.preview != each.subject else "",
        about=_about(each, reader),
        due=due,
        due_tone=tone,
        owner=each.owner.name if each.owner else "",
        aloud=_aloud(each),
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
        return gettext("Resolved"), "met"
    if each.snoozed_until and each.snoozed_until > at:
        until = due_words(each.snoozed_until, at, tz)
        return gettext("Snoozed, %(until)s") % {"until": until}, ""
    if each.due_at:
        return due_words(each.due_at, at, tz), tone_of(each.due_at, at).value
    return gettext("Waiting") if each.status == Status.PENDING else gettext("No due time"), ""


def _aloud(each: Conversation) -> str:
    # The labels themselves: Django's get_..._display hashes every choice at every call.
    said = {"channel": Channel(each.channel).label, "status": Status(each.status).label}
    return gettext("By %(channel)s. %(status)s.") % said
