"""Staff learn on the conversation that a letter did not arrive, and decide what becomes of it."""

import pytest
from django.core.management import CommandError, call_command

from districts.models import AuditEntry
from districts.scope import no_district
from families import holding
from families.models import Delivery, DeliveryState
from families.outbound import queue_email
from inbox import answering, letters, undelivered
from inbox.opening import open_conversation
from tests.builders import HOUR, NOON, make_conversation
from tests.cast import Cast
from tests.families.letters import make_letter


def stuck(cast: Cast, state: str = DeliveryState.HELD) -> Delivery:
    delivery = answering.reply(cast.conversation, body="Oak Street.", by=None, at=NOON).delivery
    assert delivery is not None
    delivery.claim(at=NOON)
    delivery.settle(DeliveryState(state), at=NOON, error="nobody knows")
    undelivered.tell(delivery, at=NOON)
    return delivery


def test_a_stuck_letter_shows_on_its_conversation_and_to_its_owner(in_fairview: Cast):
    stuck(in_fairview)
    event = in_fairview.conversation.events.get(verb="undelivered")
    assert event.detail["state"] == DeliveryState.HELD
    assert in_fairview.agent.notifications.get().verb == "undelivered"


def test_an_address_that_cannot_be_written_to_is_told_at_once(in_fairview: Cast):
    asked = make_conversation(sender_email="nobody at all", owner=in_fairview.agent)
    letters.acknowledgement(asked, at=NOON)
    assert asked.events.get(verb="undelivered").detail["state"] == DeliveryState.FAILED


def test_mail_that_is_about_no_conversation_tells_nobody(in_fairview: Cast):
    delivery = queue_email(make_letter(purpose="invitation", key="invitation:1"), at=NOON)
    undelivered.tell(delivery, at=NOON)
    assert not in_fairview.agent.notifications.exists()


def test_a_person_may_have_it_sent_again_under_the_same_id(in_fairview: Cast):
    delivery = stuck(in_fairview)
    before = delivery.message_id
    holding.send_again(delivery, by=in_fairview.admin, at=NOON + HOUR)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.message_id) == ("queued", 0, before)
    assert AuditEntry.objects.get(noun_id=delivery.pk).by == in_fairview.admin


def test_a_person_may_say_that_it_arrived(in_fairview: Cast):
    delivery = stuck(in_fairview)
    holding.regard_as_sent(delivery, by=in_fairview.admin, at=NOON + HOUR)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at) == (DeliveryState.SENT, NOON + HOUR)


def test_what_is_on_its_way_is_not_sent_again_by_hand(in_fairview: Cast):
    delivery = queue_email(make_letter(), at=NOON)
    holding.send_again(delivery, by=in_fairview.admin, at=NOON)
    assert not AuditEntry.objects.exists()


def test_an_operator_can_ask_how_long_work_waits(in_fairview: Cast, capsys):
    open_conversation("Hello?", at=NOON, received_at=NOON, channel="form")
    with no_district():
        call_command("waiting")
        with pytest.raises(CommandError):
            call_command("waiting", at_most=60)
    assert capsys.readouterr().out.startswith("route: ")
