"""docker-compose.yml, as far as a machine without Docker proves it: schema and every command."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
import yaml
from local.addresses import Addresses, free_port
from local.bootstrap import PYTHON, ROOT
from local.postgres import INSTALLED, Postgres
from local.process import Program, start, stop, wait_until
from local.valkey import SERVER

from tests.installation import plain_environment

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
BUILT = ("web", "worker", "beat", "migrate")
CHOSEN = {
    "EARSHOT_BASE_HOST": "earshot.example",
    "EARSHOT_DATABASE_PASSWORD": "of-the-role",
    "POSTGRES_PASSWORD": "of-the-superuser",
    "REDIS_PASSWORD": "of-the-queue",
    "SECRET_KEY": "0123456789" * 5,
    "EMAIL_URL": "smtp://localhost:25",
    "ACME_EMAIL": "post@earshot.example",
}


def filled(text: str, chosen: Mapping[str, str] = CHOSEN) -> str:
    """A line of the file as Compose reads it: variables, defaults, and `$$` for a dollar."""
    inner = re.sub(r"\$\{(\w+)\}", lambda found: chosen[found[1]], text)
    outer = re.sub(
        r"\$\{(\w+):([-?])([^}]*)\}",
        lambda found: chosen.get(found[1], found[3] if found[2] == "-" else ""),
        inner,
    )
    return outer.replace("$$", "$")


def settings_of(name: str) -> dict[str, str]:
    return {key: filled(str(value)) for key, value in SERVICES[name]["environment"].items()}


def command_of(name: str) -> list[str]:
    return [filled(part) for part in SERVICES[name]["command"]]


def health_of(name: str) -> list[str]:
    kind, *rest = SERVICES[name]["healthcheck"]["test"]
    return ["sh", "-c", *map(filled, rest)] if kind == "CMD-SHELL" else [filled(r) for r in rest]


def test_the_file_fits_the_compose_specification():
    check = [str(PYTHON.with_name("check-jsonschema")), "--builtin-schema", "vendor.compose-spec"]
    subprocess.run([*check, str(ROOT / "docker-compose.yml")], check=True)


def test_what_must_be_chosen_has_no_default_and_says_what_it_is():
    asked = set(re.findall(r"\$\{(\w+):\?[^}]{10,}\}", (ROOT / "docker-compose.yml").read_text()))
    assert asked == {name for name in CHOSEN if name != "POSTGRES_PASSWORD"} | {"POSTGRES_PASSWORD"}


@pytest.mark.parametrize("name", [*BUILT, "proxy", "redis"])
def test_no_service_of_ours_may_write_its_image_or_gain_rights(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_only_the_proxy_can_be_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_every_lasting_service_says_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_the_image_runs_as_nobody_special_and_its_command_is_that_of_web():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER earshot" in lines
    command = next(line.removeprefix("CMD ") for line in lines if line.startswith("CMD "))
    assert yaml.safe_load(command) == SERVICES["web"]["command"]


def test_how_many_processes_serve_is_said_by_a_setting_that_no_command_overrides():
    said = SERVICES["web"]["environment"]["GRANIAN_WORKERS"]
    assert [filled(said, chosen) for chosen in ({}, {"WEB_WORKERS": "5"})] == ["3", "5"]
    assert "--workers" not in SERVICES["web"]["command"]
    assert "GRANIAN_WORKERS=3" in (ROOT / "Dockerfile").read_text()


class Stage:
    """Servers made as the containers make theirs, and the built services' environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.addresses = Addresses(
            free_port(),
            CHOSEN["POSTGRES_PASSWORD"],
            "unused",
            free_port(),
            CHOSEN["REDIS_PASSWORD"],
        )
        self.postgres = Postgres(folder / "postgres", self.addresses, logs=folder)

    def programs(self) -> list[Program]:
        self.postgres.prepare()
        (self.folder / "queue").mkdir()
        line = command_of("redis")[-1].replace("valkey-server", f"{SERVER} --port {self.queue}")
        line = line.replace("--dir /data", f"--dir {self.folder / 'queue'}")
        environment = {**os.environ, **settings_of("redis")}
        queue = Program("redis", ["sh", "-c", line], environment, log=self.folder / "redis.log")
        return [self.postgres.program(), queue]

    @property
    def queue(self) -> int:
        return self.addresses.valkey_port

    def initialise(self) -> None:
        """Run what the database's image runs in a new volume, in the order of its names."""
        mounts = [line.split(":")[:2] for line in SERVICES["postgres"]["volumes"]]
        steps = sorted((into, ROOT / source) for source, into in mounts if "initdb.d" in into)
        psql = ["psql", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", "postgres", "-f"]
        for _into, step in steps:
            self.tool(*([] if step.suffix == ".sh" else psql), str(step))

    def tool(self, *command: str) -> None:
        """Run one of PostgreSQL's own programs as the superuser."""
        environment = plain_environment(
            PGHOST="127.0.0.1",
            PGPORT=str(self.addresses.postgres_port),
            PGUSER="postgres",
            PGPASSWORD=CHOSEN["POSTGRES_PASSWORD"],
            PATH=f"{INSTALLED / 'bin'}:{os.environ['PATH']}",
            **settings_of("postgres"),
        )
        subprocess.run(command, env=environment, check=True)

    def environment(self, name: str) -> dict[str, str]:
        settings = settings_of(name)
        for host, port in (
            ("postgres:5432", self.addresses.postgres_port),
            ("redis:6379", self.queue),
        ):
            settings = {
                key: value.replace(host, f"127.0.0.1:{port}") for key, value in settings.items()
            }
        return plain_environment(
            **settings,
            EARSHOT_DATA=str(self.folder / "data"),
            STATIC_ROOT=str(self.folder / "static"),
            PATH=f"{PYTHON.parent}:{os.environ['PATH']}",
        )

    def program(self, name: str) -> Program:
        command = [self.here(part) for part in command_of(name)]
        log = self.folder / f"{name}.log"
        return Program(name, command, self.environment(name), folder=ROOT, log=log)

    def is_well(self, name: str) -> bool:
        command = [self.here(part) for part in health_of(name)]
        done = subprocess.run(
            command, env=self.environment(name), cwd=ROOT, capture_output=True, check=False
        )
        return done.returncode == 0

    def here(self, part: str) -> str:
        """The same argument on this machine: another port, another folder for what is temporary."""
        places = {"0.0.0.0": "127.0.0.1", "8000": str(self.port), "/tmp": str(self.folder)}
        for there, here in places.items():
            part = part.replace(there, here)
        return part


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage(tmp_path_factory.mktemp("containers"))
    started = [(start(program), program) for program in stage.programs()]
    try:
        stage.postgres.wait(lambda _name: False)
        stage.initialise()
        migrate = stage.program("migrate")
        assert start(migrate).wait(120) == 0, migrate.log and migrate.log.read_text()
        yield stage
    finally:
        for child, program in reversed(started):
            stop(child, program)


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_built_service_runs_and_finds_itself_well(stage, name):
    program = stage.program(name)
    child = start(program)
    try:
        assert wait_until(lambda: stage.is_well(name), seconds=60, pause=0.5), (
            program.log and program.log.read_text()
        )
        assert child.poll() is None
    finally:
        stop(child, program)


def test_the_database_lets_the_application_in_and_only_by_password(stage):
    url = stage.environment("web")["DATABASE_URL"]
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("earshot",)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace(CHOSEN["EARSHOT_DATABASE_PASSWORD"], "guessed"))


