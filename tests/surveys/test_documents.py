"""Questionnaires as documents: the way there and back, and what is refused."""

from dataclasses import replace
from typing import Any

import pytest

from surveys.documents import DocumentError, read, write
from surveys.questionnaire import (
    END,
    Choice,
    Comparison,
    Condition,
    Kind,
    Line,
    Question,
    Questionnaire,
    text_in,
)

FULL = Questionnaire(
    languages=("en", "es"),
    texts={"en": {"title": "Hello"}, "es": {"title": "Hola"}},
    questions=(
        Question(
            key="bus",
            kind=Kind.SINGLE,
            texts={"en": {"text": "Bus?"}},
            is_required=True,
            choices=(Choice("yes", {"en": {"text": "Yes"}}, goes_to=END),),
        ),
        Question(
            key="care",
            kind=Kind.MATRIX,
            texts={"en": {"text": "Agree?"}},
            lines=(Line("kind", {"en": {"text": "Kind"}}),),
            show_if=(Condition("bus", Comparison.IS, ("yes",)),),
            any_of=True,
            low=0,
            high=5,
        ),
    ),
)


def test_a_questionnaire_comes_back_as_it_was_written() -> None:
    assert read(write(FULL)) == FULL


def test_what_is_empty_is_left_out() -> None:
    question = Question(key="why", kind=Kind.LONG_TEXT, texts={})
    written = write(replace(FULL, questions=(question,)))["questions"]
    assert written == [{"key": "why", "kind": "long_text"}]


def test_a_text_that_is_not_translated_is_shown_in_the_first_language() -> None:
    assert text_in(FULL.questions[0].texts, "es") == "Bus?"
    assert text_in(FULL.texts, "es", "title") == "Hola"


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ([], "questionnaire"),
        ({"languages": []}, "languages"),
        (
            {"languages": ["en"], "questions": [{"key": "a", "kind": "magic"}]},
            r"questions\[0\].kind",
        ),
        ({"languages": ["en"], "questions": [{"kind": "date"}]}, r"questions\[0\].key"),
        ({"languages": ["en"], "questions": [{}] * 121}, "questions: not a list"),
        ({"languages": ["en"], "texts": {"en": {"title": "x" * 4001}}}, "texts.en.title"),
        ({"languages": ["en"], "texts": {"en": {"title": "a\x00b"}}}, "texts.en.title"),
        (
            {"languages": ["en"], "questions": [{"key": "a", "kind": "date", "low": "1"}]},
            r"questions\[0\].low",
        ),
    ],
)
def test_a_document_that_is_no_questionnaire_is_refused_by_place(document: Any, where: str) -> None:
    with pytest.raises(DocumentError, match=where):
        read(document)
