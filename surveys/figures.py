"""The figures of a wave that may be seen, question by question: tallies behind the privacy rules.

Pages, files and the API read these and nothing else. Of several waves only what each of them shows
is added up, so together they say nothing that they do not say apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveys.models import Tally, Wave
from surveys.questionnaire import Kind, Line, Question, Questionnaire
from surveys.suppression import NOTHING, Answers, Cell, Published, Shown, Unions, publish, together
from surveys.tallying import RESPONSES, SILENCE, SOMETHING, TEXTS

# What is counted of a consent.
AGREED, NOT_AGREED = "yes", "no"
# Texts are read of larger groups, whatever a district decides about numbers.
TEXT_FLOOR = 10
# School to value to count.
Tallies = Mapping[int | None, Mapping[str, int]]

SEGMENTS: Unions = {
    "promoter": frozenset({"9", "10"}),
    "passive": frozenset({"7", "8"}),
    "detractor": frozenset(map(str, range(7))),
}


@dataclass(frozen=True)
class Asked:
    """One thing that was asked: a question, or one line of a matrix."""

    question: Question
    line: Line | None = None

    @property
    def key(self) -> str:
        """Return its key in `Tally`."""
        return f"{self.question.key}.{self.line.key}" if self.line else self.question.key

    @property
    def unions(self) -> Unions:
        """Return the values that say the same taken together."""
        return SEGMENTS if self.question.kind == Kind.RECOMMEND else {}


@dataclass(frozen=True)
class Figure:
    """What may be seen of one thing that was asked, of the district and of each school.

    ``is_held`` says that it waits for the end of the wave, as too few are asked or answer it for
    groups of ten to hide anybody.
    """

    asked: Asked
    published: Published[int | None]
    is_held: bool = False

    def cell(self, school: int | None = None) -> Cell:
        """Return what may be seen of a school, or of the district where none is named."""
        if school is None:
            return self.published.total
        return self.published.cells.get(school, NOTHING)


def figures(waves: Sequence[Wave], *, floor: int) -> list[Figure]:
    """Return the figures of waves of one survey, in the order of the newest questionnaire."""
    apart = [_figures(wave, floor) for wave in waves]
    if len(apart) == 1:
        return apart[0]
    found: dict[tuple[str, Kind], list[Figure]] = defaultdict(list)
    for one in apart:
        for figure in one:
            found[figure.asked.key, figure.asked.question.kind].append(figure)
    return [_merged(same) for same in found.values()]


def counted(waves: Sequence[Wave], *, school: int | None = None) -> int:
    """Return how many responses the figures of waves hold, of a school or of all."""
    rows = Tally.objects.filter(wave__in=list(waves), question=RESPONSES[0], value=RESPONSES[1])
    if school is not None:
        rows = rows.filter(school=school)
    return sum(rows.order_by().values_list("count", flat=True))


def asked_of(questionnaire: Questionnaire) -> Iterator[Asked]:
    """Yield what is asked, in order, each line of a matrix by itself."""
    for question in questionnaire.questions:
        if question.kind == Kind.MATRIX:
            yield from (Asked(question, line) for line in question.lines)
        elif question.kind != Kind.STATEMENT:
            yield Asked(question)


def mean(cell: Cell) -> float | None:
    """Return the plain mean of numbers, where all of them may be counted."""
    if not cell.is_exact or not cell.n:
        return None
    return sum(float(value) * count for value, count in cell.counts.items()) / cell.n


def segments(cell: Cell) -> Mapping[str, int]:
    """Return how many promoters, passives and detractors are counted."""
    return {
        name: sum(cell.counts.get(value, 0) for value in values)
        for name, values in SEGMENTS.items()
    }


def score(cell: Cell) -> float | None:
    """Return the share of promoters less that of detractors, from -100 to 100; None if hidden."""
    if not cell.is_exact or not cell.n:
        return None
    found = segments(cell)
    return 100 * (found["promoter"] - found["detractor"]) / cell.n


def _figures(wave: Wave, floor: int) -> list[Figure]:
    tallies: dict[str, dict[int | None, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    columns = ("question", "school_id", "value", "count")
    for question, school, value, count in wave.tallies.order_by().values_list(*columns):
        tallies[question][school][value] = count
    responses = _seen(tallies[RESPONSES[0]]) if wave.takes_answers else 0
    return [
        _figure(asked, tallies[asked.key], floor, moving=responses)
        for asked in asked_of(wave.version.questionnaire)
    ]


def _figure(asked: Asked, tallies: Tallies, floor: int, *, moving: int) -> Figure:
    """Return what may be seen; ``moving`` is the number of responses while it still grows."""
    groups = {school: _answers(counts) for school, counts in tallies.items()}
    if asked.question.kind == Kind.CONSENT:
        groups = {school: _agreed(counts) for school, counts in tallies.items()}
    answered = sum(group.n for group in groups.values())
    # Else a step of ten responses might hold one answer, and show whose it is by comparing.
    if moving and (_seen(tallies) < moving or 2 * answered < moving):
        return Figure(asked, Published(NOTHING, dict.fromkeys(groups, NOTHING)), is_held=True)
    if asked.question.kind in TEXTS:
        floor = max(floor, TEXT_FLOOR)
    return Figure(asked, publish(groups, floor=floor, unions=asked.unions))


def _answers(counts: Mapping[str, int]) -> Answers:
    said = {value: n for value, n in counts.items() if value not in {SILENCE, SOMETHING}}
    return Answers(counts.get(SOMETHING, sum(said.values())), said)


def _agreed(counts: Mapping[str, int]) -> Answers:
    """Return how many agreed and how many did not: a box that was left empty says no."""
    said = {AGREED: counts.get(AGREED, 0), NOT_AGREED: counts.get(SILENCE, 0)}
    return Answers(sum(said.values()), said)


def _seen(tallies: Tallies) -> int:
    """Return how many people saw a question."""
    return sum(_answers(counts).n + counts.get(SILENCE, 0) for counts in tallies.values())


def _merged(same: Sequence[Figure]) -> Figure:
    """Return the figures of one question in several waves, the newest first."""
    schools = {school for figure in same for school in figure.published.cells}
    cells = {
        school: _sum(figure.published.cells.get(school, NOTHING) for figure in same)
        for school in schools
    }
    total = _sum(figure.published.total for figure in same)
    return Figure(same[0].asked, Published(total, cells), all(one.is_held for one in same))


def _sum(cells: Iterable[Cell]) -> Cell:
    exact = [cell for cell in cells if cell.is_exact]
    if not exact:
        return NOTHING
    found = together(Answers(cell.n or 0, cell.counts) for cell in exact)
    return Cell(Shown.EXACT, n=found.n, counts=found.counts)
