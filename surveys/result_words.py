"""The words of results: texts of questions and choices, shares, and why something is hidden."""

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from surveys.figures import AGREED, NOT_AGREED, SEGMENTS, Asked
from surveys.questionnaire import Kind, Questionnaire, Texts, text_in
from surveys.suppression import Cell, Shown
from surveys.values import ends

NAMES = {
    "promoter": gettext_lazy("Promoters (9 and 10)"),
    "passive": gettext_lazy("Passives (7 and 8)"),
    "detractor": gettext_lazy("Detractors (0 to 6)"),
}
DASH = "–"


def text(texts: Texts, first: str) -> str:
    """Return a text in the reader's language, or in the one that it was written in."""
    language = (get_language() or first).lower()
    return text_in(texts, language, first=first) or text_in(texts, language[:2], first=first)


def title_of(asked: Asked, questionnaire: Questionnaire) -> str:
    """Return what was asked."""
    if asked.question.kind == Kind.RECOMMEND:
        return _("Would families recommend their school?")
    first = questionnaire.languages[0]
    said = text(asked.question.texts, first)
    return f"{said} {text(asked.line.texts, first)}" if asked.line else said


def values_of(asked: Asked, cell: Cell, first: str) -> Iterator[tuple[str, str]]:
    """Yield the values that a figure lists, with their names, in the order they were offered."""
    question = asked.question
    match question.kind:
        case Kind.RECOMMEND:
            yield from ((name, str(NAMES[name])) for name in SEGMENTS)
        case Kind.RATING:
            low, high = ends(question)
            yield from ((str(n), str(n)) for n in range(low, high + 1))
        case Kind.CONSENT:
            yield from ((AGREED, _("Yes")), (NOT_AGREED, _("No")))
        case Kind.DATE:
            yield from ((month, month) for month in sorted(cell.counts))
        case _:
            yield from ((choice.key, text(choice.texts, first)) for choice in question.choices)


def percent(share: float) -> str:
    """Return a share of 0 to 100 in words."""
    return _("%(percent)d %%") % {"percent": round(share)}


def share(cell: Cell, value: str, count: int | None) -> str:
    """Return how large a part of a group gave a value, as far as it may be told."""
    if cell.is_exact and cell.n and count is not None:
        return percent(100 * count / cell.n)
    if cell.shown == Shown.ALIKE and value == cell.value:
        return _("over %(percent)d %%") % {"percent": cell.percent}
    if cell.shown == Shown.ALIKE:
        return _("under %(percent)d %%") % {"percent": 100 - cell.percent}
    return DASH


def signed(number: float | None) -> str:
    """Return a score with its sign; a true minus, so that figures align."""
    if number is None:
        return DASH
    whole = round(number)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole else "0"


def decimal(number: float | None) -> str:
    """Return a mean with one decimal."""
    return DASH if number is None else number_format(number, 1)


def why_hidden(cell: Cell, *, is_held: bool, floor: int) -> str:
    """Return why a figure is not shown, or an empty string where it is."""
    if is_held:
        return _("Not everybody answers this one, so its figures appear when the wave is closed.")
    if cell.shown == Shown.SIZE:
        return _("Hidden, so that nobody can work out what a smaller group answered.")
    if cell.shown == Shown.NOTHING:
        return _("Too few answers: figures appear from %(floor)d answers on.") % {"floor": floor}
    if cell.shown == Shown.ALIKE:
        return _("Nearly everybody answered the same, so only that is told.")
    return ""
