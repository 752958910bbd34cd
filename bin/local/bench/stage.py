"""Where measuring happens: servers of our own, many conversations, and the web as it is served."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from local import addresses, process, processes, servers
from local.addresses import LOOPBACK, free_port
from local.bench.load import Connection
from local.bench.multiply import multiply
from local.bootstrap import PYTHON, ROOT
from local.data_folder import DataFolder

SCALES = {"tiny": 1_000, "small": 10_000, "medium": 1_000_000}
# Of a year's conversations this share still waits for somebody; one in a hundred at a large scale.
UNRESOLVED = {"tiny": 0.05, "small": 0.02, "medium": 0.01}


@dataclass
class Stage:
    """What an act needs to know."""

    port: int
    web: int
    folder: Path
    environment: dict[str, str]
    conversations: int

    @property
    def host(self) -> str:
        """The host of the district that everything is asked of."""
        return f"fairview.localhost:{self.port}"

    def memory(self) -> float:
        """Megabytes of the largest web worker, without the pages that all share."""
        return max(_megabytes(pid) for pid in _children(self.web))


@contextmanager
def stage(scale: str, folder: Path) -> Iterator[Stage]:
    """Servers with so many conversations, and the web in front of them, for the block's length."""
    data = DataFolder(folder)
    port = free_port()
    with data.taken(f"measuring on port {port}"), servers.running(data.path) as urls:
        environment = {
            **urls,
            "EARSHOT_DATA": str(data.path),
            "EARSHOT_BASE_HOST": f"localhost:{port}",
            "EARSHOT_RATE_LIMITS": "false",
            "LOG_LEVEL": "ERROR",
        }
        environment = {**environment, **data.write_settings(environment)}
        os.environ.update(environment)
        conversations = seed(data, scale)
        web = processes.web(data, environment, port=port)
        child = process.start(web)
        try:
            wait_for_web(port)
            yield Stage(port, child.pid, data.path, environment, conversations)
        finally:
            process.stop(child, web)


def seed(data: DataFolder, scale: str) -> int:
    """Bring the database to the scale, the first time; return how many conversations it has."""
    for command in (["migrate"], ["collectstatic", "--noinput"], ["load_demo"]):
        subprocess.run(
            [str(PYTHON), "manage.py", *command, "--verbosity", "0"], cwd=ROOT, check=True
        )
    with superuser(data.path) as connection:
        if data.remembers("scale") != scale:
            print(f"Seeding {SCALES[scale]:,} conversations ...", flush=True)
            multiply(connection, until=SCALES[scale], unresolved_share=UNRESOLVED[scale])
            data.remember("scale", scale)
        row = connection.execute("SELECT count(*) FROM inbox_conversation").fetchone()
    return int(row[0]) if row else 0


def superuser(folder: Path) -> psycopg.Connection:
    """Connect past every policy, which only seeding may."""
    known = addresses.recall(folder)
    if known is None:
        raise SystemExit(f"{folder} holds no servers of ours.")
    return psycopg.connect(
        host=LOOPBACK,
        port=known.postgres_port,
        user="postgres",
        password=known.postgres_superuser_password,
        dbname="earshot",
        autocommit=True,
    )


def wait_for_web(port: int) -> None:
    """Until the web answers."""

    def answers() -> bool:
        try:
            return addresses.problem_with(port) is not None and _ready(port)
        except OSError:
            return False

    if not process.wait_until(answers, seconds=60):
        raise SystemExit("The web did not start; see logs/web.log in the data folder.")


def _ready(port: int) -> bool:

    request = f"GET /health/ready/ HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"
    return Connection(port).ask(request.encode())[0] == 200


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found] or [pid]


def _megabytes(pid: int) -> float:
    """The proportional set size, which counts shared pages in shares."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
