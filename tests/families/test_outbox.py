"""Outgoing mail as administrators see it: what left, what did not, and what is done about it."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.utils import timezone

from districts.models import AuditEntry
from families.models import Delivery
from families.outbound import Letter, queue_email
from tests.builders import DAY, NOON

SHEET = "p { color: #12573f; }"
HTML = f"<style>{SHEET}</style><p>Dear Ana</p><script>alert(1)</script>"


def make(purpose: str = "answer", state: str = "failed", **fields) -> Delivery:
    letter = Letter(
        key=f"{purpose}:{Delivery.objects.count()}",
        purpose=purpose,
        to_address="ana@family.example",
        subject="Bus 12",
        text="Dear Ana, https://secret.example/",
        html=HTML,
        language="en",
    )
    delivery = queue_email(letter, at=NOON)
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **fields)
    return Delivery.objects.get(pk=delivery.pk)


def test_mail_is_listed_newest_first_and_by_state(admin):
    failed, sent = make(state="failed"), make(state="sent")
    everything = admin.get("/outbox/").context["page"].object_list
    assert list(everything) == [sent, failed]
    assert list(admin.get("/outbox/?state=failed").context["page"].object_list) == [failed]
    assert admin.get("/outbox/?state=lost").status_code == 200


def test_a_letter_is_shown_and_its_reading_written_down(admin, in_fairview):
    delivery = make()
    page = admin.get(f"/outbox/{delivery.pk}/")
    assert "Dear Ana, https://secret.example/" in page.content.decode()
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.noun_id) == ("read", in_fairview.admin, delivery.pk)


def test_a_drawn_letter_can_do_nothing_but_show_its_own_sheet(admin):
    answer = admin.get(f"/outbox/{make().pk}/drawn/")
    policy = answer.headers["content-security-policy"]
    known = b64encode(sha256(SHEET.encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert policy.startswith("sandbox;")
    assert re.findall(r"style-src (.*?);", policy) == [f"'sha256-{known}'"]
    assert "unsafe" not in policy
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("purpose", ["invitation", "password_reset"])
def test_a_letter_that_lets_its_reader_in_is_shown_to_nobody(admin, purpose):
    delivery = make(purpose, state="sent")
    page = admin.get(f"/outbox/{delivery.pk}/").content.decode()
    assert "secret.example" not in page
    assert admin.get(f"/outbox/{delivery.pk}/drawn/").status_code == 404


@pytest.mark.parametrize("state", ["failed", "held"])
def test_what_did_not_leave_is_sent_again(admin, state):
    delivery = make(state=state, tries=12, transmitting_at=NOON, next_try_at=NOON + DAY)
    admin.post(f"/outbox/{delivery.pk}/send-again/")
    again = Delivery.objects.get(pk=delivery.pk)
    assert (again.state, again.message_id) == ("queued", delivery.message_id)
    assert again in Delivery.objects.due(timezone.now())
    assert AuditEntry.objects.get().verb == "sent_again"


@pytest.mark.parametrize("state", ["queued", "sending", "sent", "suppressed"])
def test_what_left_or_is_leaving_is_not_sent_again_nor_discarded(admin, state):
    delivery = make(state=state)
    admin.post(f"/outbox/{delivery.pk}/send-again/")
    admin.post(f"/outbox/{delivery.pk}/discard/")
    assert Delivery.objects.get(pk=delivery.pk).state == state
    assert not AuditEntry.objects.exists()


def test_what_the_family_has_got_counts_as_sent(admin):
    delivery = make(state="held")
    admin.post(f"/outbox/{delivery.pk}/arrived/")
    assert Delivery.objects.get(pk=delivery.pk).state == "sent"


def test_what_is_discarded_never_leaves(admin):
    delivery = make(state="held")
    admin.post(f"/outbox/{delivery.pk}/discard/")
    assert Delivery.objects.get(pk=delivery.pk).state == "suppressed"
    assert not Delivery.objects.due(NOON + DAY).exists()


def test_mail_of_another_district_does_not_exist(harbor, client_of, in_fairview):
    delivery = make()
    client = client_of(harbor.admin)
    assert client.get(f"/outbox/{delivery.pk}/").status_code == 404
    assert client.post(f"/outbox/{delivery.pk}/discard/").status_code == 404
    assert Delivery.objects.get(pk=delivery.pk).state == "failed"
