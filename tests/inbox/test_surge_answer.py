"""Answering a surge together: each family once, in its language, in its own conversation."""

import pytest
from django.test import Client

from families.models import Delivery
from inbox import running, surge_answer, surges
from inbox.answering import family_writes, reply
from inbox.models import Conversation, Job, Message, Surge
from inbox.surge_answer import Text
from tests.builders import MINUTE, NOON, make_conversation, make_topic
from tests.cast import Cast
from tests.inbox.sweeps import sweep_jobs
from tests.inbox.test_surges import make_surge

NOW = NOON + 10 * MINUTE
LATER = NOW + MINUTE
TEXT = Text("Bus 12 is on its way.", "El autobús 12 ya viene.")


@pytest.fixture(autouse=True)
def _now(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


def begin(cast: Cast, surge: Surge, text: Text = TEXT) -> Job:
    audience = surge_answer.audience_of(surge, cast.agent)
    seen = surge_answer.newest_message()
    return surge_answer.begin(surge, text, to=audience.plain, seen=seen, by=cast.agent, at=NOW)


def answers() -> dict[str, str]:
    found = Message.objects.filter(direction="outbound").select_related("conversation")
    return {each.conversation.sender_email: each.body for each in found}


def test_each_family_gets_its_language_in_its_own_conversation(in_fairview: Cast):
    surge = make_surge(in_fairview, 12)
    spanish = make_conversation(language="es", team=in_fairview.team, sender_email="es@f.example")
    surges.add(surge, spanish, by=in_fairview.agent, at=NOON)
    job = begin(in_fairview, surge)
    sweep_jobs(LATER)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"sent": 13})
    said = answers()
    assert said.pop("es@f.example") == TEXT.body_es
    assert set(said.values()) == {TEXT.body}
    assert Delivery.objects.filter(purpose="answer").count() == 13
    surge.refresh_from_db()
    assert surge.state == "answered"


def test_nobody_is_answered_twice_however_often_it_is_asked_for(in_fairview: Cast):
    surge = make_surge(in_fairview, 4)
    begin(in_fairview, surge)
    second = begin(in_fairview, surge)
    sweep_jobs(LATER)
    sweep_jobs(LATER)
    second.refresh_from_db()
    assert Message.objects.filter(direction="outbound").count() == 4
    assert set(second.result["left_out"].values()) == {"answered"}


def test_who_was_answered_or_wrote_again_meanwhile_is_left_out_and_listed(
    in_fairview: Cast, client_of
):
    surge = make_surge(in_fairview, 4)
    held = [link.conversation for link in surge.members.order_by("pk")]
    job = begin(in_fairview, surge)
    reply(held[0], body="By hand.", by=in_fairview.agent, at=NOW)
    family_writes(held[1], body="He is at school now.", at=NOW)
    sweep_jobs(LATER)
    job.refresh_from_db()
    left = {str(held[0].pk): "answered", str(held[1].pk): "newer"}
    assert job.result == {"sent": 2, "left_out": left}
    page = client_of(in_fairview.agent).get(f"/surges/{surge.pk}/answer/{job.pk}/")
    assert "The family wrote again." in page.content.decode()
    surge.refresh_from_db()
    assert surge.state == "open"


def test_a_worker_that_dies_half_way_leaves_the_rest_to_the_next(in_fairview: Cast, monkeypatch):
    surge = make_surge(in_fairview, 25)
    job = begin(in_fairview, surge)
    before = surge_answer.step
    calls = []

    def stumbles(job: Job, at) -> None:
        calls.append(job.cursor)
        before(job, at)
        if len(calls) == 2:
            raise OSError("gone")

    monkeypatch.setitem(running.KINDS, "surge_answer", stumbles)
    sweep_jobs(LATER)
    assert Message.objects.filter(direction="outbound").count() == 10
    sweep_jobs(NOW + 5 * MINUTE)
    job.refresh_from_db()
    assert (job.state, job.result["sent"]) == ("done", 25)
    assert Message.objects.filter(direction="outbound").count() == 25


