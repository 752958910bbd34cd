"""Sending for real, over SMTP, and every way in which it can be interrupted."""

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from districts.breaker import Breaker
from families import sending
from families.mail_errors import state_after
from families.models import Delivery, DeliveryState
from families.models.delivery import LAST_TRY, LEASE
from families.outbound import queue_email
from families.signals import delivery_stuck
from tests.builders import DAY, MINUTE, NOON
from tests.cast import Cast
from tests.families.letters import Mailbox, listening, make_letter


class Killed(BaseException):
    """What a test raises where a process would be killed: nothing in the product catches it."""


@pytest.fixture
def mailbox(settings, monkeypatch) -> Iterator[Mailbox]:
    """Return a mail server's memory; the product sends to that server."""
    box = Mailbox()
    monkeypatch.setattr(sending, "server", Breaker(pause_seconds=0))
    with listening(box) as port:
        settings.EMAIL_BACKEND = "families.mail_smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
        yield box


def queued(**fields) -> Delivery:
    with transaction.atomic():
        return queue_email(make_letter(**fields), at=NOON)


def send(delivery: Delivery, at: datetime = NOON) -> DeliveryState:
    sending.send(delivery.pk, now=lambda: at)
    return state_of(delivery)


def state_of(delivery: Delivery) -> DeliveryState:
    with transaction.atomic():
        delivery.refresh_from_db()
    return DeliveryState(delivery.state)


def test_mail_arrives_in_both_forms_with_its_own_id(in_fairview: Cast, mailbox: Mailbox):
    delivery = queued()
    assert send(delivery) == DeliveryState.SENT
    message = mailbox.messages[0]
    assert message["Message-ID"] == delivery.message_id
    assert message["To"] == "Ana Ortiz <ana@family.example>"
    assert message.get_body(["plain"]).get_content().strip() == "It stops at Oak Street."
    assert "<p>" in message.get_body(["html"]).get_content()


def test_what_was_sent_is_not_sent_again(in_fairview: Cast, mailbox: Mailbox):
    delivery = queued()
    send(delivery)
    send(delivery, NOON + DAY)
    sending.send_due(now=lambda: NOON + DAY)
    assert len(mailbox.messages) == 1


def test_one_connection_carries_what_is_due(in_fairview: Cast, mailbox: Mailbox, monkeypatch):
    opened: list[object] = []
    monkeypatch.setattr(smtplib.SMTP, "ehlo", count(smtplib.SMTP.ehlo, opened))
    for number in range(5):
        queued(key=str(number))
    assert sending.send_due(now=lambda: NOON) == 5
    assert (len(mailbox.messages), len(opened)) == (5, 1)


def count(method, calls):
    def counted(self, *args, **kwargs):
        calls.append(1)
        return method(self, *args, **kwargs)

    return counted


def test_a_killed_sender_before_the_text_means_another_try(
    in_fairview: Cast, mailbox: Mailbox, monkeypatch
):
    delivery = queued()
    with monkeypatch.context() as patch:
        patch.setattr(smtplib.SMTP, "rcpt", kill)
        with pytest.raises(Killed):
            send(delivery)
    assert send(delivery) == DeliveryState.SENDING  # the lease still holds
    assert send(delivery, NOON + LEASE) == DeliveryState.SENT
    assert len(mailbox.messages) == 1


def kill(*args, **kwargs):
    raise Killed


def test_a_killed_sender_after_the_text_is_held_for_a_person(
    in_fairview: Cast, mailbox: Mailbox, monkeypatch
):
    delivery = queued()
    with monkeypatch.context() as patch:
        patch.setattr(sending._Postman, "_write_down", kill)
        with pytest.raises(Killed):
            send(delivery)
    assert len(mailbox.messages) == 1
    assert send(delivery, NOON + LEASE) == DeliveryState.HELD
    assert send(delivery, NOON + DAY) == DeliveryState.HELD
    assert len(mailbox.messages) == 1


def test_a_server_that_falls_silent_after_the_text_leaves_it_held(
    in_fairview: Cast, mailbox: Mailbox, monkeypatch
):
    monkeypatch.setattr(smtplib.SMTP, "getreply", silent_after_text(smtplib.SMTP.getreply))
    assert send(queued()) == DeliveryState.HELD


def silent_after_text(getreply):
    """Return a `getreply` that times out where the server has the whole text."""

    def reply(self):
        answer = getreply(self)
        if answer[0] == 250 and getattr(self, "asked_for_text", False):
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed: timed out")
        self.asked_for_text = answer[0] == 354
        return answer

    return reply


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("550 No such person", DeliveryState.FAILED),
        ("450 Come back later", DeliveryState.QUEUED),
    ],
)
def test_a_refused_recipient_is_given_up_or_tried_later(
    in_fairview: Cast, mailbox: Mailbox, answer, state
):
    mailbox.to_recipient = answer
    delivery = queued()
    assert send(delivery) == state
    assert delivery.error == answer


