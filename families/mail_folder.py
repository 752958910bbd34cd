"""Mail into a folder, for evaluation: one file a message, named by its Message-ID."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes each message in one step; the same message again is the same file."""

    repeats_are_harmless = True

    def __init__(self, *, fail_silently: bool = False, **_options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages; return how many."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            self._write(message)
        return len(email_messages)

    def _write(self, message: EmailMessage) -> None:
        content = message.message()
        path = self.folder / f"{file_name(str(content['Message-ID']))}.eml"
        fresh = path.with_suffix(f".{os.getpid()}.new")
        with fresh.open("wb") as file:
            file.write(content.as_bytes(linesep="\r\n"))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def file_name(message_id: str) -> str:
    """Return a Message-ID as a name without anything a folder could misread."""
    return re.sub(r"[^A-Za-z0-9@.-]", "_", message_id.strip("<>")).lstrip(".")[:200]
