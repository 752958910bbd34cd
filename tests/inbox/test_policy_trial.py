"""Trying promises before they are saved, and applying them to what is open, once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import Department, Team
from inbox import policy_trial, repromising
from inbox.answering import reply
from inbox.models import Clock, Event, Job, SlaPolicy, SlaTarget, Topic
from inbox.policies import Draft, save
from inbox.policy_trial import trial_of
from inbox.trial_rows import read
from tests.builders import DAY, HOUR, NOON, make_conversation, make_own_policy
from tests.cast import Cast
from tests.inbox.sweeps import work_off
from tests.inbox.test_promise_settings import WHOLE

LATER = NOON + 10 * DAY
BUSES = Draft("Buses", {"kind": ["question"]}, {"first_response": (60, "minutes")})


@pytest.fixture
def later():
    with time_machine.travel(LATER, tick=False):
        yield


def run(job: Job, at=LATER) -> Job:
    work_off(job, at=at)
    assert (job.state, job.error) == ("done", "")
    return job


def try_out(cast: Cast, draft: Draft | None = BUSES, policy: SlaPolicy | None = None) -> Job:
    return run(policy_trial.begin(draft, policy, by=cast.admin, at=LATER))


def answered(cast: Cast, after: timedelta, **fields):
    asked = make_conversation(at=NOON, **fields)
    reply(asked, body="On its way.", by=cast.agent, at=NOON + after, resolve=True)
    return asked


def test_a_trial_tells_what_would_have_been_kept_and_broken(in_fairview: Cast):
    in_fairview.conversation.delete()
    answered(in_fairview, HOUR)
    slow = answered(in_fairview, 3 * HOUR)
    answered(in_fairview, 3 * HOUR, kind="concern")
    make_conversation(at=NOON - 91 * DAY).resolve(by=in_fairview.agent, at=NOON)
    found = read(try_out(in_fairview))
    first, _next, resolution = found.metrics
    assert (first.before.made, first.before.kept, first.before.broken) == (3, 3, 0)
    assert (first.after.made, first.after.kept, first.after.broken) == (3, 2, 1)
    assert (resolution.before.made, resolution.after.made) == (3, 1)
    assert [(row.name, row.matters_before, row.matters_after) for row in found.policies] == [
        ("Everyone", 3, 1),
        ("Buses", 0, 2),
    ]
    told = next(one for one in found.sample if one["number"] == slow.number)
    assert told["would"] == ["First answer: broken"]


def test_a_trial_changes_nothing(in_fairview: Cast):
    before = list(Clock.objects.order_by("pk").values())
    events = Event.objects.count()
    try_out(in_fairview)
    assert list(Clock.objects.order_by("pk").values()) == before
    assert (Event.objects.count(), SlaPolicy.objects.count()) == (events, 1)


def test_a_trial_says_what_would_move_of_what_is_open(in_fairview: Cast):
    in_fairview.conversation.delete()
    make_conversation(at=LATER - HOUR / 2)
    make_conversation(at=LATER - 3 * HOUR)
    make_conversation(at=LATER, kind="concern")
    found = read(try_out(in_fairview))
    assert found.effect == {"earlier": 2, "ended": 2, "overdue": 1}
    assert {(one.metric, one.after is None) for one in found.moved} == {
        ("First answer", False),
        ("Resolution", True),
    }


def test_applying_moves_what_the_trial_said_and_writes_it_down_once(in_fairview: Cast):
    asked = make_conversation(at=LATER - HOUR / 2)
    in_fairview.conversation.delete()
    said = read(try_out(in_fairview)).moved
    save(SlaPolicy(), BUSES, by=in_fairview.admin, at=LATER)
    for _again in range(2):
        run(repromising.begin(by=in_fairview.admin, at=LATER))
    clock = asked.clocks.get(metric="first_response")
    assert clock.due_at == said[0].after == LATER + HOUR / 2
    assert asked.clocks.get(metric="resolution").state == "cancelled"
    moved = asked.events.get(verb="promise_moved")
    assert (moved.detail["policy"], moved.detail["cause"]) == ("Buses", "policies")


def test_applying_reads_the_places_of_all_at_once(in_fairview: Cast):
    department = Department.objects.create(name="Operations")
    Topic.objects.update(department=department)
    Team.objects.update(department=department)
    for _ in range(3):
        make_conversation(at=LATER, topic=in_fairview.topic)
    job = repromising.begin(by=in_fairview.admin, at=LATER)
    with CaptureQueriesContext(connection) as asked:
        run(job)
    assert not [each for each in asked if 'FROM "districts_department"' in each["sql"]]


def test_applying_breaks_nothing_before_it_is_applied(in_fairview: Cast):
    """A promise chosen anew is never due before the moment at which it was chosen."""
    asked = make_conversation(at=LATER - 3 * HOUR)
    save(SlaPolicy(), BUSES, by=in_fairview.admin, at=LATER)
    run(repromising.begin(by=in_fairview.admin, at=LATER))
    assert asked.clocks.get(metric="first_response").due_at == LATER


def test_the_form_leads_to_the_trial_and_the_trial_to_what_is_saved(
    in_fairview: Cast, admin, later
):
    answer = admin.post("/settings/promises/new/", WHOLE | {"do": "try"})
    job = Job.objects.get(kind="policy_trial")
    assert answer.headers["location"] == f"/settings/promises/trials/{job.pk}/"
    assert SlaPolicy.objects.count() == 1
    assert "0 of" in admin.get(answer.headers["location"]).content.decode()
    run(job)
    page = admin.get(answer.headers["location"])
    assert "Save, and apply to open ones" in page.content.decode()
    admin.post(answer.headers["location"], {"do": "save"})
    policy = SlaPolicy.objects.get(name="Buses")
    assert {t.metric: t.length for t in policy.targets.all()} == {
        "first_response": 240,
        "resolution": 5,
    }


def test_saving_may_apply_to_what_is_open(in_fairview: Cast, admin, later):
    everyone = SlaPolicy.objects.get()
    shorter = Draft("Everyone", {}, {"first_response": (1, "days"), "resolution": (5, "days")})
    asked = make_conversation(at=LATER)
    job = try_out(in_fairview, shorter, everyone)
    answer = admin.post(f"/settings/promises/trials/{job.pk}/", {"do": "apply"})
    applied = Job.objects.get(kind="policy_apply")
    assert answer.headers["location"] == f"/settings/promises/applied/{applied.pk}/"
    run(applied)
    assert (
        "2 conversations were looked at." in admin.get(answer.headers["location"]).content.decode()
    )
    assert asked.clocks.get(metric="first_response").length == 1


def test_a_trial_is_stale_once_promises_have_changed(in_fairview: Cast, admin, later):
    job = try_out(in_fairview)
    assert not trial_of(job).is_stale
    make_own_policy(wanted={"kind": ["concern"]})
    page = admin.get(f"/settings/promises/trials/{job.pk}/").content.decode()
    assert "Promises have changed since this trial." in page
    admin.post(f"/settings/promises/trials/{job.pk}/", {"do": "again"})
    assert Job.objects.filter(kind="policy_trial").count() == 2


def test_a_draft_of_what_was_removed_is_not_saved(in_fairview: Cast, admin, later):
    policy = make_own_policy(wanted={"kind": ["concern"]})
    job = try_out(in_fairview, BUSES, policy)
    SlaTarget.objects.filter(policy=policy).delete()
    policy.delete()
    answer = admin.post(f"/settings/promises/trials/{job.pk}/", {"do": "save"})
    assert answer.status_code == 422
    assert "removed meanwhile" in answer.content.decode()


def test_what_was_tried_can_be_changed_further(in_fairview: Cast, admin):
    job = try_out(in_fairview)
    page = admin.get(f"/settings/promises/new/?trial={job.pk}").content.decode()
    assert 'value="Buses"' in page
    assert 'name="first_response_length" value="1"' in page


def test_the_promises_as_they_stand_are_held_against_what_is_open(in_fairview: Cast, admin, later):
    make_own_policy(wanted={"topic": [in_fairview.topic]})
    answer = admin.post("/settings/promises/open/")
    run(Job.objects.get(kind="policy_trial"))
    page = admin.get(answer.headers["location"]).content.decode()
    assert "Apply to open ones" in page
    assert "The last 90 days" not in page


def test_a_trial_costs_the_same_for_one_conversation_or_thirty(
    in_fairview: Cast, django_assert_max_num_queries
):
    for _each in range(30):
        answered(in_fairview, HOUR)
        make_conversation(at=LATER)
    job = policy_trial.begin(BUSES, None, by=in_fairview.admin, at=LATER)
    with django_assert_max_num_queries(48):
        run(job)
