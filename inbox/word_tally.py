"""Counting words in kept `Wording` rows: how many conversations and families, now and before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Cast, Concat, Lower

from inbox.models import Conversation, Message
from inbox.models.conversation import ConversationQuerySet
from inbox.word_growth import (
    FEWEST,
    Count,
    candidates,
    compared,
    expected,
    grown,
    without_doubles,
)
from inbox.word_names import is_of_a_person, known_names
from inbox.wording import Spelling, spell

MOST = 12

# How many conversations and families wrote in each language; a family counts once at each time.
WHOLE = """
SELECT language, count(*) FILTER (WHERE is_now), count(*) FILTER (WHERE NOT is_now),
    count(DISTINCT who) FILTER (WHERE is_now), count(DISTINCT who) FILTER (WHERE NOT is_now)
FROM ({told}) AS told GROUP BY language
"""
WORDS = """
SELECT language, word, count(*) FILTER (WHERE is_now), count(*) FILTER (WHERE NOT is_now)
FROM ({told}) AS told, unnest(words) AS word GROUP BY language, word HAVING count(*) >= %s
"""
FAMILIES = """
SELECT word, count(DISTINCT who) FILTER (WHERE is_now),
    count(DISTINCT who) FILTER (WHERE NOT is_now),
    (array_agg(id ORDER BY id DESC) FILTER (WHERE is_now))[:40]
FROM ({told}) AS told, unnest(words) AS word
WHERE language = %s AND word = ANY(%s) GROUP BY word
"""


@dataclass(frozen=True)
class Span:
    """Two times of equal length that meet in the middle, and whose conversations of them."""

    begin: datetime
    middle: datetime
    end: datetime
    team: int | None
    schools: tuple[int, ...]


def report_of(span: Span) -> list[dict[str, Any]]:
    """Return for each language how much was compared, and the words that grew most."""
    told = told_in(span)
    sizes = {row[0]: (Count(*row[1:3]), Count(*row[3:])) for row in _ask(WHOLE, told)}
    held: dict[str, dict[int, Count]] = defaultdict(dict)
    for language, word, now, before in _ask(WORDS, told, FEWEST):
        held[language][word] = Count(now, before)
    names: set[str] = set()
    found = []
    for language, (whole, families) in sorted(sizes.items(), key=lambda row: -row[1][0].now):
        chances = compared(held[language], whole)
        part = {"language": language, "now": whole.now, "before": whole.before}
        words: list[dict[str, Any]] = []
        if likely := candidates(chances):
            names = names or known_names()
            rows = _ask(FAMILIES, told, language, likely)
            by_family = {word: Count(now, before) for word, now, before, _ids in rows}
            told_by = grown(chances, by_family, families)
            spelled = _spelled({row[0]: row[3] for row in rows if row[0] in told_by})
            words = _words(held[language], whole, by_family, spelled, names)
            for each in words:
                each["chance"] = told_by[each.pop("number")]
        found.append(part | {"compared": len(chances), "words": words[:MOST]})
    return found


def told_in(span: Span) -> ConversationQuerySet:
    """Return what is counted: nothing private, no spam, within a team and schools."""
    found = Conversation.objects.filter(
        received_at__gte=span.begin, received_at__lt=span.end, is_spam=False
    ).exclude(topic__is_private=True)
    if span.team is not None:
        found = found.filter(team=span.team)
    if span.schools:
        found = found.filter(school__in=span.schools)
    is_now = ExpressionWrapper(Q(received_at__gte=span.middle), output_field=BooleanField())
    return found.filter(wordings__isnull=False).annotate(is_now=is_now, who=_who())


def _who() -> Case:
    """Return who wrote, as one family is told from another; all who give no name are one."""
    return Case(
        When(
            guardian__isnull=False,
            then=Concat(Value("#"), Cast("guardian__family_id", CharField())),
        ),
        When(~Q(sender_email=""), then=Lower("sender_email")),
        default=F("sender_phone"),
        output_field=CharField(),
    )


def _ask(sql: str, told: Any, *values: Any) -> list[tuple[Any, ...]]:
    rows = told.order_by().values("id", "language", "is_now", "who", words=F("wordings__words"))
    inner, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql.format(told=inner), [*params, *values])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _spelled(samples: Mapping[int, Sequence[int]]) -> dict[int, Spelling]:
    """Return how words are written in a few of the conversations that hold them."""
    pks = {pk for ids in samples.values() for pk in ids}
    said = Message.objects.filter(conversation__in=pks, direction="inbound").order_by("-at", "-id")
    texts = {
        pk: (f"{subject}\n{body}", language)
        for pk, body, subject, language in said.values_list(
            "conversation_id", "body", "conversation__subject", "conversation__language"
        )
    }
    return spell(samples, texts.values())


def _words(
    held: Mapping[int, Count],
    whole: Count,
    families: Mapping[int, Count],
    spelled: Mapping[int, Spelling],
    names: set[str],
) -> list[dict[str, Any]]:
    """Return the words that may be shown, those first that are most beyond what was expected."""
    found: dict[str, dict[str, Any]] = {
        spelling.usual: {
            "number": number,
            "text": spelling.usual,
            "now": held[number].now,
            "before": held[number].before,
            "families": families[number].now,
            "expected": round(expected(held[number], whole), 1),
        }
        for number, spelling in spelled.items()
        if spelling.usual and not is_of_a_person(spelling, families[number].now, names)
    }
    kept = without_doubles({text: each["now"] for text, each in found.items()})
    return sorted((found[text] for text in kept), key=lambda each: each["expected"] - each["now"])
