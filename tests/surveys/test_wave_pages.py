"""The pages of waves: planning with a count first, looking on, stopping, closing, printing."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from families.models import Delivery
from surveys import carrying
from surveys.models import Mode, Reason, Survey, SurveySettings, Wave, WaveState
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.surveys.builders import make_invitation, make_survey, make_wave
from tests.surveys.families import make_parent, make_second


@pytest.fixture
def manager(in_fairview: Cast, client_of) -> Client:
    return client_of(in_fairview.manager)


def said(**fields: Any) -> dict[str, Any]:
    """Return what a form is sent with: from tomorrow noon on, for two weeks."""
    opens = timezone.now() + DAY
    usual = {
        "name": "Fall",
        "ways": ["email"],
        "unit": "household",
        "priority": "5",
        "opens_at": f"{opens:%Y-%m-%dT12:00}",
        "closes_at": f"{opens + 20 * DAY:%Y-%m-%dT12:00}",
        "spread_days": "1",
        "rest_days": "0",
        "reminder_days": "3, 7",
        "repeat_months": "0",
        "do": "plan",
    }
    return usual | fields


def plan(client: Client, survey: Survey, **fields: Any) -> Any:
    return client.post(f"/surveys/{survey.pk}/waves/new/", said(**fields))


def test_a_count_says_whom_it_reaches_before_anything_is_made(manager: Client, in_fairview: Cast):
    make_second(make_parent(in_fairview.school))
    make_parent(in_fairview.other_school)
    make_parent(in_fairview.school, email="")
    ways = ["email", "letter"]
    page = plan(manager, make_survey(), do="count", ways=ways).content.decode()
    assert "3 families at 2 schools." in " ".join(page.split())
    assert "2 by e-mail, 1 by printed letter." in page
    assert not Wave.objects.exists()


def test_families_who_cannot_be_reached_are_counted_with_the_reason(
    manager: Client, in_fairview: Cast
):
    make_parent(in_fairview.school, email="")
    page = plan(manager, make_survey(), do="count").content.decode()
    assert "No address that works: 1" in page


def test_a_wave_is_planned_as_the_form_says(manager: Client, in_fairview: Cast):
    survey, school = make_survey(), in_fairview.school
    make_parent(school, grade="5")
    answer = plan(manager, survey, schools=[school.pk], grades=["5"], sample="10", priority="1")
    wave = Wave.objects.get()
    assert answer.headers["Location"] == f"/surveys/waves/{wave.pk}/"
    assert (wave.state, wave.reminder_days, wave.priority) == (WaveState.PLANNED, [3, 7], 1)
    assert (wave.audience["schools"], wave.audience["sample"]) == ([school.pk], 10)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ways": []}, "Choose at least one way."),
        ({"closes_at": "2026-01-01T12:00"}, "It has to close after it opens"),
        ({"opens_at": "2020-01-01T12:00"}, "This is over."),
        ({"opens_at": "9999-12-30T12:00"}, "Choose a day within two years."),
        ({"reminder_days": "30"}, "A reminder would come after it has closed."),
        ({"reminder_days": "soon"}, "Write up to three numbers of days"),
        ({"spread_days": "25"}, "The last letters would leave after it has closed."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(manager: Client, fields: Any, words: str):
    answer = plan(manager, make_survey(), **fields)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Wave.objects.exists()


def test_a_wave_that_repeats_may_not_overlap_the_next(manager: Client):
    closes = f"{timezone.now() + 50 * DAY:%Y-%m-%dT12:00}"
    answer = plan(manager, make_survey(), repeat_months="1", closes_at=closes)
    assert "The next would open before this one closes." in answer.content.decode()


def test_an_unpublished_survey_is_not_sent(manager: Client):
    answer = plan(manager, make_survey(published=False))
    assert (answer.status_code, "Publish the survey first." in answer.content.decode()) == (
        422,
        True,
    )


def test_an_anonymous_survey_offers_no_reminders(manager: Client):
    survey = make_survey(mode=Mode.ANONYMOUS)
    page = manager.get(f"/surveys/{survey.pk}/waves/new/").content.decode()
    assert "reminder_days" not in page
    plan(manager, survey)
    assert Wave.objects.get().reminder_days == []


def test_a_survey_of_students_has_open_ways_only(manager: Client):
    survey = make_survey(audience="students")
    assert plan(manager, survey, ways=["email"]).status_code == 422
    assert plan(manager, survey, ways=["kiosk"]).status_code == 302


def test_a_planned_wave_is_changed(manager: Client):
    wave = make_wave(state=WaveState.PLANNED)
    manager.post(f"/surveys/waves/{wave.pk}/edit/", said(name="Autumn"))
    wave.refresh_from_db()
    assert wave.name == "Autumn"
    manager.post(f"/surveys/waves/{wave.pk}/remove/")
    assert not Wave.objects.exists()


def sent(cast: Cast) -> Wave:
    """Return a wave of three families at two schools: one answered, one bounced."""
    wave = make_wave(drawn_at=NOON, reminder_days=[3])
    make_invitation(wave, school=cast.school, is_spent=True)
    make_invitation(wave, school=cast.school, state="bounced")
    make_invitation(wave, school=cast.other_school)
    return wave


def test_a_wave_shows_each_school_and_all(manager: Client, in_fairview: Cast):
    page = manager.get(f"/surveys/waves/{sent(in_fairview).pk}/").content.decode()
    rows = [" ".join(row.split()) for row in page.split("<tr>")[2:]]
    assert len(rows) == 3
    assert ">100%<" in rows[1]
    assert ">50%<" in rows[2]
    assert "Whose letter could not be delivered" in page


def test_a_busy_wave_asks_for_itself_and_a_quiet_one_does_not(manager: Client, in_fairview: Cast):
    quiet = sent(in_fairview)
    drawing = make_wave(drawn_at=None)
    for wave, asks in ((quiet, False), (drawing, True)):
        address = f"/surveys/waves/{wave.pk}/"
        page = manager.get(address).content.decode()
        assert (f'hx-get="{address}"' in page) is asks


def test_skips_are_listed_by_reason(manager: Client, in_fairview: Cast):
    parent = make_parent(in_fairview.school, email="")
    wave = make_wave()
    carrying.take(wave.pk, at=NOON)
    address = f"/surveys/waves/{wave.pk}/skips/?reason="
    assert parent.name in manager.get(address + Reason.NO_ADDRESS).content.decode()
    assert parent.name not in manager.get(address + Reason.BUDGET).content.decode()


def test_the_page_of_a_wave_costs_no_query_for_each_school(
    manager: Client, in_fairview: Cast, django_assert_max_num_queries
):
    wave = sent(in_fairview)
    for _number in range(20):
        make_invitation(wave, school=in_fairview.school)
    with django_assert_max_num_queries(24):
        manager.get(f"/surveys/waves/{wave.pk}/")


def test_a_wave_is_stopped_resumed_and_closed_by_hand(manager: Client):
    wave = make_wave(drawn_at=NOON)
    address = f"/surveys/waves/{wave.pk}/"
    for act, state in (("stop", "stopped"), ("resume", "open"), ("close", "closed")):
        manager.post(f"{address}{act}/")
        wave.refresh_from_db()
        assert wave.state == state
    answer = manager.post(f"{address}stop/", follow=True)
    assert "Somebody else has changed this wave." in answer.content.decode()


def test_the_end_is_moved_to_a_moment_to_come_only(manager: Client):
    at = timezone.now()
    wave = make_wave(drawn_at=NOON, opens_at=at - DAY, closes_at=at + DAY)
    address = f"/surveys/waves/{wave.pk}/prolong/"
    for wrong in ("2020-01-01T12:00", "9999-12-31T12:00"):
        assert manager.post(address, {"closes_at": wrong}).status_code == 422
    until = f"{at + 30 * DAY:%Y-%m-%dT12:00}"
    assert manager.post(address, {"closes_at": until}).status_code == 302
    wave.refresh_from_db()
    assert wave.closes_at > at + 29 * DAY


def test_the_silent_are_reminded_by_hand(manager: Client, in_fairview: Cast):
    wave = sent(in_fairview)
    answer = manager.post(f"/surveys/waves/{wave.pk}/remind/", follow=True)
    assert "1 family is reminded." in answer.content.decode()
    carrying.take(wave.pk, at=NOON + 30 * DAY)
    assert Delivery.objects.count() == 1


def test_open_addresses_are_shown_with_a_code_to_scan(manager: Client, in_fairview: Cast):
    wave = make_wave(ways=["link", "kiosk", "embed"])
    page = manager.get(f"/surveys/waves/{wave.pk}/").content.decode()
    assert page.count('class="qr"') == 6
    assert "&lt;iframe src=" in page


def test_the_contact_budget_is_changed_by_who_manages_surveys(manager: Client):
    hours = {"sends_from": "09:00", "sends_until": "17:00"}
    body = {"most_invitations": "3", "budget_months": "6", **hours}
    manager.post("/surveys/settings/budget/", body)
    assert SurveySettings.objects.get().most_invitations == 3
    wrong = {**body, "sends_until": "08:00", "most_invitations": "0"}
    assert manager.post("/surveys/settings/budget/", wrong).status_code == 422


def test_a_viewer_looks_on_and_changes_nothing(in_fairview: Cast, client_of):
    wave = sent(in_fairview)
    page = client_of(in_fairview.viewer).get(f"/surveys/waves/{wave.pk}/").content.decode()
    assert '<form method="post" action="/surveys/waves/' not in page


def test_who_is_limited_to_a_school_sees_that_school_only(in_fairview: Cast, client_of):
    principal = in_fairview.viewer
    principal.school_links.create(school=in_fairview.school)
    page = client_of(principal).get(f"/surveys/waves/{sent(in_fairview).pk}/").content.decode()
    assert in_fairview.school.name in page
    assert in_fairview.other_school.name not in page


def test_a_wave_opened_by_hand_opens_now(manager: Client, in_fairview: Cast):
    make_parent(in_fairview.school)
    wave = make_wave(state=WaveState.PLANNED, opens_at=NOON + 900 * DAY, closes_at=NOON + 999 * DAY)
    manager.post(f"/surveys/waves/{wave.pk}/open/")
    wave.refresh_from_db()
    assert wave.state == WaveState.OPEN
