"""Watch a worker: `manage.py watch --worker PID`, started by each worker for itself."""

import logging
import os
import signal
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from districts.queue import nudges_waiting
from inbox.watchdog import Consumption, help_out

logger = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
GRACE_SECONDS = 5.0


class Command(BaseCommand):
    """Looks every second, until the worker is gone.

    The worker writes one byte to our standard input for each nudge that it takes.
    """

    help = "Do late work without a queue, and end a worker that takes no nudges (a worker runs it)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--worker", type=int, required=True, help="the worker's process id")

    def handle(self, *args: Any, worker: int, **options: Any) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker; we follow it
        os.set_blocking(sys.stdin.fileno(), False)
        consumption = Consumption()
        while os.getppid() == worker:
            began = time.monotonic()
            try:
                look(worker, consumption)
            except Exception:
                logger.exception("watchdog: could not look")
            close_old_connections()
            time.sleep(max(0.0, began + EVERY_SECONDS - time.monotonic()))


def look(worker: int, consumption: Consumption) -> None:
    """Help out with what is late, and end the worker if it does not take its nudges."""
    waiting = nudges_waiting()
    help_out(now=timezone.now, alone=waiting is None)
    if consumption.is_stuck(waiting=waiting, took=taken(), at=timezone.now()):
        logger.error("watchdog: the worker takes no nudges; ending it to have it started again")
        end(worker)


def taken() -> int:
    """Return how many nudges the worker has taken since we last asked."""
    try:
        return len(os.read(sys.stdin.fileno(), 65_536))
    except BlockingIOError:
        return 0


def end(worker: int) -> None:
    """Ask it to stop, then insist."""
    os.kill(worker, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while os.getppid() == worker and time.monotonic() < deadline:
        time.sleep(0.1)
    if os.getppid() == worker:
        os.kill(worker, signal.SIGKILL)
