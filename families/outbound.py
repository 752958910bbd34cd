"""Mail to families is queued here, in the transaction of what it is about, and sent elsewhere."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from districts.hosts import district_of
from districts.models import insert_once
from districts.queue import enqueue
from districts.scope import current_district_id
from families.models import Delivery, DeliveryState, Guardian
from families.signals import delivery_stuck

WITHDRAWN = "Withdrawn before it was sent: what it was about was taken back."


@dataclass(frozen=True)
class Letter:
    """What is to be sent; ``key`` names its occasion, and the same occasion is mailed once.

    One that ``waits`` lies in the queue for so long, and can be withdrawn until it goes.
    """

    key: str
    purpose: str
    to_address: str
    subject: str
    text: str
    language: str
    html: str = ""
    to_name: str = ""
    guardian: Guardian | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    waits: timedelta = timedelta()


def queue_email(letter: Letter, *, at: datetime) -> Delivery:
    """Return the delivery of a letter, made now or when its occasion first came up."""
    district = district_of(current_district_id())
    address = one_line(letter.to_address, 254).lower()
    refusal = "" if is_address(address) else "This is not an address that mail can go to."
    delivery = Delivery(
        key=letter.key,
        purpose=letter.purpose,
        guardian=letter.guardian,
        to_name=one_line(letter.to_name, 160),
        to_address=address,
        from_name=one_line(district.name, 160),
        reply_to=district.email,
        subject=one_line(letter.subject, 250),
        text_body=letter.text,
        html_body=letter.html,
        language=letter.language,
        headers={name: one_line(text, 4000) for name, text in letter.headers.items()},
        message_id=new_message_id(),
        state=DeliveryState.FAILED if refusal else DeliveryState.QUEUED,
        error=refusal,
        next_try_at=at + letter.waits,
        created_at=at,
    )
    if not insert_once(delivery, "district", "key"):
        return Delivery.objects.get(key=letter.key)
    if refusal:
        delivery_stuck.send(sender=Delivery, delivery=delivery, at=at)
    elif not letter.waits:
        enqueue("families.tasks.send", delivery.pk)
    return delivery


def withdraw(key: str) -> bool:
    """Let a letter that nobody has begun to send never leave; say whether there was one."""
    waiting = Delivery.objects.filter(key=key, state=DeliveryState.QUEUED, tries=0)
    return bool(waiting.update(state=DeliveryState.SUPPRESSED, error=WITHDRAWN))


def hold_back(keys: Iterable[str]) -> list[str]:
    """Withdraw those of many letters that nobody has begun to send; return their keys."""
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED, tries=0, key__in=list(keys))
    found = list(waiting.select_for_update(of=("self",)).values_list("key", flat=True))
    waiting.filter(key__in=found).update(state=DeliveryState.SUPPRESSED, error=WITHDRAWN)
    return found


def let_go(delivery: Delivery, *, at: datetime) -> None:
    """Queue a letter again that was held back; any other stays as it is."""
    if delivery.state != DeliveryState.SUPPRESSED:
        return
    held = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SUPPRESSED, error=WITHDRAWN)
    if held.update(state=DeliveryState.QUEUED, error="", next_try_at=at):
        enqueue("families.tasks.send", delivery.pk)


def new_message_id() -> str:
    """Return a Message-ID of our own domain that says nothing about the letter."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{uuid.uuid4().hex}@{domain}>"


def one_line(text: str, longest: int) -> str:
    """Return a text that a header can hold: no line ends, no control characters, bounded."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:longest]


def is_address(text: str) -> bool:
    """Say whether mail can be addressed to a text."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
