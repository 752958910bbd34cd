"""The folder that holds everything an installation on one machine keeps."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local import addresses
from local.addresses import write_private
from local.refusal import RefusalError, from_os_error

MEGABYTE = 1_000_000
NEEDED = {"new": 400 * MEGABYTE, "old": 100 * MEGABYTE}


class DataFolder:
    """Its lock says who runs on it, its `earshot.env` leads every command to its servers."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.settings = self.path / "earshot.env"
        self.logs = self.path / "logs"
        self.outbox = self.path / "outbox"
        self.logins = self.path / "demo-logins.txt"

    @contextmanager
    def taken(self, address: str) -> Iterator[None]:
        """Hold the folder for this process alone; whoever comes second learns the address."""
        try:
            for folder in (self.path, self.logs, self.outbox):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (self.path / "up.lock").open("a+")
        except OSError as error:
            hint = "--data DIR chooses another folder."
            raise RefusalError(f"{from_os_error(error)} {hint}") from error
        with lock:
            self.lock(lock.fileno())
            self.check_room()
            lock.truncate(0)
            lock.write(f"{address} (process {os.getpid()})")
            lock.flush()
            yield

    def lock(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = (self.path / "up.lock").read_text() or "about to start"
            raise RefusalError(f"Earshot already runs on {self.path}: {holder}") from error

    def check_room(self) -> None:
        """Refuse before anything is half done."""
        needed = NEEDED["old" if (self.path / "postgres").exists() else "new"]
        free = shutil.disk_usage(self.path).free
        if free < needed:
            raise RefusalError(
                f"The disk is full: {free // MEGABYTE} MB free for {self.path}, Earshot needs "
                f"{needed // MEGABYTE} MB. Free some space, or choose another disk with --data DIR."
            )

    def read_settings(self) -> dict[str, str]:
        """What `earshot.env` says, a line for each name."""
        if not self.settings.exists():
            return {}
        lines = (line.strip() for line in self.settings.read_text().splitlines())
        pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
        return {name.strip(): value.strip() for name, _, value in pairs}

    def given(self) -> dict[str, str]:
        """Addresses of servers that are not ours: from the environment, or put in by a person."""
        known = addresses.recall(self.path)
        ours = known.urls() if known else {}
        found = {**self.read_settings(), **os.environ}
        chosen = {name: found.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
        return {name: url for name, url in chosen.items() if url and url != ours.get(name)}

    def write_settings(self, ours: Mapping[str, str]) -> dict[str, str]:
        """Set our names and keep every line that a person added; the key is made once."""
        kept = self.read_settings()
        merged = {"SECRET_KEY": secrets.token_urlsafe(50), **kept, **ours}
        lines = [f"{name}={value}" for name, value in merged.items()]
        write_private(self.settings, "\n".join(lines) + "\n")
        return merged

    def remembers(self, name: str) -> str:
        """A small fact of an earlier start, such as which files were collected."""
        path = self.path / f".{name}"
        return path.read_text() if path.exists() else ""

    def remember(self, name: str, value: str) -> None:
        write_private(self.path / f".{name}", value)
