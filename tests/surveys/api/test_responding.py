"""Machines hand in responses: checked like a form's, once under a key, while a wave is open."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from districts.scope import district_scope
from surveys.models import Mode, Response, SealedResponse, Wave, WaveState
from surveys.questionnaire import Choice, Kind, Line, Question
from tests.inbox.api.conftest import Caller, key_for
from tests.surveys.builders import BUS, RECOMMEND, WHY, make_survey, make_wave, texts

CHOICES = (Choice("a", texts("A")), Choice("b", texts("B")))
SEVERAL = Question("several", Kind.MULTIPLE, texts("Which?"), choices=CHOICES)
MATRIX = Question(
    "matrix", Kind.MATRIX, texts("Agree?"), choices=CHOICES, lines=(Line("x", texts("X")),)
)
TRIPS = Question("trips", Kind.NUMBER, texts("Trips?"))
MAY = Question("may", Kind.CONSENT, texts("May we?"))
ALL = (RECOMMEND, BUS, SEVERAL, MATRIX, TRIPS, MAY, WHY)
FULL = {
    "recommend": 9,
    "bus": "yes",
    "several": ["b", "a"],
    "matrix": {"x": "a"},
    "trips": 2.5,
    "may": True,
    "why": "Kind people.",
}


@pytest.fixture
def machine(fairview) -> Caller:
    """Return a caller with a key of fairview, on fairview's host."""
    return Caller(key_for(fairview), fairview.host)


def opened(fairview, **fields) -> Wave:
    """Make a wave that asks a question of many kinds."""
    with district_scope(fairview.district.pk), transaction.atomic():
        return make_wave(make_survey(*ALL, mode=fields.pop("mode", Mode.CONFIDENTIAL)), **fields)


def hand_in(machine: Caller, wave: Wave, answers, **more):
    once = more.pop("once", None)
    body = {"answers": answers, **more}
    return machine.post(f"/waves/{wave.pk}/responses/", body, once=once)


def kept(fairview) -> list[Response]:
    with district_scope(fairview.district.pk), transaction.atomic():
        return list(Response.objects.select_related("school"))


def test_a_response_is_kept_as_a_form_would(machine, fairview):
    wave = opened(fairview)
    answer = hand_in(machine, wave, FULL, school=fairview.school.slug, language="es")
    assert answer.status_code == 201
    [response] = kept(fairview)
    assert response.answers == FULL | {"several": ["a", "b"]}
    assert (response.score, response.school, response.language) == (9, fairview.school, "es")
    assert response.submitted_at is not None


def test_the_same_key_sends_it_once(machine, fairview):
    wave = opened(fairview)
    first = hand_in(machine, wave, FULL, once="a")
    again = hand_in(machine, wave, FULL, once="a")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(kept(fairview)) == 1


def test_the_same_key_for_something_else_is_refused(machine, fairview):
    wave = opened(fairview)
    hand_in(machine, wave, FULL, once="a")
    assert hand_in(machine, wave, {"recommend": 1}, once="a").status_code == 422
    assert len(kept(fairview)) == 1


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "answers.recommend"),
        ({"recommend": 11}, "answers.recommend"),
        ({"recommend": "9"}, "answers.recommend"),
        ({"recommend": True}, "answers.recommend"),
        ({"recommend": 9, "bus": "maybe"}, "answers.bus"),
        ({"recommend": 9, "several": "a"}, "answers.several"),
        ({"recommend": 9, "matrix": {"y": "a"}}, "answers.matrix"),
        ({"recommend": 9, "matrix": ["a"]}, "answers.matrix"),
        ({"recommend": 9, "may": "yes"}, "answers.may"),
        ({"recommend": 9, "why": 3}, "answers.why"),
        ({"recommend": 9, "nothing": 1}, "answers.nothing"),
    ],
)
def test_what_is_no_answer_is_refused_by_name(machine, fairview, answers, field):
    answer = hand_in(machine, opened(fairview), answers)
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert kept(fairview) == []


@pytest.mark.parametrize("state", [WaveState.PLANNED, WaveState.CLOSED])
def test_a_wave_that_is_not_open_takes_nothing(machine, fairview, state):
    assert hand_in(machine, opened(fairview, state=state), FULL).status_code == 409
    assert kept(fairview) == []


def test_an_anonymous_wave_seals_what_is_handed_in(machine, fairview):
    wave = opened(fairview, mode=Mode.ANONYMOUS)
    for _ in range(2):
        assert hand_in(machine, wave, FULL, once="a").status_code == 201
    with district_scope(fairview.district.pk), transaction.atomic():
        assert SealedResponse.objects.count() == 1
    assert kept(fairview) == []


def test_a_school_that_is_not_there_is_refused(machine, fairview):
    assert hand_in(machine, opened(fairview), FULL, school="nowhere").status_code == 422


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answers=st.dictionaries(st.sampled_from([*FULL, "\x00"]), ANYTHING) | ANYTHING,
    more=st.dictionaries(st.sampled_from(["school", "language", "else"]), ANYTHING),
)
def test_any_json_is_taken_or_refused_with_a_sentence(machine, fairview, answers, more):
    wave = opened(fairview)
    body = json.dumps({"answers": answers, **more})
    answer = machine.post(f"/waves/{wave.pk}/responses/", body)
    assert answer.status_code in {201, 400, 422}
    assert answer.status_code == 201 or answer.json()["detail"]
