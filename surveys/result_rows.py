"""Results as a page shows them: for each question its answers in order, with bars and words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from districts.charts import Chart, ranges
from surveys import result_words
from surveys.figures import SEGMENTS, Asked, Figure, mean, score, segments
from surveys.questionnaire import Kind, Questionnaire
from surveys.result_words import share, text, title_of, values_of, why_hidden
from surveys.suppression import Cell, Shown
from surveys.tallying import TEXTS
from surveys.turnout import Turnout

MOST_DRAWN = 40
WITH_MEAN = {Kind.RATING, Kind.NUMBER}


@dataclass(frozen=True)
class Bar:
    """One answer: how many gave it and how large a part that is, with ``width`` up to 100."""

    value: str
    name: str
    count: int | None
    words: str
    width: int
    beside: str = ""


@dataclass(frozen=True)
class Block:
    """One question with all that is shown of it; ``lines`` only of a matrix."""

    key: str
    kind: str
    title: str
    n: int | None
    why: str
    bars: Sequence[Bar]
    mean: str = ""
    score: str = ""
    scale: Sequence[Bar] = ()
    lines: Sequence["Block"] = ()

    @property
    def is_text(self) -> bool:
        """Say whether families wrote their answers."""
        return self.kind in TEXTS


def blocks(
    figures: Sequence[Figure], questionnaire: Questionnaire, *, school: int | None, floor: int
) -> list[Block]:
    """Return the figures of the district or of a school beside the district's."""
    return [
        _matrix(list(same), questionnaire, school, floor)
        if question.kind == Kind.MATRIX
        else block(next(same), questionnaire, school=school, floor=floor)
        for question, same in groupby(figures, key=lambda figure: figure.asked.question)
    ]


def block(figure: Figure, questionnaire: Questionnaire, *, school: int | None, floor: int) -> Block:
    """Return one figure."""
    asked, cell = figure.asked, figure.cell(school)
    district = figure.cell() if school is not None else None
    first = questionnaire.languages[0]
    counts = segments(cell) if asked.question.kind == Kind.RECOMMEND else cell.counts
    is_seen = cell.shown in {Shown.EXACT, Shown.ALIKE}
    offered = list(values_of(asked, figure.cell(), first)) if is_seen else []
    kind = asked.question.kind
    return Block(
        key=asked.key,
        kind=kind.value,
        title=title_of(asked, questionnaire),
        n=cell.n,
        why=why_hidden(cell, is_held=figure.is_held, floor=floor),
        bars=[_bar(cell, value, name, counts, _beside(asked, district)) for value, name in offered],
        mean=result_words.decimal(mean(cell)) if kind in WITH_MEAN and cell.is_exact else "",
        score=result_words.signed(score(cell)) if kind == Kind.RECOMMEND else "",
        scale=_scale(cell) if kind == Kind.RECOMMEND else (),
    )


def _matrix(
    figures: list[Figure], questionnaire: Questionnaire, school: int | None, floor: int
) -> Block:
    """Return the lines of a matrix under what is asked of each."""
    first = questionnaire.languages[0]
    question = figures[0].asked.question
    lines = []
    for figure in figures:
        found = block(figure, questionnaire, school=school, floor=floor)
        line = figure.asked.line
        lines.append(_named(found, text(line.texts, first) if line else ""))
    offered = [
        Bar(choice.key, text(choice.texts, first), None, "", 0) for choice in question.choices
    ]
    why = lines[0].why if len({line.why for line in lines}) == 1 else ""
    title = text(question.texts, first)
    return Block(question.key, Kind.MATRIX.value, title, None, why, offered, lines=lines)


def _named(found: Block, name: str) -> Block:
    return Block(found.key, found.kind, name, found.n, found.why, found.bars)


def _beside(asked: Asked, district: Cell | None) -> Mapping[str, str]:
    """Return the district's shares by value, to stand beside a school's."""
    if district is None:
        return {}
    counts = segments(district) if asked.question.kind == Kind.RECOMMEND else district.counts
    return {
        value: share(district, value, counts.get(value, 0))
        for value in {*counts, *(choice.key for choice in asked.question.choices), district.value}
    }


def _bar(
    cell: Cell, value: str, name: str, counts: Mapping[str, int], beside: Mapping[str, str]
) -> Bar:
    count = counts.get(value, 0) if cell.is_exact else None
    width = round(100 * count / cell.n) if count is not None and cell.n else 0
    if value == cell.value:
        width = cell.percent
    return Bar(value, name, count, share(cell, value, count), width, beside.get(value, ""))


def _scale(cell: Cell) -> Sequence[Bar]:
    """Return every answer from 0 to 10, highest first."""
    if not cell.is_exact:
        return ()
    offered = sorted(map(int, set().union(*SEGMENTS.values())), reverse=True)
    return [_bar(cell, str(n), str(n), cell.counts, {}) for n in offered]


@dataclass(frozen=True)
class SchoolTable:
    """One question school by school: the names of its answers, and what each school shows."""

    title: str
    offered: Sequence[str]
    rows: Sequence[tuple[str, Block]]
    has_score: bool
    has_mean: bool


def school_table(
    figure: Figure, questionnaire: Questionnaire, schools: Mapping[int | None, str], floor: int
) -> SchoolTable:
    """Return what may be seen of one figure at schools, given by name; None is all of them."""
    asked, first = figure.asked, questionnaire.languages[0]
    known = {None, *figure.published.cells}
    return SchoolTable(
        title=title_of(asked, questionnaire),
        offered=[name for _value, name in values_of(asked, figure.cell(), first)],
        rows=[
            (name, block(figure, questionnaire, school=school, floor=floor))
            for school, name in schools.items()
            if school in known
        ],
        has_score=asked.question.kind == Kind.RECOMMEND,
        has_mean=asked.question.kind in WITH_MEAN,
    )


def rates_chart(rates: Sequence[tuple[str, Turnout]]) -> Chart:
    """Return the response rate of each school with its interval, the lowest first."""
    drawn = sorted(
        ((name, one) for name, one in rates if one.invited),
        key=lambda pair: (pair[1].rate.percent or 0, pair[0]),
    )[:MOST_DRAWN]
    points = [
        {
            "name": name,
            "low": one.rate.low,
            "middle": one.rate.percent,
            "high": one.rate.high,
            "words": result_words.percent(one.rate.percent or 0),
        }
        for name, one in drawn
    ]
    said = _("The response rate of %(n)d schools, each with its interval; numbers in the table.")
    return Chart(
        "rates",
        _("Who answered, school by school"),
        said % {"n": len(points)},
        ranges(points, axis=_("Of those who were invited, %")) if len(points) > 1 else None,
    )
