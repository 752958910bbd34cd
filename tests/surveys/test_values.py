"""What was sent becomes an answer or a fault: never a guess, never a failure."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import Choice, Kind, Line, Question
from surveys.values import Fault, Heard, control, hear

CHOICES = (Choice("yes", {}), Choice("no", {}), Choice("maybe", {}))
LINES = (Line("kind", {}), Line("fast", {}))


def ask(kind: Kind, *said: Any, **fields: Any) -> Heard:
    question = Question(key="k", kind=kind, texts={}, choices=CHOICES, lines=LINES, **fields)
    return hear(question, {"q.k": said})


@pytest.mark.parametrize(
    ("kind", "said", "answer"),
    [
        (Kind.RECOMMEND, "0", 0),
        (Kind.RECOMMEND, "10", 10),
        (Kind.RATING, "5", 5),
        (Kind.SINGLE, "no", "no"),
        (Kind.SHORT_TEXT, "  Ana \r\n", "Ana"),
        (Kind.LONG_TEXT, "one\r\ntwo\rthree", "one\ntwo\nthree"),
        (Kind.NUMBER, " 3 ", 3),
        (Kind.NUMBER, "-2.50", -2.5),
        (Kind.NUMBER, "3,5", 3.5),
        (Kind.DATE, "2026-11-03", "2026-11-03"),
        (Kind.CONSENT, "yes", True),
        (Kind.STATEMENT, "anything", None),
        (Kind.SINGLE, "", None),
        (Kind.LONG_TEXT, "   ", None),
    ],
)
def test_an_answer_is_read_as_its_kind_is_kept(kind, said, answer):
    assert ask(kind, said) == Heard(answer)


@pytest.mark.parametrize(
    ("kind", "said", "fault"),
    [
        *(
            (Kind.RECOMMEND, said, Fault.SCALE)
            for said in ("11", "-1", "07", "7.0", "٣", "7 ", "x")
        ),
        (Kind.RECOMMEND, "9" * 400, Fault.SCALE),
        (Kind.RATING, "0", Fault.SCALE),
        (Kind.RATING, "6", Fault.SCALE),
        (Kind.SINGLE, "YES", Fault.CHOICE),
        (Kind.SHORT_TEXT, "x" * 201, Fault.LONG),
        (Kind.LONG_TEXT, "x" * 4001, Fault.LONG),
        (Kind.LONG_TEXT, "a\x00b", Fault.TEXT),
        (Kind.LONG_TEXT, "a\ud800b", Fault.TEXT),
        (Kind.LONG_TEXT, 7, Fault.TEXT),
        *((Kind.NUMBER, said, Fault.NUMBER) for said in ("1e9", "nan", "1,000", "9" * 10, "½")),
        *((Kind.DATE, said, Fault.DATE) for said in ("2026-02-30", "1-1-26", "0001-01-01", "x")),
        (Kind.CONSENT, "no", Fault.CHOICE),
    ],
)
def test_what_is_no_answer_is_refused_with_a_reason(kind, said, fault):
    assert ask(kind, said) == Heard(fault=fault)


def test_a_number_keeps_to_its_bounds():
    assert ask(Kind.NUMBER, "2", low=0, high=5) == Heard(2)
    assert ask(Kind.NUMBER, "-1", low=0).fault == Fault.LOW
    assert ask(Kind.NUMBER, "6", high=5).fault == Fault.HIGH


def test_a_rating_goes_as_far_as_its_question_says_and_a_recommendation_does_not():
    assert ask(Kind.RATING, "7", low=0, high=7) == Heard(7)
    assert ask(Kind.RECOMMEND, "11", low=0, high=20).fault == Fault.SCALE


def test_several_choices_are_kept_once_each_in_the_questions_order():
    assert ask(Kind.MULTIPLE, "maybe", "yes", "yes") == Heard(["yes", "maybe"])
    assert ask(Kind.MULTIPLE, "yes", "other").fault == Fault.CHOICE
    assert ask(Kind.MULTIPLE) == Heard(None)


def test_one_choice_that_was_sent_twice_is_refused():
    assert ask(Kind.SINGLE, "yes", "no").fault == Fault.CHOICE


def test_a_matrix_is_read_line_by_line():
    question = Question(key="k", kind=Kind.MATRIX, texts={}, choices=CHOICES, lines=LINES)
    assert hear(question, {"q.k.kind": ["yes"], "q.k.else": ["no"]}) == Heard({"kind": "yes"})
    assert hear(question, {"q.k.fast": ["never"]}).fault == Fault.CHOICE
    assert hear(question, {}) == Heard(None)
    assert control(question, "fast") == "q.k.fast"


anything = st.one_of(st.text(), st.integers(), st.none(), st.binary(), st.booleans())


@given(st.sampled_from(Kind), st.lists(anything, max_size=3))
def test_nothing_that_is_sent_fails_or_leaves_the_scale(kind, said):
    heard = ask(kind, *said)
    assert heard.answer is None or heard.fault is None
    if kind in {Kind.RECOMMEND, Kind.RATING} and heard.answer is not None:
        assert type(heard.answer) is int
        assert 0 <= heard.answer <= 10
