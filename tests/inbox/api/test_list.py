"""Machines page through a district's conversations, narrowed by what they ask for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.scope import district_scope
from inbox.models import Conversation
from tests.builders import DAY, HOUR, NOON, make_conversation, make_topic


@pytest.fixture
def several(fairview):
    """Make numbers 2 to 5, each different from number 1 in its own way."""
    with district_scope(fairview.district.pk):
        make_conversation(kind="concern", channel="phone", at=NOON + DAY)
        make_conversation(priority="urgent", topic=make_topic("Food"), at=NOON + 2 * DAY)
        pending = make_conversation(school=fairview.other_school, team=fairview.other_team)
        pending.pend(by=fairview.agent, at=NOON + 3 * DAY)
        make_conversation("Buy pills").mark_spam(by=None, at=NOON + HOUR)


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return [row["number"] for row in answer.json()["results"]]


FILTERS = [
    ({}, [4, 3, 2, 1]),
    ({"spam": "true"}, [5, 4, 3, 2, 1]),
    ({"kind": "concern"}, [2]),
    ({"channel": "phone"}, [2]),
    ({"priority": "urgent"}, [3]),
    ({"topic": "food"}, [3]),
    ({"topic": "Food"}, [3]),
    ({"school": "harbor-high"}, [4]),
    ({"team": "Special education"}, [4]),
    ({"status": "pending"}, [4]),
    ({"status": "open", "kind": "question"}, [3, 1]),
    ({"received_after": "2026-11-04T15:00:00Z"}, [3, 2]),
    ({"received_before": "2026-11-04T15:00:00Z"}, [4, 1]),
    ({"received_after": "2026-11-04T10:00:00"}, [3, 2]),
    ({"received_after": "2026-11-04T15:00:00 00:00"}, [3, 2]),
    ({"updated_after": "2026-11-05T15:00:00Z"}, [4, 3]),
    ({"lang": "es"}, [4, 3, 2, 1]),
]


@pytest.mark.usefixtures("several")
def test_a_list_shows_what_was_asked_for(machine):
    for params, found in FILTERS:
        assert numbers(machine.get("/conversations/", **params)) == found, params


@pytest.mark.usefixtures("several")
def test_pages_follow_each_other_and_end(machine):
    first = machine.get("/conversations/", limit=3)
    address = first.json()["next"]
    second = machine.get(address.removeprefix("http://fairview.localhost/api/v1"))
    assert numbers(first) == [4, 3, 2]
    assert numbers(second) == [1]
    assert second.json()["next"] is None


@pytest.mark.usefixtures("several")
def test_the_next_page_keeps_what_was_asked_and_does_not_move(machine, fairview):
    address = machine.get("/conversations/", limit=1, kind="question").json()["next"]
    with district_scope(fairview.district.pk):
        make_conversation("This came meanwhile")
    assert address.startswith("http://fairview.localhost/api/v1/conversations/?")
    following = machine.get(address.removeprefix("http://fairview.localhost/api/v1"))
    assert numbers(following) == [3]


def test_a_list_holds_nothing_of_another_district(machine, machine_of, harbor):
    with district_scope(harbor.district.pk):
        make_conversation("Only harbor knows this")
    assert numbers(machine.get("/conversations/")) == [1]
    assert numbers(machine_of(harbor).get("/conversations/")) == [2, 1]


def test_topics_and_schools_are_those_in_use(machine, fairview):
    with district_scope(fairview.district.pk):
        make_topic("Old topic", is_active=False)
    topics = machine.get("/topics/").json()
    assert topics == {"next": None, "results": [{"slug": "buses", "name": "Buses"}]}
    schools = [school["slug"] for school in machine.get("/schools/").json()["results"]]
    assert schools == ["harbor-high", "lincoln-elementary"]


def test_a_page_takes_as_many_queries_as_it_has_kinds_of_rows(machine, fairview):
    def count():
        with CaptureQueriesContext(connection) as queries:
            machine.get("/conversations/", limit=200)
        return len(queries)

    count()
    few = count()
    with district_scope(fairview.district.pk):
        Conversation.objects.bulk_create(_copies(fairview.conversation, 100))
    assert count() == few <= 12


def _copies(original, how_many):
    for number in range(100, 100 + how_many):
        copy = Conversation.objects.get(pk=original.pk)
        copy.pk, copy.number = None, number
        yield copy
