"""Rules: what they look at, what they do, in which order, and what may be saved."""

import pytest

from districts.models import BusinessCalendar
from families.models import Delivery
from inbox import routing, rules
from inbox.models import Conversation, RoutingRule, SavedReply, Tag
from inbox.rules import Part
from tests.builders import HOUR, MINUTE, NOON, make_conversation, make_guardian, make_topic
from tests.cast import Cast

BUS = Part("words", "bus")


def make_rule(cast: Cast, conditions=(BUS,), actions=(), *, name="Bus words", on=True, **fields):
    rule = RoutingRule(name=name, **fields)
    rules.save(rule, conditions=conditions, actions=actions, by=cast.admin, at=NOON)
    rules.switch(rule, on=on, by=cast.admin, at=NOON)
    return rule


def routed(**fields) -> Conversation:
    asked = make_conversation(routed=False, **fields)
    routing.take(asked.pk, at=NOON + MINUTE)
    asked.refresh_from_db()
    return asked


def test_a_rule_sets_topic_team_priority_tag_and_owner(in_fairview: Cast):
    given = [
        Part("topic", in_fairview.topic),
        Part("team", in_fairview.other_team),
        Part("priority", "urgent"),
        Part("tag", "late bus"),
        Part("owner", in_fairview.other_agent),
    ]
    make_rule(in_fairview, actions=given)
    asked = routed()
    assert (asked.topic, asked.team) == (in_fairview.topic, in_fairview.other_team)
    assert (asked.owner, asked.priority) == (in_fairview.other_agent, "urgent")
    assert [link.tag.name for link in asked.tag_links.all()] == ["late bus"]


def test_the_timeline_says_which_rule_acted(in_fairview: Cast):
    make_rule(in_fairview, actions=[Part("topic", in_fairview.topic)])
    asked = routed()
    assert asked.events.get(verb="moved").detail["rule"] == "Bus words"
    assert asked.events.get(verb="routed").detail["rule"] == "Bus words"


def test_the_earlier_rule_counts_where_two_say_different_things(in_fairview: Cast):
    make_rule(in_fairview, actions=[Part("priority", "low")], name="First")
    second = make_rule(in_fairview, actions=[Part("priority", "urgent")], name="Second")
    assert routed().priority == "low"
    rules.move(second, up=True, by=in_fairview.admin, at=NOON)
    assert routed().priority == "urgent"


def test_a_rule_that_is_off_does_nothing_and_counts_nothing(in_fairview: Cast):
    rule = make_rule(in_fairview, actions=[Part("priority", "low")], on=False)
    assert routed().priority == "normal"
    rule.refresh_from_db()
    assert (rule.hits, rule.last_hit_at) == (0, None)


def test_hits_are_counted(in_fairview: Cast):
    rule = make_rule(in_fairview, actions=[Part("priority", "low")])
    routed()
    routed()
    routed(body="Lunch was cold.")
    rule.refresh_from_db()
    assert (rule.hits, rule.last_hit_at) == (2, NOON + MINUTE)


@pytest.mark.parametrize(
    ("part", "fields", "found"),
    [
        (Part("words", "BÚS"), {}, True),
        (Part("words", "bus", is_not=True), {}, False),
        (Part("pattern", r"bus\s+\d+"), {}, True),
        (Part("sender", "known"), {}, False),
        (Part("sender", "unknown"), {}, True),
        (Part("language", "es"), {"language": "es"}, True),
        (Part("channel", "form"), {}, True),
        (Part("channel", "phone"), {}, False),
        (Part("kind", "concern"), {"kind": "concern"}, True),
        (Part("kind", "concern", is_not=True), {"kind": "concern"}, False),
    ],
)
def test_conditions_look_at_what_they_say(in_fairview: Cast, part, fields, found):
    make_rule(in_fairview, [part], [Part("priority", "urgent")])
    assert (routed(**fields).priority == "urgent") is found


def test_a_condition_looks_at_topic_school_and_who_is_known(in_fairview: Cast):
    parts = [
        Part("topic", in_fairview.topic),
        Part("school", in_fairview.school),
        Part("sender", "known"),
    ]
    make_rule(in_fairview, parts, [Part("priority", "urgent")])
    same = {"topic": in_fairview.topic, "school": in_fairview.school}
    assert routed(**same, guardian=make_guardian()).priority == "urgent"
    assert routed(**same).priority == "normal"
    assert routed(school=in_fairview.school, guardian=make_guardian()).priority == "normal"


