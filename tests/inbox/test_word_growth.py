"""The arithmetic of words that grew: Fisher's exact test, its corrections, phrases, spelling."""

from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.word_growth import (
    Count,
    candidates,
    chance_of_growth,
    compared,
    expected,
    grown,
    without_doubles,
)
from inbox.wording import number_of, numbers_of, spell, spoken


def counted_out(now: int, before: int, whole: Count) -> float:
    """Return the same chance by counting every way to draw."""
    total, marked = whole.now + whole.before, now + before
    ways = sum(
        comb(marked, x) * comb(total - marked, whole.now - x)
        for x in range(now, min(marked, whole.now) + 1)
        if whole.now - x <= total - marked
    )
    return ways / comb(total, whole.now)


@given(st.data())
def test_the_chance_is_that_of_fishers_exact_test(data: st.DataObject):
    whole = Count(data.draw(st.integers(1, 60)), data.draw(st.integers(1, 60)))
    now = data.draw(st.integers(0, whole.now))
    before = data.draw(st.integers(0, whole.before))
    told = chance_of_growth(Count(now, before), whole)
    exact = counted_out(now, before, whole)
    more = now * (whole.now + whole.before) > (now + before) * whole.now
    assert told == pytest.approx(exact if more else 1.0, rel=1e-9)


def test_fishers_tea_is_as_in_his_book():
    assert chance_of_growth(Count(3, 1), Count(4, 4)) == pytest.approx(17 / 70)


def test_large_counts_neither_overflow_nor_take_long():
    chance = chance_of_growth(Count(60_000, 50_000), Count(500_000, 500_000))
    assert 0 <= chance < 1e-100


def test_expected_is_the_share_of_before():
    assert expected(Count(9, 4), Count(300, 200)) == 6
    assert expected(Count(9, 0), Count(300, 0)) == 0


@pytest.mark.parametrize("seed", range(3))
def test_where_nothing_grew_hardly_ever_a_word_is_told(seed: int):
    random = Random(seed)
    told = 0
    for _district in range(40):
        whole = Count(400, 380)
        words = {
            word: Count(*(sum(random.random() < share for _ in range(n)) for n in (400, 380)))
            for word, share in enumerate([0.01, 0.02, 0.03, 0.05, 0.1, 0.3] * 5)
        }
        chances = compared(words, whole)
        families = {word: words[word] for word in candidates(chances)}
        told += bool(grown(chances, families, whole))
    assert told <= 6  # of forty; at most one in twenty is expected


def test_whatever_grew_by_few_families_is_not_told():
    whole = Count(400, 400)
    chances = compared({1: Count(40, 0)}, whole)
    assert grown(chances, {1: Count(4, 0)}, whole) == {}
    assert list(grown(chances, {1: Count(40, 0)}, whole)) == [1]


def test_few_messages_and_rare_words_are_not_compared():
    assert compared({1: Count(29, 0)}, Count(29, 400)) == {}
    assert compared({1: Count(9, 0)}, Count(400, 400)) == {}


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ({"water": 24, "fountain": 24, "water fountain": 24}, ["water fountain"]),
        ({"bus": 60, "bus stop": 12}, ["bus"]),
        ({"bus": 60, "stop": 13, "bus stop": 12}, ["bus", "bus stop"]),
        ({"bus 12": 12}, ["bus 12"]),
    ],
)
def test_a_phrase_stands_for_the_words_that_it_is_in_most_of(words, kept):
    assert without_doubles(words) == kept


def test_what_is_counted_are_telling_words_and_phrases():
    said = spoken("Hello! The water fountains by bus 12 are broken, broken, 3:15.", "en")
    assert list(said.values()) == [
        *("water", "fountains", "water fountains", "bus", "bus 12", "broken", "broken broken"),
    ]


@pytest.mark.parametrize(
    ("one", "many", "language"),
    [
        ("bus", "Buses", "en"),
        ("lunch", "lunches", "en"),
        ("line", "lines", "en"),
        ("story", "stories", "en"),
        ("nurse", "nurses", "en"),
        ("house", "houses", "en"),
        ("class", "classes", "en"),
        ("course", "courses", "en"),
        ("size", "sizes", "en"),
        ("box", "boxes", "en"),
        ("movie", "movies", "en"),
        ("cookie", "cookies", "en"),
        ("tie", "ties", "en"),
        ("potato", "potatoes", "en"),
        ("shoe", "shoes", "en"),
        ("clase", "clases", "es"),
        ("calle", "calles", "es"),
        ("papel", "papeles", "es"),
        ("lápiz", "lápices", "es"),
        ("autobús", "autobuses", "es"),
        ("camión", "camiones", "es"),
        ("fila", "filas", "es"),
        ("pickup line", "pickup lines", "en"),
    ],
)
def test_singular_and_plural_are_one_word(one, many, language):
    assert number_of(one, language) == number_of(many, language)


def test_a_very_long_text_is_short_when_counted():
    random = Random(1)
    letters = "abcdefghij"
    text = " ".join("".join(random.choices(letters, k=6)) for _ in range(3_000))
    assert len(numbers_of(text, "en")) <= 120


def test_scripts_without_spaces_are_counted_by_pairs():
    assert "校车" in spoken("校车今天晚点了", "zh-hans").values()


def test_a_word_is_spelled_as_most_write_it():
    texts = [("Why no autobús?", "es"), ("El autobus no vino", "es"), ("Autobús ayer", "es")]
    number = number_of("autobus", "es")
    assert spell([number], texts)[number].usual == "autobús"


@pytest.mark.parametrize("text", ["Same as ever: is Ms. Sam here?", "Sam came. Ms. Sam was late."])
def test_a_title_is_seen_wherever_the_whole_word_stands(text):
    number = number_of("Sam", "en")
    assert spell([number], [(text, "en")])[number].is_titled


def test_a_name_is_known_by_its_capital_and_by_a_title():
    number = number_of("Zorn", "en")
    found = spell([number], [("Is Ms. Zorn here?", "en"), ("I saw Zorn", "en")])[number]
    assert found.is_titled
    assert found.is_proper
    assert found.usual == "Zorn"
