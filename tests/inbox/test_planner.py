"""The promise planner: the workload it reads, the plan it makes, and what it will not say."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from districts.scope import no_district
from inbox import answering, promise_plan, sweeping, workload
from inbox.models import Job
from inbox.promise_plan import plan_of
from inbox.workload import Workload, observe
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation, make_topic
from tests.cast import Cast

# Monday to Friday, eight to four.
SCHOOL_DAYS = [[day * 1440 + 480, day * 1440 + 960] for day in range(5)]


def made(**said) -> Workload:
    """Make a workload: two people, forty questions a week in the mornings, an hour for each."""
    rates = [4.0 if hour % 24 in {9, 10} and hour < 120 else 0.0 for hour in range(168)]
    usual: dict[str, Any] = {
        "spans": SCHOOL_DAYS, "rates": rates, "questions": 400, "messages": 520,
        "minutes": [20.0, 40.0, 60.0, 120.0] * 20, "people": 2, "length": 1, "unit": "days",
        "kept": 300, "promised": 400,
    }  # fmt: skip
    return Workload(**(usual | said))


def finished(team: int | None, cast: Cast) -> Job:
    """Ask for a plan, and let the workers finish it."""
    job = promise_plan.begin(team, by=cast.lead, at=NOON)
    with no_district():
        for _ in range(4):
            sweeping.sweep_jobs(at=NOON)
    job.refresh_from_db()
    return job


@pytest.fixture
def worked(in_fairview: Cast) -> Cast:
    """Two weeks of four questions a day, answered one after the other in an hour each."""
    cast = in_fairview
    mornings = [NOON - ago * DAY for ago in range(14, 0, -1)]
    for morning in [day for day in mornings if day.weekday() < 5]:
        for n in range(4):
            asked = make_conversation(at=morning + n * MINUTE, topic=cast.topic, team=cast.team)
            answering.reply(asked, body="Yes.", by=cast.agent, at=morning + (n + 1) * HOUR)
    return cast


def test_an_answer_takes_the_time_since_its_author_was_free_for_it(worked: Cast):
    found = observe(worked.team.pk, at=NOON + HOUR)
    assert found.minutes == [60.0] * 40


def test_the_workload_counts_questions_people_and_promises(worked: Cast):
    found = observe(worked.team.pk, at=NOON + HOUR)
    assert (found.questions, found.messages, found.people) == (41, 41, 1)
    assert (found.length, found.unit, found.kept, found.promised) == (2, "days", 40, 40)
    assert sum(found.rates) == pytest.approx(41 / 13)
    assert found.spans == SCHOOL_DAYS


def test_another_team_has_another_workload(worked: Cast):
    make_conversation(topic=make_topic("Care"), team=worked.other_team)
    assert observe(worked.other_team.pk, at=NOON + HOUR).questions == 1
    assert observe(None, at=NOON + HOUR).questions == 42


def test_too_little_is_said_to_be_too_little(worked: Cast):
    job = finished(worked.team.pk, worked)
    assert (job.state, plan_of(job)) == ("done", None)


@pytest.fixture
def planned(in_fairview: Cast, monkeypatch) -> Cast:
    """A district whose workload is known, and few replications."""
    monkeypatch.setattr(promise_plan, "observe", lambda _team, **_at: made())
    monkeypatch.setattr(promise_plan, "REPLICATIONS", 12)
    return in_fairview


def test_a_plan_says_for_every_number_of_people_what_would_be_kept(planned: Cast):
    plan = plan_of(finished(planned.team.pk, planned))
    assert plan.people == [1, 2, 3, 4, 5]
    assert plan.lengths == [1, 2, 3, 5]
    middles = [plan.usual(people).middle for people in plan.people]
    assert middles == sorted(middles)
    assert middles[0] < 75 < 95 < middles[-1]
    assert all(s.low <= s.middle <= s.high for s in plan.shares.values())


def test_a_longer_promise_is_kept_more_often(planned: Cast):
    plan = plan_of(finished(planned.team.pk, planned))
    kept = [plan.shares[1, length].middle for length in plan.lengths]
    assert kept == sorted(kept)
    assert kept[0] < kept[-1]


def test_busy_is_the_work_that_comes_by_the_time_there_is(planned: Cast):
    plan = plan_of(finished(planned.team.pk, planned))
    assert plan.busy[2] == pytest.approx(40 * 60 / (2 * 2400))


def test_the_same_past_gives_the_same_plan():
    assert promise_plan.simulate(made(), 3) == promise_plan.simulate(made(), 3)
    assert promise_plan.simulate(made(), 3) != promise_plan.simulate(made(), 4)


def test_one_plan_of_a_team_at_a_time_is_enough(in_fairview: Cast):
    first = promise_plan.begin(None, by=in_fairview.manager, at=NOON)
    assert promise_plan.begin(None, by=in_fairview.admin, at=NOON + MINUTE) == first
    assert promise_plan.begin(in_fairview.team.pk, by=in_fairview.lead, at=NOON) != first


def test_a_stretch_stays_short_however_much_comes_in():
    busy = made(rates=[400.0] * 168, people=1)
    assert len(promise_plan.simulate(busy, 0)) == 4 * 4


def page_of(client_of, member, query=""):
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        return client_of(member).get(f"/service/planner/{query}").content.decode()


def test_the_page_says_a_sentence_shows_a_table_and_judges_the_model(planned: Cast, client_of):
    finished(planned.team.pk, planned)
    html = page_of(client_of, planned.lead)
    assert "of first answers would come within 1 school day" in html
    assert "What this takes for granted" in html
    assert "and it was 75 %" in html


def test_a_model_that_tells_another_past_warns_of_itself(planned: Cast, client_of, monkeypatch):
    monkeypatch.setattr(promise_plan, "observe", lambda _team, **_at: made(kept=40))
    finished(planned.team.pk, planned)
    assert "do not rely on the numbers" in page_of(client_of, planned.lead)


def test_too_little_is_said_on_the_page(worked: Cast, client_of):
    finished(worked.team.pk, worked)
    assert "There is too little to plan with" in page_of(client_of, worked.lead)
    assert workload.FEWEST_QUESTIONS > 41


def test_asking_for_a_plan_shows_how_far_it_is(in_fairview: Cast, client_of):
    client = client_of(in_fairview.lead)
    answer = client.post("/service/planner/", {"team": in_fairview.team.pk})
    assert answer.url == f"/service/planner/?team={in_fairview.team.pk}"
    assert "0 of 60 stretches" in page_of(client_of, in_fairview.lead)


def test_a_lead_plans_for_their_own_team_only(in_fairview: Cast, client_of):
    client_of(in_fairview.lead).post("/service/planner/", {"team": in_fairview.other_team.pk})
    assert Job.objects.get(kind="promise_plan").said == {"team": in_fairview.team.pk}


def test_the_page_asks_few_questions(planned: Cast, client_of, django_assert_max_num_queries):
    finished(planned.team.pk, planned)
    client = client_of(planned.lead)
    with django_assert_max_num_queries(14):
        client.get("/service/planner/")
