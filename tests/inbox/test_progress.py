"""Pages of long work ask again by themselves while it runs, and keep a link for want of scripts."""

import pytest
from django.test import Client

from inbox import (
    alert_rescan,
    jobs,
    policy_trial,
    recounting,
    repromising,
    rule_trial,
    topic_training,
)
from inbox.models import AlertList, Job, RoutingRule
from tests.builders import NOON
from tests.cast import Cast

ASKING = 'hx-select="#progress" hx-target="this" hx-swap="outerHTML"'


@pytest.fixture
def admin(in_fairview: Cast, client_of) -> Client:
    return client_of(in_fairview.admin)


def begin(cast: Cast, kind: str, **said) -> Job:
    return jobs.begin(kind, by=cast.admin, at=NOON, total=9, **said)


def policy_work(cast: Cast) -> str:
    return f"promises/trials/{policy_trial.begin(None, None, by=cast.admin, at=NOON).pk}/"


def applied_work(cast: Cast) -> str:
    return f"promises/applied/{begin(cast, repromising.KIND).pk}/"


def rule_work(cast: Cast) -> str:
    rule = RoutingRule.objects.create(name="Buses", position=1)
    rule_trial.begin(rule, by=cast.admin, at=NOON)
    return f"rules/{rule.pk}/trial/"


def alert_work(cast: Cast) -> str:
    made = AlertList.objects.create(name="Threats", category="threats")
    alert_rescan.begin(made, by=cast.admin, at=NOON)
    return f"alerts/{made.pk}/"


def learning(cast: Cast) -> str:
    begin(cast, topic_training.KIND)
    return "suggestions/"


def moving(cast: Cast) -> str:
    begin(cast, recounting.KIND, place="", pk=None, act="default", name="School days")
    return "calendars/deadlines/"


WORK = [policy_work, applied_work, rule_work, alert_work, learning, moving]


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.__name__)
def test_a_page_is_asked_again_until_its_work_is_done(in_fairview: Cast, admin, work):
    address = f"/settings/{work(in_fairview)}"
    page = admin.get(address).content.decode()
    assert f'hx-get="{address}" hx-trigger="every 2s" {ASKING}' in page
    assert f'id="look-again" href="{address}"' in page
    Job.objects.update(state="done", ended_at=NOON)
    page = admin.get(address).content.decode()
    assert 'id="progress"' in page
    assert ASKING not in page
    assert "look-again" not in page
