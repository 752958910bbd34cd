"""Sessions in the database; one that ends takes its badge along, whoever ends it."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from districts import badges


class SessionStore(DatabaseStore):
    """Django's own store: signing out, a reset and the list of sessions all end here."""

    def delete(self, session_key: str | None = None) -> None:
        """Forget the session, and what Redis remembers of it."""
        ended = session_key or self.session_key
        super().delete(session_key)
        if ended:
            badges.take_back_session(ended)
