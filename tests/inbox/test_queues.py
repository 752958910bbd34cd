"""Within a team: whose turn it is, who is here, what waits, and how it comes out of the queue."""

from datetime import datetime

import pytest

from districts.models import Absence, BusinessCalendar, Membership, Team, TeamMembership
from inbox import draining, handing_over, routing, sweeping, unowned
from inbox.answering import resolve_and_ask
from inbox.models import Conversation, Notification
from inbox.moving import give, move
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation, make_member, make_topic
from tests.cast import Cast

NIGHT = NOON + 12 * HOUR


def make_team(*people: str, way: str = "round_robin", **fields) -> Team:
    """Make a team that gives by itself, with these people in it."""
    team = Team.objects.create(name="Depot", distribution=way, **fields)
    for name in people:
        make_member(name, team=team)
    return team


def who(name: str) -> Membership:
    return Membership.objects.get(name=name)


def be_away(member: Membership, *, days: int = 1, **fields) -> Absence:
    span = {"starts_at": NOON - DAY, "ends_at": NOON + days * DAY}
    return Absence.objects.create(member=member, **{**span, **fields})


def routed(team: Team, *, at: datetime = NOON, **fields) -> Conversation:
    topic = fields.pop("topic", None) or make_topic(f"Topic {Conversation.objects.count()}")
    topic.team = team
    topic.save(update_fields=["team"])
    asked = make_conversation(routed=False, topic=topic, at=at, **fields)
    routing.take(asked.pk, at=at)
    asked.refresh_from_db()
    return asked


def owners(team: Team) -> list[str]:
    rows = Conversation.objects.filter(team=team).order_by("number").select_related("owner")
    return [row.owner.name if row.owner else "" for row in rows]


def drained(at: datetime = NOON) -> None:
    draining.drain(at=at)


def test_in_turn_each_gets_one(in_fairview: Cast):
    team = make_team("Ada", "Ben", "Cy")
    for _ in range(4):
        routed(team)
    assert owners(team) == ["Ada", "Ben", "Cy", "Ada"]


def test_the_turn_passes_over_whoever_is_out_of_office(in_fairview: Cast):
    team = make_team("Ada", "Ben", "Cy")
    be_away(who("Ben"))
    for _ in range(3):
        routed(team)
    assert owners(team) == ["Ada", "Cy", "Ada"]


def test_by_load_whoever_has_the_least_gets_the_next(in_fairview: Cast):
    team = make_team("Ada", "Ben", way="least_loaded")
    for _ in range(2):
        make_conversation(owner=who("Ada"))
    for _ in range(3):
        routed(team)
    assert owners(team) == ["Ben", "Ben", "Ada"]


def test_the_decision_says_how_it_came_about(in_fairview: Cast):
    team = make_team("Ada", "Ben", "Cy")
    be_away(who("Cy"))
    event = routed(team).events.get(verb="routed")
    assert event.detail["decided_by"] == "round_robin"
    assert (event.detail["among"], event.detail["owner"]) == (2, "Ada")


def test_a_team_by_hand_leaves_it_to_the_topics_owner(in_fairview: Cast):
    team = make_team("Ada", way="manual")
    topic = make_topic("Stops", owner=in_fairview.agent)
    assert routed(team, topic=topic).owner == in_fairview.agent


def test_the_teams_own_way_goes_before_the_topics_owner(in_fairview: Cast):
    topic = make_topic("Stops", owner=in_fairview.agent)
    assert routed(make_team("Ada"), topic=topic).owner.name == "Ada"


def test_a_team_without_anybody_falls_back(in_fairview: Cast):
    assert routed(make_team()).owner == in_fairview.manager


@pytest.mark.parametrize(("here_by", "owner"), [("any", "Ada"), ("team", ""), ("own", "Ben")])
def test_hours_are_the_teams_or_each_members_own(in_fairview: Cast, here_by, owner):
    always = BusinessCalendar.objects.create(name="Night", time_zone="America/New_York")
    for weekday in range(7):
        always.weekly_spans.create(weekday=weekday, opens_minute=0, closes_minute=1440)
    team = make_team("Ada", "Ben", here_by=here_by)
    Membership.objects.filter(name="Ben").update(calendar=always)
    routed(team, at=NIGHT)
    assert owners(team) == [owner]


def test_when_everybody_is_full_it_waits_until_somebody_resolves(in_fairview: Cast):
    team = make_team("Ada", cap=1)
    first, second = routed(team), routed(team)
    assert (second.owner, second.queued_at) == (None, NOON)
    assert second.events.get(verb="routed").detail["why"] == "full"
    drained()
    assert owners(team) == ["Ada", ""]
    resolve_and_ask(first, by=who("Ada"), at=NOON)
    drained()
    second.refresh_from_db()
    assert (second.owner.name, second.queued_at) == ("Ada", None)
    assert second.events.get(verb="assigned").detail["decided_by"] == "round_robin"


