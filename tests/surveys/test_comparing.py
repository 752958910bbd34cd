"""What differs between two versions, by the keys of their questions."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from surveys.comparing import Change, What, compare, says_other
from surveys.questionnaire import Choice, Kind
from tests.surveys.builders import BUS, RECOMMEND, WHY, make_questionnaire, texts

BEFORE = make_questionnaire(RECOMMEND, BUS, WHY)


def test_added_and_removed_questions_are_named():
    new = replace(WHY, key="how")
    assert compare(BEFORE, make_questionnaire(RECOMMEND, BUS, new)) == [
        Change(What.ADDED, new),
        Change(What.REMOVED, WHY),
    ]


def test_other_words_other_choices_and_other_rules_are_told_apart():
    reworded = replace(WHY, texts=texts("Why so?", "¿Por qué?"))
    more = replace(BUS, choices=(*BUS.choices, Choice("at_times", texts("At times"))))
    required = replace(RECOMMEND, is_required=False)
    assert compare(BEFORE, make_questionnaire(required, more, reworded)) == [
        Change(What.RERULED, required),
        Change(What.RECHOSEN, more),
        Change(What.REWORDED, more),
        Change(What.REWORDED, reworded),
    ]


def test_another_kind_is_named():
    short = replace(WHY, kind=Kind.SHORT_TEXT)
    assert Change(What.REKINDED, short) in compare(
        BEFORE, make_questionnaire(RECOMMEND, BUS, short)
    )


def test_only_what_left_its_place_is_moved():
    moved = make_questionnaire(WHY, RECOMMEND, BUS)
    assert compare(BEFORE, moved) == [Change(What.MOVED, WHY)]


def test_another_title_is_no_change_of_a_question():
    titled = replace(BEFORE, texts={"en": {"title": "Another"}})
    assert compare(BEFORE, titled) == []
    assert says_other(BEFORE, titled)


@given(st.permutations([RECOMMEND, BUS, WHY]))
def test_a_version_does_not_differ_from_itself(questions):
    asked = make_questionnaire(*questions)
    assert compare(asked, asked) == []
    assert not says_other(asked, asked)
