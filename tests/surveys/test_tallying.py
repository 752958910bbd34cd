"""What one response counts for."""

from dataclasses import replace

import pytest

from surveys.questionnaire import Choice, Comparison, Condition, Kind, Line, Question
from surveys.tallying import RESPONSES, tallied
from tests.surveys.builders import BUS, RECOMMEND, WHY, make_questionnaire, texts

YES, NO = Choice("yes", texts("Yes")), Choice("no", texts("No"))


def question(kind: Kind, **fields) -> Question:
    return Question(key="q", kind=kind, texts=texts("?"), **fields)


@pytest.mark.parametrize(
    ("asked", "answer", "counted"),
    [
        (question(Kind.RATING), 4, [("q", "4")]),
        (question(Kind.SINGLE, choices=(YES, NO)), "no", [("q", "no")]),
        (question(Kind.MULTIPLE, choices=(YES, NO)), ["yes", "no"], [*"*", "yes", "no"]),
        (question(Kind.LONG_TEXT), "The bus is late.", ["*"]),
        (question(Kind.NUMBER), 2.5, ["2.5"]),
        (question(Kind.DATE), "2026-11-03", ["2026-11"]),
        (question(Kind.CONSENT), True, ["yes"]),
        (question(Kind.SHORT_TEXT), None, [""]),
        (question(Kind.STATEMENT), None, []),
    ],
    ids=str,
)
def test_each_kind_counts_in_its_own_way(asked, answer, counted):
    answers = {} if answer is None else {"q": answer}
    wanted = [one if isinstance(one, tuple) else ("q", one) for one in counted]
    assert list(tallied(make_questionnaire(asked), answers)) == [RESPONSES, *wanted]


def test_each_line_of_a_matrix_is_a_question_of_its_own():
    lines = (Line("kind", texts("Kind")), Line("fast", texts("Fast")))
    asked = question(Kind.MATRIX, lines=lines, choices=(YES, NO))
    said = list(tallied(make_questionnaire(asked), {"q": {"kind": "yes"}}))
    assert said == [RESPONSES, ("q.kind", "yes"), ("q.fast", "")]


def test_who_was_not_asked_is_not_silent():
    late = replace(WHY, show_if=(Condition("bus", Comparison.IS, ("yes",)),))
    asked = make_questionnaire(RECOMMEND, BUS, late)
    assert ("why", "") in tallied(asked, {"recommend": 9, "bus": "yes"})
    assert "why" not in {key for key, _value in tallied(asked, {"recommend": 9, "bus": "no"})}
