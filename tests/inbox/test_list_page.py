"""The inbox as a page: rows in words, filters in the URL, few queries, indexes used."""

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from districts.scope import district_scope
from inbox.access import visible_to
from inbox.browsing import BY_SLUG, with_read
from inbox.keyset import page_of
from inbox.models import Conversation
from tests.builders import HOUR, NOON, make_conversation
from tests.cast import Cast
from tests.inbox.crowd import crowd


@pytest.fixture
def agent(fairview: Cast, client_of) -> Client:
    return client_of(fairview.agent)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON + HOUR, tick=False):
        yield


def test_a_row_says_who_what_where_and_when(agent, fairview):
    page = agent.get("/inbox/").content.decode()
    for words in (
        "Ana Ortiz",
        "Bus 12 left my daughter",
        "Buses",
        "Lincoln Elementary",
        "Thu 4:00 pm",
        'title="Fairview Agent"',
        "Unread.",
        "1 open · 0 overdue",
    ):
        assert words in page


def test_an_opened_conversation_is_no_longer_unread(agent, fairview):
    agent.get("/inbox/1/")
    assert "row--unread" not in agent.get("/inbox/").content.decode()


def test_beside_a_conversation_the_list_is_not_the_heading_of_the_page(agent, fairview):
    part = {"hx-request": "true", "hx-current-url": "http://fairview.localhost/inbox/1/?view=due"}
    assert '<h1 id="list-title">' in agent.get("/inbox/").content.decode()
    assert '<h2 id="list-title">' in agent.get("/inbox/", headers=part).content.decode()
    assert '<h2 id="list-title">' in agent.get("/inbox/1/", headers=part).content.decode()


def test_what_an_anonymous_sender_wrote_has_no_name(agent, fairview):
    with district_scope(fairview.district.pk):
        make_conversation("Lights out", is_anonymous=True, team=fairview.team)
    page = agent.get("/inbox/").content.decode()
    assert "Anonymous" in page


def test_another_districts_rows_are_not_there(agent, fairview, harbor):
    with district_scope(harbor.district.pk):
        make_conversation("Harbor canary", team=harbor.team)
    assert "canary" not in agent.get("/inbox/?view=all").content.decode()


def test_htmx_gets_the_list_and_the_counts(agent, fairview):
    part = agent.get("/inbox/?view=mine", headers={"hx-request": "true"})
    words = part.content.decode()
    assert words.count("<html") == 0
    assert 'id="list"' in words
    assert 'hx-target="#views"' in words
    assert "HX-Request" in part.headers["Vary"]


def test_going_back_gets_the_whole_page(agent, fairview):
    headers = {"hx-request": "true", "hx-history-restore-request": "true"}
    assert "<html" in agent.get("/inbox/", headers=headers).content.decode()


def test_the_url_holds_the_state(agent, fairview):
    topic = fairview.topic.pk
    page = agent.get(f"/inbox/?view=team&topic={topic}&q=bus").content.decode()
    assert f'<option value="{topic}" selected>Buses</option>' in page
    assert f"/inbox/1/?view=team&amp;topic={topic}&amp;q=bus" in page


def test_words_alone_are_looked_for_everywhere(agent, fairview):
    with district_scope(fairview.district.pk):
        fairview.conversation.resolve(by=fairview.agent, at=NOON)
    page = agent.get("/inbox/?q=bus").content.decode()
    assert "Everything" in page
    assert 'href="/inbox/1/?view=all&amp;q=bus"' in page


@pytest.mark.parametrize(
    "query",
    [
        "view=nonsense",
        "topic=abc&school=-1&team=99999999999999999999&owner=%00",
        "q=" + "x" * 5000,
        "q=%00%F0%9F%98%80",
        "after=;drop table&status=gone&language=xx",
        "status=open&status=pending&view=due&view=mine",
    ],
)
def test_nonsense_in_the_url_narrows_nothing_and_breaks_nothing(agent, fairview, query):
    assert agent.get(f"/inbox/?{query}").status_code == 200


@pytest.mark.parametrize("slug", BY_SLUG)
def test_an_empty_view_says_what_to_do_next(client_of, fairview, slug):
    page = client_of(fairview.other_agent).get(f"/inbox/?view={slug}").content.decode()
    assert 'class="empty"' in page


@pytest.mark.parametrize("part", [False, True])
@pytest.mark.parametrize("kind", ["agent", "admin"])
def test_a_list_takes_few_queries_however_many_conversations(
    client_of, fairview, kind, part, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(settings, "HOST_CACHE_SECONDS", 60)
    client = client_of(fairview.members[kind])
    with district_scope(fairview.district.pk):
        crowd(2000, team=fairview.team, owner=fairview.agent, topic=fairview.topic)
    headers = {"hx-request": "true"} if part else {}
    client.get("/inbox/", headers=headers)
    with django_assert_max_num_queries(12):
        page = client.get("/inbox/?view=team&q=crowd", headers=headers)
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("slug", "index"),
    [
        ("due", "conversation_due_next"),
        ("mine", "conversation_owner_due"),
        ("all", "conversation_newest"),
        ("resolved", "conversation_newest"),
    ],
)
def test_a_view_is_read_from_its_index(in_fairview: Cast, slug: str, index: str):
    crowd(3000, team=in_fairview.other_team)
    crowd(3000, team=in_fairview.team, status="resolved", resolved_at=NOON)
    crowd(30, team=in_fairview.team, owner=in_fairview.manager)
    assert index in _plan(in_fairview, slug)


def test_the_second_page_begins_where_the_index_says(in_fairview: Cast):
    crowd(3000, team=in_fairview.team)
    plan = _plan(in_fairview, "due", after=True)
    assert "conversation_due_next" in plan
    assert "due_at >=" in plan.split("Index Cond")[1].splitlines()[0]


def _plan(cast: Cast, slug: str, *, after: bool = False) -> str:
    """Return how the database reads a page of a view, with statistics brought up to date."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ANALYZE inbox_conversation")
        cursor.execute("SET LOCAL ROLE earshot_app")
    view = BY_SLUG[slug]
    kept = view.keep(visible_to(cast.manager), cast.manager, NOON)
    rows = with_read(kept, cast.manager).order_by(*view.order.columns)
    if after:
        row = Conversation.objects.order_by("-due_at", "-pk")[20]
        rows = rows.filter(due_at__gte=row.due_at).exclude(due_at=row.due_at, pk__lte=row.pk)
    assert page_of(kept, view.order, None).rows
    return rows[:51].explain()
