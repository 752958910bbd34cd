"""What is found in a questionnaire before it is published: a table of what can be wrong."""

from dataclasses import replace

import pytest

from surveys.checking import WARNINGS, Finding, Problem, check
from surveys.library import templates
from surveys.protected import Subject, hint
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
from tests.surveys.builders import BUS, RECOMMEND, WHY, make_questionnaire, texts

YES = Condition("bus", Comparison.IS, ("yes",))
SCALE = Question("stars", Kind.RATING, texts("How good?", "¿Qué tal?"), low=5, high=1)
GRID = Question("grid", Kind.MATRIX, texts("Rate", "Valore"), choices=BUS.choices)
CONSENT = Question("may", Kind.CONSENT, texts("Contact me", "Contácteme"))


def found(*questions: Question, **how: bool) -> list[Finding]:
    said = {"students": False, "anonymous": False} | how
    return check(make_questionnaire(*questions), **said)


def leading(to: str) -> Question:
    """Return the question about the bus, whose "no" leads somewhere."""
    return replace(BUS, choices=(BUS.choices[0], replace(BUS.choices[1], goes_to=to)))


WRONG = [
    ([replace(BUS, choices=BUS.choices[:1])], Finding(Problem.NO_CHOICES, "bus")),
    ([GRID], Finding(Problem.NO_LINES, "grid")),
    ([replace(BUS, choices=BUS.choices * 2)], Finding(Problem.SAME_CHOICE, "bus", "yes")),
    ([BUS, BUS], Finding(Problem.SAME_KEY, "bus")),
    ([SCALE], Finding(Problem.BOUNDS, "stars")),
    ([replace(WHY, texts={})], Finding(Problem.NO_WORDS, "why", "en")),
    ([WHY, leading("why")], Finding(Problem.JUMP_BACK, "bus", "why")),
    ([leading("bus")], Finding(Problem.JUMP_BACK, "bus", "bus")),
    ([leading("gone")], Finding(Problem.JUMP_NOWHERE, "bus", "gone")),
    ([replace(WHY, show_if=(YES,)), BUS], Finding(Problem.ASKS_LATER, "why", "bus")),
    ([replace(WHY, show_if=(YES,))], Finding(Problem.ASKS_NOWHERE, "why", "bus")),
    ([replace(WHY, follows="recommend")], Finding(Problem.FOLLOWS_NOWHERE, "why", "recommend")),
    ([BUS, replace(WHY, follows="bus")], Finding(Problem.FOLLOWS_NOWHERE, "why", "bus")),
    ([replace(WHY, texts=texts("Why?"))], Finding(Problem.UNTRANSLATED, "why", "es")),
]


@pytest.mark.parametrize(("questions", "finding"), WRONG, ids=lambda one: str(one)[:60])
def test_what_is_wrong_is_named_and_blocks(questions, finding):
    assert finding in found(*questions)
    assert finding.blocks


def test_what_is_right_finds_nothing():
    assert found(RECOMMEND, BUS, replace(WHY, follows="recommend", show_if=(YES,))) == []


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.key)
def test_every_template_can_be_published_as_it_is(template):
    anonymous = template.mode == "anonymous"
    assert check(template.questionnaire, students=False, anonymous=anonymous) == []


def test_a_survey_of_statements_asks_nothing():
    hello = Question("hello", Kind.STATEMENT, texts("Hello", "Hola"))
    assert Finding(Problem.EMPTY) in found(hello)
    empty = Questionnaire(("en",), {"en": {"title": "Empty"}})
    assert check(empty, students=False, anonymous=False) == [Finding(Problem.EMPTY)]


def test_a_condition_names_choices_that_are_there():
    gone = Condition("bus", Comparison.IS, ("sometimes",))
    assert Finding(Problem.ASKS_NO_CHOICE, "why", "bus") in found(
        BUS, replace(WHY, show_if=(gone,))
    )


def test_what_everybody_jumps_over_is_never_shown():
    ended = tuple(replace(choice, goes_to=END) for choice in BUS.choices)
    both = replace(BUS, is_required=True, choices=ended)
    assert found(both, WHY) == [Finding(Problem.NEVER_SHOWN, "why")]
    assert found(replace(both, is_required=False), WHY) == []


def test_conditions_that_exclude_each_other_are_never_shown():
    no = Condition("bus", Comparison.IS, ("no",))
    neither = replace(WHY, show_if=(YES, no))
    assert found(BUS, neither) == [Finding(Problem.NEVER_SHOWN, "why")]
    assert found(BUS, replace(neither, any_of=True)) == []


def test_a_condition_on_the_way_that_was_not_taken_is_never_shown():
    no = Condition("bus", Comparison.IS, ("no",))
    assert found(leading(END), replace(WHY, show_if=(no,))) == [Finding(Problem.NEVER_SHOWN, "why")]


def test_a_number_out_of_reach_is_never_shown():
    eleven = Condition("recommend", Comparison.AT_LEAST, ("11",))
    asked = replace(WHY, show_if=(eleven,))
    assert found(RECOMMEND, asked) == [Finding(Problem.NEVER_SHOWN, "why")]


def test_a_line_without_words_is_found():
    lines = (Line("a", {}),)
    assert Finding(Problem.CHOICE_NO_WORDS, "grid", "en") in found(replace(GRID, lines=lines))


def test_a_language_without_any_word_is_named_once():
    asked = make_questionnaire(BUS, WHY, languages=("en", "es", "ar"))
    said = check(asked, students=False, anonymous=False)
    assert said == [Finding(Problem.NOTHING_TRANSLATED, about="ar")]


def test_each_language_names_what_it_lacks_once_a_question():
    english = tuple(Choice(key, texts(key)) for key in ("yes", "no"))
    half = replace(BUS, texts=texts("Bus?"), choices=english)
    assert found(half) == [Finding(Problem.UNTRANSLATED, "bus", "es")]


def test_the_law_protects_what_students_are_asked_only():
    pray = replace(WHY, texts=texts("Do you pray?", "¿Reza usted?"))
    assert found(pray) == []
    assert found(pray, students=True) == [
        Finding(Problem.MAYBE_PROTECTED, "why", Subject.RELIGION),
    ]
    marked = replace(pray, protected="religion")
    assert found(marked, students=True) == [Finding(Problem.PROTECTED, "why", Subject.RELIGION)]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Who did your parents vote for?", Subject.POLITICS),
        ("¿Se ha sentido deprimido o con ansiedad?", Subject.MIND),
        ("Have you tried vapes?", Subject.CONDUCT),
        ("What salary does your family have?", Subject.INCOME),
        ("¿Está en sexto grado?", None),
        ("How do you like the library?", None),
    ],
)
def test_words_hint_at_a_protected_subject(words, subject):
    assert hint(replace(WHY, texts=texts(words))) == subject


def test_consent_in_an_anonymous_survey_leads_nowhere():
    assert found(CONSENT) == []
    assert found(CONSENT, anonymous=True) == [Finding(Problem.CONSENT_ANONYMOUS, "may")]


def test_a_second_score_does_not_count():
    twice = replace(RECOMMEND, key="again")
    assert found(RECOMMEND, twice) == [Finding(Problem.TWO_SCORES, "again", "recommend")]


def test_what_blocks_comes_first_and_warnings_block_nothing():
    twice = replace(RECOMMEND, key="again")
    problems = [one.problem for one in found(RECOMMEND, twice, replace(WHY, texts={}))]
    assert problems == [Problem.NO_WORDS, Problem.TWO_SCORES]
    assert not any(Finding(problem).blocks for problem in WARNINGS)
