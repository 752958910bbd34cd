"""PostgreSQL and Valkey of our own, for whatever the environment does not name already."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local import addresses, process
from local.postgres import Postgres
from local.process import Program
from local.valkey import Valkey

PASSWORDS = "servers.json"


class Servers:
    """The servers of one data folder; each is ours only where no address was given for it."""

    def __init__(self, data: Path, *, given: Mapping[str, str], for_tests: bool = False) -> None:
        self.data = data.resolve()
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.addresses = addresses.recall(self.data / PASSWORDS)
        self.given = given
        self.for_tests = for_tests
        self.postgres = (
            None if given.get("DATABASE_URL") else Postgres(self.data / "postgres", self.addresses)
        )
        self.valkey = (
            None if given.get("REDIS_URL") else Valkey(self.data / "valkey", self.addresses)
        )

    def environment(self) -> dict[str, str]:
        """The addresses for the application's settings, given ones and ours."""
        return {
            "DATABASE_URL": self.given.get("DATABASE_URL") or self.addresses.database_url,
            "REDIS_URL": self.given.get("REDIS_URL") or self.addresses.redis_url,
        }

    def prepare(self) -> list[Program]:
        """Bring the folders into shape; what then has to run."""
        addresses.keep(self.addresses, self.data / PASSWORDS)
        ours = [server for server in (self.postgres, self.valkey) if server]
        for server in ours:
            server.prepare()
        return [server.program() for server in ours]

    def wait(self) -> None:
        """Until both answer, and the database has its roles."""
        if self.valkey:
            self.valkey.wait()
        if self.postgres:
            self.postgres.wait()
            self.postgres.provide(may_create_databases=self.for_tests)


@contextmanager
def running(data: Path, *, for_tests: bool = False) -> Iterator[dict[str, str]]:
    """Servers for the length of a block; yields the variables that lead the application to them."""
    servers = Servers(data, given=os.environ, for_tests=for_tests)
    programs = servers.prepare()
    started: list[tuple[subprocess.Popen[bytes], Program]] = []
    try:
        started.extend((process.start(program), program) for program in programs)
        servers.wait()
        yield servers.environment()
    finally:
        for child, program in reversed(started):
            process.stop(child, program)


@contextmanager
def temporary() -> Iterator[dict[str, str]]:
    """Servers that leave nothing behind: for tests and measurements."""
    with (
        tempfile.TemporaryDirectory(prefix="earshot-") as folder,
        running(Path(folder), for_tests=True) as environment,
    ):
        yield {**environment, "EARSHOT_DATA": folder}
