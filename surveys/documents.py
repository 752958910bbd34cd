"""Questionnaires as JSON, as a version keeps them: read strictly, written plainly."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from surveys.questionnaire import (
    Choice,
    Comparison,
    Condition,
    Kind,
    Line,
    Question,
    Questionnaire,
    Texts,
)

_T = TypeVar("_T")
MOST_QUESTIONS = 120
MOST_CHOICES = 60
LONGEST_TEXT = 4000


class DocumentError(ValueError):
    """The document is not a questionnaire; the message says where and why."""


def read(document: Any) -> Questionnaire:
    """Return the questionnaire of a document, or raise `DocumentError`."""
    body = _mapping(document, "questionnaire")
    languages = tuple(_text(code, "languages", 12) for code in _list(body, "languages", 40))
    if not languages:
        raise DocumentError("languages: there is none")
    return Questionnaire(
        languages=languages,
        texts=_texts(body.get("texts", {}), "texts"),
        questions=tuple(_each(body, "questions", MOST_QUESTIONS, _question)),
    )


def write(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return a questionnaire as a document; what is empty is left out."""
    return {
        "languages": list(questionnaire.languages),
        "texts": _plain(questionnaire.texts),
        "questions": [_write_question(one) for one in questionnaire.questions],
    }


def _write_question(question: Question) -> dict[str, Any]:
    said = {
        "key": question.key,
        "kind": question.kind.value,
        "texts": _plain(question.texts),
        "is_required": question.is_required,
        "choices": [_write_choice(choice) for choice in question.choices],
        "lines": [{"key": line.key, "texts": _plain(line.texts)} for line in question.lines],
        "show_if": [
            {"question": one.question, "test": one.test.value, "values": list(one.values)}
            for one in question.show_if
        ],
        "any_of": question.any_of,
        "follows": question.follows,
        "low": question.low,
        "high": question.high,
        "protected": question.protected,
    }
    return {name: value for name, value in said.items() if value or _is_number(value)}


def _is_number(value: Any) -> bool:
    """Say whether a value is a number, which says something when it is nought too."""
    return isinstance(value, int) and not isinstance(value, bool)


def _write_choice(choice: Choice) -> dict[str, Any]:
    leads = {"goes_to": choice.goes_to} if choice.goes_to else {}
    return {"key": choice.key, "texts": _plain(choice.texts), **leads}


def _question(body: Mapping[str, Any], where: str) -> Question:
    return Question(
        key=_text(body.get("key"), f"{where}.key", 40),
        kind=_one_of(Kind, body.get("kind"), f"{where}.kind"),
        texts=_texts(body.get("texts", {}), f"{where}.texts"),
        is_required=_flag(body, "is_required", where),
        choices=tuple(_each(body, "choices", MOST_CHOICES, _choice, where)),
        lines=tuple(_each(body, "lines", MOST_CHOICES, _line, where)),
        show_if=tuple(_each(body, "show_if", 10, _condition, where)),
        any_of=_flag(body, "any_of", where),
        follows=_text(body.get("follows", ""), f"{where}.follows", 40),
        low=_number(body, "low", where),
        high=_number(body, "high", where),
        protected=_text(body.get("protected", ""), f"{where}.protected", 40),
    )


def _choice(body: Mapping[str, Any], where: str) -> Choice:
    return Choice(
        key=_text(body.get("key"), f"{where}.key", 40),
        texts=_texts(body.get("texts", {}), f"{where}.texts"),
        goes_to=_text(body.get("goes_to", ""), f"{where}.goes_to", 40),
    )


def _line(body: Mapping[str, Any], where: str) -> Line:
    return Line(
        key=_text(body.get("key"), f"{where}.key", 40),
        texts=_texts(body.get("texts", {}), f"{where}.texts"),
    )


def _condition(body: Mapping[str, Any], where: str) -> Condition:
    values = _list(body, "values", MOST_CHOICES, where)
    return Condition(
        question=_text(body.get("question"), f"{where}.question", 40),
        test=_one_of(Comparison, body.get("test"), f"{where}.test"),
        values=tuple(_text(value, f"{where}.values", 40) for value in values),
    )


def _each(
    body: Mapping[str, Any],
    name: str,
    most: int,
    one: Callable[[Mapping[str, Any], str], _T],
    where: str = "",
) -> Iterable[_T]:
    for place, item in enumerate(_list(body, name, most, where)):
        at = f"{where}.{name}[{place}]".lstrip(".")
        yield one(_mapping(item, at), at)


def _list(body: Mapping[str, Any], name: str, most: int, where: str = "") -> list[Any]:
    found = body.get(name, [])
    if not isinstance(found, list) or len(found) > most:
        raise DocumentError(f"{where}.{name}: not a list of at most {most}".lstrip("."))
    return found


def _mapping(found: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise DocumentError(f"{where}: not an object")
    return found


def _texts(found: Any, where: str) -> Texts:
    return {
        _text(code, where, 12): {
            _text(name, where, 20): _text(text, f"{where}.{code}.{name}", LONGEST_TEXT)
            for name, text in _mapping(texts, f"{where}.{code}").items()
        }
        for code, texts in _mapping(found, where).items()
    }


def _plain(texts: Texts) -> dict[str, dict[str, str]]:
    return {
        code: {name: text for name, text in named.items() if text} for code, named in texts.items()
    }


def _text(found: Any, where: str, longest: int) -> str:
    if not isinstance(found, str) or len(found) > longest or "\x00" in found:
        raise DocumentError(f"{where}: not a text of at most {longest} characters")
    return found


def _flag(body: Mapping[str, Any], name: str, where: str) -> bool:
    found = body.get(name, False)
    if not isinstance(found, bool):
        raise DocumentError(f"{where}.{name}: neither true nor false")
    return found


def _number(body: Mapping[str, Any], name: str, where: str) -> int | None:
    found: int | None = body.get(name)
    if found is not None and (not _is_number(found) or abs(found) > 10**9):
        raise DocumentError(f"{where}.{name}: not a whole number")
    return found


def _one_of(kind: Callable[[Any], _T], found: Any, where: str) -> _T:
    try:
        return kind(found)
    except ValueError as error:
        raise DocumentError(f"{where}: unknown") from error
