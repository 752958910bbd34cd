"""Badges: what PostgreSQL said of a browser's session a minute ago, kept in Redis for polling.

A badge answers "which member of this district is this" without the database. It lives for a
minute, is bound to the session and the district, and is taken back when the session ends or the
member changes; where Redis forgot, the database is asked again.
"""

import hashlib
from typing import cast

from django.db import transaction
from redis.exceptions import RedisError

from districts.memory import MemoryAwayError, away, memory, name_of
from districts.models import Membership

SECONDS = 60


def badge_name(session_key: str) -> str:
    """Return where a session's badge lies; the session's own key is not stored."""
    return name_of("badge", hashlib.sha256(session_key.encode()).hexdigest())


def issue(session_key: str, member: Membership) -> None:
    """Remember for a minute whose session this is: ``district|member|initials|name``."""
    name = badge_name(session_key)
    worn = _worn_by(member.district_id, member.pk)
    words = f"{member.district_id}|{member.pk}|{member.initials}|{member.name}"
    try:
        with memory().pipeline() as pipe:
            pipe.set(name, words, ex=SECONDS)
            pipe.sadd(worn, name)
            pipe.expire(worn, SECONDS * 2)
            pipe.execute()
    except RedisError as error:
        raise away(error) from error


def take_back(member: Membership) -> None:
    """Forget every badge of a member, on commit: their role or place changed, or they left."""
    worn = _worn_by(member.district_id, member.pk)
    transaction.on_commit(lambda: _forget(worn, every=True), robust=True)


def take_back_session(session_key: str) -> None:
    """Forget the badge of one session, on commit: it has ended."""
    transaction.on_commit(lambda: _forget(badge_name(session_key)), robust=True)


def _forget(name: str, *, every: bool = False) -> None:
    """Forget a badge or a set of them; without Redis they last their minute."""
    try:
        client = memory()
        names = cast(set[str], client.smembers(name)) if every else set()
        client.delete(name, *names)
    except RedisError as error:
        away(error)
    except MemoryAwayError:
        return


def _worn_by(district_id: int, member_id: int) -> str:
    return name_of("badges", district_id, member_id)
