"""How often one address or network may do a thing, counted in Redis; without Redis, often."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from redis.exceptions import RedisError

from districts.memory import MemoryAwayError, away, memory, name_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds, counted by key."""

    times: int
    seconds: int


def seconds_to_wait(counters: Iterable[tuple[str, Limit]]) -> int:
    """Count one more under every key; return 0, or the seconds until all of them allow it again.

    When Redis is away everything is allowed: a question is worth more than a limit.
    """
    wanted = [(key, limit) for key, limit in counters if key]
    if not settings.RATE_LIMITS or not wanted:
        return 0
    try:
        return _count(wanted)
    except MemoryAwayError:
        return 0
    except RedisError as error:
        away(error)
        logger.warning("limits: nothing is limited, Redis is away")
        return 0


def _count(counters: list[tuple[str, Limit]]) -> int:
    pipeline = memory().pipeline(transaction=False)
    for key, limit in counters:
        name = name_of("limit", key)
        pipeline.incr(name)
        pipeline.expire(name, limit.seconds, nx=True)
        pipeline.ttl(name)
    answers: list[int] = pipeline.execute()
    waits = [
        max(left, 1)
        for (_key, limit), count, left in zip(counters, answers[::3], answers[2::3], strict=True)
        if count > limit.times
    ]
    return max(waits, default=0)
