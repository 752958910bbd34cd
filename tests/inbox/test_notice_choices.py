"""The pages: what is mailed to a member, and who hears of a broken promise."""

from datetime import time

import pytest
from django.test import Client

from districts.models import AuditEntry
from districts.scope import district_scope
from inbox import notices
from inbox.forms.notices import NoticeChoicesForm
from inbox.models import InboxSettings, NoticeChoices, Notification
from inbox.models.notice import KINDS
from inbox.news_words import NEWS
from tests.builders import NOON
from tests.cast import Cast

SAID = {
    "critical": "now",
    "late": "now",
    "due_soon": "hourly",
    "assigned": "daily",
    "wrote": "never",
    "mentioned": "never",
    "unowned": "never",
    "surge": "hourly",
    "trouble": "never",
    "other": "never",
    "digest_at": "08:15",
    "quiet_from": "20:00",
    "quiet_until": "06:00",
    "time_zone": "America/Denver",
}


@pytest.fixture
def agent(fairview: Cast, client_of) -> Client:
    return client_of(fairview.agent)


def errors(answer) -> set[str]:
    assert answer.status_code == 422
    return set(answer.context["form"].errors)


def test_a_member_chooses_for_themselves_alone(agent, fairview):
    assert agent.post("/notifications/choices/", SAID).status_code == 302
    with district_scope(fairview.district.pk):
        chosen = NoticeChoices.objects.get()
        assert chosen.member == fairview.agent
        assert (chosen.due_soon, chosen.digest_at) == ("hourly", time(8, 15))
        assert not chosen.critical_passes
    page = agent.get("/notifications/choices/").content.decode()
    assert 'value="08:15"' in page
    assert '<option value="America/Denver" selected' in page


def test_choosing_again_changes_the_same_row_and_what_waits(agent, fairview):
    agent.post("/notifications/choices/", SAID | {"mentioned": "daily"})
    with district_scope(fairview.district.pk):
        notices.tell([fairview.agent], verb="mentioned", key="k", at=NOON)
    agent.post("/notifications/choices/", SAID)
    with district_scope(fairview.district.pk):
        assert NoticeChoices.objects.count() == 1
        assert Notification.objects.get().mail_at is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("late", "sometimes"),
        ("late", ""),
        ("digest_at", "25:00"),
        ("digest_at", ""),
        ("quiet_from", ""),
        ("quiet_until", ""),
        ("quiet_until", "x"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_beside_its_field(agent, field, value):
    assert errors(agent.post("/notifications/choices/", SAID | {field: value})) == {field}


def test_every_piece_of_news_is_of_a_kind_that_a_member_chooses_for():
    assert set(NEWS) == set(KINDS)
    assert set(KINDS.values()) < set(NoticeChoicesForm.base_fields)


@pytest.mark.parametrize(
    ("verb", "when"), [("unowned", "never"), ("unowned_many", "never"), ("surge", "hourly")]
)
def test_what_nobody_has_and_what_many_write_are_chosen_for(agent, fairview, verb, when):
    with district_scope(fairview.district.pk):
        assert NoticeChoices().when(verb) == "now"
    agent.post("/notifications/choices/", SAID)
    with district_scope(fairview.district.pk):
        assert NoticeChoices.objects.get().when(verb) == when


def test_no_quiet_hours_are_two_empty_fields(agent, fairview):
    said = SAID | {"quiet_from": "", "quiet_until": ""}
    assert agent.post("/notifications/choices/", said).status_code == 302
    with district_scope(fairview.district.pk):
        assert NoticeChoices.objects.get().quiet("UTC") is None


def test_the_chain_is_changed_in_minutes_and_said_in_words(fairview, client_of):
    admin = client_of(fairview.admin)
    page = admin.get("/settings/chain/").content.decode()
    assert "At the deadline: the owner, the team’s leads" in page
    assert "2 h 00 of working time after it: the department’s owner" in page
    said = {
        "lead_after_minutes": "30",
        "department_after_minutes": "",
        "district_after_minutes": "90",
    }
    assert admin.post("/settings/chain/", said).status_code == 302
    with district_scope(fairview.district.pk):
        settings = InboxSettings.objects.get()
        assert settings.department_after_minutes is None
        assert AuditEntry.objects.filter(verb="changed").exists()
    page = admin.get("/settings/chain/").content.decode()
    assert "0 h 30 of working time after it: the team’s leads" in page
    assert "the department’s owner</li>" not in page


@pytest.mark.parametrize("value", ["-1", "x", "99999999999", "1.5"])
def test_a_chain_that_cannot_be_is_refused(fairview, client_of, value):
    said = {"lead_after_minutes": value}
    assert errors(client_of(fairview.admin).post("/settings/chain/", said)) == {
        "lead_after_minutes"
    }
