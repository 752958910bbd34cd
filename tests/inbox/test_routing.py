"""From an unrouted conversation to team, owner, clocks and acknowledgement."""

import pytest

from districts.models import Department
from families.models import Delivery
from inbox import routing
from inbox.models import Conversation, InboxSettings
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation, make_topic
from tests.cast import Cast


def routed(**fields) -> Conversation:
    asked = make_conversation(routed=False, **fields)
    routing.take(asked.pk, at=NOON + MINUTE)
    asked.refresh_from_db()
    return asked


def reason(asked: Conversation) -> str:
    return asked.events.get(verb="routed").detail["decided_by"]


def test_the_topic_gives_team_and_owner(in_fairview: Cast):
    asked = routed(topic=in_fairview.topic)
    assert (asked.team, asked.owner) == (in_fairview.team, in_fairview.agent)
    assert (reason(asked), asked.routed_at) == ("topic", NOON + MINUTE)
    assert asked.assignments.get().owner == in_fairview.agent


def test_a_topic_without_an_owner_falls_to_its_department(in_fairview: Cast):
    office = Department.objects.create(name="Buses", owner=in_fairview.lead)
    topic = make_topic("Stops", team=in_fairview.team, department=office)
    asked = routed(topic=topic)
    assert (asked.owner, reason(asked)) == (in_fairview.lead, "department")


def test_without_a_topic_the_district_owns_it(in_fairview: Cast):
    asked = routed()
    assert (asked.owner, asked.team) == (in_fairview.manager, in_fairview.team)
    assert reason(asked) == "district"


def test_an_owner_who_left_is_passed_over(in_fairview: Cast):
    in_fairview.agent.is_active = False
    in_fairview.agent.save()
    assert routed(topic=in_fairview.topic).owner == in_fairview.manager


def test_an_owner_who_may_not_answer_is_passed_over(in_fairview: Cast):
    topic = make_topic("Lunch", team=in_fairview.team, owner=in_fairview.viewer)
    assert routed(topic=topic).owner == in_fairview.manager


def test_what_nobody_owns_is_listed_as_unowned(in_fairview: Cast):
    InboxSettings.objects.update(fallback_owner=None)
    asked = routed()
    assert reason(asked) == "nobody"
    assert list(Conversation.objects.unowned()) == [asked]


def test_who_took_it_before_routing_keeps_it(in_fairview: Cast):
    asked = make_conversation(routed=False, topic=in_fairview.topic)
    asked.claim(by=in_fairview.lead, at=NOON)
    routing.take(asked.pk, at=NOON)
    asked.refresh_from_db()
    assert asked.owner == in_fairview.lead


def test_clocks_count_from_receipt_not_from_routing(in_fairview: Cast):
    asked = routed(topic=in_fairview.topic)
    assert {clock.metric for clock in asked.clocks.all()} == {"first_response", "resolution"}
    assert {clock.began_at for clock in asked.clocks.all()} == {NOON}
    assert asked.due_at == min(clock.due_at for clock in asked.clocks.all())


def test_routing_twice_changes_nothing(in_fairview: Cast):
    asked = routed(topic=in_fairview.topic)
    routing.take(asked.pk, at=NOON + DAY)
    routing.take_waiting(at=NOON + DAY)
    assert asked.events.filter(verb="routed").count() == 1
    assert asked.clocks.count() == 2
    assert Delivery.objects.filter(key=f"ack:{asked.pk}").count() == 1


def test_the_acknowledgement_names_the_promise_in_the_familys_language(in_fairview: Cast):
    asked = routed(topic=in_fairview.topic, language="es")
    mail = Delivery.objects.get(key=f"ack:{asked.pk}")
    assert "jueves" in mail.text_body
    assert mail.headers["Auto-Submitted"] == "auto-replied"


def test_the_acknowledgement_repeats_nothing_that_was_typed(in_fairview: Cast):
    asked = routed(sender_name="CLICK evil.example", subject="Cheap pills", student_name="Pills")
    mail = Delivery.objects.get(key=f"ack:{asked.pk}")
    everything = f"{mail.subject} {mail.to_name} {mail.text_body} {mail.html_body}"
    assert "evil" not in everything
    assert "ills" not in everything
    assert "Bus 12" not in everything


@pytest.mark.parametrize(
    "fields",
    [{"is_anonymous": True}, {"sender_email": ""}, {"suspicion": "honeypot"}, {"is_spam": True}],
)
def test_no_acknowledgement_goes_where_it_is_not_wanted(in_fairview: Cast, fields):
    routed(**fields)
    assert not Delivery.objects.exists()


def test_an_address_gets_three_acknowledgements_a_day(in_fairview: Cast):
    for name in (
        "Ana@family.example",
        "ana@family.example",
        "ANA@FAMILY.EXAMPLE",
        "ana@Family.example",
    ):
        routed(sender_email=name)
    assert Delivery.objects.count() == 3


def test_the_next_day_an_address_is_acknowledged_again(in_fairview: Cast):
    for _ in range(3):
        routed()
    later = make_conversation(routed=False)
    routing.take(later.pk, at=NOON + DAY + HOUR)
    assert Delivery.objects.count() == 4


def test_suspicion_sets_aside_and_taking_it_back_counts_from_receipt(in_fairview: Cast):
    asked = routed(topic=in_fairview.topic, suspicion="honeypot")
    assert (asked.is_spam, asked.due_at) == (True, None)
    asked.unmark_spam(by=in_fairview.agent, at=NOON + HOUR)
    assert {clock.began_at for clock in asked.clocks.live()} == {NOON}
    assert asked.owner == in_fairview.agent


def test_what_cannot_be_routed_ends_with_a_person_all_the_same(in_fairview: Cast, monkeypatch):
    def fail(conversation, *, at):
        raise RuntimeError("This calendar never opens.")

    monkeypatch.setattr(routing, "start_clocks", fail)
    asked = make_conversation(routed=False, topic=in_fairview.topic)
    for _ in range(routing.LAST_TRY):
        routing.take_waiting(at=NOON)
    asked.refresh_from_db()
    assert (asked.owner, reason(asked)) == (in_fairview.manager, "trouble")
