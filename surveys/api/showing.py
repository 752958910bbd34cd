"""How machines see surveys, waves and results: nothing here can be written."""

from collections.abc import Iterator, Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from districts.for_machines.fields import Moment
from surveys.figures import Figure, mean, score
from surveys.models import Audience, Mode, WaveState
from surveys.questionnaire import Kind
from surveys.rates import Rate
from surveys.suppression import Cell, Shown
from surveys.turnout import Turnout

Readable = serializers.Serializer[Any]
Word = serializers.CharField
Whole = serializers.IntegerField
SHOWN = [(one.value, one.value) for one in Shown]


class SurveyShown(Readable):
    """A survey."""

    id = Whole()
    name = Word()
    template = Word(help_text="What it was begun from, or empty.")
    mode = serializers.ChoiceField(Mode.choices)
    audience = serializers.ChoiceField(Audience.choices)
    archived_at = Moment(allow_null=True)


class SurveyPage(Readable):
    """One page of the surveys."""

    next = serializers.URLField(allow_null=True)
    results = SurveyShown(many=True)


@extend_schema_field(OpenApiTypes.OBJECT)
class Document(serializers.JSONField):
    """A questionnaire as docs/api.md describes it."""


class VersionShown(Readable):
    """A published version: its wording is locked."""

    number = Whole()
    published_at = Moment()
    questionnaire = Document(source="body")


class VersionPage(Readable):
    """One page of the published versions of a survey."""

    next = serializers.URLField(allow_null=True)
    results = VersionShown(many=True)


class RateShown(Readable):
    """A response rate, 0 to 100 percent, with its 95 % interval; null where nobody was invited."""

    answered = Whole(source="part")
    invited = Whole(source="whole")
    percent = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class WaveRow(Readable):
    """A wave in a list."""

    id = Whole()
    survey = Whole(source="survey_id")
    version = Whole(source="version.number")
    name = Word()
    mode = serializers.ChoiceField(Mode.choices)
    state = serializers.ChoiceField(WaveState.choices)
    opens_at = Moment()
    closes_at = Moment()


class WavePage(Readable):
    """One page of the waves of a survey."""

    next = serializers.URLField(allow_null=True)
    results = WaveRow(many=True)


class SchoolTurnout(Readable):
    """Who was invited at a school and answered; `school` is its slug, null for no school."""

    school = Word(allow_null=True)
    sent = Whole()
    bounced = Whole()
    waiting = Whole()
    rate = RateShown()


class WaveShown(WaveRow):
    """A wave with who answered, counted live."""

    rate = RateShown()
    schools = SchoolTurnout(many=True)


class ValueShown(Readable):
    """How often an answer was given."""

    value = Word(help_text="The key of a choice, or a number.")
    count = Whole()


class GroupShown(Readable):
    """What may be seen of a school, or of all: see docs/surveys.md."""

    school = Word(allow_null=True, help_text="The school's slug; null for all together.")
    shown = serializers.ChoiceField(
        SHOWN, help_text="exact; alike: nearly all gave one value; size: only how many; nothing."
    )
    answered = Whole(allow_null=True)
    counts = ValueShown(many=True, help_text="Where exact; not of numbers, which have a mean.")
    alike = Word(allow_null=True, help_text="The value that nearly everybody gave.")
    at_least_percent = Whole(allow_null=True, help_text="How many percent and more gave it.")
    mean = serializers.FloatField(allow_null=True)
    net_promoter_score = serializers.FloatField(allow_null=True)


class FigureShown(Readable):
    """The figures of one question, or of one line of a matrix."""

    key = Word(help_text="The question's stable key; of a matrix `question.line`.")
    kind = serializers.ChoiceField([(kind.value, kind.value) for kind in Kind])
    held_until_closed = serializers.BooleanField()
    groups = GroupShown(many=True)


class ResultsShown(Readable):
    """The published figures of a wave; the same as on its page."""

    wave = Whole()
    responses = Whole(help_text="How many responses the figures hold.")
    floor = Whole(help_text="From how many answers on a group is shown.")
    questions = FigureShown(many=True)


def turnout_rows(
    found: Mapping[int | None, Turnout], slugs: Mapping[int, str]
) -> Iterator[dict[str, Any]]:
    """Yield the turnout of each school, schools by slug."""
    for school, one in found.items():
        rate: Rate = one.rate
        slug = slugs.get(school) if school is not None else None
        yield {**vars(one), "school": slug, "rate": rate}


def figure_row(figure: Figure, slugs: Mapping[int, str]) -> dict[str, Any]:
    """Return one figure with its groups: all together first, then each school by slug."""
    groups = [_group(figure, None, None)]
    groups += [_group(figure, pk, slug) for pk, slug in slugs.items()]
    return {
        "key": figure.asked.key,
        "kind": figure.asked.question.kind.value,
        "held_until_closed": figure.is_held,
        "groups": groups,
    }


def _group(figure: Figure, school: int | None, slug: str | None) -> dict[str, Any]:
    cell, kind = figure.cell(school), figure.asked.question.kind
    return {
        "school": slug,
        "shown": cell.shown.value,
        "answered": cell.n,
        "counts": [] if kind == Kind.NUMBER else _counts(cell),
        "alike": cell.value or None,
        "at_least_percent": cell.percent or None,
        "mean": mean(cell) if kind in {Kind.NUMBER, Kind.RATING} else None,
        "net_promoter_score": score(cell) if kind == Kind.RECOMMEND else None,
    }


def _counts(cell: Cell) -> list[dict[str, Any]]:
    return [{"value": value, "count": count} for value, count in sorted(cell.counts.items())]
