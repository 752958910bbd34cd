"""Filling in the public form as a browser does: open it, keep its stamp, send it."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from inbox.stamps import new_stamp
from tests.cast import Cast

QUESTION = "Does bus 12 still stop at Oak and 5th?"
BROWSER = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


def opened_form(cast: Cast) -> Client:
    """Return a browser on a district's host."""
    return Client(headers={"host": cast.host, **BROWSER})


def filled_in(**fields: Any) -> dict[str, Any]:
    """Return what a family sends that opened the form a minute ago."""
    stamp = new_stamp(at=timezone.now() - timedelta(minutes=1))
    usual = {
        "stamp": stamp,
        "website": "",
        "kind": "question",
        "message": QUESTION,
        "role": "guardian",
        "name": "Ana Ortiz",
        "email": "ana@family.example",
    }
    return usual | fields


def send(cast: Cast, address: str = "/ask/buses/", **fields: Any) -> Any:
    """Send the form and return the answer."""
    return opened_form(cast).post(address, filled_in(**fields))


def read(answer: Any) -> str:
    """Return the words of a page as people read them, without its tags."""
    page = answer.content.decode().split("<main", 1)[-1]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
