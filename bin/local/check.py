"""What `bin/test` runs: the only definition of green, cheap checks first."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from local import browser, messages, proxy, servers
from local.bootstrap import PYTHON, ROOT
from local.process import ending_cleanly
from local.refusal import RefusalError

INTERRUPTED = 130
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
    with ending_cleanly(status=INTERRUPTED), servers.temporary() as environment:
        # pytest closes its folder for temporary files to others whenever a run of it begins,
        # also another's: the one in ours is ours alone, and goes with it.
        os.environ.update(environment, PYTEST_DEBUG_TEMPROOT=environment["EARSHOT_DATA"])
        if arguments:
            return run(pytest(arguments))
        return everything()


def everything() -> int:
    """Run every check even after one failed, and end with one line that says it all."""
    began = time.monotonic()
    failed = [check.name for check in checks() if report(check)]
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
    """Two workers, each with whole files; one for a single file, where two cost more."""
    chosen = any(argument.startswith("-n") for argument in arguments)
    asked = [path for path in map(file_of, arguments) if path.exists()]
    narrow = bool(asked) and all(path.is_file() for path in asked)
    workers = [] if chosen or narrow else ["-n", "2", "--dist", "loadfile"]
    return Check("tests", [str(PYTHON), "-m", "pytest", *workers, *arguments])


def file_of(argument: str) -> Path:
    return ROOT / argument.split("::")[0]


def report(check: Check) -> int:
    """Run one check of the whole; say how long it took."""
    print(f"{check.name} ...", flush=True)
    began = time.monotonic()
    status = run(check)
    print(f"{check.name}: {'FAILED' if status else 'ok'} ({time.monotonic() - began:.1f} s)")
    return status


def run(check: Check) -> int:
    try:
        result = subprocess.run(
            check.command, cwd=ROOT, env={**os.environ, **check.environment}, check=False
        )
    except FileNotFoundError as error:
        raise RefusalError(
            f"{error.filename} is missing: delete .venv and run this again."
        ) from error
    return result.returncode
