"""Ports and passwords of our own servers, remembered so that a restart keeps the addresses."""

import json
import os
import secrets
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"


@dataclass
class Addresses:
    """Where our own PostgreSQL and Valkey listen, and what opens them."""

    postgres_port: int
    postgres_superuser_password: str
    postgres_password: str
    valkey_port: int
    valkey_password: str

    @property
    def database_url(self) -> str:
        return (
            f"postgres://earshot:{self.postgres_password}@{LOOPBACK}:{self.postgres_port}/earshot"
        )

    @property
    def redis_url(self) -> str:
        return f"redis://:{self.valkey_password}@{LOOPBACK}:{self.valkey_port}/0"


def recall(path: Path) -> Addresses:
    """Read them, or make them up; a port that somebody else took meanwhile is replaced."""
    known = json.loads(path.read_text()) if path.exists() else {}
    return Addresses(
        postgres_port=usable(known.get("postgres_port")),
        postgres_superuser_password=known.get("postgres_superuser_password") or password(),
        postgres_password=known.get("postgres_password") or password(),
        valkey_port=usable(known.get("valkey_port")),
        valkey_password=known.get("valkey_password") or password(),
    )


def keep(addresses: Addresses, path: Path) -> None:
    write_private(path, json.dumps(asdict(addresses), indent=2) + "\n")


def password() -> str:
    return secrets.token_urlsafe(24)


def usable(port: int | None) -> int:
    return port if port and is_free(port) else free_port()


def is_free(port: int, host: str = LOOPBACK) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def write_private(path: Path, text: str) -> None:
    """Replace a file that only we may read, in one step."""
    fresh = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
