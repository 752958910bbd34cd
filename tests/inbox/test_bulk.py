"""One act on many conversations, and taking it back."""

import pytest
from django.test import Client

from districts.scope import district_scope
from inbox.models import Conversation
from tests.builders import make_conversation
from tests.cast import Cast

HTMX = {"hx-request": "true"}


@pytest.fixture
def agent(fairview: Cast, client_of) -> Client:
    return client_of(fairview.agent)


@pytest.fixture
def others(fairview: Cast) -> list[int]:
    """Two more conversations of the team, and one of another team."""
    with district_scope(fairview.district.pk):
        made = [make_conversation(team=fairview.team) for _ in range(2)]
        hidden = make_conversation(team=fairview.other_team)
    return [each.number for each in [*made, hidden]]


def do(client: Client, act: str, numbers: list[int], **data):
    return client.post("/inbox/bulk/", {"act": act, "number": numbers, **data}, headers=HTMX)


def states(cast: Cast, field: str = "status") -> list:
    with district_scope(cast.district.pk):
        return list(Conversation.objects.order_by("number").values_list(field, flat=True))


def token_in(answer) -> str:
    return answer.content.decode().split('name="token" value="')[1].split('"')[0]


def test_many_are_resolved_and_those_of_other_teams_are_left_alone(agent, fairview, others):
    answer = do(agent, "resolve", [1, *others])
    assert states(fairview) == ["resolved", "resolved", "resolved", "open"]
    assert "3 done." in answer.content.decode()


def test_many_are_taken_back_together(agent, fairview, others):
    answer = do(agent, "resolve", [1, others[0]])
    undone = agent.post("/inbox/bulk/undo/", {"token": token_in(answer)}, headers=HTMX)
    assert "2 undone." in undone.content.decode()
    assert states(fairview) == ["open"] * 4


def test_another_member_cannot_take_back_what_one_did(agent, fairview, others, client_of):
    token = token_in(do(agent, "spam", others[:2]))
    client_of(fairview.lead).post("/inbox/bulk/undo/", {"token": token}, headers=HTMX)
    assert states(fairview, "is_spam") == [False, True, True, False]


@pytest.mark.parametrize(
    ("act", "field"), [("claim", "owner_id"), ("assign", "owner_id"), ("move", "topic_id")]
)
def test_many_are_given_and_moved(agent, fairview, others, act, field):
    data = {"owner": fairview.lead.pk, "topic": fairview.topic.pk}
    do(agent, act, others, **data)
    expected = {"claim": fairview.agent.pk, "assign": fairview.lead.pk, "move": fairview.topic.pk}
    assert states(fairview, field)[1:] == [expected[act], expected[act], None]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"act": "resolve"}, "Tick a conversation first."),
        ({"act": "assign", "number": [1]}, "Choose whom to give them to."),
        ({"act": "move", "number": [1], "topic": 999_999}, "Choose the topic to move them to."),
        ({"act": "resolve", "number": ["x", "9" * 30, "-1"]}, "Tick a conversation first."),
        ({"act": "resolve", "number": list(range(1, 102))}, "Tick at most 100"),
        ({"act": "explode", "number": [1]}, ""),
        ({"act": "assign", "number": [1], "owner": "9" * 40}, ""),
    ],
)
def test_what_cannot_be_done_says_why(agent, fairview, data, sentence):
    answer = agent.post("/inbox/bulk/", data, headers=HTMX)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert states(fairview) == ["open"]


def test_without_a_script_it_leads_back_to_the_list(agent, fairview):
    answer = agent.post(
        "/inbox/bulk/", {"act": "resolve", "number": [1], "back": "view=mine&topic=3"}
    )
    assert answer.url == "/inbox/?view=mine&topic=3"
    assert "1 done." in agent.get("/inbox/?view=mine").content.decode()


@pytest.mark.parametrize("token", ["", "x", "\x00", "W10:1:x"])
def test_a_token_that_is_not_ours_takes_nothing_back(agent, token):
    answer = agent.post("/inbox/bulk/undo/", {"token": token}, headers=HTMX)
    assert "0 undone." in answer.content.decode()
