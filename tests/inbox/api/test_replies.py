"""A machine's reply is a reply: it meets the promise, reaches the family, and is sent once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from districts.scope import district_scope
from families.models import Delivery
from inbox.answering import family_writes
from inbox.models import Conversation
from tests.builders import HOUR, NOON
from tests.inbox.api.conftest import Caller, key_for

PATH = "/conversations/1/replies/"


def test_a_reply_is_shown_and_sent_and_meets_the_promise(machine, fairview):
    answer = machine.post(PATH, {"body": "The bus is back on its route."})
    assert answer.status_code == 201
    assert answer.json()["direction"] == "outbound"
    assert answer.json()["author"] == "Website"
    assert answer.json()["delivery"] == "queued"
    with district_scope(fairview.district.pk):
        clock = fairview.conversation.clocks.get(metric="first_response")
        assert clock.ended_at is not None
        assert Delivery.objects.get().to_address == "ana@family.example"


def test_a_reply_may_resolve(machine):
    machine.post(PATH, {"body": "Done.", "resolve": True})
    shown = machine.get("/conversations/1/").json()
    assert shown["status"] == "resolved"
    assert [event["verb"] for event in shown["events"]][-2:] == ["replied", "resolved"]


def test_a_reply_over_a_newer_message_is_stopped(machine, fairview):
    seen = machine.get("/conversations/1/").json()["messages"][-1]["id"]
    with district_scope(fairview.district.pk):
        family_writes(fairview.conversation, body="Never mind!", at=NOON + HOUR)
    stopped = machine.post(PATH, {"body": "We will look.", "seen": seen}, once="a")
    assert stopped.status_code == 409
    with district_scope(fairview.district.pk):
        assert not fairview.conversation.messages.filter(direction="outbound").exists()
    assert machine.post(PATH, {"body": "We will look."}, once="a").status_code == 201


def test_the_same_key_and_body_reply_once(machine, fairview):
    answers = [machine.post(PATH, {"body": "Hello"}, once="a") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert [answer.headers.get("Idempotent-Replayed") for answer in answers] == [
        None,
        "true",
        "true",
    ]
    with district_scope(fairview.district.pk):
        assert fairview.conversation.messages.filter(direction="outbound").count() == 1


def test_the_same_key_with_another_reply_is_refused(machine):
    machine.post(PATH, {"body": "Hello"}, once="a")
    for body in ({"body": "Goodbye"}, {"body": "Hello", "resolve": True}):
        refused = machine.post(PATH, body, once="a")
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["field"] == "Idempotency-Key"


def test_the_same_key_in_another_district_is_another_reply(machine, machine_of, harbor):
    for caller in (machine, machine_of(harbor)):
        answer = caller.post(PATH, {"body": "Hello"}, once="a")
        assert answer.status_code == 201
        assert "Idempotent-Replayed" not in answer.headers


def test_a_reply_to_what_is_foreign_or_missing_is_the_same_404(machine, harbor):
    with district_scope(harbor.district.pk):
        harbor.conversation.number = 77
        harbor.conversation.save()
    answers = [
        machine.post(f"/conversations/{number}/replies/", body)
        for number in (77, 78)
        for body in ({"body": "Hello"}, {"wrong": 1})
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.django_db(transaction=True)
def test_one_key_many_times_at_once_replies_once(fairview):
    caller = Caller(key_for(fairview), fairview.host)

    def reply(_turn):
        try:
            return caller.post(PATH, {"body": "Hello"}, once="at once")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(reply, range(40)))
    assert {answer.status_code for answer in answers} == {201}
    with district_scope(fairview.district.pk), transaction.atomic():
        conversation = Conversation.objects.get(number=1)
        assert conversation.messages.filter(direction="outbound").count() == 1
        assert Delivery.objects.count() == 1
