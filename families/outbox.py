"""What a person does about mail that did not leave: send it again, or let it be."""

import re
from base64 import b64encode
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from districts import audit
from districts.models import Membership
from districts.queue import enqueue
from families.models import Delivery, DeliveryState

# Their text holds a link that lets its reader in: nobody but the addressee may read it.
PRIVATE = frozenset({"invitation", "password_reset"})
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@transaction.atomic
def send_again(delivery: Delivery, *, by: Membership, at: datetime) -> bool:
    """Queue a delivery that failed or was held; say whether it was one.

    Of one that was held nobody knows whether it arrived: who sends it again has made sure.
    """
    changed = Delivery.objects.stuck().filter(pk=delivery.pk)
    again = {"state": DeliveryState.QUEUED, "next_try_at": at, "transmitting_at": None}
    if not changed.update(**again, error=""):
        return False
    audit.write("sent_again", delivery, by=by, at=at, purpose=delivery.purpose)
    enqueue("families.tasks.send", delivery.pk)
    return True


@transaction.atomic
def discard(delivery: Delivery, *, by: Membership, at: datetime) -> bool:
    """Let a delivery that failed or was held never leave; say whether it was one."""
    changed = Delivery.objects.stuck().filter(pk=delivery.pk)
    if not changed.update(state=DeliveryState.SUPPRESSED):
        return False
    audit.write("discarded", delivery, by=by, at=at, purpose=delivery.purpose)
    return True


def may_be_read(delivery: Delivery) -> bool:
    """Say whether the text of a delivery may be shown to others than its addressee."""
    return delivery.purpose not in PRIVATE


def policy_of(html: str) -> str:
    """Return the content security policy under which a letter is drawn in a frame.

    It can do and fetch nothing; only the style sheets it came with are let through, by their
    hashes.
    """
    sheets = [style.encode() for style in STYLE.findall(html)]
    hashes = [f"'sha256-{b64encode(sha256(sheet).digest()).decode()}'" for sheet in sheets]
    styles = " ".join(hashes) or "'none'"
    return (
        f"sandbox; default-src 'none'; style-src {styles}; img-src data:; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    )
