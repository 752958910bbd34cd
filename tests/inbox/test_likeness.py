"""What messages have in common, word by word, in bounded time whatever is sent."""

import time

from hypothesis import given
from hypothesis import strategies as st

from inbox.gathering import Heard, enough, gather, majority, widen
from inbox.likeness import (
    COMMON,
    MOST_WORDS,
    Usual,
    bursting,
    core_of,
    is_alike,
    number_of,
    phrase_of,
    sketch_of,
    spell,
)
from tests.inbox.late_bus import everyday, late

PAST = Usual(sketch_of(text) for text, _language in everyday(300, seed=11))


def heard(texts: list[tuple[str, str]], *, start: int = 0) -> list[Heard]:
    return [
        Heard(start + number, sketch_of(text), language)
        for number, (text, language) in enumerate(texts)
    ]


def test_accents_capitals_and_endings_do_not_count():
    assert number_of("Autobús") == number_of("autobuses")
    assert number_of("esperando") == number_of("ESPERAMOS")
    assert number_of("12") != number_of("31")


def test_scripts_without_spaces_are_compared_by_pairs_of_letters():
    same = set(sketch_of("校车今天没来上班")) & set(sketch_of("今天校车没来"))
    assert len(same) >= 3


def test_numbers_stand_apart_from_the_letters_beside_them():
    assert set(sketch_of("bus12")) == set(sketch_of("bus #12"))


@given(st.text(max_size=6000))
def test_a_sketch_is_short_sorted_and_fits_its_column(text):
    sketch = sketch_of(text)
    assert len(sketch) <= MOST_WORDS
    assert sketch == sorted(set(sketch))
    assert all(-(2**31) <= word < 2**31 for word in sketch)


def test_huge_and_poisoned_texts_cost_little():
    texts = ["x" * 10_000_000, "a b " * 1_000_000, "\u0301" * 2_000_000, "\ud800 lone"]
    began = time.process_time()
    assert all(len(sketch_of(text)) <= MOST_WORDS for text in texts)
    assert time.process_time() - began < 1.0


def test_a_word_bursts_against_its_usual_share():
    found = {number_of("school"): 12, number_of("gasleak"): 12}
    words = bursting([number_of("school"), number_of("gasleak")], found, 40, PAST)
    assert words == [number_of("gasleak")]


def test_the_core_tells_a_late_bus_from_other_messages():
    sketches = [sketch_of(text) for text, language in late(20) if language == "en"]
    core = core_of(sketches, PAST)
    assert abs(sum(core.values()) - 1) < 1e-9
    assert not is_alike(sketch_of("Lunch was cold today. Can you tell the kitchen?"), core)
    assert is_alike(sketch_of("is bus 12 very late today or not coming"), core)


def test_words_are_spelled_as_most_write_them():
    texts = ["The Bus 12 is late", "bus 12 late again", "bus 12 late"]
    core = core_of([sketch_of(text) for text in texts], PAST)
    assert spell(core, texts, 3) == ["bus", "12", "late"]
    texts = ["bus 12 is 20 minutes late at 9th", "12 still not at 9th, 20 min late", "12 late 9th"]
    core = core_of([sketch_of(text) for text in texts], PAST)
    assert {"9th", "20minutes", "20min"}.isdisjoint(spell(core, texts, 9))


def test_what_they_write_about_is_said_in_a_row_of_their_words():
    texts = ["My BUS 12 is late", "Bus 12 is late again", "still no bus 12", "Ana: Bus 12 is late!"]
    core = core_of([sketch_of(text) for text in texts], PAST)
    assert phrase_of(core, texts, 7) == "Bus 12 is late"
    assert phrase_of(core, texts, 2) == "Bus 12"
    assert phrase_of(core, ["the bus that Mia takes is late"], 7) == ""


def test_a_row_of_words_holds_none_that_one_family_alone_wrote():
    texts = [text for text, _language in late(25)]
    core = core_of([sketch_of(text) for text in texts], PAST)
    said = phrase_of(core, texts, 7)
    rest = set(said.lower().split()) - set(COMMON.split())
    assert "12" in rest
    assert all(sum(word in text.lower() for text in texts) >= 3 for word in rest)


def test_languages_are_gathered_by_what_they_share():
    lately = heard([*everyday(25, seed=5), *late(25)])
    groups = [gather(each, lately, PAST) for each in lately]
    best = max(groups, key=len)
    found = [each for each in best if each.pk >= 25]
    assert len(found) >= 22
    assert len(best) - len(found) <= 2
    assert {each.language for each in found} == {"en", "es"}


def test_an_ordinary_morning_gathers_nothing():
    lately = heard(everyday(60, seed=21))
    assert not any(gather(each, lately, PAST) for each in lately)


def test_a_group_needs_different_senders():
    same = [Heard(pk, [1], "en", sender="one@family.example") for pk in range(30)]
    assert not enough(same, PAST)
    assert enough([Heard(pk, [1], "en") for pk in range(8)], PAST)
    assert not enough([Heard(pk, [1], "en") for pk in range(8)], Usual([]))


def test_two_messages_are_not_widened():
    few = heard(late(2))
    assert widen(few, few, PAST) == few


def test_a_majority_is_three_in_five():
    assert majority([1, 1, 1, 2, 2]) == 1
    assert majority([1, 1, 2, 2]) is None
    assert majority([None, None, 1]) is None
    assert majority([]) is None


def test_a_number_that_counts_or_ranks_is_not_the_name_of_anything():
    assert number_of("12") in sketch_of("bus 12 is late")
    assert number_of("12") not in sketch_of("it is 12 minutes late, in 12th place")
    assert set(sketch_of("12 minutos")) & set(sketch_of("12 min"))
    assert number_of("7") not in sketch_of("at 7:05 this morning")
