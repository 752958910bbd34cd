"""Out of office: set by oneself or an administrator, seen where it matters, ended at any time."""

from datetime import timedelta

import pytest
import time_machine

from districts.models import Absence, AuditEntry, OpenWork
from tests.builders import DAY, NOON
from tests.cast import Cast

SENT = {
    "first_on": "2026-11-03",
    "last_on": "2026-11-05",
    "reason": "Jury duty",
    "open_work": "keep",
    "substitute": "",
}


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def test_a_member_sets_themselves_out_of_office(in_fairview: Cast, client_of):
    answer = client_of(in_fairview.agent).post("/me/absences/", SENT)
    assert answer.headers["location"] == "/me/absences/"
    absence = Absence.objects.get()
    assert absence.member == in_fairview.agent
    assert (str(absence.first_on), str(absence.last_on)) == ("2026-11-03", "2026-11-05")
    assert AuditEntry.objects.get(verb="away").by == in_fairview.agent


def test_an_administrator_sets_somebody_out_of_office(in_fairview: Cast, client_of):
    sent = SENT | {"open_work": "substitute", "substitute": in_fairview.lead.pk}
    page = f"/settings/people/{in_fairview.agent.pk}/absences/"
    client_of(in_fairview.admin).post(page, sent)
    absence = Absence.objects.get(member=in_fairview.agent)
    assert (absence.substitute, absence.open_work) == (in_fairview.lead, OpenWork.SUBSTITUTE)


def test_the_page_says_what_is_theirs_now(in_fairview: Cast, client_of):
    page = client_of(in_fairview.agent).get("/me/absences/").content.decode()
    assert "1 open conversation" in page
    assert "New questions on: Buses" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_on": ""}, "This field is required."),
        ({"last_on": "2026-11-02"}, "not before the first"),
        ({"first_on": "2026-11-01", "last_on": "2026-11-02"}, "not over, within a year"),
        ({"last_on": "2029-01-01"}, "within a year"),
        ({"open_work": "substitute"}, "Choose who gets it."),
        ({"substitute": "0"}, "Select a valid choice."),
        ({"reason": "x" * 121}, "at most 120 characters"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(in_fairview: Cast, client_of, wrong, said):
    page = client_of(in_fairview.agent).post("/me/absences/", SENT | wrong)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Absence.objects.exists()


def test_two_absences_never_overlap(in_fairview: Cast, client_of):
    agent = client_of(in_fairview.agent)
    agent.post("/me/absences/", SENT)
    page = agent.post("/me/absences/", SENT | {"first_on": "2026-11-05", "last_on": "2026-11-09"})
    assert page.status_code == 422
    assert "on some of these days already" in page.content.decode()
    agent.post("/me/absences/", SENT | {"first_on": "2026-11-06", "last_on": "2026-11-09"})
    assert Absence.objects.count() == 2


def test_who_is_back_early_is_here_from_now_on(in_fairview: Cast, client_of):
    agent = client_of(in_fairview.agent)
    agent.post("/me/absences/", SENT)
    absence = Absence.objects.get()
    assert Absence.objects.now(NOON).exists()
    agent.post(f"/me/absences/{absence.pk}/end/")
    absence.refresh_from_db()
    assert absence.ends_at == NOON
    assert not Absence.objects.now(NOON).exists()


def test_an_absence_ahead_is_dropped(in_fairview: Cast, client_of):
    days = {"starts_at": NOON + DAY, "ends_at": NOON + 2 * DAY}
    absence = Absence.objects.create(member=in_fairview.agent, **days)
    page = f"/settings/people/{in_fairview.agent.pk}/absences/{absence.pk}/end/"
    client_of(in_fairview.admin).post(page)
    assert not Absence.objects.exists()


def test_a_day_is_a_day_in_the_districts_time_zone(in_fairview: Cast, client_of):
    client_of(in_fairview.agent).post("/me/absences/", SENT)
    absence = Absence.objects.get()
    assert absence.ends_at - absence.starts_at == timedelta(days=3)
    assert absence.starts_at.isoformat() == "2026-11-03T05:00:00+00:00"


def test_people_shows_who_is_away_and_what_each_has(in_fairview: Cast, client_of):
    client_of(in_fairview.agent).post("/me/absences/", SENT)
    page = client_of(in_fairview.admin).get("/settings/people/")
    assert "out of office until" in page.content.decode()
    loads = {member.name: member.load for member in page.context["page"]}
    assert (loads[in_fairview.agent.name], loads[in_fairview.lead.name]) == (1, 0)


def test_the_list_of_people_costs_the_same_whatever_its_length(
    in_fairview: Cast, client_of, django_assert_max_num_queries
):
    admin = client_of(in_fairview.admin)
    admin.get("/settings/people/")
    with django_assert_max_num_queries(16):
        admin.get("/settings/people/")


def test_a_person_shows_the_teams_they_are_in(in_fairview: Cast, client_of):
    page = client_of(in_fairview.admin).get(f"/settings/people/{in_fairview.lead.pk}/")
    assert f'/settings/teams/{in_fairview.team.pk}/people/">Transportation</a>' in (
        page.content.decode()
    )


def test_the_most_for_one_member_is_kept_and_may_be_emptied(in_fairview: Cast, client_of):
    admin = client_of(in_fairview.admin)
    page = f"/settings/teams/{in_fairview.team.pk}/people/{in_fairview.agent.pk}/"
    link = in_fairview.agent.team_links.get()
    for sent, kept in (("4", 4), ("-1", 4), ("many", 4), ("", None)):
        admin.post(page, {"cap": sent})
        link.refresh_from_db()
        assert link.cap == kept
    assert AuditEntry.objects.filter(verb="team_cap").count() == 2


def test_a_team_learns_to_give_by_itself(in_fairview: Cast, client_of):
    sent = {"name": "Transportation", "is_active": "on", "distribution": "least_loaded"}
    sent |= {"here_by": "own", "cap": "12"}
    client_of(in_fairview.admin).post(f"/settings/teams/{in_fairview.team.pk}/", sent)
    in_fairview.team.refresh_from_db()
    team = in_fairview.team
    assert (team.distribution, team.here_by, team.cap) == ("least_loaded", "own", 12)
