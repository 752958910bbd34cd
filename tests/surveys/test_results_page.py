"""The pages of results: who answered, what they said, and what is hidden, in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import MembershipSchool
from districts.scope import district_scope
from surveys.counting import count_whole
from surveys.models import InvitationState, Wave, WaveState
from tests.builders import make_school
from tests.surveys.answers import respond
from tests.surveys.builders import make_invitation, make_reachable, make_survey, make_wave


@pytest.fixture
def wave(fairview, in_fairview) -> Wave:
    """Return a closed wave: two schools that are shown, and letters to one of them."""
    wave = make_wave(state=WaveState.CLOSED)
    for school, happy in ((fairview.school, 9), (fairview.other_school, 6)):
        respond(wave, happy, school=school, recommend=9, bus="yes", why="Kind people.")
        respond(wave, 15 - happy, school=school, recommend=3, bus="no", why="Late bus.")
    for place in range(4):
        invitation = make_invitation(wave, make_reachable(), school=fairview.school)
        invitation.is_spent = place < 3
        invitation.state = InvitationState.BOUNCED if place == 3 else InvitationState.SENT
        invitation.save()
    count_whole(wave)
    return wave


def page(client, wave: Wave, **asked) -> str:
    """Return the page of a wave as text."""
    answer = client.get(f"/surveys/waves/{wave.pk}/results/", asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_page_says_who_answered_and_what_became_of_the_letters(wave, fairview, client_of):
    said = page(client_of(fairview.viewer), wave)
    assert "75 % of the invited families answered: 3 of 4." in said
    assert "30 to 95 %" in said
    assert "The figures hold 30 answers." in said


def test_the_page_shows_the_score_with_the_counts_behind_it(wave, fairview, client_of):
    said = page(client_of(fairview.viewer), wave)
    assert '<b class="stat-figure">0</b>' in said
    assert "15 of 30 answers" in said


def test_a_school_stands_beside_the_district(wave, fairview, client_of):
    said = page(client_of(fairview.viewer), wave, school=fairview.school.pk)
    assert '<b class="stat-figure">+20</b>' in said
    assert '<td class="number" data-label="Share">60 %</td>' in said
    assert "All schools" in said


def test_who_is_limited_to_a_school_sees_that_school_only(wave, fairview, client_of):
    MembershipSchool.objects.create(member=fairview.viewer, school=fairview.school)
    said = page(client_of(fairview.viewer), wave)
    assert '<b class="stat-figure">+20</b>' in said
    assert fairview.other_school.name not in said
    other = page(client_of(fairview.viewer), wave, school=fairview.other_school.pk)
    assert '<b class="stat-figure">+20</b>' in other


def test_too_few_answers_are_said_so(fairview, in_fairview, client_of):
    wave = make_wave()
    respond(wave, 19, school=fairview.school, recommend=9)
    make_invitation(wave, school=fairview.school)
    said = page(client_of(fairview.viewer), wave)
    assert "Still too few answers" in said
    assert "Figures appear from 10 answers a school" in said


def test_a_survey_without_waves_says_what_comes(fairview, in_fairview, client_of):
    survey = make_survey()
    answer = client_of(fairview.viewer).get(f"/surveys/{survey.pk}/results/")
    assert "No answers yet" in answer.content.decode()


def test_a_question_is_shown_school_by_school(wave, fairview, client_of):
    answer = client_of(fairview.viewer).get(f"/surveys/waves/{wave.pk}/results/bus/")
    said = " ".join(answer.content.decode().split())
    for name in ("All schools", fairview.school.name, fairview.other_school.name):
        assert f"<bdi>{name}</bdi>" in said
    assert '<td class="number" data-label="Yes">60 %</td>' in said


def test_a_question_that_was_not_asked_is_not_there(wave, fairview, client_of):
    answer = client_of(fairview.viewer).get(f"/surveys/waves/{wave.pk}/results/nothing/")
    assert answer.status_code == 404


def test_another_districts_results_are_not_there(wave, harbor, client_of):
    with district_scope(harbor.district.pk):
        client = client_of(harbor.admin)
    assert client.get(f"/surveys/waves/{wave.pk}/results/").status_code == 404


def test_a_page_asks_the_same_however_many_schools_there_are(wave, fairview, client_of):
    client = client_of(fairview.admin)
    page(client, wave)
    with CaptureQueriesContext(connection) as few:
        page(client, wave)
    for number in range(12):
        school = make_school(f"School {number}")
        respond(wave, 12, school=school, recommend=number % 11, bus="yes")
        make_invitation(wave, make_reachable(), school=school)
    count_whole(wave)
    with CaptureQueriesContext(connection) as many:
        assert "School 11" in page(client, wave)
    assert len(many) == len(few)


def test_the_results_of_a_survey_lead_to_each_of_its_waves(wave, fairview, client_of):
    answer = client_of(fairview.viewer).get(f"/surveys/{wave.survey_id}/results/")
    assert f'href="/surveys/waves/{wave.pk}/results/"' in answer.content.decode()
