"""Mail by SMTP, with one addition: it says when a message's text is about to go out."""

import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends import smtp


class EmailBackend(smtp.EmailBackend):
    """Django's backend, whose ``before_data`` is called before the DATA command of a message.

    Until then the server has nothing to deliver, so an interrupted send can be tried again; an
    error raised by ``before_data`` stops the message.
    """

    before_data: Callable[[], None] | None = None

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return smtplib's class with our DATA in front."""
        backend = self
        plain: type[smtplib.SMTP] = smtplib.SMTP_SSL if self.use_ssl else smtplib.SMTP

        class Announcing(plain):  # type: ignore[misc,valid-type]
            def data(self, msg: Any) -> tuple[int, bytes]:
                if backend.before_data:
                    backend.before_data()
                answer: tuple[int, bytes] = super().data(msg)
                return answer

        return Announcing
