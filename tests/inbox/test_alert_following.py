"""Critical alerts follow a merging, and come back when it is taken back."""

import pytest
from django.core.exceptions import ValidationError

from districts.models import Team
from inbox.access import visible_to
from inbox.alert_reviewing import review
from inbox.merging import merge
from inbox.models import Conversation, Notification
from inbox.undoing import undo
from tests.builders import HOUR, MINUTE, NOON, make_conversation, make_own_policy, make_topic
from tests.cast import Cast
from tests.inbox.test_alerts import make_list, routed, sam
from tests.inbox.test_merging import again, rows

LATER = NOON + HOUR


@pytest.fixture
def calm(in_fairview: Cast) -> Conversation:
    """Return an earlier question of the same person, to which the alarm will be merged."""
    return make_conversation(topic=in_fairview.topic, owner=in_fairview.manager, priority="low")


@pytest.fixture
def alarm(in_fairview: Cast, safety: Team, calm: Conversation) -> Conversation:
    make_list(team=safety)
    return routed(topic=in_fairview.topic, priority="urgent")


def test_an_alert_follows_and_raises_what_it_goes_on_in(in_fairview: Cast, safety, calm, alarm):
    make_own_policy(wanted={"priority": ["critical"]}, minutes=30, round_the_clock=True)
    merge(alarm, calm, by=in_fairview.agent, at=LATER)
    again(alarm, calm)
    assert (calm.priority, calm.alerts.get().state, alarm.alerts.count()) == ("critical", "open", 0)
    assert calm.clocks.live().get(metric="first_response").policy_name == "Buses"
    assert {calm, alarm} <= set(visible_to(sam(safety)))


def test_nobody_is_told_twice_and_the_new_owner_once(in_fairview: Cast, safety, calm, alarm):
    merge(alarm, calm, by=in_fairview.agent, at=LATER)
    told = Notification.objects.filter(verb="critical").values_list("member__name", flat=True)
    who = [sam(safety).name, in_fairview.agent.name, in_fairview.manager.name]
    assert sorted(told) == sorted(who)


def test_the_alert_comes_back_with_all_that_followed_it(in_fairview: Cast, safety, calm, alarm):
    make_own_policy(wanted={"priority": ["critical"]}, minutes=30, round_the_clock=True)
    before = rows(alarm, calm)
    event = merge(alarm, calm, by=in_fairview.agent, at=LATER)
    again(alarm, calm)
    undo(alarm, event, by=in_fairview.agent, at=LATER + MINUTE)
    assert rows(alarm, calm) == before
    assert (alarm.alerts.get().priority_before, calm.alerts.count()) == ("urgent", 0)
    assert calm not in visible_to(sam(safety))


def test_a_false_alarm_leads_back_to_what_the_one_that_stays_was(in_fairview: Cast, calm, alarm):
    merge(alarm, calm, by=in_fairview.agent, at=LATER)
    again(calm)
    alert = calm.alerts.get()
    alert.conversation = calm
    review(alert, state="false", reason="A song.", by=in_fairview.agent, at=LATER)
    again(calm)
    assert calm.priority == "low"


def test_a_false_alarm_follows_and_raises_nothing(in_fairview: Cast, calm, alarm):
    alert = alarm.alerts.get()
    alert.conversation = alarm
    review(alert, state="false", reason="A song.", by=in_fairview.agent, at=NOON)
    again(alarm)
    merge(alarm, calm, by=in_fairview.agent, at=LATER)
    again(calm)
    assert (calm.priority, calm.alerts.get().state) == ("low", "false")


def test_merging_what_is_resolved_closes_no_alert(in_fairview: Cast, calm, alarm):
    alarm.resolve(by=in_fairview.agent, at=NOON)
    merge(alarm, calm, by=in_fairview.agent, at=LATER)
    again(calm)
    assert (calm.status, calm.priority, calm.alerts.get().state) == ("open", "critical", "open")


# --- private ------------------------------------------------------------------------------------


@pytest.fixture
def hidden(in_fairview: Cast) -> Conversation:
    topic = make_topic("Counselling", is_private=True, team=in_fairview.team)
    return make_conversation(topic=topic, owner=in_fairview.agent)


def test_what_is_private_goes_on_only_in_what_is_private_too(in_fairview: Cast, hidden, calm):
    with pytest.raises(ValidationError, match=f"Merge #{calm.number} into it instead"):
        merge(hidden, calm, by=in_fairview.agent, at=LATER)
    merge(calm, hidden, by=in_fairview.agent, at=LATER)
    assert hidden.messages.count() == 2


def test_in_what_is_private_the_team_sees_it_once_it_is_let(
    in_fairview: Cast, safety, hidden, alarm, client_of
):
    page = client_of(in_fairview.admin).get(f"/inbox/{alarm.number}/merge/?into={hidden.number}")
    assert "Safety will not see the alert any more until you let them." in page.content.decode()
    merge(alarm, hidden, by=in_fairview.agent, at=LATER)
    again(hidden)
    assert (hidden.priority, hidden.alerts.count()) == ("critical", 1)
    assert not {alarm, hidden} & set(visible_to(sam(safety)))
