"""The logins of the demo: one password, kept in the data folder and printed."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from districts.models import District, Membership

WORDS = (
    *("amber", "basin", "birch", "cedar", "clover", "coral", "delta", "ember"),
    *("falcon", "fern", "garnet", "glacier", "harvest", "hazel", "island", "juniper"),
    *("kestrel", "lantern", "maple", "meadow", "nectar", "oak", "opal", "otter"),
    *("pebble", "prairie", "quartz", "raven", "river", "sable", "willow", "wren"),
)


def new_password() -> str:
    """Return a password that a person can type: four words and a number, 33 bits."""
    words = [secrets.choice(WORDS) for _ in range(4)]
    return "-".join([*words, str(1000 + secrets.randbelow(9000))])


def table(district: District, logins: Iterable[tuple[str, Membership]]) -> list[str]:
    """Return the lines that say who logs in to a district, and as what."""
    rows = [
        f"  {member.user.email:28} {part:8} {member.name}, {member.title}"
        for part, member in logins
    ]
    return [district.name, *rows, ""]


def keep(path: Path, lines: list[str]) -> None:
    """Write the logins where only their owner may read them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(lines).strip() + "\n")
    path.chmod(0o600)
