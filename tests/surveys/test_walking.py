"""The way through a questionnaire: what is shown, on which screens, and that it always ends."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import (
    END,
    Choice,
    Comparison,
    Condition,
    Kind,
    Line,
    Question,
    Questionnaire,
)
from surveys.walking import (
    REVIEW,
    blocks,
    kept,
    lacking,
    missing,
    progress,
    resumed,
    screen,
    screens,
    shown,
    step,
)


def text(key: str, **fields: Any) -> Question:
    return Question(key=key, kind=Kind.SHORT_TEXT, texts={}, **fields)


def single(key: str, **leads: str) -> Question:
    choices = tuple(Choice(name, {}, goes_to=to) for name, to in leads.items())
    return Question(key=key, kind=Kind.SINGLE, texts={}, choices=choices)


def number(key: str) -> Question:
    return Question(key=key, kind=Kind.NUMBER, texts={})


def statement(key: str) -> Question:
    return Question(key=key, kind=Kind.STATEMENT, texts={})


def asks(*questions: Question) -> Questionnaire:
    return Questionnaire(("en",), {}, questions)


def keys(questions: tuple[Question, ...]) -> str:
    return " ".join(question.key for question in questions)


def split(questionnaire: Questionnaire) -> list[str]:
    return [keys(block) for block in blocks(questionnaire)]


@pytest.mark.parametrize(
    ("test", "values", "answer", "is_shown"),
    [
        (Comparison.IS, ("yes",), "yes", True),
        (Comparison.IS, ("yes", "maybe"), "maybe", True),
        (Comparison.IS, ("yes",), "no", False),
        (Comparison.IS, ("yes",), ["no", "yes"], True),
        (Comparison.IS, ("7",), 7, True),
        (Comparison.IS, ("yes",), True, True),
        (Comparison.IS, ("good",), {"kind": "good"}, True),
        (Comparison.IS_NOT, ("yes",), "no", True),
        (Comparison.IS_NOT, ("yes",), "yes", False),
        (Comparison.AT_LEAST, ("9",), 9, True),
        (Comparison.AT_LEAST, ("9",), 8, False),
        (Comparison.AT_LEAST, ("9",), 10, True),
        (Comparison.AT_MOST, ("6",), 6.5, False),
        (Comparison.AT_MOST, ("6",), 6, True),
        (Comparison.AT_MOST, ("6",), "six", False),
        (Comparison.ANSWERED, (), "x", True),
    ],
)
def test_a_question_is_shown_if_its_condition_holds(test, values, answer, is_shown):
    questionnaire = asks(text("a"), text("b", show_if=(Condition("a", test, values),)))
    assert (keys(shown(questionnaire, {"a": answer})) == "a b") is is_shown


def test_nothing_holds_of_what_was_not_answered():
    conditions = [(Condition("a", test, ("1",)),) for test in Comparison]
    questionnaire = asks(text("a"), *(text(f"b{n}", show_if=c) for n, c in enumerate(conditions)))
    assert keys(shown(questionnaire, {})) == "a"


def test_all_conditions_must_hold_or_any_where_that_is_said():
    both = (
        Condition("a", Comparison.IS, ("1",)),
        Condition("b", Comparison.IS, ("1",)),
    )
    strict = asks(text("a"), text("b"), text("c", show_if=both))
    loose = asks(text("a"), text("b"), text("c", show_if=both, any_of=True))
    assert keys(shown(strict, {"a": "1"})) == "a b"
    assert keys(shown(loose, {"a": "1"})) == "a b c"


def test_an_answer_to_a_hidden_question_shows_nothing():
    questionnaire = asks(
        text("a"),
        text("b", show_if=(Condition("a", Comparison.IS, ("1",)),)),
        text("c", show_if=(Condition("b", Comparison.ANSWERED),)),
    )
    assert keys(shown(questionnaire, {"a": "2", "b": "x"})) == "a"


def test_a_choice_leads_forward_past_others():
    questionnaire = asks(single("a", on="c", out=END, stay=""), text("b"), text("c"))
    assert keys(shown(questionnaire, {"a": "on"})) == "a c"
    assert keys(shown(questionnaire, {"a": "out"})) == "a"
    assert keys(shown(questionnaire, {"a": "stay"})) == "a b c"
    assert keys(shown(questionnaire, {})) == "a b c"


def test_a_choice_that_leads_back_or_nowhere_is_not_followed():
    questionnaire = asks(text("a"), single("b", back="a", lost="z"), text("c"))
    assert keys(shown(questionnaire, {"b": "back"})) == "a b c"
    assert keys(shown(questionnaire, {"b": "lost"})) == "a b c"


def test_a_screen_ends_where_something_depends_on_it():
    depends = (Condition("a", Comparison.ANSWERED),)
    assert split(asks(text("a"), text("b"), text("c", show_if=depends), text("d"))) == [
        "a b",
        "c d",
    ]
    assert split(asks(text("a"), text("b", follows="a"), text("c"))) == ["a", "b c"]
    assert split(asks(text("x"), single("a", yes="c", no=""), text("b"), text("c"))) == [
        "x a",
        "b c",
    ]


def test_a_screen_holds_a_handful_and_a_statement_goes_with_what_follows():
    many = [text(letter) for letter in "abcde"]
    assert split(asks(*many, statement("s"), text("f"))) == ["a b c d e", "s f"]
    assert split(asks(statement("s"), *many, text("f"))) == ["s a b c d e", "f"]
    assert split(asks(text("a"), statement("s"))) == ["a s"]


def test_a_screen_without_a_visible_question_is_passed_over():
    depends = (Condition("a", Comparison.IS, ("yes",)),)
    questionnaire = asks(text("a"), text("b", show_if=depends), text("c", follows="b"))
    assert [one.number for one in screens(questionnaire, {"a": "no"})] == [0, 2]
    assert step(questionnaire, {"a": "no"}, 0, back=False) == 2
    assert step(questionnaire, {"a": "no"}, 2, back=True) == 0
    assert step(questionnaire, {"a": "no"}, 2, back=False) == REVIEW
    assert step(questionnaire, {"a": "no"}, REVIEW, back=True) == 2
    assert step(questionnaire, {}, 0, back=True) == 0


def test_somebody_comes_back_to_the_screen_after_their_last_answer():
    questionnaire = asks(text("a"), text("b", follows="a"), text("c", follows="b"))
    assert resumed(questionnaire, {}) == 0
    assert resumed(questionnaire, {"b": "x"}) == 2
    assert resumed(questionnaire, {"c": "x"}) == REVIEW


def test_the_first_screen_that_lacks_something_is_found():
    needed = {"is_required": True}
    questionnaire = asks(text("a"), text("b", follows="a", **needed), text("c", follows="b"))
    assert lacking(questionnaire, {"a": "x"}).number == 1
    assert lacking(questionnaire, {"b": "x"}) is None


def test_a_matrix_is_answered_when_every_line_is():
    lines = (Line("x", {}), Line("y", {}))
    matrix = Question(key="m", kind=Kind.MATRIX, texts={}, lines=lines, is_required=True)
    assert keys(missing(asks(matrix), {"m": {"x": "good"}})) == "m"
    assert missing(asks(matrix), {"m": {"x": "good", "y": "bad"}}) == ()


KEYS = "abcdefgh"
conditions = st.lists(
    st.builds(
        Condition,
        st.sampled_from(KEYS),
        st.sampled_from(Comparison),
        st.lists(st.sampled_from(["yes", "no", "3"]), min_size=1, max_size=2).map(tuple),
    ),
    max_size=2,
).map(tuple)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Return any questionnaire, also one that the checks on publishing would refuse."""
    goals = st.sampled_from(["", "", END, *KEYS])
    return asks(
        *(
            Question(
                key=key,
                kind=draw(st.sampled_from([Kind.SINGLE, Kind.NUMBER, Kind.STATEMENT])),
                texts={},
                is_required=draw(st.booleans()),
                choices=(Choice("yes", {}, draw(goals)), Choice("no", {}, draw(goals))),
                show_if=draw(conditions),
                any_of=draw(st.booleans()),
                follows=draw(st.sampled_from(["", *KEYS])),
            )
            for key in KEYS[: draw(st.integers(1, len(KEYS)))]
        )
    )


