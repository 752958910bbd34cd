"""Phrases in a text: folded, standing by themselves, spared by exceptions, in their context."""

import time

import pytest

from inbox.alert_shipping import shipped
from inbox.phrases import Phrase, Phrases, folded, tidy


def found(text: str, *phrases: str, but: tuple[str, ...] = ()) -> list[str]:
    rows = [Phrase(n, 1, phrase) for n, phrase in enumerate(phrases)]
    rows += [Phrase(100 + n, 1, phrase, is_exception=True) for n, phrase in enumerate(but)]
    return [one.words for one in Phrases(rows).find(text)]


@pytest.mark.parametrize(
    ("text", "phrase", "words"),
    [
        ("She wants to DIE.", "wants to die", ["wants to DIE"]),
        ("wants\n  to die", "wants to die", ["wants to die"]),
        ("Él quiere morír", "quiere morir", ["quiere morír"]),
        ("quiere morir", "quiere morír", ["quiere morir"]),
        ("I don’t want to live", "don't want to live", ["don’t want to live"]),
        ("I don`t want to live", "don't want to live", ["don`t want to live"]),
        ("about self harm", "self-harm", ["self harm"]),
        ("about self-harm", "self harm", ["self-harm"]),
        ("begun, gunpowder", "gun", []),
        ("(gun)", "gun", ["gun"]),
        ("autolesiones", "autolesion*", ["autolesiones"]),
        ("", "gun", []),
        ("a.b axb", "a.b", ["a.b"]),
        ("niño 孩子 gun 枪", "gun", ["gun"]),
        ("孩子说他想自杀了。", "自杀", ["自杀"]),
        ("아이가 자살하고 싶대요", "자살", ["자살"]),
        ("ﬁrearm", "firearm", ["ﬁrearm"]),
    ],
)
def test_a_phrase_is_found_as_people_write_it(text, phrase, words):
    assert found(text, phrase) == words


def test_what_lies_in_an_exception_is_not_found_and_what_stands_beside_it_is():
    assert found("a glue gun", "gun", but=("glue gun",)) == []
    assert found("a glue gun and a gun", "gun", but=("glue gun",)) == ["gun"]


def test_the_longest_of_what_begins_at_one_place_is_named_and_all_are_counted():
    rows = [Phrase(1, 1, "kill"), Phrase(2, 1, "kill myself"), Phrase(3, 2, "myself")]
    first, second = Phrases(rows).find("I will kill myself")
    assert (first.words, first.pks, second.of) == ("kill myself", (1, 2), 2)


def test_the_context_is_what_was_written():
    (one,) = Phrases([Phrase(1, 1, "quiero morir")]).find("Mamá, ﬁn: Quiéro morir, adiós.")
    assert (one.before, one.words, one.after) == ("Mamá, ﬁn: ", "Quiéro morir", ", adiós.")


def test_no_phrases_find_nothing():
    assert Phrases([]).find("anything") == []
    assert Phrases([Phrase(1, 1, "*")]).find("* anything") == []


@pytest.fixture(scope="module")
def lists() -> Phrases:
    rows: list[Phrase] = []
    for of, said in enumerate(shipped()):
        for key in ("phrases", "exceptions"):
            exception = key == "exceptions"
            for text in said[key]:
                rows.append(Phrase(len(rows), of, tidy(text), is_exception=exception))
    return Phrases(rows)


CATEGORIES = [said["category"] for said in shipped()]


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("My daughter told her friend she wants to die.", ["self_harm"]),
        ("He has been cutting himself and I do not know what to do", ["self_harm"]),
        ("Mi hijo dice que ya no quiere vivir", ["self_harm"]),
        ("Encontré una nota: me quiero morir", ["self_harm"]),
        ("A boy said he is going to shoot up the school on Friday", ["threats"]),
        ("Le dijo a mi hija “te voy a matar”", ["threats"]),
        ("Recibimos una amenaza de bomba", ["threats"]),
        ("Her stepfather hits her at home and she is afraid to go home", ["abuse"]),
        ("El entrenador la manoseó", ["abuse"]),
        ("Another student brought a knife in his backpack", ["weapons"]),
        ("Un niño trajo un cuchillo y una pistola", ["weapons"]),
        ("He has a gun and said he will kill everyone", ["threats", "weapons"]),
    ],
)
def test_what_frightens_is_found_in_both_languages(lists, text, categories):
    assert [CATEGORIES[one.of] for one in lists.find(text)] == categories


@pytest.mark.parametrize(
    "text",
    [
        "My son hurt himself at recess and needs an ice pack.",
        "The traffic at drop-off is killing us. Please fix the gate.",
        "We need hot glue guns and water guns for field day.",
        "When is the suicide prevention night for parents?",
        "The photo shoot for the yearbook is on Monday.",
        "Do you have a knife and fork policy for the cafeteria?",
        "The active shooter drill scared my daughter.",
        "Se me hizo tarde el autobús y me tocó esperar.",
        "¿Pueden pegar el cartel en la puerta? Mi hija se lastimó la rodilla.",
        "Traigan pistola de silicona para el proyecto de arte.",
        "El simulacro de tiroteo es el martes.",
        "She is dying to join the band and would kill for a solo.",
    ],
)
def test_an_ordinary_school_day_is_not(lists, text):
    assert lists.find(text) == []


def test_the_shipped_phrases_are_each_one_phrase_and_fit_their_columns():
    for said in shipped():
        for key in ("phrases", "exceptions"):
            assert all(0 < len(text) <= 80 for text in said[key])
            assert all(tidy(text) for text in said[key])


def test_a_long_message_costs_milliseconds_whatever_it_holds(lists):
    """The figure is the bench's; here only that nothing goes wild, with a wide margin."""
    for words in ("the bus was late ", "a a ", "kill kill ", "niño ", "-" * 40 + " "):
        text = (words * 60_000)[:51_000]
        began = time.process_time()
        lists.find(text)
        assert time.process_time() - began < 1


def test_folding_ascii_keeps_every_place():
    assert folded("ABC def’s") == "abc def's"
