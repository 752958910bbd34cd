"""A letter to send, and a mail server that keeps what it gets."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from families.outbound import Letter


def make_letter(**fields: Any) -> Letter:
    """Return a letter to a family."""
    return Letter(
        **(
            {
                "key": "answer:1:1",
                "purpose": "answer",
                "to_address": "ana@family.example",
                "to_name": "Ana Ortiz",
                "subject": "Re: Bus 12",
                "text": "It stops at Oak Street.\n",
                "html": "<p>It stops at Oak Street.</p>",
                "language": "en",
            }
            | fields
        )
    )


@dataclass
class Mailbox:
    """A mail server's handler: keeps messages, and answers as it is told to."""

    messages: list[EmailMessage] = field(default_factory=list)
    to_recipient: str = "250 OK"
    to_data: str = "250 OK"
    at_data: Callable[[], None] | None = None
    lock: Any = field(default_factory=threading.Lock)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        with self.lock:
            self.messages.append(message)
        if self.at_data:
            self.at_data()
        return self.to_data


@contextmanager
def listening(mailbox: Mailbox) -> Iterator[int]:
    """Listen on a free port of this machine for the length of a block; yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
