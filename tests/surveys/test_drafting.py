"""Changing a questionnaire: what is not meant to change stays, and an act can be taken back."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from surveys import drafting
from surveys.documents import read, write
from surveys.questionnaire import Choice, Kind, Question, Questionnaire
from tests.surveys.builders import BUS, RECOMMEND, WHY, make_questionnaire, texts

keys = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


def asking(*names: str) -> Questionnaire:
    """Return a questionnaire of one text question for each key."""
    return Questionnaire(("en",), {}, tuple(Question(n, Kind.SHORT_TEXT, texts(n)) for n in names))


def order(questionnaire: Questionnaire) -> list[str]:
    return [one.key for one in questionnaire.questions]


def test_a_question_comes_behind_the_one_that_is_named_or_at_the_end():
    asked = asking("a", "b")
    new = Question("n", Kind.DATE, {})
    assert order(drafting.add(asked, new, after="a")) == ["a", "n", "b"]
    assert order(drafting.add(asked, new, after="gone")) == ["a", "b", "n"]


def test_a_question_is_put_in_the_place_of_its_key():
    again = replace(BUS, is_required=True)
    asked = drafting.put(make_questionnaire(), again)
    assert asked.questions == (RECOMMEND, again, WHY)


def test_what_refers_to_a_removed_question_is_left_for_the_checks():
    leading = replace(BUS, choices=(Choice("no", texts("No"), goes_to="why"),))
    left = drafting.remove(make_questionnaire(leading, WHY), "why")
    assert left.questions == (leading,)


@given(keys, st.integers(0, 7), st.booleans())
def test_moving_there_and_back_changes_nothing_but_at_an_end(names, place, up):
    asked, key = asking(*names), "abcdefgh"[place]
    moved = drafting.move(asked, key, up=up)
    assert sorted(order(moved)) == sorted(names)
    if moved != asked:
        assert drafting.move(moved, key, up=not up) == asked


@given(keys, st.sampled_from(["en", "es", "ar"]))
def test_a_language_that_is_removed_leaves_no_word(names, language):
    asked = drafting.add_language(drafting.add_language(asking(*names), "es"), "ar")
    left = drafting.remove_language(asked, language)
    assert set(left.languages) == {"en", "es", "ar"} - {language}
    assert all(language not in one.texts for one in left.questions)


def test_the_last_language_stays():
    assert drafting.remove_language(asking("a"), "en") == asking("a")


def test_another_language_can_be_the_first():
    asked = make_questionnaire()
    assert drafting.lead_with(asked, "es").languages == ("es", "en")
    assert drafting.lead_with(asked, "ar") == asked


def test_a_key_is_made_of_words():
    assert drafting.fresh_key("¿Sí, a veces?", (), default="x") == "si_a_veces"
    assert drafting.fresh_key("نعم", (), default="choice") == "choice"
    assert drafting.fresh_key("Yes", {"yes", "yes_2"}, default="x") == "yes_3"


@given(st.text(max_size=80), st.sets(st.from_regex(r"[a-z]{1,3}(_\d)?", fullmatch=True)))
def test_a_key_is_never_taken_and_always_one_that_an_address_can_hold(words, taken):
    key = drafting.fresh_key(words, taken, default="key")
    assert key not in taken
    assert 0 < len(key) <= drafting.LONGEST_KEY
    assert key.replace("_", "a").isalnum()
    assert key.isascii()


@given(keys)
def test_what_is_drafted_can_be_written_and_read_again(names):
    asked = drafting.add_language(asking(*names), "vi")
    assert read(write(asked)) == asked
