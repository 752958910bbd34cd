"""What `bin/test` runs: the only definition of green, cheap checks first."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from local import browser, messages, proxy, servers
from local.bootstrap import PYTHON, ROOT
from local.process import ending_cleanly
from local.refusal import RefusalError

INTERRUPTED = 130
SIDE_BY_SIDE = 2
DATABASE = "earshot"
DEPLOYED = {"DEBUG": "false", "EARSHOT_BASE_HOST": "earshot.example"}


@dataclass(frozen=True)
class Check:
    """One command that must succeed, and what its environment has on top of ours."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)


def main(arguments: list[str]) -> int:
    """Everything without arguments; with arguments that part of the tests."""
    if not arguments or any("browser" in argument for argument in arguments):
        os.environ["EARSHOT_BROWSER"] = browser.find_or_install()
    if not arguments:
        os.environ["EARSHOT_CADDY"] = proxy.find_or_unpack()
    messages.compile_all()
    # Only a database of ours is made ready for the tests to copy; one that was named is left alone.
    ours = not os.environ.get("DATABASE_URL")
    with ending_cleanly(status=INTERRUPTED), servers.temporary() as environment:
        # pytest closes its folder for temporary files to others whenever a run of it begins,
        # also another's: the one in ours is ours alone, and goes with it.
        os.environ.update(environment, PYTEST_DEBUG_TEMPROOT=environment["EARSHOT_DATA"])
        if arguments:
            return run(pytest(arguments))
        return everything(ready=ours)


def everything(*, ready: bool = False) -> int:
    """Run every check even after one failed, and end with one line that says it all.

    The cheap ones run side by side, each with its own words kept together; then the tests. With
    `ready` the database is brought to its version meanwhile, and each worker copies it.
    """
    began = time.monotonic()
    *cheap, tests = checks()
    if ready:
        cheap.append(Check("database", manage("migrate", "--verbosity", "0")))
        os.environ["EARSHOT_TEST_TEMPLATE"] = DATABASE
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        failed = [
            check.name for check, ok in zip(cheap, pool.map(said, cheap), strict=True) if not ok
        ]
    print(f"{tests.name} ...", flush=True)
    start = time.monotonic()
    failed += [] if done(tests, run(tests), began=start) else [tests.name]
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    verdict = f"FAILED: {', '.join(failed)}" if failed else "all green"
    print(f"\nbin/test: {verdict} in {minutes} min {seconds} s")
    return 1 if failed else 0


def checks() -> Iterator[Check]:
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    yield Check("format", tool("ruff", "format", "--check", "--quiet", "."))
    yield Check("lint", tool("ruff", "check", "--quiet", "."))
    yield Check("templates", tool("djade", "--check", "--target-version", "5.2", *templates))
    yield Check("markup", tool("djlint", "--lint", "--quiet", "templates"))
    yield Check("imports", tool("lint-imports"))
    yield Check("types", tool("mypy"))
    yield Check("migrations", manage("makemigrations", "--check", "--dry-run"))
    yield Check("deploy", manage("check", "--deploy", "--fail-level", "WARNING"), deployed())
    yield Check("messages", [str(PYTHON), "bin/launch.py", "messages"])
    yield pytest([])


def tool(name: str, *arguments: str) -> list[str]:
    return [str(PYTHON.with_name(name)), *arguments]


def manage(*arguments: str) -> list[str]:
    return [str(PYTHON), "manage.py", *arguments]


def deployed() -> dict[str, str]:
    return {**DEPLOYED, "SECRET_KEY": "only-for-this-check-" + "0123456789" * 4}


def pytest(arguments: list[str]) -> Check:
    """Workers with whole files each, one more than cores, as they wait for browsers and servers.

    One for a single file, where several cost more.
    """
    chosen = any(argument.startswith("-n") for argument in arguments)
    asked = [path for path in map(file_of, arguments) if path.exists()]
    narrow = bool(asked) and all(path.is_file() for path in asked)
    count = str(min(8, os.cpu_count() or 1) + 1)
    spread = ["-n", count, "--dist", "loadfile", "--no-loadscope-reorder"]
    workers = [] if chosen or narrow else spread
    return Check("tests", [str(PYTHON), "-m", "pytest", *workers, *arguments])


def file_of(argument: str) -> Path:
    return ROOT / argument.split("::")[0]


def said(check: Check) -> bool:
    """Run one of several checks, then print what it said; say whether it succeeded."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as words:
        status = run(check, words)
        words.seek(0)
        report = words.read().decode(errors="replace")
    return done(check, status, began=began, report=report)


def done(check: Check, status: int, *, began: float, report: str = "") -> bool:
    """Say what became of a check, and how long it took."""
    verdict = "FAILED" if status else "ok"
    lines = [report.rstrip(), f"{check.name}: {verdict} ({time.monotonic() - began:.1f} s)"]
    print("\n".join(line for line in lines if line), flush=True)
    return not status


def run(check: Check, words: IO[bytes] | None = None) -> int:
    try:
        result = subprocess.run(
            check.command,
            cwd=ROOT,
            env={**os.environ, **check.environment},
            stdout=words,
            stderr=subprocess.STDOUT if words else None,
            check=False,
        )
    except FileNotFoundError as error:
        raise RefusalError(
            f"{error.filename} is missing: delete .venv and run this again."
        ) from error
    return result.returncode
