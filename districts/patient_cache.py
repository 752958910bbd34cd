"""Django's cache in Redis, which is empty while Redis is away: signing in goes on without it."""

import logging
from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from districts.breaker import Breaker

logger = logging.getLogger(__name__)

breaker = Breaker(pause_seconds=5)
Act = Callable[..., Any]


def _patient(act: Act, otherwise: Any) -> Act:
    """Return an act that answers ``otherwise`` while Redis does not."""

    @wraps(act)
    def tried(*args: Any, **kwargs: Any) -> Any:
        if not breaker.allows():
            return copy(otherwise)
        try:
            return act(*args, **kwargs)
        except RedisError:
            breaker.failed()
            logger.warning("cache: Redis is away, and attempts to sign in are not counted")
            return copy(otherwise)

    return tried


class PatientRedisCache(RedisCache):
    """Limits on attempts are counted here, and stand still while it is away; nothing else is."""

    add = _patient(RedisCache.add, otherwise=True)
    set = _patient(RedisCache.set, otherwise=None)
    delete = _patient(RedisCache.delete, otherwise=False)
    touch = _patient(RedisCache.touch, otherwise=False)
    has_key = _patient(RedisCache.has_key, otherwise=False)
    get_many = _patient(RedisCache.get_many, otherwise={})
    set_many = _patient(RedisCache.set_many, otherwise=[])
    delete_many = _patient(RedisCache.delete_many, otherwise=None)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept under a key, or the default."""
        found: Any = _patient(super().get, otherwise=default)(key, default, version)
        return found
