"""A mail server that remembers what it accepted."""

import logging
import threading
from email import message_from_bytes
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from local.addresses import LOOPBACK, free_port


class Mailbox:
    """Listens while its block runs."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"smtp://{LOOPBACK}:{self.port}"
        self.lock = threading.Lock()
        self.accepted: list[str] = []
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        self.controller = Controller(self, hostname=LOOPBACK, port=self.port)

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.controller.stop()

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        text = content.encode() if isinstance(content, str) else content or b""
        with self.lock:
            self.accepted.append(message_from_bytes(text)["Message-ID"])
        return "250 OK"

    def message_ids(self) -> list[str]:
        with self.lock:
            return list(self.accepted)
