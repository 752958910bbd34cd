"""Whoever walks through a questionnaire never meets a question that is called unreachable."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import (
    END,
    Choice,
    Comparison,
    Condition,
    Kind,
    Question,
    Questionnaire,
)
from surveys.reaching import reached
from surveys.walking import shown

KEYS = "abcdef"
CHOICES = ("x", "y")


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw up to six questions of two choices, with jumps and conditions on any of them."""
    count = draw(st.integers(1, len(KEYS)))
    leads = st.sampled_from(["", "", END, *KEYS])
    tests = st.sampled_from([Comparison.IS, Comparison.IS_NOT, Comparison.ANSWERED])
    conditions = st.builds(
        lambda key, test, value: Condition(key, test, (value,)),
        st.sampled_from(KEYS),
        tests,
        st.sampled_from(CHOICES),
    )
    questions = [
        Question(
            key,
            draw(st.sampled_from([Kind.SINGLE, Kind.MULTIPLE])),
            {},
            is_required=draw(st.booleans()),
            choices=tuple(Choice(choice, {}, draw(leads)) for choice in CHOICES),
            show_if=tuple(draw(st.lists(conditions, max_size=2))),
            any_of=draw(st.booleans()),
        )
        for key in KEYS[:count]
    ]
    return Questionnaire(("en",), {}, tuple(questions))


def met(asked: Questionnaire) -> set[str]:
    """Return all that is seen on some way through, by answering or skipping in all ways."""
    found: set[str] = set()
    ways: list[tuple[dict[str, Any], frozenset[str]]] = [({}, frozenset())]
    while ways:
        answers, skipped = ways.pop()
        seen = shown(asked, answers)
        open_now = next((q for q in seen if q.key not in {*answers, *skipped}), None)
        if open_now is None:
            found |= {one.key for one in seen}
            continue
        said: list[Any] = [["x"], ["y"], ["x", "y"]] if open_now.kind == Kind.MULTIPLE else [*"xy"]
        ways += [(answers | {open_now.key: one}, skipped) for one in said]
        ways += [] if open_now.is_required else [(answers, skipped | {open_now.key})]
    return found


@given(questionnaires())
def test_nothing_that_somebody_meets_is_called_unreachable(asked: Questionnaire):
    assert met(asked) <= reached(asked)


@given(questionnaires())
def test_without_conditions_exactly_what_somebody_meets_is_reached(asked: Questionnaire):
    bare = tuple(
        Question(q.key, q.kind, {}, is_required=q.is_required, choices=q.choices)
        for q in asked.questions
    )
    plain = Questionnaire(("en",), {}, bare)
    assert met(plain) == reached(plain)


def test_too_many_ways_are_called_nothing():
    ten = tuple(Choice(str(n), {}) for n in range(10))
    asked = [Question(key, Kind.SINGLE, {}, choices=ten) for key in KEYS]
    conditions = tuple(Condition(key, Comparison.IS, ("1",)) for key in KEYS)
    last = Question(
        "last", Kind.DATE, {}, show_if=(*conditions, Condition("a", Comparison.IS, ("2",)))
    )
    assert "last" in reached(Questionnaire(("en",), {}, (*asked, last)))
