"""Who of an audience is asked, as arithmetic: one of each household, a sample of every school."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.drawing import NOT_SAMPLED, SAME_HOUSEHOLD, Candidate, draw, lot, shares


def people(count: int, *, schools: int = 1, each: int = 1) -> list[Candidate]:
    """Return families of so many guardians, spread over schools."""
    return [
        Candidate(guardian=number, family=number // each, school=(number // each) % schools)
        for number in range(count)
    ]


def asked(drawn: list[Candidate]) -> list[int]:
    return [one.guardian for one in drawn if not one.why]


def test_every_household_is_asked_once():
    drawn = draw(people(10, each=2), seed="a", household=True)
    assert len({one.family for one in drawn if not one.why}) == len(asked(drawn)) == 5
    assert Counter(one.why for one in drawn)[SAME_HOUSEHOLD] == 5


def test_whom_a_household_is_asked_by_is_fair_over_many_waves():
    firsts = Counter(
        asked(draw(people(2, each=2), seed=str(wave), household=True))[0] for wave in range(400)
    )
    assert min(firsts.values()) > 150


def test_who_cannot_be_asked_does_not_stand_in_the_way_of_the_other():
    both = [Candidate(1, 1, 1, why="no_consent"), Candidate(2, 1, 1)]
    for wave in range(20):
        drawn = draw(both, seed=str(wave), household=True)
        assert asked(drawn) == [2]
        assert drawn[0].why in {"no_consent", SAME_HOUSEHOLD}


def test_a_sample_holds_every_school_by_its_size():
    drawn = draw(people(90, schools=3), seed="a", sample=30)
    chosen = set(asked(drawn))
    assert Counter(one.school for one in drawn if one.guardian in chosen) == {0: 10, 1: 10, 2: 10}
    assert Counter(one.why for one in drawn)[NOT_SAMPLED] == 60


def test_a_drawing_that_is_done_again_gives_the_same():
    once, again = (draw(people(50, schools=4, each=2), seed="a", sample=9) for _ in range(2))
    assert once == again
    assert once != draw(people(50, schools=4, each=2), seed="b", sample=9)


def test_whoever_was_asked_before_an_interruption_stays_in_the_sample():
    kept = asked(draw(people(40), seed="a", sample=10))[:4]
    grown = people(400)
    assert set(kept) <= set(asked(draw(grown, seed="b", sample=10, kept=kept)))


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 500), max_size=8), st.integers(0, 3000))
def test_shares_add_up_and_never_exceed_a_group(counts, size):
    found = shares(counts, size)
    assert sum(found.values()) == min(size, sum(counts.values()))
    assert all(0 <= found[group] <= counts[group] for group in counts)


@pytest.mark.parametrize("about", [("guardian", 1), ("student", 1)])
def test_a_lot_depends_on_what_it_is_drawn_for(about):
    assert lot("a", *about) == lot("a", *about)
    assert len({lot("a", *about), lot("b", *about), lot("a", "day", 1)}) == 3
