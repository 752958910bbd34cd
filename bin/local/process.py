"""One program that we start: tied to our life, in a group of its own, stopped without leftovers."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from local.account import Account

PR_SET_PDEATHSIG = 1
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LINUX = sys.platform == "linux"
LIBC = ctypes.CDLL(None) if LINUX else None


@dataclass
class Program:
    """What to run: `stop_with` asks it to end, also when we are killed (Linux tells it)."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    folder: Path | None = None
    account: Account | None = None
    stop_with: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    log: Path | None = None
    before: Callable[[], None] | None = None


def start(program: Program) -> subprocess.Popen[bytes]:
    """Start it from the main thread only: Linux ties a child's life to the thread that made it."""
    account = program.account
    if program.before:
        program.before()
    return subprocess.Popen(
        program.command,
        env=program.environment,
        cwd=program.folder,
        stdin=subprocess.DEVNULL,
        stdout=output_of(program),
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=die_with_parent(program.stop_with),  # no thread is running
    )


def output_of(program: Program) -> IO[bytes] | int:
    return program.log.open("ab") if program.log else subprocess.PIPE


def die_with_parent(death: signal.Signals) -> Callable[[], None] | None:
    if LIBC is None:
        return None
    libc, parent = LIBC, os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(death))
        if os.getppid() != parent:
            os._exit(1)

    return tie


def stop(child: subprocess.Popen[bytes], program: Program) -> None:
    """Ask it to end, and see that it did."""
    if child.poll() is None:
        child.send_signal(program.stop_with)
    finish(child, program)


def finish(child: subprocess.Popen[bytes], program: Program) -> None:
    """Wait, then end the whole group: a pool's children may outlive their parent."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(program.patience)
    end_group(child.pid)
    child.wait()


def end_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def wait_until(ready: Callable[[], bool], *, seconds: float, pause: float = 0.02) -> bool:
    """Ask again and again, until it is so or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        time.sleep(pause)
    return ready()


@contextmanager
def ending_cleanly(*, status: int = 0) -> Iterator[None]:
    """Turn the signals that end us into a clean exit, so that every `finally` runs."""

    def leave(*_signal: object) -> None:
        sys.exit(status)

    for ending in ENDINGS:
        signal.signal(ending, leave)
    yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not stop the stopping."""
    before = [signal.signal(ending, signal.SIG_IGN) for ending in ENDINGS]
    try:
        yield
    finally:
        for ending, handler in zip(ENDINGS, before, strict=True):
            signal.signal(ending, handler)
