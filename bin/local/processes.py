"""The programs of the product itself: web, worker and beat, with their addresses."""

import os
from collections.abc import Mapping

from local.bootstrap import PYTHON, ROOT
from local.data_folder import DataFolder
from local.process import Program

HOST = "127.0.0.1"


def web(data: DataFolder, environment: Mapping[str, str], *, port: int) -> Program:
    # One for each core and one more: threads of one process wait for each other.
    workers = str(min(2, os.cpu_count() or 1) + 1)
    options = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws"]
    spread = ["--workers", workers, "--blocking-threads", "4", "--respawn-failed-workers"]
    # A worker that was told to end before it could listen never does by itself.
    ending = ["--workers-kill-timeout", "5"]
    command = ["granian", *options, *spread, *ending, "config.wsgi:application"]
    return program("web", command, data, environment)


def worker(data: DataFolder, environment: Mapping[str, str]) -> Program:
    options = ["--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    return program("worker", ["celery", "-A", "config", "worker", *options], data, environment)


def beat(data: DataFolder, environment: Mapping[str, str]) -> Program:
    schedule = ["--schedule", str(data.path / "beat-schedule"), "--pidfile="]
    return program("beat", ["celery", "-A", "config", "beat", *schedule], data, environment)


def manage(*arguments: str, data: DataFolder, environment: Mapping[str, str]) -> Program:
    return program(arguments[0], ["python", "manage.py", *arguments], data, environment)


def program(
    name: str, command: list[str], data: DataFolder, environment: Mapping[str, str]
) -> Program:
    return Program(
        name=name,
        command=[str(PYTHON.with_name(command[0])), *command[1:]],
        environment={**os.environ, **environment},
        folder=ROOT,
        log=data.logs / f"{name}.log",
    )
