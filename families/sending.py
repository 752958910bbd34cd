"""Sending what is queued: claim a row, send outside any transaction, write down what became of it.

Whoever is killed leaves a claimed row behind. Its lease ends, and docs/adr/0004 says what then
happens: before the text went out it is sent again, afterwards it is held for a person.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime, formataddr, parseaddr
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from districts.breaker import Breaker
from families.mail_errors import describe, is_about_the_server, state_after
from families.models import Delivery, DeliveryState
from families.models.delivery import LAST_TRY
from families.signals import delivery_stuck

BATCH = 50
LONGEST_SECONDS = 10.0
INTERRUPTED = "The send was interrupted after the text may have gone out; see whether it arrived."

# A mail server that is away is left alone for a while, or every worker would wait for it.
server = Breaker(pause_seconds=15)

# Sending takes time, so the clock itself is handed in, not one moment.
Now = Callable[[], datetime]


class OvertakenError(Exception):
    """Another process has claimed the delivery since; this one stops before the text goes out."""


def send(delivery_id: int, *, now: Now) -> None:
    """Send one delivery, if it is due, nobody else has it and the server is not away."""
    with _Postman(now) as postman:
        if postman.is_served and (delivery := _claim(now(), pk=delivery_id)) is not None:
            postman.deliver(delivery)


def send_due(*, now: Now) -> int:
    """Send what is due in the district, over one connection; return how many were tried."""
    tried = 0
    until = time.monotonic() + LONGEST_SECONDS
    with _Postman(now) as postman:
        while postman.is_served and tried < BATCH and time.monotonic() < until:
            delivery = _claim(now())
            if delivery is None:
                break
            postman.deliver(delivery)
            tried += 1
    return tried


def _claim(at: datetime, **which: int) -> Delivery | None:
    """Take the first due delivery that can be sent; hold on the way what was interrupted."""
    while True:
        with transaction.atomic():
            due = Delivery.objects.due(at).filter(**which).order_by("next_try_at", "id")
            delivery = due.select_for_update(skip_locked=True, of=("self",)).first()
            if delivery is None:
                return None
            if not delivery.end_is_unknown:
                delivery.claim(at=at)
                return delivery
            _settle(delivery, DeliveryState.HELD, at=at, error=INTERRUPTED)


def _settle(delivery: Delivery, state: DeliveryState, *, at: datetime, error: str = "") -> None:
    if state == DeliveryState.QUEUED and delivery.tries >= LAST_TRY:
        state = DeliveryState.FAILED
    delivery.settle(state, at=at, error=error)
    if state in {DeliveryState.FAILED, DeliveryState.HELD}:
        delivery_stuck.send(sender=Delivery, delivery=delivery, at=at)


class _Postman:
    """One connection to the mail server, for as many deliveries as it serves."""

    def __init__(self, now: Now) -> None:
        self.now = now
        self.connection: Any = get_connection()
        self.is_served = server.allows()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def deliver(self, delivery: Delivery) -> None:
        """Send a claimed delivery and settle it."""
        try:
            self._transmit(delivery)
        except OvertakenError:
            self._hang_up()
        except Exception as error:  # noqa: BLE001 - whatever it is, the row must say so
            self._hang_up()
            state = state_after(error, began=delivery.transmitting_at is not None)
            if is_about_the_server(error):
                self.is_served = False
                server.failed()
            self._write_down(delivery, state, describe(error))
        else:
            server.succeeded()
            self._write_down(delivery, DeliveryState.SENT, "")

    def _transmit(self, delivery: Delivery) -> None:
        message = message_of(delivery)
        if not getattr(self.connection, "repeats_are_harmless", False):
            self._announce(delivery)
        self.connection.open()
        self.connection.send_messages([message])

    def _announce(self, delivery: Delivery) -> None:
        """Have the row marked right before the text goes out, or now where no backend says when."""
        if hasattr(self.connection, "before_data"):
            self.connection.before_data = lambda: self._mark(delivery)
        else:
            self._mark(delivery)

    def _mark(self, delivery: Delivery) -> None:
        at = self.now()
        with transaction.atomic():
            claimed = Delivery.objects.in_hand(delivery).filter(state=DeliveryState.SENDING)
            if not claimed.update(transmitting_at=at):
                raise OvertakenError
        delivery.transmitting_at = at

    def _write_down(self, delivery: Delivery, state: DeliveryState, error: str) -> None:
        """Settle the row, unless it was claimed again: then its end is the other's to tell."""
        with transaction.atomic():
            mine = Delivery.objects.in_hand(delivery).select_for_update(of=("self",)).first()
            if mine is not None:
                _settle(mine, state, at=self.now(), error=error)

    def _hang_up(self) -> None:
        with suppress(Exception):
            self.connection.close()


def message_of(delivery: Delivery) -> EmailMultiAlternatives:
    """Return a delivery as the message that every try sends, date and Message-ID included."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    message = EmailMultiAlternatives(
        subject=delivery.subject,
        body=delivery.text_body,
        from_email=formataddr((delivery.from_name, sender)),
        to=[formataddr((delivery.to_name, delivery.to_address))],
        reply_to=[delivery.reply_to] if delivery.reply_to else None,
        headers={
            **delivery.headers,
            "Date": format_datetime(delivery.created_at),
            "Message-ID": delivery.message_id,
        },
    )
    if delivery.html_body:
        message.attach_alternative(delivery.html_body, "text/html")
    return message
