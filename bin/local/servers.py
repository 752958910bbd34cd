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


class Servers:
    """The servers of one data folder; each is ours only where no address was given for it."""

    def __init__(
        self, data: Path, *, given: Mapping[str, str], logs: Path, for_tests: bool = False
    ) -> None:
        self.data = data.resolve()
        self.given = given
        self.for_tests = for_tests
        self.addresses = addresses.choose(self.data)
        self.postgres = Postgres(self.data / "postgres", self.addresses, logs=logs)
        self.valkey = Valkey(self.data / "valkey", self.addresses, logs=logs)
        self.ours = [
            server
            for name, server in (("DATABASE_URL", self.postgres), ("REDIS_URL", self.valkey))
            if not given.get(name)
        ]

    def environment(self) -> dict[str, str]:
        """The addresses for the application's settings, given ones and ours."""
        return {name: self.given.get(name) or url for name, url in self.addresses.urls().items()}

    def prepare(self) -> list[Program]:
        """Bring the folders into shape; what then has to run."""
        addresses.keep(self.addresses, self.data)
        for server in self.ours:
            server.prepare()
        return [server.program() for server in self.ours]

    def wait(self) -> None:
        """Until ours answer, and our database has its roles."""
        for server in self.ours:
            server.wait()
        if self.postgres in self.ours:
            self.postgres.provide(may_create_databases=self.for_tests)


@contextmanager
def running(data: Path, *, for_tests: bool = False) -> Iterator[dict[str, str]]:
    """Servers for the length of a block; yields the variables that lead the application to them."""
    servers = Servers(data, given=os.environ, logs=data, for_tests=for_tests)
    programs = servers.prepare()
    started: list[tuple[subprocess.Popen[bytes], Program]] = []
    try:
        started.extend((process.start(program), program) for program in programs)
        servers.wait()
        yield servers.environment()
    finally:
        with process.undisturbed():
            for child, program in reversed(started):
                process.stop(child, program)


@contextmanager
def temporary() -> Iterator[dict[str, str]]:
    """Servers that leave nothing behind: for tests and measurements."""
    with (
        tempfile.TemporaryDirectory(prefix="earshot-") as folder,
        running(Path(folder), for_tests=True) as environment,
    ):
        Path(folder, "static").mkdir()
        yield {**environment, "EARSHOT_DATA": folder}
