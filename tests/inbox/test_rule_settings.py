"""Building a rule by buttons alone, trying it, switching it on."""

import pytest
import time_machine
from django.test import Client

from inbox.models import Job, RoutingRule
from inbox.rules import Part
from tests.builders import DAY, NOON, make_conversation
from tests.cast import Cast
from tests.inbox.sweeps import work_off
from tests.inbox.test_rules import make_rule

WORDS = {"c0-kind": "words", "c0-is_not": "no", "c0-value": "bus, autobús"}
URGENT = {"a0-kind": "priority", "a0-value": "urgent"}
WHOLE = {"name": "Bus words", "matches_all": "yes", **WORDS, **URGENT}


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def press(admin: Client, button: str, value: str = "yes", **sent):
    return admin.post("/settings/rules/new/", {**sent, button: value})


def test_rows_are_added_by_buttons_and_keep_what_was_filled_in(admin):
    page = press(admin, "add_condition", condition_kind="words", name="Bus words")
    assert 'name="c0-value"' in page.content.decode()
    assert 'value="Bus words"' in page.content.decode()
    page = press(admin, "add_action", action_kind="topic", **WORDS)
    assert [row.prefix for row in page.context["builder"].rows] == ["c0", "a0"]
    assert 'value="bus, autobús"' in page.content.decode()


def test_a_row_is_taken_away_by_its_button(admin):
    page = press(admin, "remove", "c0", **WHOLE)
    assert [row.prefix for row in page.context["builder"].rows] == ["a0"]


def test_a_rule_is_saved_off_and_leads_to_its_trial(admin):
    answer = press(admin, "save", **WHOLE)
    rule = RoutingRule.objects.get()
    assert answer.headers["location"] == f"/settings/rules/{rule.pk}/trial/"
    assert (rule.is_on, rule.matches_all) == (False, True)
    assert rule.conditions.get().text == "bus, autobús"
    assert rule.actions.get().priority == "urgent"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"c0-kind": "pattern", "c0-value": "(bus"}, "This pattern cannot be used: missing )"),
        ({"c0-value": " , "}, "Write a word."),
        ({"c0-value": "x" * 401}, "at most 400 characters"),
        ({"a0-value": "whenever"}, "Select a valid choice."),
        ({"a0-kind": "topic", "a0-value": "0"}, "Select a valid choice."),
        ({"a1-kind": "priority", "a1-value": "low"}, "An action stands there twice"),
        ({"c0-kind": "eval"}, "Add a condition"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(admin, wrong, said):
    page = press(admin, "save", **{**WHOLE, **wrong})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not RoutingRule.objects.exists()


def test_a_rule_of_another_district_cannot_name_our_topics(in_fairview: Cast, harbor, client_of):
    sent = WHOLE | {"a0-kind": "topic", "a0-value": in_fairview.topic.pk, "save": "yes"}
    page = client_of(harbor.admin).post("/settings/rules/new/", sent)
    assert page.status_code == 422


def test_a_stored_rule_is_shown_as_it_is(in_fairview: Cast, admin):
    rule = make_rule(in_fairview, [Part("topic", in_fairview.topic)], [Part("tag", "late")])
    page = admin.get(f"/settings/rules/{rule.pk}/").content.decode()
    assert f'<option value="{in_fairview.topic.pk}" selected>' in page
    assert 'value="late"' in page


def test_a_rule_is_switched_and_moved(in_fairview: Cast, admin):
    make_rule(in_fairview, actions=[Part("tag", "late")])
    second = make_rule(in_fairview, actions=[Part("tag", "early")], name="Second")
    for act in ("off", "up"):
        admin.post(f"/settings/rules/{second.pk}/switch/", {"do": act})
    second.refresh_from_db()
    assert (second.is_on, second.position) == (False, 1)


def test_a_trial_counts_what_would_change_and_changes_nothing(in_fairview: Cast, admin, at_noon):
    asked = make_conversation(team=in_fairview.team, owner=in_fairview.lead)
    make_conversation("Lunch was cold.")
    make_conversation(at=NOON - 91 * DAY)
    rule = make_rule(in_fairview, actions=[Part("topic", in_fairview.topic)], on=False)
    admin.post(f"/settings/rules/{rule.pk}/trial/")
    job = Job.objects.get()
    work_off(job, at=NOON)
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert [job.result[part] for part in ("found", "topic", "owner")] == [2, 1, 1]
    asked.refresh_from_db()
    assert (asked.topic, asked.owner) == (None, in_fairview.lead)
    page = admin.get(f"/settings/rules/{rule.pk}/trial/").content.decode()
    assert "It would have found 2 of 3 conversations." in page
    assert f"/inbox/{asked.number}/" in page


def test_a_trial_is_stale_once_the_rule_has_changed(in_fairview: Cast, admin, at_noon):
    rule = make_rule(in_fairview, actions=[Part("tag", "late")], on=False)
    admin.post(f"/settings/rules/{rule.pk}/trial/")
    admin.post(f"/settings/rules/{rule.pk}/", {**WHOLE, "save": "yes"})
    page = admin.get(f"/settings/rules/{rule.pk}/trial/").content.decode()
    assert "The rule has changed since this trial." in page


def test_the_list_of_rules_costs_the_same_whatever_its_length(
    in_fairview: Cast, admin, django_assert_max_num_queries
):
    for number in range(8):
        make_rule(in_fairview, actions=[Part("tag", "late")], name=f"Rule {number}")
    with django_assert_max_num_queries(20):
        admin.get("/settings/rules/")
