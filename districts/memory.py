"""The short memory that all processes share: Redis, asked with little patience, never the truth."""

from functools import cache

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from districts.breaker import Breaker

PATIENCE_SECONDS = 0.5

breaker = Breaker(pause_seconds=2)


class MemoryAwayError(RuntimeError):
    """Redis does not answer, or did not a moment ago: go on without it."""


@cache
def _client() -> "Redis":
    return Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 1),
    )


def memory() -> "Redis":
    """Return the client; raise MemoryAwayError for a moment after a call has failed."""
    if not breaker.allows():
        raise MemoryAwayError
    return _client()


def away(error: RedisError) -> MemoryAwayError:
    """Let the next callers not wait for it again; return what to raise."""
    breaker.failed()
    return MemoryAwayError(str(error))


def name_of(*parts: object) -> str:
    """Return a key of this installation: ``earshot:live:17:inbox``."""
    return ":".join([settings.CACHES["default"]["KEY_PREFIX"], *map(str, parts)])