def test_any_of_the_conditions_may_be_enough(in_fairview: Cast):
    parts = [Part("words", "lunch"), BUS]
    make_rule(in_fairview, parts, [Part("priority", "urgent")], matches_all=False)
    assert routed().priority == "urgent"


@pytest.mark.parametrize(("at", "found"), [(NOON, False), (NOON + 12 * HOUR, True)])
def test_a_condition_looks_at_the_hours_of_a_calendar(in_fairview: Cast, at, found):
    part = Part("hours", BusinessCalendar.objects.get(), is_not=True)
    make_rule(in_fairview, [part], [Part("priority", "urgent")])
    assert (routed(at=at).priority == "urgent") is found


def test_a_saved_reply_is_sent_and_keeps_no_promise(in_fairview: Cast):
    reply = SavedReply.objects.create(name="Map", body="See the map.", body_es="Vea el mapa.")
    make_rule(in_fairview, actions=[Part("reply", reply)])
    asked = routed(language="es")
    message = asked.messages.get(direction="outbound")
    assert (message.body, message.author) == ("Vea el mapa.", None)
    assert (asked.first_replied_at, asked.clocks.filter(state="running").count()) == (None, 2)
    mail = message.delivery
    assert mail.headers["Auto-Submitted"] == "auto-replied"
    assert "Bus 12" not in f"{mail.subject}{mail.text_body}{mail.to_name}"


def test_a_saved_reply_never_goes_where_an_acknowledgement_does_not(in_fairview: Cast):
    reply = SavedReply.objects.create(name="Map", body="See the map.")
    make_rule(in_fairview, actions=[Part("reply", reply)])
    routed(is_anonymous=True)
    routed(suspicion="honeypot")
    assert not Delivery.objects.exists()


def test_a_rules_team_is_answered_for_by_its_own_people(in_fairview: Cast):
    make_rule(in_fairview, actions=[Part("team", in_fairview.other_team)])
    asked = routed(topic=in_fairview.topic)
    assert (asked.team, asked.owner) == (in_fairview.other_team, in_fairview.manager)


def test_tags_are_one_whatever_their_capitals(in_fairview: Cast):
    make_rule(in_fairview, actions=[Part("tag", "Late bus"), Part("tag", "late BUS")])
    assert Tag.objects.get().name == "Late bus"
    assert routed().tag_links.count() == 1


def test_a_calendar_that_a_rule_looks_at_stays(in_fairview: Cast, client_of):
    calendar = BusinessCalendar.objects.create(name="Depot", time_zone="America/New_York")
    make_rule(in_fairview, [Part("hours", calendar)], [Part("priority", "low")])
    page = client_of(in_fairview.admin).post(f"/settings/calendars/{calendar.pk}/remove/")
    assert page.status_code == 422


def test_a_topic_that_a_rule_leads_to_stays_in_use(in_fairview: Cast, client_of):
    topic = make_topic("Stops", team=in_fairview.team, owner=in_fairview.agent)
    make_rule(in_fairview, actions=[Part("topic", topic)])
    page = client_of(in_fairview.admin).post(
        f"/settings/topics/{topic.pk}/", {"name": "Stops", "icon": "bus", "position": "0"}
    )
    assert page.status_code == 422
    assert "“Bus words” gives questions to Stops" in page.content.decode()


def test_who_a_rule_names_cannot_leave_without_a_successor(in_fairview: Cast, client_of):
    rule = make_rule(in_fairview, actions=[Part("owner", in_fairview.other_agent)])
    admin, leave = client_of(in_fairview.admin), f"{in_fairview.other_agent.pk}/leave/"
    page = admin.post(f"/settings/people/{leave}", {"successor": ""})
    assert page.status_code == 422
    assert "Bus words" in page.content.decode()
    admin.post(f"/settings/people/{leave}", {"successor": in_fairview.lead.pk})
    assert rule.actions.get().owner == in_fairview.lead
