"""PostgreSQL and Valkey of our own, for whatever the environment does not name already."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local import addresses
from local.postgres import Postgres
from local.process import Program, undisturbed
from local.supervisor import Supervisor
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

    def wait(self, ended: Callable[[str], bool]) -> None:
        """Until ours answer, and our database has its roles; `ended` says which is gone."""
        for server in self.ours:
            server.wait(ended)
        if self.postgres in self.ours:
            self.postgres.provide(may_create_databases=self.for_tests)


@contextmanager
def running(data: Path, *, for_tests: bool = False) -> Iterator[dict[str, str]]:
    """Servers for the length of a block; yields the variables that lead the application to them."""
    servers = Servers(data, given=os.environ, logs=data, for_tests=for_tests)
    supervisor = Supervisor(data / "running.json")
    try:
        supervisor.start(servers.prepare())
        servers.wait(supervisor.ended)
        yield servers.environment()
    finally:
        with undisturbed():
            supervisor.stop()


@contextmanager
def temporary() -> Iterator[dict[str, str]]:
    """Servers that leave nothing behind: for tests and measurements."""
    with (
        tempfile.TemporaryDirectory(prefix="earshot-") as folder,
        running(Path(folder), for_tests=True) as environment,
    ):
        Path(folder, "static").mkdir()
        yield {**environment, "EARSHOT_DATA": folder}