said = st.dictionaries(st.sampled_from([*KEYS, "z"]), st.sampled_from(["yes", "no", 3]))


@given(questionnaires(), said)
def test_the_way_always_ends_and_shows_nothing_twice(questionnaire, answers):
    seen: list[str] = []
    number = step(questionnaire, answers, -2, back=False)
    while number != REVIEW:
        assert len(seen) <= len(KEYS)
        seen += [one.key for one in screen(questionnaire, answers, number).questions]
        number = step(questionnaire, answers, number, back=False)
    assert seen == sorted(set(seen))
    assert seen == [question.key for question in shown(questionnaire, answers)]


@given(questionnaires(), said)
def test_what_is_kept_is_an_answer_to_what_is_seen_and_changes_nothing_seen(questionnaire, answers):
    held = kept(questionnaire, answers)
    assert shown(questionnaire, held) == shown(questionnaire, answers)
    assert held.keys() <= {question.key for question in shown(questionnaire, held)}
    assert kept(questionnaire, held) == held


@given(questionnaires(), said, st.sampled_from(["yes", "no", 4]))
def test_an_answer_changes_nothing_on_its_own_screen_or_before(questionnaire, answers, other):
    for number, block in enumerate(blocks(questionnaire)):
        changed = answers | {question.key: other for question in block}
        before = [one for one in screens(questionnaire, answers) if one.number <= number]
        assert before == [one for one in screens(questionnaire, changed) if one.number <= number]


@given(questionnaires())
def test_the_screens_hold_every_question_once_and_progress_rises(questionnaire):
    assert [one for block in blocks(questionnaire) for one in block] == [*questionnaire.questions]
    steps = [progress(questionnaire, number) for number in range(len(blocks(questionnaire)))]
    assert steps == sorted(set(steps))
    assert steps[0] == 0
    assert steps[-1] < 100
