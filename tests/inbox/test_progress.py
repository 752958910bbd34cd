"""Pages of long work ask again by themselves while it runs, and keep a link for want of scripts."""

import pytest

from inbox import (
    alert_rescan,
    jobs,
    policy_trial,
    promise_plan,
    recounting,
    repromising,
    rule_trial,
    surge_answer,
    topic_training,
)
from inbox.models import AlertList, Job, RoutingRule
from tests.builders import NOON
from tests.cast import Cast
from tests.inbox.test_surges import make_surge

ASKING = 'hx-select="#{}" hx-target="this" hx-swap="outerMorph"'


def begin(cast: Cast, kind: str, **said) -> Job:
    return jobs.begin(kind, by=cast.admin, at=NOON, total=9, **said)


def policy_work(cast: Cast) -> str:
    return f"/settings/promises/trials/{policy_trial.begin(None, None, by=cast.admin, at=NOON).pk}/"


def applied_work(cast: Cast) -> str:
    return f"/settings/promises/applied/{begin(cast, repromising.KIND).pk}/"


def rule_work(cast: Cast) -> str:
    rule = RoutingRule.objects.create(name="Buses", position=1)
    rule_trial.begin(rule, by=cast.admin, at=NOON)
    return f"/settings/rules/{rule.pk}/trial/"


def alert_work(cast: Cast) -> str:
    made = AlertList.objects.create(name="Threats", category="threats")
    alert_rescan.begin(made, by=cast.admin, at=NOON)
    return f"/settings/alerts/{made.pk}/"


def learning(cast: Cast) -> str:
    begin(cast, topic_training.KIND)
    return "/settings/suggestions/"


def moving(cast: Cast) -> str:
    begin(cast, recounting.KIND, place="", pk=None, act="default", name="School days")
    return "/settings/calendars/deadlines/"


def planning(cast: Cast) -> str:
    job = begin(cast, promise_plan.KIND, team=cast.team.pk)
    promise_plan.step(job, NOON)
    Job.objects.filter(pk=job.pk).update(result=job.result)
    return f"/service/planner/?team={cast.team.pk}"


def sending(cast: Cast) -> str:
    surge = make_surge(cast, 2)
    return f"/surges/{surge.pk}/answer/{begin(cast, surge_answer.KIND, surge=surge.pk).pk}/"


WORK = [
    *((work, "progress") for work in (policy_work, applied_work, rule_work, alert_work)),
    *((work, "progress") for work in (learning, moving)),
    (planning, "plan"),
    (sending, "sending"),
]


@pytest.mark.parametrize(("work", "part"), WORK)
def test_a_page_is_asked_again_until_its_work_is_done(in_fairview: Cast, admin, work, part):
    address = work(in_fairview)
    page = admin.get(address).content.decode()
    assert f'hx-get="{address}" hx-trigger="every 2s" {ASKING.format(part)}' in page
    assert f'id="look-again" href="{address}"' in page
    Job.objects.update(state="done", ended_at=NOON)
    page = admin.get(address).content.decode()
    assert f'id="{part}"' in page
    assert ASKING.format(part) not in page
    assert "look-again" not in page