def test_the_queue_keeps_what_it_holds_and_asks_for_a_password(stage):
    url = stage.environment("web")["REDIS_URL"]
    with redis.Redis.from_url(url) as client:
        assert client.config_get("appendonly") == {"appendonly": "yes"}
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=urlsplit(url).port or 0).ping()


def test_a_backup_brings_back_tables_policies_and_rights(stage):
    file = stage.folder / "earshot.dump"
    stage.tool("pg_dump", "--format=custom", f"--file={file}", "earshot")
    stage.tool("createdb", "--owner=earshot", "restored")
    stage.tool("pg_restore", "--exit-on-error", "--dbname=restored", str(file))
    described = [described_by(stage.postgres, name) for name in ("earshot", "restored")]
    assert described[0] == described[1]
    assert len(described[0]) > 30


def described_by(postgres: Postgres, database: str) -> list[tuple]:
    """Every table with its owner, rights, policies, and whether these bind the owner too."""
    with postgres.connect(database) as connection:
        return connection.execute(
            "SELECT relname, relowner::regrole::text, relacl::text, relforcerowsecurity, "
            "(SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid) FROM pg_class "
            "WHERE relkind IN ('r', 'p', 'S') AND relnamespace = 'public'::regnamespace ORDER BY 1"
        ).fetchall()


CADDY = os.environ.get("EARSHOT_CADDY") or shutil.which("caddy")


@pytest.mark.skipif(not CADDY, reason="there is no caddy here, and no Debian to take it from")
def test_the_proxys_file_is_one_that_caddy_takes():
    file = str(ROOT / "config" / "docker" / "Caddyfile")
    check = [str(CADDY), "validate", "--config", file, "--adapter", "caddyfile"]
    subprocess.run(check, env=plain_environment(**settings_of("proxy")), check=True)
