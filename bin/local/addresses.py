"""Ports and passwords of our own servers, remembered so that a restart keeps the addresses."""

import json
import os
import secrets
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
FILE = "servers.json"
PORTS = range(20_000, 32_000)


@dataclass
class Addresses:
    """Where our own PostgreSQL and Valkey listen, and what opens them."""

    postgres_port: int
    postgres_superuser_password: str
    postgres_password: str
    valkey_port: int
    valkey_password: str

    def urls(self) -> dict[str, str]:
        """The variables that lead the application to these servers."""
        database = f"{LOOPBACK}:{self.postgres_port}/earshot"
        return {
            "DATABASE_URL": f"postgres://earshot:{self.postgres_password}@{database}",
            "REDIS_URL": f"redis://:{self.valkey_password}@{LOOPBACK}:{self.valkey_port}/0",
        }


def recall(folder: Path) -> Addresses | None:
    """What an earlier start kept, as it was."""
    path = folder / FILE
    return Addresses(**json.loads(path.read_text())) if path.exists() else None


def choose(folder: Path) -> Addresses:
    """The addresses of the last start where they are still free, new ones otherwise."""
    known = recall(folder)
    if known is None:
        return Addresses(free_port(), password(), password(), free_port(), password())
    known.postgres_port = usable(known.postgres_port)
    known.valkey_port = usable(known.valkey_port)
    return known


def keep(addresses: Addresses, folder: Path) -> None:
    write_private(folder / FILE, json.dumps(asdict(addresses), indent=2) + "\n")


def password() -> str:
    return secrets.token_urlsafe(24)


def usable(port: int) -> int:
    return port if is_free(port) else free_port()


def is_free(port: int) -> bool:
    return problem_with(port) is None


def problem_with(port: int) -> OSError | None:
    """Why nothing of ours could listen there: taken, or not for this user."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            return error
    return None


def free_port() -> int:
    """A port below those that systems hand to outgoing connections: none of these takes it while
    a server of ours is being started again."""
    return next(port for port in iter(pick, None) if is_free(port))


def pick() -> int:
    return secrets.choice(PORTS)


def write_private(path: Path, text: str) -> None:
    """Replace a file that only we may read, in one step."""
    fresh = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
