"""The watchdog beside each worker: does late work itself, and ends a worker that stopped working.

It needs no queue, so with Redis away work goes on, slower. A worker is ended only when nudges lie
in a queue that answers and it takes none: whoever started the worker starts it again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from families.sweeping import sweep_deliveries
from inbox.sweeping import sweep_clocks, sweep_intake, sweep_notices
from inbox.waiting import longest_waits

logger = logging.getLogger(__name__)

LATE = timedelta(seconds=4)
STUCK = timedelta(seconds=60)


def help_out(*, now: Callable[[], datetime], alone: bool = False) -> bool:
    """Do what has waited too long; say whether there was anything.

    ``alone`` says that the queue is away, so that no worker will do it: then nothing waits.
    """
    waits = longest_waits(now())
    late = {kind: wait for kind, wait in waits.items() if alone or wait >= LATE}
    if late:
        words = ", ".join(f"{kind} {wait.total_seconds():.1f} s" for kind, wait in late.items())
        logger.warning("watchdog: work has waited (%s), doing it here", words)
    if late.keys() & {"parse", "route"}:
        sweep_intake(at=now())
    if late.keys() & {"warn", "breach", "escalate", "wake"}:
        sweep_clocks(at=now())
    if "mail" in late:
        sweep_notices(at=now())
    if "send" in late:
        sweep_deliveries(now=now)
    return bool(late)


@dataclass
class Consumption:
    """Whether a worker takes what lies in its queue."""

    idle_since: datetime | None = None

    def is_stuck(self, *, waiting: int | None, took: int, at: datetime) -> bool:
        """Say whether it has left nudges lying for too long.

        ``waiting`` is how many lie in the queue, None when the queue does not answer; ``took`` is
        how many the worker has taken since it was last asked.
        """
        if not waiting or took:
            self.idle_since = None
            return False
        self.idle_since = self.idle_since or at
        return at - self.idle_since >= STUCK
