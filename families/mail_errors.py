"""What a mail server's refusal means for a delivery: try again, give up, or nobody knows."""

import smtplib

from families.models import DeliveryState

# A wrong password or a bad day of the server's says nothing about this delivery.
SERVER_TROUBLE = (
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
)


def state_after(error: Exception, *, began: bool) -> DeliveryState:
    """Return the state that an error leaves; ``began`` says whether the text may have gone out."""
    if isinstance(error, SERVER_TROUBLE):
        return DeliveryState.QUEUED
    code = _code(error)
    if code is not None:
        return DeliveryState.FAILED if code >= 500 else DeliveryState.QUEUED
    if isinstance(error, ValueError):
        return DeliveryState.FAILED  # it cannot be written as mail at all
    return DeliveryState.HELD if began else DeliveryState.QUEUED


def is_about_the_server(error: Exception) -> bool:
    """Say whether an error means that the server is away or turns everybody off."""
    if isinstance(error, SERVER_TROUBLE):
        return True
    return _code(error) is None and isinstance(error, OSError)


def describe(error: Exception) -> str:
    """Return an error in one line, with the server's own words where it spoke."""
    code = _code(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = [reply for _code_, reply in error.recipients.values()]
        return f"{code} {_text(replies[0]) if replies else ''}".strip()
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{code} {_text(error.smtp_error)}".strip()
    return f"{type(error).__name__}: {error}"[:500]


def _code(error: Exception) -> int | None:
    """Return the code of the server's answer; with an answer there is nothing left to guess."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _reply in error.recipients.values()), default=None)
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0:
        return int(error.smtp_code)
    return None


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply
