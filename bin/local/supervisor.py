"""Keep programs running: start them in layers, start again what ends, stop all in reverse."""

import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from local import process
from local.addresses import write_private
from local.process import Program

LONGEST_PAUSE = 5.0
STEADY_AFTER = 5.0


@dataclass
class Kept:
    """A program, its process, and how often it ended lately."""

    program: Program
    child: subprocess.Popen[bytes]
    began: float
    failures: int = 0
    again_at: float | None = None

    def pause(self, now: float) -> float:
        """Seconds before the next start: at once at first, longer each time it ends early."""
        self.failures = 1 if now - self.began > STEADY_AFTER else self.failures + 1
        return min(LONGEST_PAUSE, 0.25 * 2.0 ** (self.failures - 1))


class Supervisor:
    """The programs of one data folder."""

    def __init__(self, register: Path) -> None:
        self.register = register
        self.layers: list[list[Kept]] = []

    def start(self, programs: list[Program]) -> None:
        """Start a layer, which will be stopped before the layers under it."""
        layer: list[Kept] = []
        self.layers.append(layer)
        layer.extend(
            Kept(program, process.start(program), time.monotonic()) for program in programs
        )
        self.write_register()

    def ended(self, name: str) -> bool:
        return any(k.program.name == name and k.child.poll() is not None for k in self.all())

    def all(self) -> list[Kept]:
        return [kept for layer in self.layers for kept in layer]

    def watch(self) -> None:
        """Go on until a signal raises."""
        while True:
            for kept in self.all():
                self.look_after(kept, time.monotonic())
            time.sleep(0.2)

    def look_after(self, kept: Kept, now: float) -> None:
        if kept.again_at is not None:
            if now >= kept.again_at:
                self.start_again(kept, now)
        elif kept.child.poll() is not None:
            process.end_group(kept.child.pid)
            pause = kept.pause(now)
            kept.again_at = now + pause
            print(f"{kept.program.name} {how(kept.child)}; starting it again", flush=True)

    def start_again(self, kept: Kept, now: float) -> None:
        kept.child, kept.began, kept.again_at = process.start(kept.program), now, None
        self.write_register()

    def stop(self) -> None:
        """Stop every layer, each at once, from the last to the first."""
        for layer in reversed(self.layers):
            for kept in layer:
                if kept.child.poll() is None:
                    kept.child.send_signal(kept.program.stop_with)
            for kept in layer:
                process.finish(kept.child, kept.program)
        self.register.unlink(missing_ok=True)

    def write_register(self) -> None:
        """Note what runs, so that the next start can end what outlived us."""
        rows = []
        for kept in self.all():
            with suppress(psutil.NoSuchProcess):
                rows.append([kept.child.pid, psutil.Process(kept.child.pid).create_time()])
        write_private(self.register, json.dumps(rows))


def how(child: subprocess.Popen[bytes]) -> str:
    code = child.returncode
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"


def end_leftovers(register: Path) -> None:
    """End what a killed bin/up left running; a number that means another process now is spared."""
    if not register.exists():
        return
    for pid, created in json.loads(register.read_text() or "[]"):
        with suppress(psutil.NoSuchProcess):
            old = psutil.Process(pid)
            if abs(old.create_time() - created) < 1:
                end(old)
    register.unlink()


def end(old: psutil.Process) -> None:
    """Ask as a stop would (PostgreSQL wants SIGINT for a fast one), wait, then insist."""
    old.send_signal(signal.SIGINT if old.name() == "postgres" else signal.SIGTERM)
    with suppress(psutil.TimeoutExpired):
        old.wait(30)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(old.pid, signal.SIGKILL)
