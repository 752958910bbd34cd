"""Machines read surveys, waves, response rates and published figures: what pages show, no more."""

import pytest
from django.db import transaction

from districts.scope import district_scope
from surveys.counting import count_whole
from surveys.models import Wave, WaveState
from tests.inbox.api.conftest import Caller, key_for
from tests.surveys.answers import respond
from tests.surveys.builders import make_invitation, make_reachable, make_survey, make_wave


@pytest.fixture
def machine(fairview) -> Caller:
    """Return a caller with a key of fairview, on fairview's host."""
    return Caller(key_for(fairview), fairview.host)


@pytest.fixture
def wave(fairview) -> Wave:
    """Return a closed wave: one school that is told as nearly all alike, one that covers it."""
    with district_scope(fairview.district.pk), transaction.atomic():
        wave = make_wave(state=WaveState.CLOSED)
        respond(wave, 12, school=fairview.school, recommend=9, why="A secret.")
        respond(wave, 10, school=fairview.other_school, recommend=9)
        respond(wave, 10, school=fairview.other_school, recommend=2)
        for place in range(4):
            spent = {"is_spent": place == 0, "school": fairview.school}
            make_invitation(wave, make_reachable(), **spent)
        count_whole(wave)
        return wave


def test_surveys_with_their_published_wording_and_waves(machine, wave):
    [survey] = machine.get("/surveys/").json()["results"]
    assert (survey["id"], survey["mode"]) == (wave.survey_id, "confidential")
    assert survey["archived_at"] is None
    [version] = machine.get(f"/surveys/{survey['id']}/versions/").json()["results"]
    assert version["questionnaire"]["questions"][0]["key"] == "recommend"
    [shown] = machine.get(f"/surveys/{survey['id']}/waves/").json()["results"]
    assert (shown["id"], shown["state"], shown["version"]) == (wave.pk, "closed", 1)


def test_drafts_are_nobodys_business(machine, fairview):
    with district_scope(fairview.district.pk), transaction.atomic():
        survey = make_survey(published=False)
    assert machine.get(f"/surveys/{survey.pk}/versions/").json()["results"] == []


def test_a_wave_says_who_answered_by_school(machine, wave, fairview):
    shown = machine.get(f"/waves/{wave.pk}/").json()
    assert (shown["rate"]["answered"], shown["rate"]["invited"]) == (1, 4)
    [school] = shown["schools"]
    assert (school["school"], school["rate"]["percent"]) == (fairview.school.slug, 25)


def test_results_are_the_published_figures(machine, wave, fairview):
    said = machine.get(f"/waves/{wave.pk}/results/").json()
    assert (said["responses"], said["floor"]) == (32, 10)
    recommend = next(one for one in said["questions"] if one["key"] == "recommend")
    groups = {group["school"]: group for group in recommend["groups"]}
    assert groups[None]["net_promoter_score"] == pytest.approx(100 * (22 - 10) / 32)
    assert groups[fairview.school.slug]["shown"] == "alike"
    assert groups[fairview.school.slug]["alike"] == "promoter"
    assert groups[fairview.school.slug]["counts"] == []
    assert groups[fairview.other_school.slug]["shown"] == "size"


def test_no_single_answer_is_told(machine, wave):
    assert "A secret." not in machine.get(f"/waves/{wave.pk}/results/").content.decode()
