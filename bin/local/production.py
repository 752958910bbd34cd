"""The part of requirements.lock that a production host needs: no servers of our own, no tests."""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from local.bootstrap import LOCK, ROOT


def main(extras: list[str]) -> int:
    """Print it for `pip install --require-hashes`; with the extras that are named."""
    sys.stdout.write(production_lock(*extras))
    return 0


def production_lock(*extras: str) -> str:
    wanted = needed(direct(*extras))
    blocks = re.split(r"\n(?=\S)", LOCK.read_text().strip())
    return "".join(f"{block}\n" for block in blocks if name_of(block) in wanted)


def direct(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    also = [line for extra in extras for line in project["optional-dependencies"][extra]]
    return [Requirement(line) for line in [*project["dependencies"], *also]]


def needed(requirements: list[Requirement]) -> set[str]:
    """Every package these ask for, and those ask for, on any Python and system."""
    seen: set[tuple[str, str]] = set()
    waiting = [pair for requirement in requirements for pair in pairs(requirement)]
    while waiting:
        pair = waiting.pop()
        if pair not in seen:
            seen.add(pair)
            waiting.extend(asked_by(*pair))
    return {name for name, _extra in seen}


def pairs(requirement: Requirement) -> Iterator[tuple[str, str]]:
    """A package by itself, and once for each extra that is asked of it."""
    for extra in ("", *requirement.extras):
        yield canonicalize_name(requirement.name), extra


def asked_by(name: str, extra: str) -> Iterator[tuple[str, str]]:
    """What an installed package asks for; with an extra, what only that extra adds as well."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return  # for another system: the lock has it, this machine does not
    for requirement in map(Requirement, lines):
        marker = requirement.marker
        if marker is None or marker.evaluate({"extra": extra}):
            yield from pairs(requirement)


def name_of(block: str) -> str:
    return canonicalize_name(re.match(r"[A-Za-z0-9._-]+", block)[0])  # type: ignore[index]