def test_it_waits_ten_seconds_in_which_it_can_be_taken_back(in_fairview: Cast, client_of):
    surge = make_surge(in_fairview, 3)
    job = begin(in_fairview, surge)
    sweep_jobs(NOW + surge_answer.UNDO / 2)
    assert not answers()
    client_of(in_fairview.agent).post(f"/surges/{surge.pk}/answer/{job.pk}/back/")
    sweep_jobs(LATER)
    assert not answers()
    page = client_of(in_fairview.agent).get(f"/surges/{surge.pk}/answer/{job.pk}/")
    assert "Nothing was sent." in page.content.decode()


def test_what_went_out_cannot_be_taken_back(in_fairview: Cast):
    job = begin(in_fairview, make_surge(in_fairview, 3))
    sweep_jobs(LATER)
    assert surge_answer.take_back(job, at=NOW + MINUTE) is False


def test_it_can_resolve_each(in_fairview: Cast):
    surge = make_surge(in_fairview, 3)
    begin(in_fairview, surge, Text("Done.", "", resolve=True))
    sweep_jobs(LATER)
    held = Conversation.objects.filter(surge_links__surge=surge)
    assert set(held.values_list("status", flat=True)) == {"resolved"}


def test_what_the_one_who_asked_may_no_longer_see_is_left_out(in_fairview: Cast):
    surge = make_surge(in_fairview, 2)
    job = begin(in_fairview, surge)
    moved = surge.members.first().conversation
    Conversation.objects.filter(pk=moved.pk).update(team=in_fairview.other_team)
    sweep_jobs(LATER)
    job.refresh_from_db()
    assert job.result["left_out"] == {str(moved.pk): "unseen"}


@pytest.fixture
def agent(in_fairview: Cast, client_of) -> Client:
    """Return a client of an agent of the team."""
    return client_of(in_fairview.agent)


def post(client: Client, surge: Surge, do: str, **said):
    seen = {"seen": surge_answer.newest_message()}
    return client.post(f"/surges/{surge.pk}/answer/", {"do": do, **seen, **said})


def test_it_is_looked_at_before_it_is_sent(in_fairview: Cast, agent):
    surge = make_surge(in_fairview, 3)
    page = post(agent, surge, "preview", body="On its way.").content.decode()
    assert "In English, to 3 families" in page
    assert "Send to 3 families" in page
    assert not Job.objects.exists()
    answer = post(agent, surge, "send", body="On its way.")
    assert answer.status_code == 302
    assert Job.objects.get().said["body"] == "On its way."


def test_both_languages_are_asked_for_only_where_both_are_spoken(in_fairview: Cast, agent):
    surge = make_surge(in_fairview, 2)
    assert "In Spanish" not in agent.get(f"/surges/{surge.pk}/answer/").content.decode()
    spanish = make_conversation(language="es", team=in_fairview.team)
    surges.add(surge, spanish, by=in_fairview.agent, at=NOON)
    assert "In Spanish" in agent.get(f"/surges/{surge.pk}/answer/").content.decode()
    wrong = post(agent, surge, "preview", body="On its way.")
    assert wrong.status_code == 422
    assert "Write it for them too." in wrong.content.decode()


@pytest.mark.parametrize("why", ["critical", "private"])
def test_what_is_grave_is_answered_only_where_a_person_says_so(in_fairview: Cast, agent, why):
    surge = make_surge(in_fairview, 2)
    topic = make_topic("Counselling", is_private=why == "private")
    priority = "critical" if why == "critical" else "normal"
    grave = make_conversation("Bus 12!", team=in_fairview.team, topic=topic, priority=priority)
    surges.add(surge, grave, by=in_fairview.agent, at=NOON)
    post(agent, surge, "send", body="On its way.")
    assert grave.pk not in Job.objects.latest("pk").said["to"]
    post(agent, surge, "send", body="On its way.", include=[str(grave.pk)])
    assert grave.pk in Job.objects.latest("pk").said["to"]


def test_a_form_that_says_nothing_sends_nothing(in_fairview: Cast, agent):
    surge = make_surge(in_fairview, 2)
    assert post(agent, surge, "send", body="  ").status_code == 422
    assert not Job.objects.exists()
