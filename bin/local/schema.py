"""Which migrations the files name and which the database has: older, equal or newer."""

import hashlib
from collections import defaultdict
from pathlib import Path

import psycopg

from local.bootstrap import LOCK, ROOT
from local.refusal import RefusalError

APPS = ("districts", "families", "inbox", "surveys", "nps")
Applied = set[tuple[str, str]]


def files() -> list[Path]:
    return sorted(path for app in APPS for path in (ROOT / app / "migrations").glob("[0-9]*.py"))


def applied(database_url: str) -> Applied:
    """The migrations a database has; none where it is new."""
    with psycopg.connect(database_url, connect_timeout=10) as connection:
        table = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
        if table is None or table[0] is None:
            return set()
        return set(connection.execute("SELECT app, name FROM django_migrations").fetchall())


def refuse_newer(found: Applied) -> None:
    """Refuse a database that knows a migration past our last one: this code would harm its data."""
    last: dict[str, str] = defaultdict(str)
    for path in files():
        last[path.parent.parent.name] = max(last[path.parent.parent.name], path.stem)
    newer = sorted(f"{a}.{name}" for a, name in found if a in APPS and name[:4] > last[a][:4])
    if newer:
        raise RefusalError(
            f"The data was written by a newer Earshot (it has {newer[-1]}). "
            "Start it with that version, or choose another folder with --data DIR."
        )


def state(found: Applied) -> str:
    """A digest of files, packages and database together; equal to an earlier one: nothing to do."""
    digest = hashlib.sha256(LOCK.read_bytes())
    for path in files():
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    for app, name in sorted(found):
        digest.update(f"{app}.{name}\n".encode())
    return digest.hexdigest()
