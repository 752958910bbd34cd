"""Rows that buttons add, move and take away, without a script: what was typed is kept."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

Raw = dict[str, Any]


def sent_rows(data: QueryDict, letter: str, *, marked_by: str, most: int) -> list[Raw]:
    """Return what was typed into each row of a letter (``c0-key``, ``c1-key``), in their order.

    A row is there where its field ``marked_by`` was sent. Every value is a list, as it was sent.
    """
    prefixes = [f"{letter}{n}" for n in range(most)]
    return [_row(data, prefix) for prefix in prefixes if f"{prefix}-{marked_by}" in data]


def pressed(data: Mapping[str, str], letter: str, rows: list[Raw]) -> list[Raw]:
    """Return rows as the button that was pressed leaves them: one moved, or one gone."""
    for act in ("remove", "up", "down"):
        place = _place(data.get(act, ""), letter, len(rows))
        if place is not None:
            return _without(rows, place) if act == "remove" else _moved(rows, place, act)
    return rows


def _row(data: QueryDict, prefix: str) -> Raw:
    start = f"{prefix}-"
    return {name.removeprefix(start): data.getlist(name) for name in data if name.startswith(start)}


def _place(name: str, letter: str, count: int) -> int | None:
    names = [f"{letter}{n}" for n in range(count)]
    return names.index(name) if name in names else None


def _without(rows: list[Raw], place: int) -> list[Raw]:
    return [*rows[:place], *rows[place + 1 :]]


def _moved(rows: list[Raw], place: int, act: str) -> list[Raw]:
    other = place + (-1 if act == "up" else 1)
    done = list(rows)
    if 0 <= other < len(rows):
        done[place], done[other] = done[other], done[place]
    return done