def test_a_cap_of_their_own_goes_before_the_teams(in_fairview: Cast):
    team = make_team("Ada", "Ben", cap=1)
    TeamMembership.objects.filter(member=who("Ada")).update(cap=0)
    routed(team)
    routed(team)
    assert owners(team) == ["Ben", ""]
    TeamMembership.objects.filter(member=who("Ada")).update(cap=2)
    drained()
    assert owners(team) == ["Ben", "Ada"]


def test_the_queue_is_drained_when_a_shift_begins(in_fairview: Cast):
    team = make_team("Ada")
    routed(team, at=NIGHT)
    sweeping.sweep_queues(at=NIGHT + HOUR)
    assert owners(team) == [""]
    sweeping.sweep_queues(at=NOON + DAY)
    assert owners(team) == ["Ada"]


def test_conversations_nobody_owns_because_everyone_was_away(in_fairview: Cast):
    """The failure at the head of sla.md: it waits, is listed and told of, and sticks to nobody."""
    team = make_team("Ada", "Ben")
    be_away(who("Ada"), days=3)
    be_away(who("Ben"), days=5)
    asked = routed(team)
    assert (asked.owner, asked.team) == (None, team)
    assert asked.events.get(verb="routed").detail["why"] == "away"
    assert list(Conversation.objects.ownerless(NOON)) == [asked]
    sweeping.sweep_unowned(at=NOON + MINUTE)
    sweeping.sweep_unowned(at=NOON + 2 * MINUTE)
    told = Notification.objects.get(verb="unowned")
    assert (told.member, told.conversation) == (in_fairview.manager, asked)
    sweeping.sweep_queues(at=NOON + 3 * DAY + HOUR)
    assert owners(team) == ["Ada"]
    assert not Conversation.objects.ownerless(NOON + 3 * DAY).exists()


def test_many_that_nobody_has_are_told_of_as_one(in_fairview: Cast):
    team = make_team("Ada")
    be_away(who("Ada"))
    for _ in range(unowned.MANY):
        routed(team)
    unowned.tell_of_unowned(at=NOON)
    told = Notification.objects.get()
    assert (told.verb, told.detail["count"]) == ("unowned_many", unowned.MANY)


def test_what_nobody_has_is_told_to_whoever_stands_in_for_the_district(in_fairview: Cast):
    be_away(in_fairview.manager)
    team = make_team("Ada")
    be_away(who("Ada"))
    routed(team)
    unowned.tell_of_unowned(at=NOON)
    assert Notification.objects.get().member == in_fairview.admin


def test_what_is_due_first_comes_out_of_the_queue_first(in_fairview: Cast):
    team = make_team("Ada", cap=0)
    later, sooner = routed(team), routed(team)
    Conversation.objects.filter(pk=sooner.pk).update(due_at=NOON + HOUR)
    Team.objects.filter(pk=team.pk).update(cap=1)
    drained()
    assert owners(team) == ["", "Ada"]
    assert later.number < sooner.number


def test_what_arrives_does_not_jump_the_queue(in_fairview: Cast):
    team = make_team("Ada", cap=0)
    first = routed(team)
    Team.objects.filter(pk=team.pk).update(cap=1)
    second = routed(team)
    assert second.events.get(verb="routed").detail["why"] == "turn"
    drained()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.owner.name, second.owner) == ("Ada", None)


def test_what_is_critical_goes_past_the_caps_and_says_so(in_fairview: Cast):
    team = make_team("Ada", cap=0)
    asked = routed(team, priority="critical")
    assert asked.owner.name == "Ada"
    assert asked.events.get(verb="routed").detail["cap"] == 0


def test_what_is_critical_does_not_wait_while_the_team_is_away(in_fairview: Cast):
    team = make_team("Ada")
    be_away(who("Ada"))
    assert routed(team, priority="critical").owner == in_fairview.manager


def test_nobody_is_given_what_their_schools_hide_from_them(in_fairview: Cast):
    team = make_team("Ada", "Ben")
    who("Ada").school_links.create(school=in_fairview.other_school)
    routed(team, school=in_fairview.school)
    assert owners(team) == ["Ben"]


