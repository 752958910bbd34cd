"""Polling: what moved, who else looks, and that PostgreSQL is left alone."""

import time

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from districts import badges
from districts.memory import MemoryAwayError, memory, name_of
from districts.scope import district_scope
from inbox import live, polling
from inbox.screens import Screen
from tests.builders import NOON, make_conversation
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _empty_memory() -> None:
    """Start with nothing in Redis under our names."""
    for name in memory().scan_iter(name_of("*")):
        memory().delete(name)


@pytest.fixture
def agent(fairview: Cast, client_of) -> Client:
    return client_of(fairview.agent)


def at(client: Client, cast: Cast, screen: Screen) -> str:
    return screen.signed(cast.district.pk, str(client.session.session_key))


def looks(client: Client, cast: Cast, *, since: str = "0.0.", **query):
    screen = Screen(conversation_id=cast.conversation.pk)
    return client.get("/inbox/live/", {"at": at(client, cast, screen), "since": since, **query})


def test_nothing_moved_is_204_without_postgresql(agent, fairview, monkeypatch):
    monkeypatch.setattr(settings, "HOST_CACHE_SECONDS", 60)
    looks(agent, fairview)
    with CaptureQueriesContext(connection) as asked:
        assert looks(agent, fairview).status_code == 204
    # Only a test is inside a transaction here, which the scope tells its district.
    assert [query for query in asked if "set_config" not in query["sql"]] == []


def test_a_change_says_what_to_read_again(agent, fairview, django_capture_on_commit_callbacks):
    asked = fairview.conversation
    screen = Screen(asked.pk, rows=(asked.pk,))
    with (
        django_capture_on_commit_callbacks(execute=True),
        district_scope(fairview.district.pk),
    ):
        asked.note("Called.", by=fairview.agent, at=NOON)
    moved = agent.get("/inbox/live/", {"at": at(agent, fairview, screen), "since": "0.0."})
    assert moved.json()["refresh"] == ["list", f"conversation:{asked.pk}"]
    since = ".".join(
        live.standing(key)
        for key in (
            live.inbox_key(fairview.district.pk),
            live.conversation_key(fairview.district.pk, asked.pk),
        )
    )
    still = agent.get("/inbox/live/", {"at": at(agent, fairview, screen), "since": f"{since}."})
    assert still.status_code == 204


def test_a_rolled_back_change_is_not_news(agent, fairview):
    with district_scope(fairview.district.pk):
        fairview.conversation.note("Never kept.", by=fairview.agent, at=NOON)
    assert looks(agent, fairview).status_code == 204


def test_a_lost_counter_never_repeats_a_number(fairview, monkeypatch):
    live._bump(fairview.district.pk, 1)
    before = live.standing(live.inbox_key(fairview.district.pk))
    memory().delete(live.inbox_key(fairview.district.pk))
    monkeypatch.setattr("inbox.live.time.time_ns", lambda: int(before) * 1_000_000 + 5_000_000)
    live._bump(fairview.district.pk, 1)
    assert live.standing(live.inbox_key(fairview.district.pk)) > before


def test_colleagues_see_who_looks_and_who_types(agent, fairview, client_of):
    lead = client_of(fairview.lead)
    assert looks(lead, fairview).status_code == 204
    seen = looks(agent, fairview).json()
    assert [(who["name"], who["typing"]) for who in seen["presence"]] == [("Fairview Lead", False)]
    looks(lead, fairview, typing="1")
    again = looks(agent, fairview, since=f"0.0.{seen['crowd']}").json()
    assert [who["typing"] for who in again["presence"]] == [True]


def test_who_stops_asking_is_gone(agent, fairview, client_of, monkeypatch):
    looks(client_of(fairview.lead), fairview)
    now = time.time()
    monkeypatch.setattr("inbox.polling.time.time", lambda: now + polling.LOOKING_SECONDS + 1)
    assert looks(agent, fairview).status_code == 204


def test_a_list_shows_who_looks_at_its_rows_only(agent, fairview, client_of):
    with district_scope(fairview.district.pk):
        other = make_conversation(team=fairview.other_team)
    looks(client_of(fairview.lead), fairview)
    shown = at(agent, fairview, Screen(rows=(fairview.conversation.pk,)))
    hidden = at(agent, fairview, Screen(rows=(other.pk,)))
    found = agent.get("/inbox/live/", {"at": shown, "since": "0.."}).json()["presence"]
    assert [who["at"] for who in found] == [fairview.conversation.pk]
    assert agent.get("/inbox/live/", {"at": hidden, "since": "0.."}).status_code == 204


def test_a_screen_signed_for_another_session_shows_nobody(agent, fairview, client_of):
    lead = client_of(fairview.lead)
    looks(lead, fairview)
    stolen = at(lead, fairview, Screen(conversation_id=fairview.conversation.pk))
    answer = agent.get("/inbox/live/", {"at": stolen, "since": "0.0."})
    assert answer.json() == {
        "crowd": "",
        "refresh": ["list", "conversation"],
        "presence": [],
    }


def test_signing_out_takes_the_badge_back(agent, fairview, django_capture_on_commit_callbacks):
    looks(agent, fairview)
    cookie = agent.cookies[settings.SESSION_COOKIE_NAME].value
    with django_capture_on_commit_callbacks(execute=True):
        agent.post("/accounts/logout/")
    agent.cookies[settings.SESSION_COOKIE_NAME] = cookie
    screen = Screen(conversation_id=fairview.conversation.pk).signed(fairview.district.pk, cookie)
    assert agent.get("/inbox/live/", {"at": screen, "since": "0.0."}).status_code == 302


def test_a_member_who_left_has_no_badge(agent, fairview, django_capture_on_commit_callbacks):
    looks(agent, fairview)
    with district_scope(fairview.district.pk):
        type(fairview.agent).objects.filter(pk=fairview.agent.pk).update(is_active=False)
    assert looks(agent, fairview).status_code == 204
    with django_capture_on_commit_callbacks(execute=True):
        badges.take_back(fairview.agent)
    assert looks(agent, fairview).status_code == 404


def test_a_session_of_one_district_is_nobody_in_the_other(agent, fairview, harbor):
    looks(agent, fairview)
    screen = Screen(conversation_id=harbor.conversation.pk)
    signed = screen.signed(harbor.district.pk, agent.session.session_key)
    there = agent.get("/inbox/live/", {"at": signed}, headers={"host": harbor.host})
    assert there.status_code == 404


def test_redis_away_is_a_quiet_503(agent, fairview, monkeypatch):
    def nobody():
        raise MemoryAwayError

    monkeypatch.setattr(polling, "memory", nobody)
    monkeypatch.setattr(badges, "memory", nobody)
    assert looks(agent, fairview).status_code == 503


@pytest.mark.parametrize("query", ["at=%00", "at=1;2~x~y&since=%F0%9F", "since=" + "9" * 5000])
def test_nonsense_is_told_to_read_again(agent, fairview, query):
    assert agent.get(f"/inbox/live/?{query}").status_code in {200, 204}
    assert not connection.needs_rollback
