"""An installation started as a person starts it: bin/up in a process of its own."""

import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from local.addresses import free_port
from local.bootstrap import ROOT
from local.process import wait_until

OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "PYTEST_CURRENT_TEST")


def plain_environment(**more: str) -> dict[str, str]:
    """The environment without what leads these tests to their own servers."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith(("EARSHOT_", "PIP_"))
    }
    return {**kept, **more}


def bin_up(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run bin/up to its end, for when it should refuse."""
    return subprocess.run(
        [ROOT / "bin" / "up", *arguments],
        env=plain_environment(**environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class Installation:
    """A running bin/up, what it printed and the processes it started."""

    def __init__(self, data: Path, *arguments: str, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.printed = data.with_suffix(".printed")
        with self.printed.open("w") as output:
            self.process = subprocess.Popen(
                [ROOT / "bin" / "up", *arguments, f"--port={self.port}", f"--data={data}"],
                env=plain_environment(**environment),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.settings_at_start: dict[str, str] = {}

    def text(self) -> str:
        return self.printed.read_text()

    def wait(self, *, seconds: float = 120) -> "Installation":
        """Until it says that it runs; its own words when it does not come to that."""
        said = lambda: "Ctrl-C stops" in self.text() or self.process.poll() is not None  # noqa: E731
        wait_until(said, seconds=seconds, pause=0.1)
        assert "is running at" in self.text(), self.story()
        self.settings_at_start = self.settings()
        return self

    def serves(self) -> bool:
        address = f"http://localhost:{self.port}/health/ready/"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def story(self) -> str:
        """What it printed and how each log ends, for whoever reads why a test failed."""
        logs = sorted((self.data / "logs").glob("*.log"))
        ends = [f"== {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in logs]
        return "\n".join([self.text(), *ends])

    def processes(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def settings(self) -> dict[str, str]:
        lines = (self.data / "earshot.env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def started(
    data: Path, *arguments: str, seconds: float = 120, **environment: str
) -> Iterator[Installation]:
    """An installation for the length of a block, ended whatever happened."""
    installation = Installation(data, *arguments, **environment)
    try:
        yield installation.wait(seconds=seconds)
    finally:
        if installation.process.poll() is None:
            installation.end(signal.SIGTERM)


def still_there(processes: list[psutil.Process]) -> list[str]:
    """The command lines of those that still run."""
    return [line for process in processes if (line := command_line(process))]


def command_line(process: psutil.Process) -> str:
    """Nothing for one that has ended, even where its parent has not noticed yet."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # ZombieProcess is one
        return ""
