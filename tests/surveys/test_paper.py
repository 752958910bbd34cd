"""Sheets of paper, keyed in: numbers become answers, a sheet counts once, a letter too."""

from typing import Any

import pytest

from surveys import links
from surveys.keying import keyed
from surveys.models import Invitation, Mode, Response, SealedResponse, WaveState, Way
from surveys.questionnaire import Kind
from tests.cast import Cast
from tests.surveys.builders import make_invitation, make_survey, make_wave
from tests.surveys.every_kind import EVERY_KIND, LANGUAGES

SHEET = {
    "q.recommend": "9",
    "q.safe": "5",
    "q.bus": "2",
    "q.reached": "1, 3",
    "q.staff.kind": "3",
    "q.why": "They listen.",
    "q.contact": "1",
}


@pytest.fixture
def wave(in_fairview: Cast) -> Any:
    return make_wave(make_survey(*EVERY_KIND, languages=LANGUAGES))


@pytest.fixture
def recorder(in_fairview: Cast, client_of) -> Any:
    return client_of(in_fairview.recorder)


def send(client: Any, wave: Any, key: str = "first", **more: str) -> Any:
    return client.post(f"/surveys/paper/{wave.pk}/", {"key": key, **SHEET, **more})


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("bus", " 1 ", ["never"]),
        ("bus", "4", ["?4"]),
        ("bus", "never", ["?never"]),
        ("bus", "", [""]),
        ("reached", "1;3 2", ["never", "always", "sometimes"]),
        ("recommend", " 10", ["10"]),
        ("contact", "X", ["yes"]),
        ("contact", "0", [""]),
    ],
)
def test_a_number_means_the_choice_that_has_it_on_the_sheet(key, typed, meant):
    question = next(one for one in EVERY_KIND if one.key == key)
    assert keyed(question, {f"q.{key}": [typed]}) == {f"q.{key}": meant}


def test_a_sheet_becomes_a_finished_response(wave, recorder, in_fairview):
    answer = send(recorder, wave, school=str(in_fairview.school.pk))
    assert answer.headers["Location"].endswith(f"?school={in_fairview.school.pk}")
    response = Response.objects.get()
    assert response.answers == {
        "recommend": 9,
        "safe": 5,
        "bus": "sometimes",
        "reached": ["never", "always"],
        "staff": {"kind": "always"},
        "why": "They listen.",
        "contact": True,
    }
    assert (response.way, response.school, response.score) == (Way.PAPER, in_fairview.school, 9)
    assert response.entered_by == in_fairview.recorder
    assert response.submitted_at is not None


def test_a_sheet_that_was_sent_twice_counts_once(wave, recorder):
    assert send(recorder, wave).status_code == 302
    assert send(recorder, wave).status_code == 422
    assert send(recorder, wave, key="second").status_code == 302
    assert Response.objects.count() == 2


def test_a_letters_code_spends_its_link(wave, recorder):
    invitation = make_invitation(wave)
    code = links.code_for(wave.district_id, wave.pk, invitation.guardian.pk)
    assert send(recorder, wave, code=code).status_code == 302
    assert Invitation.objects.get().is_spent
    assert Response.objects.get().invitation == invitation
    again = send(recorder, wave, key="second", code=code)
    assert "entered before" in again.content.decode()
    other = send(recorder, make_wave(wave.survey), code=code)
    assert "No letter of this wave has this code." in other.content.decode()


def test_what_is_not_on_the_sheet_is_refused_beside_its_field(wave, recorder):
    answer = send(recorder, wave, **{"q.recommend": "11", "q.bus": "7"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose a number from 0 to 10." in page
    assert "Choose one of the answers shown." in page
    assert 'value="7"' in page
    assert not Response.objects.exists()


def test_an_anonymous_sheet_is_sealed_and_says_nothing_of_who_typed_it(in_fairview, recorder):
    wave = make_wave(make_survey(*EVERY_KIND, languages=LANGUAGES, mode=Mode.ANONYMOUS))
    assert send(recorder, wave).status_code == 302
    assert send(recorder, wave).status_code == 422
    assert SealedResponse.objects.count() == 1
    assert not Response.objects.exists()


def test_only_open_waves_take_paper(wave, recorder):
    assert wave.name in recorder.get("/surveys/paper/").content.decode()
    wave.state = WaveState.CLOSED
    wave.save()
    assert wave.name not in recorder.get("/surveys/paper/").content.decode()
    assert send(recorder, wave).status_code == 404


def test_every_kind_has_a_field(wave, recorder):
    page = recorder.get(f"/surveys/paper/{wave.pk}/").content.decode()
    asked = [one for one in EVERY_KIND if one.kind not in {Kind.STATEMENT, Kind.MATRIX}]
    assert all(f'name="q.{one.key}"' in page for one in asked)
    assert 'name="q.staff.quick"' in page
    assert "1 Never · 2 Sometimes · 3 Always" in page
