"""Nudges: the only way to start a task, after commit and with the district it works for."""

import logging
import threading
import time
from collections import Counter
from contextlib import suppress
from typing import Any

from celery import Task, current_app
from django.db import close_old_connections, transaction

from districts.breaker import Breaker
from districts.scope import current_district_id, district_scope, no_district

logger = logging.getLogger(__name__)

# A request waits at most this long for a queue that does not answer, and only once a pause.
PATIENCE = {"socket_timeout": 0.3, "socket_connect_timeout": 0.3, "max_retries": 0}
STALE_AFTER = 60
# Of one kind, in one district, from one process.
BURST_LENGTH, BURST_SECONDS, MOST_KINDS = 8, 0.2, 10_000

_breaker = Breaker(pause_seconds=5)


class DistrictTask(Task):  # type: ignore[type-arg]  # generic for type checkers only
    """A task that opens the scope of the district it was sent with, and has none otherwise."""

    abstract = True

    def __call__(self, *args: Any, district: int | None = None, **kwargs: Any) -> Any:
        """Run the task's body; a door of tenancy, like the request's, and as careful with a
        database connection that is kept: one that broke is replaced.
        """
        close_old_connections()
        with no_district():
            if district is None:
                return super().__call__(*args, **kwargs)
            with district_scope(district):
                return super().__call__(*args, **kwargs)


def enqueue(task_name: str, *ids: int) -> None:
    """Start a task once the open transaction is committed.

    It is a hint: the rows say what is to be done and a sweep finds them, so a queue that is away
    or blocked neither fails nor visibly delays whoever asks, and in a burst a few hints suffice.
    """
    district_id = current_district_id()
    transaction.on_commit(lambda: _send(task_name, district_id, ids), robust=True)


def _send(task_name: str, district_id: int, ids: tuple[int, ...]) -> None:
    if _burst.is_over((task_name, district_id)) or not _breaker.allows():
        return
    try:
        _line.send(task_name, list(ids), {"district": district_id})
    except Exception as error:  # noqa: BLE001 - whatever a broker raises, the sweep will do it
        _breaker.failed()
        _line.hang_up()
        logger.warning("queue: away (%s); sweeps carry on", type(error).__name__)
    else:
        _breaker.succeeded()


class _Burst:
    """Counts what this process sent of one kind lately; beyond a few the sweep takes over."""

    def __init__(self) -> None:
        self._began: dict[tuple[str, int], float] = {}
        self._sent: Counter[tuple[str, int]] = Counter()

    def is_over(self, kind: tuple[str, int]) -> bool:
        """Count one more; say whether enough were sent for now."""
        now = time.monotonic()
        if now - self._began.get(kind, -BURST_SECONDS) >= BURST_SECONDS:
            if len(self._began) > MOST_KINDS:
                self.forget()
            self._began[kind], self._sent[kind] = now, 0
        self._sent[kind] += 1
        return self._sent[kind] > BURST_LENGTH

    def forget(self) -> None:
        """Begin to count anew."""
        self._began.clear()
        self._sent.clear()


_burst = _Burst()


class _Line(threading.local):
    """A thread's own connection to the broker, with little patience."""

    producer: Any = None

    def send(self, task_name: str, ids: list[int], district: dict[str, int]) -> None:
        if self.producer is None:
            connection = current_app.connection_for_write(transport_options=PATIENCE)
            self.producer = current_app.amqp.Producer(connection, auto_declare=False)
        current_app.send_task(
            task_name,
            args=ids,
            kwargs=district,
            producer=self.producer,
            expires=STALE_AFTER,
            retry=False,
            ignore_result=True,
            add_to_parent=False,
        )

    def hang_up(self) -> None:
        producer, self.producer = self.producer, None
        if producer is not None:
            with suppress(Exception):
                producer.connection.close()


_line = _Line()


def nudges_waiting() -> int | None:
    """Return how many nudges lie in the queue, or None when it does not answer."""
    try:
        with current_app.connection_for_read(transport_options=PATIENCE) as connection:
            return _length(connection)
    except Exception:  # noqa: BLE001 - whatever a broker raises means that it does not answer
        return None


def _length(connection: Any) -> int:
    name = current_app.conf.task_default_queue
    try:
        return int(connection.default_channel.queue_declare(name, passive=True).message_count)
    except connection.channel_errors:
        return 0  # nobody has declared it yet
