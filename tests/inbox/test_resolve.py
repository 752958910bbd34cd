"""Acting on the page: resolve and the other verbs, one request each, and taking them back."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from districts.scope import district_scope
from families.models import Delivery
from inbox.answering import family_writes
from inbox.models import Conversation, Event
from tests.builders import HOUR, NOON, make_topic
from tests.cast import Cast

HTMX = {"hx-request": "true"}


@pytest.fixture
def agent(fairview: Cast, client_of) -> Client:
    return client_of(fairview.agent)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON + HOUR, tick=False) as traveller:
        yield traveller


def do(client: Client, act: str, **data):
    return client.post(f"/inbox/1/{act}/", data, headers=HTMX)


def now(cast: Cast) -> Conversation:
    with district_scope(cast.district.pk):
        return Conversation.objects.select_related("owner", "team", "topic").get(number=1)


def undo(client: Client, cast: Cast, verb: str):
    with district_scope(cast.district.pk):
        event = Event.objects.filter(verb=verb).latest("pk")
    return do(client, f"undo/{event.pk}")


def test_resolving_closes_the_matter_and_asks_for_a_rating(agent, fairview):
    answer = do(agent, "resolve").content.decode()
    assert now(fairview).status == "resolved"
    assert ">Resolved.<" in answer
    assert "/undo/" in answer
    with district_scope(fairview.district.pk):
        assert Delivery.objects.filter(purpose="resolved").count() == 1


def test_an_undone_resolution_is_open_with_its_promise(agent, fairview):
    due = now(fairview).due_at
    do(agent, "resolve")
    undo(agent, fairview, "resolved")
    found = now(fairview)
    assert (found.status, found.due_at is not None) == ("open", due is not None)


def question(cast: Cast) -> Delivery:
    """Return the letter that asks how the help was."""
    with district_scope(cast.district.pk):
        return Delivery.objects.filter(purpose="resolved").latest("pk")


def test_the_request_for_a_rating_waits_a_minute_before_it_is_sent(agent, fairview):
    do(agent, "resolve")
    with district_scope(fairview.district.pk):
        due = Delivery.objects.filter(purpose="resolved").due
        assert not due(NOON + HOUR + timedelta(seconds=59)).exists()
        assert due(NOON + HOUR + timedelta(seconds=60)).exists()


@pytest.mark.parametrize("back", ["undo", "reopen", "the family writes"])
def test_the_request_for_a_rating_is_withdrawn_while_it_waits(agent, fairview, back):
    do(agent, "resolve")
    if back == "undo":
        undo(agent, fairview, "resolved")
    elif back == "reopen":
        do(agent, "reopen")
    else:
        with district_scope(fairview.district.pk):
            family_writes(now(fairview), body="It is not.", at=NOON + HOUR)
    assert now(fairview).status == "open"
    assert question(fairview).state == "suppressed"


def test_a_request_for_a_rating_that_went_out_is_not_withdrawn(agent, fairview):
    do(agent, "resolve")
    letter = question(fairview)
    with district_scope(fairview.district.pk):
        letter.claim(at=NOON + HOUR)
    do(agent, "reopen")
    assert question(fairview).state == "sending"


def test_whoever_resolves_again_asks_again(agent, fairview, clock):
    do(agent, "resolve")
    undo(agent, fairview, "resolved")
    clock.shift(timedelta(minutes=5))
    do(agent, "resolve")
    assert question(fairview).state == "queued"


@pytest.mark.parametrize(
    ("act", "verb", "field", "value"),
    [
        ("pend", "pended", "status", "pending"),
        ("spam", "marked_spam", "is_spam", True),
        ("claim", "assigned", "owner_id", None),
    ],
)
def test_an_act_changes_its_field_and_undoing_gives_it_back(
    fairview, client_of, act, verb, field, value
):
    lead = client_of(fairview.lead)
    before = getattr(now(fairview), field)
    do(lead, act)
    assert getattr(now(fairview), field) == (value or fairview.lead.pk)
    undo(lead, fairview, verb)
    assert getattr(now(fairview), field) == before


def test_given_to_a_colleague_and_back(agent, fairview):
    do(agent, "assign", to=f"member-{fairview.lead.pk}")
    assert now(fairview).owner == fairview.lead
    undo(agent, fairview, "assigned")
    assert now(fairview).owner == fairview.agent


def test_given_to_another_team_it_leaves_ones_sight(agent, fairview):
    with district_scope(fairview.district.pk):
        fairview.conversation.assign(fairview.lead, team=fairview.team, by=fairview.admin, at=NOON)
    answer = do(agent, "assign", to=f"team-{fairview.other_team.pk}")
    assert now(fairview).team == fairview.other_team
    assert "out of your sight" in answer.content.decode()
    assert agent.get("/inbox/1/").status_code == 404


def test_whom_one_cannot_give_to_is_refused(agent, fairview, harbor):
    for to in (
        "",
        "member-999999",
        f"member-{harbor.agent.pk}",
        f"member-{fairview.viewer.pk}",
        f"team-{harbor.team.pk}",
        "member-x",
        "member-" + "9" * 30,
        "pope",
    ):
        answer = do(agent, "assign", to=to)
        assert (answer.status_code, now(fairview).owner) == (422, fairview.agent)


def test_moved_to_another_topic_with_team_and_promise_and_back(fairview, client_of):
    admin = client_of(fairview.admin)
    with district_scope(fairview.district.pk):
        lunch = make_topic("Lunch", team=fairview.other_team, owner=fairview.other_agent)
    do(admin, "move", topic=lunch.pk)
    found = now(fairview)
    assert (found.topic, found.team, found.owner) == (
        lunch,
        fairview.other_team,
        fairview.other_agent,
    )
    undo(admin, fairview, "moved")
    found = now(fairview)
    assert (found.topic, found.team, found.owner) == (
        fairview.topic,
        fairview.team,
        fairview.agent,
    )


def test_a_topic_of_another_district_is_refused(agent, fairview, harbor):
    assert do(agent, "move", topic=harbor.topic.pk).status_code == 422
    assert now(fairview).topic == fairview.topic


def test_a_priority_changes_and_nonsense_does_not(agent, fairview):
    do(agent, "prioritise", priority="urgent")
    assert now(fairview).priority == "urgent"
    assert do(agent, "prioritise", priority="apocalyptic").status_code == 422


@pytest.mark.parametrize(
    ("data", "until"),
    [
        ({"preset": "later"}, "2026-11-03T19:00:00+00:00"),
        ({"preset": "tomorrow"}, "2026-11-04T13:00:00+00:00"),
        ({"preset": "monday"}, "2026-11-09T13:00:00+00:00"),
        ({"preset": "week"}, "2026-11-10T13:00:00+00:00"),
        ({"day": "2026-12-01"}, "2026-12-01T13:00:00+00:00"),
    ],
)
def test_snoozed_until_eight_in_the_morning_here(agent, fairview, data, until):
    do(agent, "snooze", **data)
    assert now(fairview).snoozed_until.isoformat() == until


@pytest.mark.parametrize(
    "data", [{}, {"day": "2026-11-01"}, {"day": "2030-01-01"}, {"day": "soon"}, {"preset": "never"}]
)
def test_a_day_that_is_no_day_ahead_is_refused(agent, fairview, data):
    assert do(agent, "snooze", **data).status_code == 422
    assert now(fairview).snoozed_until is None


def test_woken_reopened_unpended_and_unspammed(agent, fairview):
    do(agent, "snooze", preset="week")
    do(agent, "wake")
    do(agent, "pend")
    do(agent, "unpend")
    do(agent, "spam")
    do(agent, "unspam")
    do(agent, "resolve")
    do(agent, "reopen")
    found = now(fairview)
    assert (found.snoozed_until, found.status, found.is_spam) == (None, "open", False)


def test_what_a_colleague_did_long_ago_or_what_was_overtaken_is_not_undone(
    agent, fairview, client_of, clock
):
    do(agent, "resolve")
    assert "Too late" in undo(client_of(fairview.lead), fairview, "resolved").content.decode()
    clock.shift(timedelta(minutes=11))
    assert "Too late" in undo(agent, fairview, "resolved").content.decode()
    assert now(fairview).status == "resolved"


def test_an_event_of_another_conversation_is_not_undone(agent, fairview, harbor):
    with district_scope(harbor.district.pk):
        event = harbor.conversation.record("resolved", by=harbor.agent, at=NOON)
    assert do(agent, f"undo/{event.pk}").status_code == 404


def test_acting_by_get_changes_nothing(agent, fairview):
    for act in ("resolve", "claim", "spam", "pend", "reply", "note"):
        assert agent.get(f"/inbox/1/{act}/").status_code == 405
    assert now(fairview).status == "open"


def test_a_form_without_its_token_is_refused(fairview):
    client = Client(enforce_csrf_checks=True, headers={"host": fairview.host})
    client.force_login(fairview.agent.user)
    assert client.post("/inbox/1/resolve/").status_code == 403
    assert now(fairview).status == "open"
