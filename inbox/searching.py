"""Finding conversations by words, numbers and names, through the one function that may."""

from datetime import datetime

from django.db import connection

from inbox.models import Wording
from inbox.models.conversation import ConversationQuerySet
from inbox.wording import number_of

MOST = 500
WORDS = 8


def matching(found: ConversationQuerySet, words: str) -> ConversationQuerySet:
    """Keep the newest 500 whose subject, number, reference or sender hold every word."""
    return found.filter(pk__in=_ids(words)) if words.split() else found


def saying(
    found: ConversationQuerySet, words: str, language: str, *, within: tuple[datetime, datetime]
) -> ConversationQuerySet:
    """Keep those whose first message says a word or a phrase, as the trends count them.

    What is private is not counted there, and so not listed here; only what arrived within a time
    is looked through.
    """
    number = number_of(words, language or "en")
    held = Wording.objects.filter(at__gte=within[0], at__lt=within[1], words__contains=[number])
    return found.filter(pk__in=held.values("conversation_id")).exclude(topic__is_private=True)


def _ids(words: str) -> list[int]:
    """Ask the database for the ids; the function applies the district itself."""
    plain = words.replace("\x00", "").split()[:WORDS]
    patterns = sorted(map(_pattern, plain), key=len, reverse=True)
    if not patterns:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM inbox_search(inbox_plain(%s), ARRAY(SELECT inbox_plain(word) "
            "FROM unnest(%s::text[]) AS word), %s)",
            [patterns[0], patterns[1:], MOST],
        )
        return [row[0] for row in cursor.fetchall()]


def _pattern(word: str) -> str:
    """Return a word as a pattern: anywhere in the text, a short one at the start of a word only."""
    plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"% {plain}%" if len(word) < 3 else f"%{plain}%"
