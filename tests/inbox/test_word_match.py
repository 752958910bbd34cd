"""Words found in messages: whole ones, without accents and capitals, and never slowly."""

import time

import pytest

from inbox.word_match import (
    LONGEST_PATTERN,
    BadPatternError,
    compile_pattern,
    matches,
    matches_pattern,
    split_words,
)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("bus", "The BUS was late", True),
        ("bus", "She is busy", False),
        ("bus*", "Both buses were late", True),
        ("autobus, camión", "El camion no llegó", True),
        ("autobús", "¿A qué hora pasa el AUTOBUS?", True),
        ("late bus", "the late\n  bus again", True),
        ("late bus", "the bus was late", False),
        ("C++", "we learn c++ now", True),
        ("a.c", "abc", False),
        ("校车", "今天校车晚点了", True),
        ("حافلة", "تأخرت حافلة المدرسة", True),
        ("", "anything", False),
        (" , *,", "anything * , here", False),
    ],
)
def test_words_stand_by_themselves_whatever_their_accents(words, text, found):
    assert matches(words, text) is found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"bus\s+\d+", "Bus 12 left", True),
        (r"route \D{2}", "ROUTE ab", True),
        (r"cami[oó]n(es)?", "los CAMIONES", True),
        (r"^help", "please help", False),
    ],
)
def test_a_pattern_is_found_whatever_the_accents(pattern, text, found):
    assert matches_pattern(pattern, text) is found


@pytest.mark.parametrize(
    "pattern", ["(bus", "[", "a{1001}", "(?=bus)", "x" * (LONGEST_PATTERN + 1)]
)
def test_a_pattern_that_is_none_says_so(pattern):
    with pytest.raises(BadPatternError):
        compile_pattern(pattern)


def test_a_pattern_that_would_be_too_large_says_so():
    with pytest.raises(BadPatternError):
        compile_pattern("((((a{1,90}){1,90}){1,90}){1,90})")


def test_a_pattern_that_ruins_other_matchers_takes_no_time():
    begun = time.perf_counter()
    matches_pattern(r"(a+)+$", "a" * 20_000 + "b")
    matches_pattern(r"(.*a){20}", "a" * 19_000 + "b" * 1_000)
    assert time.perf_counter() - begun < 2


def test_each_word_counts_once():
    assert split_words("Bus, bus,\nBÚS , late bus") == ["bus", "late bus"]
