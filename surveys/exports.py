"""Results as files: the very figures of the page, every school a line for every answer.

Single answers are in no file: what a family said is shown in groups, to everybody.
"""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from django.utils.module_loading import import_string

from surveys.figures import Figure, mean, score
from surveys.questionnaire import Kind
from surveys.result_pages import Results
from surveys.result_words import percent, title_of, values_of
from surveys.suppression import Cell, Shown

HEADINGS = (
    "question key",
    "question",
    "school",
    "shown",
    "answered",
    "answer key",
    "answer",
    "count",
    "share",
    "mean",
    "net promoter score",
)
# A program that opens a file takes what begins so for something to work out.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
Value = str | int | float | None
Row = tuple[Value, ...]


def rows(results: Results) -> Iterator[Row]:
    """Yield the lines of a file: each question, at all schools and at each, answer by answer."""
    for figure in results.figures:
        for school, name in results.places().items():
            yield from _lines(figure, results, school, name)


def to_csv(results: Results) -> bytes:
    """Return the figures as CSV, in UTF-8 with its mark, every text a text."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows([_harmless(value) for value in row] for row in rows(results))
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(results: Results) -> bytes:
    """Return the figures as a workbook of one sheet, every text a text."""
    made = BytesIO()
    # Loaded by whoever makes a workbook, as most processes never do.
    book = import_string("xlsxwriter.Workbook")(made, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for line, row in enumerate([HEADINGS, *rows(results)]):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, column, value)
            elif value is not None:
                sheet.write_number(line, column, value)
    book.close()
    return made.getvalue()


def _lines(figure: Figure, results: Results, school: int | None, name: str) -> Iterator[Row]:
    asked, cell = figure.asked, figure.cell(school)
    first = results.questionnaire.languages[0]
    about = (asked.key, title_of(asked, results.questionnaire), name, cell.shown.value, cell.n)
    whole = (
        mean(cell) if asked.question.kind in {Kind.NUMBER, Kind.RATING} else None,
        score(cell) if asked.question.kind == Kind.RECOMMEND else None,
    )
    if asked.question.kind == Kind.RECOMMEND and cell.is_exact:
        offered = [(str(n), str(n)) for n in range(11)]
    else:
        offered = list(values_of(asked, figure.cell(), first)) if cell.n is not None else []
    if cell.shown in {Shown.SIZE, Shown.NOTHING} or not offered:
        yield (*about, None, None, None, None, *whole)
        return
    for value, words in offered:
        yield (*about, value, words, *_told(cell, value), *whole)


def _told(cell: Cell, value: str) -> tuple[Value, Value]:
    """Return how often a value was given, and the share: a number, or the bound in words."""
    if cell.is_exact and cell.n:
        count = cell.counts.get(value, 0)
        return count, round(count / cell.n, 4)
    if value == cell.value:
        return None, f">{percent(cell.percent)}"
    return None, f"<{percent(100 - cell.percent)}"


def _harmless(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
