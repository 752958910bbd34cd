"""What moved: sequence numbers in Redis that open screens compare with, never the truth itself."""

import logging

from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

WEEK = 7 * 24 * 3600


def inbox_key(district_id: int) -> str:
    """Return the cache key of a district's sequence number."""
    return f"live:{district_id}:inbox"


def conversation_key(district_id: int, conversation_id: int) -> str:
    """Return the cache key of a conversation's sequence number."""
    return f"live:{district_id}:c:{conversation_id}"


def moved(district_id: int, conversation_id: int) -> None:
    """Tell open screens, once the transaction is committed, that a conversation changed."""
    transaction.on_commit(lambda: _bump(district_id, conversation_id), robust=True)


def _bump(district_id: int, conversation_id: int) -> None:
    """Count up; without Redis screens stay as they are until they are loaded again."""
    try:
        for key in (inbox_key(district_id), conversation_key(district_id, conversation_id)):
            cache.add(key, 0, WEEK)
            cache.incr(key)
    except (RedisError, ValueError):
        logger.warning("live: sequence not bumped, Redis is away")
