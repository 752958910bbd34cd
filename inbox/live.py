"""What moved: sequence numbers in Redis that open screens compare with, never the truth itself."""

import time
from collections.abc import Iterable

from django.db import transaction
from redis.exceptions import RedisError

from districts.memory import MemoryAwayError, away, memory, name_of
from districts.scope import current_district_id

WEEK = 7 * 24 * 3600


def inbox_key(district_id: int) -> str:
    """Return the key of a district's sequence number."""
    return name_of("live", district_id, "inbox")


def conversation_key(district_id: int, conversation_id: int) -> str:
    """Return the key of a conversation's sequence number."""
    return name_of("live", district_id, "c", conversation_id)


def moved(district_id: int, conversation_id: int) -> None:
    """Tell open screens, once the transaction is committed, that a conversation changed."""
    transaction.on_commit(lambda: _bump(district_id, conversation_id), robust=True)


def many_moved(conversation_ids: Iterable[int]) -> None:
    """Tell open screens, once the transaction is committed, that conversations changed."""
    district_id, found = current_district_id(), sorted(conversation_ids)
    if found:
        transaction.on_commit(lambda: _bump(district_id, *found), robust=True)


def standing(key: str) -> str:
    """Return where a sequence stands, for a page to poll from; read it before the rows are read.

    An empty string, when Redis is away, makes the first poll say that something moved.
    """
    try:
        return str(memory().get(key) or 0)
    except RedisError as error:
        away(error)
    except MemoryAwayError:
        pass
    return ""


def _bump(district_id: int, *conversation_ids: int) -> None:
    """Count up; without Redis, screens stay as they are until they are loaded again.

    A counter begins at the clock's milliseconds: one that Redis lost never repeats a number.
    """
    try:
        with memory().pipeline(transaction=False) as pipe:
            keys = [conversation_key(district_id, pk) for pk in conversation_ids]
            for key in (inbox_key(district_id), *keys):
                pipe.set(key, time.time_ns() // 1_000_000, nx=True, ex=WEEK)
                pipe.incr(key)
                pipe.expire(key, WEEK)
            pipe.execute()
    except RedisError as error:
        away(error)
    except MemoryAwayError:
        return
