"""A file of answers as columns and lines: what each column is, and what each line says.

Columns are guessed by their headers, cells by the words, numbers and keys of choices; what is not
understood is a fault of its cell, and never a guess.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveys.questionnaire import Choice, Kind, Question, Questionnaire
from surveys.values import Fault, control, hear

# Targets of columns besides the controls of questions ("q.bus", "q.staff.kind").
SOURCE, SCHOOL, NOTHING = "source", "school", ""
HEADERS = {
    SOURCE: {"id", "response id", "responseid", "respondent id", "sheet", "number", "nr", "key"},
    SCHOOL: {"school", "campus", "site", "escuela"},
}
MOST_LINES, MOST_COLUMNS = 20_000, 200
SEPARATOR = re.compile(r"[;|,\n]")
Columns = Mapping[str, str]


class UnreadableError(ValueError):
    """The file is no table of answers; the message is one word that says why."""


@dataclass(frozen=True)
class Line:
    """One line of a file: its number as a spreadsheet shows it, where it is from, what it says."""

    number: int
    source: str
    school: str
    answers: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)


def table(content: str) -> tuple[list[str], list[list[str]]]:
    """Return the headers and the lines of a CSV text, parted by commas, semicolons or tabs."""
    text = content.lstrip("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise UnreadableError("table") from error
    if len(rows) < 2:
        raise UnreadableError("empty")
    if len(rows) > MOST_LINES or len(rows[0]) > MOST_COLUMNS:
        raise UnreadableError("size")
    return [header.strip() for header in rows[0]], rows[1:]


def targets(questionnaire: Questionnaire) -> Iterator[tuple[str, Question, str]]:
    """Yield what a column may hold: its name, the question, and the key of a matrix's line."""
    for question in questionnaire.questions:
        if question.kind == Kind.MATRIX:
            yield from (
                (control(question, line.key), question, line.key) for line in question.lines
            )
        elif question.kind != Kind.STATEMENT:
            yield control(question), question, ""


def guess(questionnaire: Questionnaire, headers: Sequence[str]) -> dict[str, str]:
    """Return for each place of a column ("0", "1", ...) what its header says that it holds."""
    known: dict[str, str] = {}
    for name, question, line in targets(questionnaire):
        known |= {_plain(word): name for word in _names(question, line)}
    known |= {word: target for target, words in HEADERS.items() for word in words}
    found: dict[str, str] = {}
    for place, header in enumerate(headers):
        target = known.get(_plain(header), NOTHING)
        found[str(place)] = target if target not in found.values() else NOTHING
    return found


def lines(
    questionnaire: Questionnaire,
    rows: Sequence[Sequence[str]],
    columns: Columns,
    *,
    first: int = 2,
) -> Iterator[Line]:
    """Yield what each line says; the first line under the headers is number 2."""
    known = {name: (question, line) for name, question, line in targets(questionnaire)}
    for number, row in enumerate(rows, start=first):
        cells = {
            target: row[int(place)].strip()
            for place, target in columns.items()
            if target and int(place) < len(row)
        }
        raw = {name: _meant(known[name][0], cells[name]) for name in cells if name in known}
        asked = dict.fromkeys(known[name][0].key for name in raw)
        yield _heard(questionnaire, number, cells, raw, list(asked))


def _heard(
    questionnaire: Questionnaire,
    number: int,
    cells: Mapping[str, str],
    raw: Mapping[str, list[str]],
    asked: list[str],
) -> Line:
    line = Line(number, cells.get(SOURCE, ""), cells.get(SCHOOL, ""))
    for question in questionnaire.questions:
        if question.key not in asked:
            continue
        heard = hear(question, raw)
        if heard.fault is not None:
            line.faults[question.key] = heard.fault
        elif heard.answer is not None:
            line.answers[question.key] = heard.answer
    return line


def _meant(question: Question, cell: str) -> list[str]:
    if question.kind == Kind.MULTIPLE:
        return [_choice(question, part) for part in SEPARATOR.split(cell) if part.strip()]
    if question.kind in {Kind.SINGLE, Kind.MATRIX}:
        return [_choice(question, cell)] if cell else []
    if question.kind == Kind.CONSENT:
        word = _plain(cell)
        return ["yes"] if word in {"1", "x", "yes", "true", "si"} else _unless_no(cell, word)
    return [cell]


def _unless_no(cell: str, word: str) -> list[str]:
    return [] if word in {"", "0", "no", "false"} else [f"?{cell}"]


def _choice(question: Question, cell: str) -> str:
    """Return the key of the choice that a cell names, or the cell, to be refused."""
    wanted = _plain(cell)
    for choice in question.choices:
        if wanted in {_plain(word) for word in _words(choice)}:
            return choice.key
    return f"?{cell}"


def _words(choice: Choice) -> Iterator[str]:
    yield choice.key
    yield from (named.get("text", "") for named in choice.texts.values())


def _names(question: Question, line: str) -> Iterator[str]:
    """Yield what a column of a question may be headed: its key, its words in each language."""
    if not line:
        yield question.key
        yield from (named.get("text", "") for named in question.texts.values())
        return
    row = next(one for one in question.lines if one.key == line)
    yield f"{question.key}.{line}"
    for code, named in row.texts.items():
        yield named.get("text", "")
        yield f"{question.texts.get(code, {}).get('text', '')} {named.get('text', '')}"


def _plain(text: str) -> str:
    """Return a text for comparing: small letters, no accents, single spaces, no marks around it."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w.]+", " ", kept).split())