def test_one_that_cannot_be_given_does_not_hold_up_the_rest(in_fairview: Cast):
    team = make_team("Ada", "Ben", cap=0)
    be_away(who("Ben"))
    who("Ada").school_links.create(school=in_fairview.other_school)
    routed(team, school=in_fairview.school)
    routed(team, school=in_fairview.other_school)
    Team.objects.filter(pk=team.pk).update(cap=5)
    drained()
    assert owners(team) == ["", "Ada"]


def test_an_owner_who_is_away_is_stood_in_for(in_fairview: Cast):
    be_away(in_fairview.agent, substitute=in_fairview.lead)
    asked = make_conversation(routed=False, topic=in_fairview.topic)
    routing.take(asked.pk, at=NOON)
    asked.refresh_from_db()
    assert asked.owner == in_fairview.lead
    assert asked.events.get(verb="routed").detail["stands_in_for"] == in_fairview.agent.name


def test_where_all_of_the_chain_are_away_it_waits_for_the_first_who_is_back(in_fairview: Cast):
    be_away(in_fairview.agent, days=5)
    be_away(in_fairview.manager, days=2)
    asked = make_conversation(routed=False, topic=in_fairview.topic)
    routing.take(asked.pk, at=NOON)
    asked.refresh_from_db()
    assert (asked.owner, asked.team) == (None, in_fairview.team)
    drained(NOON + HOUR)
    sweeping.sweep_queues(at=NOON + 2 * DAY + MINUTE)
    asked.refresh_from_db()
    assert asked.owner == in_fairview.manager


def test_what_is_given_to_a_team_goes_to_one_of_its_members(in_fairview: Cast):
    team = make_team("Ada")
    give(in_fairview.conversation, team, by=in_fairview.lead, at=NOON)
    assert in_fairview.conversation.owner.name == "Ada"
    event = in_fairview.conversation.events.get(verb="assigned")
    assert (event.by, event.detail["decided_by"]) == (in_fairview.lead, "round_robin")


def test_what_is_given_to_a_full_team_waits(in_fairview: Cast):
    team = make_team("Ada", cap=0)
    give(in_fairview.conversation, team, by=in_fairview.lead, at=NOON)
    assert in_fairview.conversation.queued_at == NOON


def test_another_topic_leads_to_its_teams_way(in_fairview: Cast):
    topic = make_topic("Depot", team=make_team("Ada"), owner=in_fairview.lead)
    move(in_fairview.conversation, topic, by=in_fairview.agent, at=NOON)
    assert in_fairview.conversation.owner.name == "Ada"


def test_taking_it_on_takes_it_out_of_the_queue(in_fairview: Cast):
    team = make_team("Ada", cap=0)
    asked = routed(team)
    asked.claim(by=in_fairview.lead, at=NOON)
    assert not Conversation.objects.queued().exists()


def test_an_absence_moves_open_work_once_its_first_day_has_come(in_fairview: Cast):
    team = make_team("Ada", "Ben")
    asked = routed(team)
    be_away(who("Ada"), open_work="team", starts_at=NOON + HOUR)
    sweeping.sweep_queues(at=NOON)
    assert owners(team) == ["Ada"]
    sweeping.sweep_queues(at=NOON + 2 * HOUR)
    assert owners(team) == ["Ben"]
    asked.refresh_from_db()
    asked.assign(who("Ada"), team=team, by=in_fairview.lead, at=NOON + 3 * HOUR)
    sweeping.sweep_queues(at=NOON + 4 * HOUR)
    assert owners(team) == ["Ada"]


def test_an_absence_may_give_open_work_to_the_substitute_or_keep_it(in_fairview: Cast):
    asked = in_fairview.conversation
    be_away(in_fairview.agent, open_work="keep", substitute=in_fairview.lead)
    handing_over.begin_absences(at=NOON)
    asked.refresh_from_db()
    assert asked.owner == in_fairview.agent
    be_away(in_fairview.agent, open_work="substitute", substitute=in_fairview.lead)
    handing_over.begin_absences(at=NOON)
    asked.refresh_from_db()
    assert asked.owner == in_fairview.lead


def test_many_open_conversations_are_moved_by_a_job(in_fairview: Cast, monkeypatch):
    monkeypatch.setattr(handing_over, "BATCH", 2)
    for _ in range(4):
        make_conversation(owner=in_fairview.agent, team=in_fairview.team)
    handing_over.move_open_work(in_fairview.agent, to=in_fairview.lead, by=None, at=NOON)
    assert handing_over.progress(in_fairview.agent) == ["Being moved: 0 of 5 open conversations."]
    sweeping.sweep_jobs(at=NOON)
    assert Conversation.objects.filter(owner=in_fairview.lead).count() == 5
    assert handing_over.progress(in_fairview.agent) == []
