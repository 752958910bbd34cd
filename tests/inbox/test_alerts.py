"""Critical alerts: raised once and at once, however it arrives; nothing is hidden or closed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import Absence, Team
from districts.scope import district_scope
from inbox import alert_rescan, alerting, listing, parsing, routing, sweeping
from inbox.access import eyes_of, visible_to
from inbox.alert_lists import add_phrases
from inbox.alert_reviewing import may_share, review, share
from inbox.answering import family_writes
from inbox.intake import Asked, store
from inbox.models import (
    AlertList,
    Clock,
    Conversation,
    ConversationAlert,
    Job,
    Message,
    Notification,
    SlaPolicy,
    Source,
)
from inbox.models.policy import Aspect, PolicyCondition
from inbox.moving import prioritise
from inbox.phrases import tidy
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation
from tests.cast import Cast

DIRE = "She says that she wants to die. Bus 12."


def make_list(*phrases: str, team: Team | None = None, **fields) -> AlertList:
    made = AlertList.objects.create(
        **({"name": "Self-harm", "category": "self_harm", "team": team} | fields)
    )
    for text in phrases or ("wants to die",):
        made.phrases.create(text=text, folded=tidy(text))
    return made


def routed(body: str = DIRE, **fields) -> Conversation:
    asked = make_conversation(body, routed=False, **fields)
    routing.take(asked.pk, at=NOON)
    asked.refresh_from_db()
    return asked


def sam(safety: Team):
    return safety.members.get()


def test_a_match_raises_the_priority_and_tells_the_team_at_once(in_fairview: Cast, safety):
    make_list(team=safety)
    asked = routed(topic=in_fairview.topic)
    alert = asked.alerts.get()
    assert (alert.words, alert.before, alert.after) == (
        "wants to die",
        "She says that she ",
        ". Bus 12.",
    )
    assert (asked.priority, asked.status, asked.is_spam) == ("critical", "open", False)
    told = Notification.objects.filter(verb="critical")
    assert {one.member for one in told} == {sam(safety), in_fairview.agent}


def test_the_critical_promise_governs_from_the_beginning(in_fairview: Cast, safety):
    policy = SlaPolicy.objects.create(name="Critical", position=1, round_the_clock=True)
    PolicyCondition.objects.create(policy=policy, aspect=Aspect.PRIORITY, text="critical")
    policy.targets.create(metric="first_response", unit="minutes", length=30)
    make_list(team=safety)
    asked = routed()
    clock = Clock.objects.get(conversation=asked, metric="first_response")
    assert clock.due_at == NOON + 30 * MINUTE


def test_the_subject_is_looked_through_too(in_fairview: Cast, safety):
    make_list(team=safety)
    assert routed("Please call me.", subject="She wants to die").alerts.count() == 1


def test_the_team_may_see_it_and_nobody_else_may_more_than_before(in_fairview: Cast, safety):
    make_list(team=safety)
    asked = routed(topic=in_fairview.topic)
    assert asked in visible_to(sam(safety))
    assert asked not in visible_to(in_fairview.other_agent)


def test_the_first_alert_of_a_team_shows_in_a_list_that_was_asked_for_before(
    in_fairview: Cast, safety
):
    member = sam(safety)
    make_list(team=safety)
    assert listing._first_rows("all", eyes_of(member), at=NOON) == []
    asked = routed(topic=in_fairview.topic)
    assert listing._first_rows("all", eyes_of(member), at=NOON) == [asked]


def test_alerts_are_not_looked_up_for_teams_that_never_got_one(in_fairview: Cast, safety):
    make_list(team=safety)
    routed(topic=in_fairview.topic)
    said = {who: str(visible_to(who).query) for who in (sam(safety), in_fairview.agent)}
    assert "conversationalert" in said[sam(safety)]
    assert "conversationalert" not in said[in_fairview.agent]


def test_scanning_again_raises_nothing_again(in_fairview: Cast, safety):
    make_list(team=safety)
    asked = routed()
    Message.objects.update(scanned_at=None)
    sweeping.sweep_intake(at=NOON + MINUTE)
    assert (asked.alerts.count(), Notification.objects.filter(verb="critical").count()) == (1, 2)
    assert asked.events.filter(verb="alerted").count() == 1


def test_what_a_family_adds_is_looked_through(in_fairview: Cast, safety):
    make_list(team=safety)
    asked = in_fairview.conversation
    more = Asked(message=DIRE, conversation=asked.pk)
    raw = store(more, source=Source.STATUS, source_key="more", at=NOON + HOUR)
    parsing.take(raw.pk, at=NOON + HOUR)
    sweeping.sweep_intake(at=NOON + HOUR)
    asked.refresh_from_db()
    assert (asked.alerts.count(), asked.priority) == (1, "critical")


def test_notes_and_answers_are_not_looked_through(in_fairview: Cast, safety):
    make_list(team=safety)
    in_fairview.conversation.note(DIRE, by=in_fairview.agent, at=NOON)
    sweeping.sweep_intake(at=NOON)
    assert not ConversationAlert.objects.exists()


def test_what_looks_like_spam_is_looked_through_too(in_fairview: Cast, safety):
    make_list(team=safety)
    assert routed(suspicion="honeypot").alerts.count() == 1


def test_without_a_team_whoever_catches_the_rest_is_told(in_fairview: Cast):
    make_list()
    routed(topic=in_fairview.topic)
    told = {one.member for one in Notification.objects.filter(verb="critical")}
    assert told == {in_fairview.manager, in_fairview.agent}


def away(member, **fields) -> None:
    Absence.objects.create(member=member, starts_at=NOON, ends_at=NOON + 9 * DAY, **fields)


def test_while_nobody_of_the_team_is_here_whoever_catches_the_rest_is_told_too(in_fairview, safety):
    make_list(team=safety)
    away(sam(safety))
    routed()
    told = {one.member for one in Notification.objects.filter(verb="critical")}
    assert told == {sam(safety), in_fairview.manager}


def test_for_an_owner_who_is_out_of_office_their_substitute_hears(in_fairview: Cast, safety):
    make_list(team=safety)
    asked = in_fairview.conversation
    away(asked.owner, substitute=in_fairview.lead)
    more = Asked(message=DIRE, conversation=asked.pk)
    parsing.take(store(more, source=Source.STATUS, source_key="more", at=NOON).pk, at=NOON)
    sweeping.sweep_intake(at=NOON)
    told = {one.member for one in Notification.objects.filter(verb="critical")}
    assert told == {sam(safety), asked.owner, in_fairview.lead}


def test_a_list_that_is_off_finds_nothing(in_fairview: Cast, safety):
    make_list(team=safety, is_on=False)
    asked = routed()
    assert (asked.alerts.count(), asked.priority) == (0, "normal")
    assert not Message.objects.unscanned().filter(conversation=asked).exists()


def test_a_scan_that_fails_stops_nothing_and_a_person_is_told(
    in_fairview: Cast, safety, monkeypatch
):
    def fail():
        raise MemoryError

    monkeypatch.setattr(alerting, "matcher", fail)
    asked = routed(topic=in_fairview.topic)
    assert asked.owner == in_fairview.agent
    assert Notification.objects.get(verb="unscanned").member == in_fairview.manager


def test_another_district_is_neither_read_nor_told(in_fairview: Cast, harbor: Cast, safety):
    make_list(team=safety)
    assert routed().alerts.exists()
    with district_scope(harbor.district.pk):
        asked = routed(topic=harbor.topic)
        assert (asked.priority, asked.alerts.count()) == ("normal", 0)
        assert not Notification.objects.filter(verb="critical").exists()


# --- private ------------------------------------------------------------------------------------


@pytest.fixture
def private(in_fairview: Cast, safety: Team) -> Conversation:
    in_fairview.topic.is_private = True
    in_fairview.topic.save(update_fields=["is_private"])
    make_list(team=safety)
    return routed(topic=in_fairview.topic)


def test_of_what_is_private_the_team_is_told_and_shown_nothing(in_fairview, safety, private):
    told = Notification.objects.get(member=sam(safety))
    assert (told.verb, told.conversation) == ("critical_private", None)
    assert "die" not in str(told.detail)
    assert private not in visible_to(sam(safety))
    assert (
        Notification.objects.get(member=in_fairview.agent, verb="critical").conversation == private
    )


def test_the_owner_or_an_administrator_lets_the_team_see_it(in_fairview, safety, private):
    allowed = {name for name, who in in_fairview.members.items() if may_share(who, private)}
    assert allowed == {"agent", "admin"}
    share(private.alerts.get(), by=in_fairview.agent, at=NOON)
    assert private in visible_to(sam(safety))
    assert Notification.objects.filter(member=sam(safety), verb="critical").count() == 1


def test_what_becomes_private_is_out_of_the_teams_sight(in_fairview: Cast, safety):
    make_list(team=safety)
    asked = routed(topic=in_fairview.topic)
    in_fairview.topic.is_private = True
    in_fairview.topic.save(update_fields=["is_private"])
    assert asked not in visible_to(sam(safety))


# --- reviewing ----------------------------------------------------------------------------------


def test_a_false_alarm_lowers_the_priority_and_is_recorded(in_fairview: Cast, safety):
    make_list(team=safety)
    asked = routed(topic=in_fairview.topic, priority="low")
    alert = asked.alerts.get()
    review(alert, state="false", reason="A song.", by=in_fairview.agent, at=NOON)
    asked.refresh_from_db()
    assert asked.priority == "low"
    assert alert.reviewed_by == in_fairview.agent
    assert asked.events.get(verb="alert_false").detail["reason"] == "A song."
    assert asked not in visible_to(sam(safety))


def test_what_is_seen_to_stays_critical_and_in_sight(in_fairview: Cast, safety):
    make_list(team=safety)
    asked = routed(topic=in_fairview.topic)
    review(asked.alerts.get(), state="seen", reason="", by=in_fairview.agent, at=NOON)
    asked.refresh_from_db()
    assert asked.priority == "critical"
    assert asked in visible_to(sam(safety))


def test_of_two_alerts_one_false_alarm_lowers_nothing(in_fairview: Cast, safety):
    make_list(team=safety)
    make_list("bus 12", team=safety, name="Buses", category="other")
    asked = routed(topic=in_fairview.topic)
    first, second = asked.alerts.all()
    review(first, state="false", reason="No.", by=in_fairview.agent, at=NOON)
    asked.refresh_from_db()
    assert asked.priority == "critical"
    second.conversation = asked
    review(second, state="false", reason="No.", by=in_fairview.agent, at=NOON)
    asked.refresh_from_db()
    assert asked.priority == "normal"


def test_a_priority_that_a_person_chose_since_is_left_alone(in_fairview: Cast, safety):
    make_list(team=safety)
    asked = routed(topic=in_fairview.topic)
    prioritise(asked, "urgent", by=in_fairview.agent, at=NOON)
    alert = asked.alerts.get()
    review(alert, state="false", reason="No.", by=in_fairview.agent, at=NOON)
    asked.refresh_from_db()
    assert asked.priority == "urgent"


def test_after_two_false_alarms_a_priority_chosen_between_them_comes_back(in_fairview, safety):
    make_list(team=safety)
    asked = routed(topic=in_fairview.topic)
    review(asked.alerts.get(), state="false", reason="No.", by=in_fairview.agent, at=NOON)
    asked.refresh_from_db()
    prioritise(asked, "urgent", by=in_fairview.agent, at=NOON + MINUTE)
    family_writes(asked, body=DIRE, at=NOON + HOUR)
    alerting.take(asked.pk, at=NOON + HOUR)
    asked.refresh_from_db()
    assert asked.priority == "critical"
    second = asked.alerts.get(state="open")
    review(second, state="false", reason="No.", by=in_fairview.agent, at=NOON + 2 * HOUR)
    asked.refresh_from_db()
    assert asked.priority == "urgent"


def test_after_a_false_alarm_another_message_raises_it_again(in_fairview: Cast, safety):
    make_list(team=safety)
    asked = routed(topic=in_fairview.topic)
    review(asked.alerts.get(), state="false", reason="No.", by=in_fairview.agent, at=NOON)
    raw = store(
        Asked(message=DIRE, conversation=asked.pk), source=Source.STATUS, source_key="x", at=NOON
    )
    parsing.take(raw.pk, at=NOON)
    sweeping.sweep_intake(at=NOON)
    asked.refresh_from_db()
    assert (asked.alerts.count(), asked.priority) == (2, "critical")


# --- looking through what is open ---------------------------------------------------------------


def test_a_change_looks_through_what_is_open_newest_first_and_tells_once(
    in_fairview: Cast, safety, monkeypatch
):
    monkeypatch.setattr(alert_rescan, "BATCH", 2)
    asked = [make_conversation("Wheels on fire.", topic=in_fairview.topic) for _ in range(3)]
    Message.objects.update(scanned_at=NOON)
    gone = make_conversation("Wheels on fire.")
    gone.resolve(by=in_fairview.agent, at=NOON)
    made = make_list(team=safety)
    add_phrases(made, ["on fire"], is_exception=False, by=in_fairview.admin, at=NOON)
    job = Job.objects.get(kind=alert_rescan.KIND)
    assert job.total == 4
    sweeping.sweep_jobs(at=NOON)
    job.refresh_from_db()
    assert (job.state, job.done, job.result["found"]) == ("done", 4, 3)
    assert job.result["sample"] == [one.number for one in asked[::-1]]
    told = Notification.objects.get(member=sam(safety))
    assert (told.verb, told.detail["count"]) == ("rescanned", 3)
    assert set(Conversation.objects.filter(alerts__isnull=False)) == set(asked)


def test_a_look_through_asks_for_phrases_and_messages_once(in_fairview: Cast, safety):
    for _ in range(3):
        make_conversation("The wheels turn.", topic=in_fairview.topic)
    Message.objects.update(scanned_at=NOON)
    add_phrases(
        make_list(team=safety), ["ablaze"], is_exception=False, by=in_fairview.admin, at=NOON
    )
    with CaptureQueriesContext(connection) as asked:
        sweeping.sweep_jobs(at=NOON)
    assert Job.objects.get(kind=alert_rescan.KIND).done == 4
    lists = [each["sql"] for each in asked if 'FROM "inbox_alertlist"' in each["sql"]]
    assert len(lists) == 2  # the list, and what it looks for
    assert len([each for each in asked if 'FROM "inbox_message"' in each["sql"]]) == 1


def test_two_who_change_a_list_at_once_are_both_heard(in_fairview: Cast, safety):
    made = make_list(team=safety)
    for text in ("ablaze", "alight"):
        seen_before = AlertList(pk=made.pk, name=made.name, version=1, is_on=True)
        add_phrases(seen_before, [text], is_exception=False, by=in_fairview.admin, at=NOON)
        assert routed(f"The bus is {text}.").alerts.exists()


def test_a_list_that_changed_again_is_looked_through_by_its_newest_job_only(
    in_fairview: Cast, safety
):
    made = make_list(team=safety)
    for text in ("bus 12", "bus 13"):
        add_phrases(made, [text], is_exception=False, by=in_fairview.admin, at=NOON)
    sweeping.sweep_jobs(at=NOON)
    assert [job.done for job in Job.objects.order_by("pk")] == [0, 1]
    assert ConversationAlert.objects.count() == 1
