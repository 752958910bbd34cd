"""Queueing mail: once for its occasion, and safe in every header."""

import pytest

from districts.scope import district_scope
from families.models import Delivery, DeliveryState
from families.outbound import hold_back, let_go, queue_email
from families.sending import message_of
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.families.letters import make_letter


def test_an_occasion_is_mailed_once(in_fairview: Cast):
    first = queue_email(make_letter(), at=NOON)
    again = queue_email(make_letter(text="Another text."), at=NOON + DAY)
    assert first == again
    assert Delivery.objects.get().text_body == "It stops at Oak Street.\n"


def test_the_same_occasion_in_two_districts_is_two_letters(in_fairview: Cast, harbor: Cast):
    first = queue_email(make_letter(), at=NOON)
    with district_scope(harbor.district.pk):
        assert queue_email(make_letter(), at=NOON) != first


@pytest.mark.parametrize("field", ["subject", "to_name"])
def test_no_text_can_add_a_header(in_fairview: Cast, field):
    evil = "Hello\r\nBcc: everyone@family.example\x00\u2028X-Evil: 1"
    delivery = queue_email(make_letter(**{field: evil}), at=NOON)
    message = message_of(delivery).message()
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert delivery.state == DeliveryState.QUEUED


@pytest.mark.parametrize(
    "address",
    ["", "ana", "ana@", "a@b.example\r\nBcc: x@y.example", "a b@c.example", "ñ@c.example"],
)
def test_what_is_no_address_is_given_up_and_shown(in_fairview: Cast, address):
    delivery = queue_email(make_letter(to_address=address), at=NOON)
    assert delivery.state == DeliveryState.FAILED
    assert list(Delivery.objects.stuck()) == [delivery]


def test_every_try_sends_the_same_bytes_but_for_the_boundary(in_fairview: Cast):
    delivery = queue_email(make_letter(html=""), at=NOON)
    first, second = (message_of(delivery).message().as_bytes() for _ in range(2))
    assert first == second
    assert delivery.message_id.encode() in first


def test_mail_comes_from_the_district_by_name(in_fairview: Cast):
    message = message_of(queue_email(make_letter(), at=NOON)).message()
    assert "Fairview Schools" in str(message["From"])
    assert message.get_content_type() == "multipart/alternative"


def test_letters_that_nobody_has_begun_to_send_are_held_back_and_let_go(in_fairview: Cast):
    begun, waiting = (queue_email(make_letter(key=key), at=NOON) for key in ("a", "b"))
    begun.claim(at=NOON)
    assert hold_back(["a", "b", "unknown"]) == ["b"]
    waiting.refresh_from_db()
    assert waiting.state == DeliveryState.SUPPRESSED
    let_go(waiting, at=NOON + DAY)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.next_try_at) == (DeliveryState.QUEUED, NOON + DAY)


def test_a_letter_that_was_discarded_by_a_person_is_not_let_go(in_fairview: Cast):
    delivery = queue_email(make_letter(), at=NOON)
    delivery.settle(DeliveryState.SUPPRESSED, at=NOON)
    let_go(delivery, at=NOON + DAY)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SUPPRESSED
