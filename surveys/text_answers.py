"""What families wrote, as those read it who may: of groups of ten and more, in an order of chance.

The order is the same each time, and says nothing of who answered when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import MD5, Cast, Concat
from django.utils.crypto import salted_hmac

from districts import audit
from districts.models import Membership
from surveys.figures import Figure
from surveys.models import AnonymousResponse, Response, Wave
from surveys.result_scope import ResultScope

SALT = "earshot.surveys.text_answers"


@dataclass(frozen=True)
class Readable:
    """Whose texts may be read: of ``named`` schools with the school's name, of others without.

    ``has_others`` says that the others are many enough, taken together, to be read.
    """

    named: Mapping[int, str]
    has_others: bool


def readable(figure: Figure, scope: ResultScope) -> Readable:
    """Return whose texts a member may read."""
    named = {pk: name for pk, name in scope.schools.items() if figure.cell(pk).n is not None}
    return Readable(named, has_others=not scope.is_limited and figure.cell().n is not None)


def texts_of(
    wave: Wave, key: str, whose: Readable, *, school: int | None = None, words: str = ""
) -> QuerySet[Any]:
    """Return the rows with ``text`` and ``school_id``, of all who may be read or of one school."""
    rows = _rows(wave).filter(answers__has_key=key)
    if school is not None:
        rows = rows.filter(school=school)
    elif not whose.has_others:
        rows = rows.filter(school__in=whose.named)
    rows = rows.annotate(text=KeyTextTransform(key, "answers"))
    if words:
        rows = rows.filter(text__icontains=words)
    salt = salted_hmac(SALT, f"{wave.district_id}:{wave.pk}:{key}").hexdigest()
    place = MD5(Concat(Value(salt), Cast("pk", CharField())))
    found: QuerySet[Any] = rows.order_by(place).values("text", "school_id")
    return found


@dataclass(frozen=True)
class Reading:
    """What somebody read: a page of the answers to a question, of a school, with some words."""

    question: str
    page: int
    school: str = ""
    words: str = ""


def log_reading(wave: Wave, reading: Reading, *, by: Membership, at: datetime) -> None:
    """Write down that a member has read what families wrote."""
    said = {name: value for name, value in vars(reading).items() if value}
    audit.write("read", wave, by=by, at=at, **said)


def _rows(wave: Wave) -> QuerySet[Any]:
    """Return the responses that the figures hold; one changed since waits for the end."""
    if wave.is_anonymous:
        return AnonymousResponse.objects.filter(wave=wave)
    rows = Response.objects.filter(wave=wave, is_counted=True)
    return rows.filter(changed_at__lte=F("submitted_at")) if wave.takes_answers else rows
