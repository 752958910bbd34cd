"""What a machine hands in is stored raw first, becomes a conversation at once, and only once."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from districts.models import School
from districts.scope import district_scope
from inbox.api import conversations
from inbox.models import Conversation, RawInbound
from tests.inbox.api.conftest import Caller, key_for

QUESTION = {
    "kind": "concern",
    "message": "The bus was late again.",
    "sender": {
        "name": "Ana Ortiz",
        "email": "ana@family.example",
        "phone": "+1 555 010 9999",
        "language": "es",
    },
}


def test_a_question_becomes_a_conversation(machine, fairview):
    answer = machine.post(
        "/conversations/", QUESTION | {"topic": "buses", "school": "lincoln-elementary"}
    )
    assert answer.status_code == 201
    assert answer.json()["number"] == 2
    with district_scope(fairview.district.pk):
        made = Conversation.objects.get(number=2)
        assert (made.kind, made.channel, made.language) == ("concern", "api", "es")
        assert (made.topic, made.school) == (fairview.topic, fairview.school)
        assert made.messages.get().body == "The bus was late again."
        assert made.sender_email == "ana@family.example"


def test_the_answer_leads_to_the_conversation_and_to_the_familys_page(machine):
    said = machine.post("/conversations/", QUESTION)
    assert said.headers["Location"] == said.json()["url"]
    assert said.json()["url"] == "http://fairview.localhost/api/v1/conversations/2/"
    assert said.json()["status_url"].startswith("http://fairview.localhost:8000/status/")


def test_topic_and_school_can_be_named_as_people_name_them(machine, fairview):
    with district_scope(fairview.district.pk):
        School.objects.filter(pk=fairview.school.pk).update(nces_id="061234005678")
    body = QUESTION | {"topic": "buses", "school": "061234005678"}
    assert machine.post("/conversations/", body).status_code == 201
    body = QUESTION | {"topic": "BUSES", "school": "Lincoln Elementary"}
    number = machine.post("/conversations/", body).json()["number"]
    shown = machine.get(f"/conversations/{number}/").json()
    assert (shown["topic"], shown["school"]) == ("buses", "lincoln-elementary")


def test_whoever_names_nothing_stays_anonymous_and_is_written_to_in_the_districts_language(
    machine, fairview
):
    machine.post("/conversations/", {"message": "Please fix the swing."})
    with district_scope(fairview.district.pk):
        made = Conversation.objects.get(number=2)
    assert made.is_anonymous
    assert made.language == "en"


def test_the_same_key_and_body_are_answered_alike_and_make_one_conversation(machine, fairview):
    answers = [machine.post("/conversations/", QUESTION, once="a") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    with district_scope(fairview.district.pk):
        assert Conversation.objects.count() == 2


def test_the_same_key_with_another_body_is_refused(machine):
    machine.post("/conversations/", QUESTION, once="a")
    other = machine.post("/conversations/", QUESTION | {"message": "Something else"}, once="a")
    assert other.status_code == 422
    assert other.json()["errors"][0]["field"] == "Idempotency-Key"


def test_the_same_key_in_another_district_or_of_another_machine_is_another_request(
    machine, machine_of, fairview, harbor
):
    numbers = [
        caller.post("/conversations/", QUESTION, once="a").json()["number"]
        for caller in (machine, machine_of(harbor), machine_of(fairview))
    ]
    assert numbers == [2, 2, 3]


def test_without_a_key_every_request_is_its_own(machine):
    numbers = [machine.post("/conversations/", QUESTION).json()["number"] for _ in range(2)]
    assert numbers == [2, 3]


@pytest.mark.parametrize("name", ["", " ", "x" * 161, "schlüssel"])
def test_a_request_is_named_in_1_to_160_plain_characters(machine, name):
    assert machine.post("/conversations/", QUESTION, once=name).status_code == 422


def test_what_cannot_be_parsed_now_is_stored_and_left_to_the_workers(
    machine, fairview, monkeypatch
):
    def fail(raw_id, *, at):
        raise RuntimeError("the parser is broken")

    with monkeypatch.context() as patch:
        patch.setattr(conversations, "parse", fail)
        waiting = machine.post("/conversations/", QUESTION, once="a")
    assert waiting.status_code == 202
    with district_scope(fairview.district.pk):
        raw = RawInbound.objects.get()
        assert json.loads(bytes(raw.body))["message"] == QUESTION["message"]
        assert raw.reference == waiting.json()["reference"]
    assert machine.post("/conversations/", QUESTION, once="a").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_one_key_a_hundred_times_at_once_has_one_effect(fairview):
    caller = Caller(key_for(fairview), fairview.host)

    def ask(_turn):
        try:
            return caller.post("/conversations/", QUESTION, once="at once")
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(ask, range(100)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    with district_scope(fairview.district.pk), transaction.atomic():
        assert Conversation.objects.count() == 2
