"""Whatever is sent to whichever address gets an answer of ours: never a failure.

The rows of the permission table say which addresses there are and what a good request holds. With
``EARSHOT_STRINGS`` naming a folder of lists, each line of them is sent too, which takes long.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.permissions.conftest import Town, send
from tests.permissions.row import Row
from tests.permissions.table import TABLE

pytestmark = pytest.mark.django_db

NASTY = [
    "\x00",
    "9" * 400,
    "é" * 3_000 + "\u202e\ufffe <img src=x onerror=alert(1)> %(n)s {{ x }} '; DROP TABLE x; --",
]
# What addresses are asked with, whether or not the page at them listens.
ASKED = ["q", "view", "after", "before", "page", "since", "at", "lang", "counted", "owner", "topic"]
ASKED += ["school", "status", "language", "from", "to", "first", "last", "weeks", "next", "team"]
FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*\bname=\"([^\"]+)\"")
READING = [row for row in TABLE if row.method == "get"]
WRITING = [row for row in TABLE if row.method == "post"]


def strings() -> list[str]:
    """Return what is sent: our own few, and the lists of a folder that the environment names."""
    folder = os.environ.get("EARSHOT_STRINGS")
    if not folder:
        return NASTY
    files = [path for path in Path(folder).rglob("*.*") if path.suffix in {".json", ".txt"}]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    lists = [json.loads(text) if text.startswith("[") else text.splitlines() for text in texts]
    return [*NASTY, *dict.fromkeys(line for lines in lists for line in lines if line)]


def statuses(town: Town, row: Row, asked: Iterable[dict[str, Any]]) -> Iterator[int]:
    """Yield the status of each request of somebody who may do everything."""
    client = town.client("admin")
    for data in asked:
        with town.asking(row) as (address, _good):
            yield send(client, row, address, data).status_code


def good_body(town: Town, row: Row) -> tuple[set[str], dict[str, Any]]:
    """Return the names of what a form asks for, and what a good request holds."""
    with town.asking(row) as (address, good):
        shown = town.client("admin").get(address).content.decode(errors="replace")
    return {*good, *FIELD.findall(shown)} - {"csrfmiddlewaretoken"}, good


def bodies(names: set[str], good: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield bodies with the same bad thing everywhere, and with one in each place of a good one."""
    for text in strings():
        yield dict.fromkeys(names, text)
    for name in sorted(names):
        yield good | {name: NASTY[0]}


@pytest.mark.parametrize("row", READING, ids=str)
def test_no_question_is_too_strange(row: Row, town: Town):
    asked = [dict.fromkeys(ASKED, text[:2000]) for text in strings()]
    assert max(statuses(town, row, asked)) < 500


@pytest.mark.parametrize("row", WRITING, ids=str)
def test_no_body_is_too_strange(row: Row, town: Town):
    sent = list(bodies(*good_body(town, row)))
    failed = [
        data for data, code in zip(sent, statuses(town, row, sent), strict=True) if code >= 500
    ]
    assert failed == []
