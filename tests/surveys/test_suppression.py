"""What may be shown: tables of cases, and an attacker who subtracts all that is shown."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from surveys.suppression import (
    NOTHING,
    Answers,
    Cell,
    Published,
    Shown,
    alike,
    publish,
    together,
)

VALUES = ("a", "b", "c")
SEGMENTS = {"happy": frozenset("bc")}


def answers(*counts: int) -> Answers:
    """Return a group of so many of each value."""
    return Answers(sum(counts), dict(zip(VALUES, counts, strict=False)))


def shown(**groups: Answers) -> Mapping[str, str]:
    """Return how much is shown of each group."""
    return {name: str(cell.shown) for name, cell in publish(groups).cells.items()}


def test_groups_of_ten_and_more_are_shown_with_their_counts():
    published = publish({"x": answers(6, 5), "y": answers(20, 15)})
    assert published.cells["x"].counts == {"a": 6, "b": 5}
    assert (published.total.n, published.total.counts) == (46, {"a": 26, "b": 20})


def test_below_the_floor_nothing_is_shown_of_anybody():
    published = publish({"x": answers(5, 4), "y": answers(0)})
    assert published.total == NOTHING
    assert list(published.cells.values()) == [NOTHING, NOTHING]


def test_what_is_hidden_and_what_is_empty_look_the_same():
    cells = publish({"x": answers(4, 3), "y": answers(0), "z": answers(9, 9)}).cells
    assert cells["x"] == cells["y"] == NOTHING


def test_a_single_small_school_takes_the_next_larger_one_along():
    said = shown(x=answers(2, 1), y=answers(7, 6), z=answers(20, 15))
    assert said == {"x": "nothing", "y": "nothing", "z": "exact"}


def test_small_schools_that_are_ten_together_hide_one_another():
    said = shown(x=answers(3, 3), y=answers(2, 3), z=answers(20, 15))
    assert said == {"x": "nothing", "y": "nothing", "z": "exact"}


def test_where_nearly_everybody_said_the_same_only_that_is_told():
    published = publish({"x": answers(12, 0), "y": answers(10, 20), "z": answers(20, 15)})
    assert (published.cells["x"].value, published.cells["x"].percent) == ("a", 80)
    assert published.cells["x"].counts == {}
    assert published.cells["y"].shown == Shown.SIZE
    assert published.cells["z"].is_exact


@pytest.mark.parametrize(
    ("most", "others", "percent"),
    [(8, 2, 80), (19, 2, 90), (39, 2, 95), (299, 3, 99), (300, 15, None), (7, 3, None)],
)
def test_a_bound_leaves_room_for_others(most, others, percent):
    found = alike(answers(most, others), {})
    assert (found and found[1]) == percent


def test_values_that_say_the_same_are_alike_together():
    assert alike(answers(0, 6, 6), SEGMENTS) == ("happy", 80)
    assert alike(answers(0, 6, 6), {}) is None


def test_a_district_that_is_of_one_mind_shows_no_school_exactly():
    published = publish({"x": answers(400, 0), "y": answers(90, 4)})
    assert published.total.shown == Shown.ALIKE
    assert not any(cell.is_exact for cell in published.cells.values())


def test_a_lower_floor_shows_smaller_groups():
    groups = {"x": answers(3, 3), "y": answers(9, 9)}
    assert publish(groups, floor=5).cells["x"].is_exact
    assert publish(groups).cells["x"] == NOTHING


TABLES = st.dictionaries(
    st.sampled_from("vwxyz"),
    st.tuples(*[st.sampled_from([0, 0, 1, 2, 3, 5, 9, 12, 40])] * len(VALUES)),
    min_size=1,
)


class Attacker:
    """Knows how many answered at each school, also where we hide it, and all that is shown."""

    def __init__(self, groups: Mapping[str, Answers], published: Published[str]) -> None:
        self.place = {key: at for at, key in enumerate(product(groups, VALUES))}
        self.known: list[tuple[np.ndarray, float, float]] = []
        sizes = {name: group.n for name, group in groups.items()}
        for name, told in published.cells.items():
            self._learn([name], told, sizes[name])
        self._learn(list(groups), published.total, sum(sizes.values()))

    def _learn(self, names: list[str], told: Cell, n: int) -> None:
        self._know(names, VALUES, n, n)
        if told.is_exact:
            for value in VALUES:
                self._know(names, (value,), told.counts.get(value, 0), told.counts.get(value, 0))
        elif told.shown == Shown.ALIKE:
            said = SEGMENTS.get(told.value, {told.value})
            self._know(names, said, told.percent * n / 100, n)

    def _know(self, names: list[str], values: Iterable[str], least: float, most: float) -> None:
        self.known.append((self._sum(names, values), least, most))

    def _sum(self, names: list[str], values: Iterable[str]) -> np.ndarray:
        row = np.zeros(len(self.place))
        row[[self.place[key] for key in product(names, values)]] = 1
        return row

    def possible(self, name: str, values: Iterable[str]) -> tuple[int, int]:
        """Return the fewest and the most at a school who may have given one of some values."""
        rows, least, most = zip(*self.known, strict=True)
        rules = LinearConstraint(np.array(rows), least, most)
        goal, whole = self._sum([name], values), np.ones(len(self.place))
        fewest = milp(goal, constraints=rules, integrality=whole).fun
        return round(fewest), round(-milp(-goal, constraints=rules, integrality=whole).fun)


def hidden(groups: Mapping[str, Answers], published: Published[str]) -> Iterator[str]:
    """Yield the schools whose counts are not shown, where somebody answered."""
    return (name for name, told in published.cells.items() if groups[name].n and not told.is_exact)


@given(TABLES, st.sampled_from([{}, SEGMENTS]))
@settings(max_examples=150)
def test_no_attacker_works_out_what_a_hidden_school_said(table, unions):
    groups = {name: answers(*counts) for name, counts in table.items()}
    published = publish(groups, unions=unions)
    if published.total == NOTHING:
        return
    covered = together(groups[name] for name in hidden(groups, published))
    attacker = Attacker(groups, published)
    for name in hidden(groups, published):
        for values in (*VALUES, *unions.values()):
            fewest, most = attacker.possible(name, values)
            # That nobody of all who are hidden, ten or more, said it is no secret of one school.
            assert fewest < most or not any(covered.counts.get(value) for value in values)
            assert fewest < groups[name].n, "it is known that all at a school said the same"


@given(TABLES)
def test_no_size_that_is_hidden_follows_from_the_others(table):
    groups = {name: answers(*counts) for name, counts in table.items()}
    published = publish(groups)
    filled = [groups[name].n for name, told in published.cells.items() if told == NOTHING]
    filled = [n for n in filled if n]
    if published.total != NOTHING and filled:
        assert len(filled) > 1
        assert sum(filled) >= 10
