"""What a screen shows, signed: so it may ask who else looks without asking the database again.

Whoever makes a pane has read its conversations through `inbox.access`; the signature binds what
was read to the district and to the session that read it, for an hour at most.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing

SECONDS = 3600


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
    screen = Screen()
    signer = _signer(district_id, session_key)
    for pane in panes:
        try:
            conversation, _, rows = signer.unsign(pane, max_age=SECONDS).partition(";")
        except signing.BadSignature:
            return None
        screen = Screen(
            int(conversation) if conversation else screen.conversation_id,
            screen.rows if rows == "-" else tuple(int(row) for row in rows.split(",") if row),
        )
    return screen


def _signer(district_id: int, session_key: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(sep="~", salt=f"inbox.screens:{district_id}:{session_key}")
