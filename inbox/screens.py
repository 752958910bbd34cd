"""What a screen shows, signed: so it may ask who else looks without asking the database again.

Whoever makes a pane has read its conversations through `inbox.access`; the signature binds what
was read to the district and to the session that read it, for an hour at most.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.core import signing
from django.core.signing import b62_decode

SECONDS = 3600
LONGEST = 2048


@dataclass(frozen=True, slots=True)
class Screen:
    """The conversation that is open, and the ids in the list beside it (None: no list)."""

    conversation_id: int | None = None
    rows: tuple[int, ...] | None = None

    @property
    def has_list(self) -> bool:
        """Say whether a list is shown, be it empty."""
        return self.rows is not None

    def signed(self, district_id: int, session_key: str) -> str:
        """Return the screen, or one pane of it, as text for the page that shows it."""
        rows = "-" if self.rows is None else ",".join(map(str, self.rows))
        return _signer(district_id, session_key).sign(f"{self.conversation_id or ''};{rows}")


def read_screen(panes: Iterable[str], district_id: int, session_key: str) -> Screen | None:
    """Return the screen made of panes that we signed for this session; None if one is not ours."""
    screen, oldest = Screen(), time.time() - SECONDS
    for pane in panes:
        found = _read(pane, district_id, session_key) if len(pane) <= LONGEST else None
        if found is None or found[1] < oldest:
            return None
        one = found[0]
        screen = Screen(
            one.conversation_id or screen.conversation_id,
            screen.rows if one.rows is None else one.rows,
        )
    return screen


# A screen asks with the same pane every few seconds; only its age has to be looked at anew.
@lru_cache(maxsize=1024)
def _read(pane: str, district_id: int, session_key: str) -> tuple[Screen, int] | None:
    """Return a pane that we signed for this session, and when; None for any other text."""
    try:
        words = _signer(district_id, session_key).unsign(pane)
    except signing.BadSignature:
        return None
    conversation, _, rows = words.partition(";")
    ids = None if rows == "-" else tuple(int(row) for row in rows.split(",") if row)
    signed_at = b62_decode(pane.split("~")[-2])
    return Screen(int(conversation) if conversation else None, ids), signed_at


def _signer(district_id: int, session_key: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(sep="~", salt=f"inbox.screens:{district_id}:{session_key}")
