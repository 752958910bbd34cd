"""Surges on screen: the banner, the page, and what a person changes about one."""

from typing import Any

import pytest
from django.test import Client

from inbox import surges
from inbox.models import Conversation, Surge, SurgeMember
from tests.builders import MINUTE, NOON, make_conversation, make_guardian
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _at_noon(time_machine) -> None:
    time_machine.move_to(NOON + 10 * MINUTE, tick=False)


def make_surge(cast: Cast, count: int = 3, **fields: Any) -> Surge:
    """Make a surge of so many conversations of the cast's team."""
    said = {"title": "bus, 12, late", "usual": 0.4, "chance": 1e-9, "topic": cast.topic}
    times = {"first_at": NOON, "last_at": NOON, "found_at": NOON}
    surge = Surge.objects.create(**(said | times))
    for number in range(count):
        whose: dict[str, Any] = {"team": cast.team, "sender_email": f"f{number}@family.example"}
        asked = make_conversation(f"Bus 12 is late, {number}", **(whose | fields))
        surges.add(surge, asked, by=cast.agent, at=NOON)
    return surge


@pytest.fixture
def agent(in_fairview: Cast, client_of) -> Client:
    """Return a client of an agent of the team."""
    return client_of(in_fairview.agent)


def said(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_inbox_says_that_a_surge_is_open_and_marks_its_rows(in_fairview: Cast, agent):
    surge = make_surge(in_fairview)
    page = said(agent, "/inbox/")
    assert "3 conversations about the same" in page
    assert f"/surges/{surge.pk}/" in page
    assert page.count("Surge: bus, 12, late") == 3
    surges.close(surge, by=in_fairview.agent, at=NOON)
    assert "about the same" not in said(agent, "/inbox/")


def test_a_conversation_names_its_surge(in_fairview: Cast, agent):
    surge = make_surge(in_fairview, 1)
    page = said(agent, f"/inbox/{Conversation.objects.last().number}/")
    assert f'href="/surges/{surge.pk}/"' in page
    assert "added it to the surge" in page


def test_a_surge_shows_who_wrote_and_whom_the_district_does_not_know(in_fairview: Cast, agent):
    surge = make_surge(in_fairview, 2)
    known = make_conversation(team=in_fairview.team, guardian=make_guardian())
    surges.add(surge, known, by=in_fairview.agent, at=NOON)
    page = said(agent, f"/surges/{surge.pk}/")
    assert "1 of 3 senders are known families." in page
    assert "2 addresses or numbers belong to no family" in page
    assert "<bdi>family.example</bdi> 2" in page


def test_conversations_are_taken_out_and_put_back(in_fairview: Cast, agent):
    surge = make_surge(in_fairview)
    number = surge.members.first().conversation.number
    agent.post(f"/surges/{surge.pk}/out/{number}/")
    assert surge.members.filter(taken_out=False).count() == 2
    assert f"#{number}" in said(agent, f"/surges/{surge.pk}/")
    agent.post(f"/surges/{surge.pk}/add/", {"number": number})
    assert surge.members.filter(taken_out=False).count() == 3
    verbs = surge.members.get(conversation__number=number).conversation.events
    assert list(verbs.filter(verb__endswith="_surge").values_list("verb", flat=True)) == [
        "joined_surge",
        "left_surge",
        "joined_surge",
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [("", "Enter the number"), ("999999", "There is no such conversation"), ("x", "whole number")],
)
def test_a_number_that_is_none_is_refused_beside_the_field(in_fairview, agent, number, words):
    surge = make_surge(in_fairview)
    answer = agent.post(f"/surges/{surge.pk}/add/", {"number": number})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_conversation_is_in_one_surge_only(in_fairview: Cast, agent):
    first, second = make_surge(in_fairview), make_surge(in_fairview)
    number = first.members.first().conversation.number
    answer = agent.post(f"/surges/{second.pk}/add/", {"number": number})
    assert answer.status_code == 422
    assert "It is in the surge" in answer.content.decode()
    assert SurgeMember.objects.get(conversation__number=number).surge == first


def test_a_member_sees_only_what_they_may_see(in_fairview: Cast, client_of):
    surge = make_surge(in_fairview, team=in_fairview.other_team)
    mine = make_conversation("Ours", team=in_fairview.team)
    surges.add(surge, mine, by=in_fairview.admin, at=NOON)
    page = said(client_of(in_fairview.agent), f"/surges/{surge.pk}/")
    assert "1 conversation about the same" in page
    assert "Bus 12 is late" not in page
    surges.take_out(surge, mine, by=in_fairview.admin, at=NOON)
    assert client_of(in_fairview.agent).get(f"/surges/{surge.pk}/").status_code == 404


def test_the_list_tells_open_from_past(in_fairview: Cast, agent):
    past = make_surge(in_fairview)
    surges.close(past, by=in_fairview.agent, at=NOON)
    assert "Past" in said(agent, "/surges/")
    make_surge(in_fairview)
    assert "Open" in said(agent, "/surges/")


def test_without_surges_the_page_says_what_would_stand_there(in_fairview: Cast, agent):
    assert "No surges" in said(agent, "/surges/")


def test_pages_of_surges_cost_the_same_whatever_their_length(
    in_fairview: Cast, agent, django_assert_max_num_queries
):
    for _ in range(5):
        surge = make_surge(in_fairview, 12)
    agent.get("/surges/")
    with django_assert_max_num_queries(16):
        agent.get("/surges/")
    with django_assert_max_num_queries(24):
        agent.get(f"/surges/{surge.pk}/")
