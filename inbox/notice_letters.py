"""The mail that tells a member their news: one piece in a letter of its own, or many in a digest.

Mail is read on phones and passed on by mistake. So it says what happened, the number and, to who
may see the conversation, its topic and school; never what a family wrote or who they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from districts.hosts import address_of
from districts.models import District, Membership
from families.models import Delivery
from families.outbound import Letter, queue_email
from inbox.access import visible_to
from inbox.models import Notification
from inbox.news_words import news_words

NAMED = 40
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of news as a letter says it; ``about`` and ``url`` only where they may see it."""

    words: str
    number: int | None
    about: str
    url: str


def write_one(news: Notification, *, to: Membership, district: District, at: datetime) -> Delivery:
    """Queue a letter with one piece of news; the same piece is mailed once."""
    return _write("notice", f"notice:{news.pk}", [news], 1, to=to, district=district, at=at)


def write_digest(
    news: Sequence[Notification], total: int, *, to: Membership, district: District, at: datetime
) -> Delivery:
    """Queue a digest of so many pieces of news, of which the first are said one by one."""
    key = f"digest:{to.pk}:{max(each.pk for each in news)}"
    return _write("digest", key, news[:NAMED], total, to=to, district=district, at=at)


def _write(
    purpose: str,
    key: str,
    news: Sequence[Notification],
    total: int,
    *,
    to: Membership,
    district: District,
    at: datetime,
) -> Delivery:
    address = address_of(district)
    choices_url = address + reverse("inbox:notice_choices")
    with translation.override(to.language):
        lines = _lines(news, to=to, address=address)
        subject = _subject(lines[0]) if purpose == "notice" else _counted(total)
        context: dict[str, Any] = {
            "subject": subject,
            "lines": lines,
            "more": total - len(lines),
            "news_url": address + reverse("inbox:notifications"),
            "choices_url": choices_url,
            "district": district,
            "language": to.language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
        }
        letter = Letter(
            key=key,
            purpose=purpose,
            to_address=to.user.email,
            to_name=to.name,
            subject=subject,
            text=render_to_string("email/news.txt", context).strip() + "\n",
            html=render_to_string("email/news.html", context),
            language=to.language,
            headers={**HEADERS, "List-Unsubscribe": f"<{choices_url}>"},
        )
    return queue_email(letter, at=at)


def _lines(news: Sequence[Notification], *, to: Membership, address: str) -> list[Line]:
    pks = {each.conversation_id for each in news} - {None}
    seen = visible_to(to).filter(pk__in=pks).select_related("topic", "school")
    conversations = {conversation.pk: conversation for conversation in seen}
    lines = []
    for each in news:
        conversation = conversations.get(each.conversation_id or 0)
        number = each.detail.get("number")
        about, url = "", ""
        if conversation is not None:
            topic = conversation.topic.name_in(to.language) if conversation.topic else ""
            school = conversation.school.name if conversation.school else ""
            about = " · ".join(filter(None, (topic, school)))
            url = address + reverse("inbox:conversation", args=[conversation.number])
        lines.append(Line(news_words(each), number, about, url))
    return lines


def _subject(line: Line) -> str:
    return f"#{line.number} {line.words}" if line.number else line.words


def _counted(total: int) -> str:
    said = ngettext("%(count)d piece of news for you", "%(count)d pieces of news for you", total)
    return said % {"count": total}