def test_a_text_that_the_server_refuses_was_not_sent(in_fairview: Cast, mailbox: Mailbox):
    mailbox.to_data = "451 Disk full"
    delivery = queued()
    assert send(delivery) == DeliveryState.QUEUED
    mailbox.to_data = "250 OK"
    assert send(delivery, delivery.next_try_at) == DeliveryState.SENT


def test_without_a_server_it_is_tried_later_and_later_and_then_given_up(
    in_fairview: Cast, mailbox: Mailbox, settings
):
    settings.EMAIL_PORT = 1
    delivery = queued()
    at, pauses = NOON, []
    while send(delivery, at) == DeliveryState.QUEUED:
        pauses.append(delivery.next_try_at - at)
        at = delivery.next_try_at
    assert pauses[:4] == [timedelta(seconds=30), 2 * MINUTE, 8 * MINUTE, 32 * MINUTE]
    assert (delivery.state, delivery.tries) == (DeliveryState.FAILED, LAST_TRY)
    assert at - NOON > 2 * DAY


def test_a_server_that_is_away_stops_the_round(in_fairview: Cast, mailbox: Mailbox, settings):
    settings.EMAIL_PORT = 1
    for number in range(3):
        queued(key=str(number))
    assert sending.send_due(now=lambda: NOON) == 1


def test_a_server_that_is_away_is_left_alone_and_costs_no_try(
    in_fairview: Cast, mailbox: Mailbox, monkeypatch, settings
):
    monkeypatch.setattr(sending, "server", Breaker(pause_seconds=60))
    settings.EMAIL_PORT = 1
    first, second = queued(key="1"), queued(key="2")
    send(first)
    send(second)
    assert (first.tries, second.tries) == (1, 0)


def test_whoever_is_overtaken_stops_before_the_text(
    in_fairview: Cast, mailbox: Mailbox, monkeypatch
):
    delivery = queued()

    def overtake(self, *args):
        with monkeypatch.context() as patch:
            patch.setattr(smtplib.SMTP, "rcpt", rcpt)
            send(delivery, NOON + LEASE)
        return rcpt(self, *args)

    rcpt = smtplib.SMTP.rcpt
    monkeypatch.setattr(smtplib.SMTP, "rcpt", overtake)
    assert send(delivery) == DeliveryState.SENT
    assert len(mailbox.messages) == 1
    assert delivery.tries == 2


def test_apps_above_hear_of_mail_that_is_stuck(in_fairview: Cast, mailbox: Mailbox):
    heard = []

    def hear(sender, delivery, at, **kwargs):
        heard.append((delivery.pk, delivery.state, at))

    delivery_stuck.connect(hear)
    mailbox.to_recipient = "550 No such person"
    delivery = queued()
    send(delivery)
    delivery_stuck.disconnect(hear)
    assert heard == [(delivery.pk, DeliveryState.FAILED, NOON)]


@pytest.mark.django_db(transaction=True)
def test_nothing_slow_runs_inside_a_transaction(in_fairview: Cast, mailbox: Mailbox, monkeypatch):
    seen = []

    def look(self, *args, **kwargs):
        seen.append((connection.in_atomic_block, state_of(delivery), delivery.transmitting_at))
        return data(self, *args, **kwargs)

    data = smtplib.SMTP.data
    monkeypatch.setattr(smtplib.SMTP, "data", look)
    delivery = queued()
    send(delivery)
    assert seen == [(False, DeliveryState.SENDING, NOON)]


@pytest.mark.parametrize(
    ("error", "began", "state"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), False, DeliveryState.QUEUED),
        (smtplib.SMTPConnectError(554, b"no"), False, DeliveryState.QUEUED),
        (smtplib.SMTPSenderRefused(553, b"no", "a@b.example"), False, DeliveryState.FAILED),
        (smtplib.SMTPDataError(554, b"spam"), True, DeliveryState.FAILED),
        (smtplib.SMTPServerDisconnected("gone"), False, DeliveryState.QUEUED),
        (smtplib.SMTPServerDisconnected("gone"), True, DeliveryState.HELD),
        (TimeoutError(), True, DeliveryState.HELD),
        (UnicodeEncodeError("ascii", "x", 0, 1, "no"), False, DeliveryState.FAILED),
    ],
)
def test_what_an_error_says_about_the_mail(error, began, state):
    assert state_after(error, began=began) == state
