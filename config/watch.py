"""Every worker starts its watchdog, and tells it of each nudge that it takes."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"

_watchdog: list[subprocess.Popen[bytes]] = []


def start(**_kwargs: Any) -> None:
    """Start the watchdog as a process: a thread with a database connection would not survive
    the forks of the worker's pool.
    """
    command = [sys.executable, str(MANAGE), "watch", "--worker", str(os.getpid())]
    watchdog = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own command
    os.set_blocking(_pipe(watchdog), False)
    _watchdog[:] = [watchdog]


def tell(**_kwargs: Any) -> None:
    """Tell it that a nudge was taken; start it again should it be gone."""
    if not _watchdog:
        return
    if _watchdog[0].poll() is not None:
        start()
    with suppress(BlockingIOError, BrokenPipeError):
        os.write(_pipe(_watchdog[0]), b".")


def _pipe(watchdog: subprocess.Popen[bytes]) -> int:
    return watchdog.stdin.fileno() if watchdog.stdin else -1
