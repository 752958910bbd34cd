"""A machine sees one conversation whole, and nothing that is not its district's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.scope import district_scope
from inbox.models import Message
from tests.builders import HOUR, NOON
from tests.inbox.api.conftest import Caller, key_for


def test_a_conversation_is_shown_with_its_promises_messages_and_events(machine):
    shown = machine.get("/conversations/1/").json()
    assert shown["number"] == 1
    assert (shown["status"], shown["priority"]) == ("open", "normal")
    assert (shown["topic"], shown["school"]) == ("buses", "lincoln-elementary")
    assert (shown["team"], shown["owner"]) == ("Transportation", "Fairview Agent")
    assert [(clock["metric"], clock["state"], clock["due_at"]) for clock in shown["clocks"]] == [
        ("first_response", "running", "2026-11-05T21:00:00Z"),
        ("resolution", "running", "2026-11-10T21:00:00Z"),
    ]
    assert [message["body"] for message in shown["messages"]] == [
        "Bus 12 left my daughter at the stop."
    ]
    assert [event["verb"] for event in shown["events"]] == ["received"]


def test_notes_and_who_acted_are_shown(machine, fairview):
    with district_scope(fairview.district.pk):
        fairview.conversation.note("Called the depot.", by=fairview.agent, at=NOON + HOUR)
    shown = machine.get("/conversations/1/").json()
    assert shown["messages"][-1]["direction"] == "note"
    assert shown["messages"][-1]["author"] == "Fairview Agent"
    assert shown["events"][-1]["by"] == "Fairview Agent"


@pytest.mark.parametrize("part", ["", "messages/", "events/", "promises/"])
def test_what_is_foreign_and_what_is_missing_are_the_same_bytes(part, machine, fairview, harbor):
    with district_scope(harbor.district.pk):
        harbor.conversation.number = 77
        harbor.conversation.save()
    foreign = machine.get(f"/conversations/77/{part}")
    missing = machine.get(f"/conversations/78/{part}")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    assert foreign.headers.keys() == missing.headers.keys()
    told = {name for name in foreign.headers if foreign.headers[name] != missing.headers[name]}
    assert told == {"X-Request-ID"}
    own = Caller(key_for(harbor), harbor.host).get(f"/conversations/77/{part}")
    assert own.status_code == 200


def test_a_long_thread_shows_its_newest_part_and_leads_to_the_rest(machine, fairview):
    with district_scope(fairview.district.pk):
        fairview.conversation.messages.bulk_create(
            Message(
                conversation=fairview.conversation,
                direction="inbound",
                channel="form",
                body=f"Word {count}",
                at=NOON + count * HOUR,
            )
            for count in range(1, 251)
        )
    shown = machine.get("/conversations/1/").json()
    assert len(shown["messages"]) == 100
    assert shown["messages"][-1]["body"] == "Word 250"
    path, bodies = "/conversations/1/messages/", []
    while path:
        page = machine.get(path).json()
        bodies += [message["body"] for message in page["results"]]
        path = (page["next"] or "").partition("/api/v1")[2]
    assert bodies == [f"Word {count}" for count in range(250, 0, -1)] + [
        "Bus 12 left my daughter at the stop."
    ]


def test_a_conversation_takes_few_queries_however_long_it_is(machine, fairview):
    with district_scope(fairview.district.pk):
        for hour in range(30):
            fairview.conversation.note("A note.", by=fairview.agent, at=NOON + hour * HOUR)
    machine.get("/conversations/1/")
    with CaptureQueriesContext(connection) as queries:
        machine.get("/conversations/1/")
    assert len(queries) <= 12
