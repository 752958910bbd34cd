"""The lists of critical alerts that Earshot brings, in English and Spanish."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from inbox.models import AlertList, AlertPhrase
from inbox.phrases import tidy

FILE = Path(__file__).with_name("alert_lists.toml")


@cache
def shipped() -> list[dict[str, Any]]:
    """Return the lists as they are shipped: category, name, phrases, exceptions."""
    found: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["list"]
    return found


def ship() -> list[AlertList]:
    """Add the lists that the district has none of the same name of, and return them."""
    known = set(AlertList.objects.values_list("name", flat=True))
    added = []
    for said in shipped():
        if said["name"] not in known:
            found = AlertList.objects.create(name=said["name"], category=said["category"])
            AlertPhrase.objects.bulk_create(_phrases(found, said))
            added.append(found)
    return added


def _phrases(of: AlertList, said: dict[str, Any]) -> list[AlertPhrase]:
    """Return the phrases of a list, each once: what differs by an accent only is one phrase."""
    rows: dict[tuple[bool, str], AlertPhrase] = {}
    for is_exception, key in ((False, "phrases"), (True, "exceptions")):
        for text in said[key]:
            folded = tidy(text)
            row = AlertPhrase(
                alert_list=of,
                text=text,
                folded=folded,
                is_exception=is_exception,
                is_shipped=True,
            )
            rows.setdefault((is_exception, folded), row)
    return list(rows.values())
