"""Whom a wave asks, and why others are left out."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from families import consents
from families.models import ContactPoint, Enrollment, Guardian, Purpose
from surveys.audiences import audience_of
from surveys.drawing import Candidate
from surveys.models import Reason, SurveySettings, Unit, Wave, WaveState
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.surveys.builders import make_invitation, make_wave
from tests.surveys.families import enroll, make_parent, make_second


def found(wave: Wave) -> list[Candidate]:
    return audience_of(wave, at=NOON)


def asked(wave: Wave) -> set[int]:
    return {one.guardian for one in found(wave) if not one.why}


def why(wave: Wave, guardian: Guardian) -> str:
    return next(one.why for one in found(wave) if one.guardian == guardian.pk)


def test_guardians_of_students_enrolled_today_belong(in_fairview: Cast):
    parent = make_parent(in_fairview.school)
    gone = make_parent(in_fairview.school)
    Enrollment.objects.filter(student__guardianships__guardian=gone).update(
        ends_on=date(2026, 10, 1)
    )
    assert asked(make_wave()) == {parent.pk}


@pytest.mark.parametrize("link", [{"has_custody": False}, {"receives_messages": False}])
def test_without_custody_or_messages_nobody_belongs(in_fairview: Cast, link: dict[str, Any]):
    make_parent(in_fairview.school, **link)
    assert found(make_wave()) == []


def test_who_must_not_be_contacted_is_left_out_but_about_another_child(in_fairview: Cast):
    barred = make_parent(in_fairview.school, no_contact=True)
    assert why(make_wave(), barred) == Reason.NO_CONTACT
    enroll(barred, in_fairview.other_school)
    (one,) = found(make_wave())
    assert (one.why, one.school) == ("", in_fairview.other_school.pk)


@pytest.mark.parametrize(
    ("audience", "count"),
    [
        ({}, 4),
        ({"grades": ["5"]}, 1),
        ({"languages": ["es"]}, 1),
        ({"grades": ["5"], "languages": ["es"]}, 0),
        ({"sample": 2}, 2),
    ],
)
def test_an_audience_is_narrowed_by_what_is_chosen(
    in_fairview: Cast, audience: dict[str, Any], count: int
):
    make_parent(in_fairview.school)
    make_parent(in_fairview.school, grade="5")
    make_parent(in_fairview.school, language="es")
    make_parent(in_fairview.other_school)
    assert len(asked(make_wave(audience=audience))) == count


def test_schools_are_chosen(in_fairview: Cast):
    make_parent(in_fairview.school)
    there = make_parent(in_fairview.other_school)
    chosen = {"schools": [in_fairview.other_school.pk]}
    assert asked(make_wave(audience=chosen)) == {there.pk}


def test_one_of_a_household_is_asked_or_each(in_fairview: Cast):
    first = make_parent(in_fairview.school)
    second = make_second(first)
    assert len(asked(make_wave(unit=Unit.HOUSEHOLD))) == 1
    assert asked(make_wave(unit=Unit.GUARDIAN)) == {first.pk, second.pk}


def test_a_household_is_asked_by_whoever_can_be_reached(in_fairview: Cast):
    silent = make_parent(in_fairview.school, email="")
    second = make_second(silent)
    assert asked(make_wave()) == {second.pk}


def test_without_an_address_that_works_a_letter_is_printed_or_nobody_asked(in_fairview: Cast):
    silent = make_parent(in_fairview.school, email="")
    bounced = make_parent(in_fairview.school)
    ContactPoint.objects.filter(guardian=bounced).update(bounced_at=NOON)
    assert why(make_wave(), silent) == why(make_wave(), bounced) == Reason.NO_ADDRESS
    ways = Counter(one.way for one in found(make_wave(ways=["email", "letter"])) if not one.why)
    assert ways == {"letter": 2}


def test_who_wants_no_surveys_gets_no_letter_either(in_fairview: Cast):
    parent = make_parent(in_fairview.school)
    point = parent.contact_points.get()
    consents.withdraw(point, Purpose.SURVEYS, how="test", at=NOON)
    assert why(make_wave(ways=["letter"]), parent) == Reason.NO_CONSENT
    consents.grant(point, Purpose.SURVEYS, how="test", at=NOON)
    assert asked(make_wave()) == {parent.pk}


def test_a_household_that_another_survey_reached_lately_rests(in_fairview: Cast):
    parent = make_parent(in_fairview.school)
    make_invitation(make_wave(), parent, send_at=NOON - 10 * DAY)
    assert why(make_wave(audience={"rest_days": 30}), parent) == Reason.RESTING
    assert why(make_wave(audience={"rest_days": 9}), parent) == ""


def test_the_contact_budget_counts_all_surveys_and_the_whole_household(in_fairview: Cast):
    SurveySettings.objects.create(most_invitations=2, budget_months=12)
    parent = make_parent(in_fairview.school)
    second = make_second(parent)
    make_invitation(make_wave(), parent, send_at=NOON - 300 * DAY)
    make_invitation(make_wave(), second, send_at=NOON - 400 * DAY)
    assert len(asked(make_wave())) == 1
    make_invitation(make_wave(), second, send_at=NOON - DAY)
    assert why(make_wave(), parent) == why(make_wave(), second) == Reason.BUDGET


def test_two_of_a_household_in_one_wave_count_once(in_fairview: Cast):
    SurveySettings.objects.create(most_invitations=2)
    parent = make_parent(in_fairview.school)
    both = make_wave()
    make_invitation(both, parent)
    make_invitation(both, make_second(parent))
    assert len(asked(make_wave())) == 1


def test_a_more_important_wave_to_come_keeps_its_place(in_fairview: Cast):
    SurveySettings.objects.create(most_invitations=1)
    here, there = make_parent(in_fairview.school), make_parent(in_fairview.other_school)
    make_wave(
        state=WaveState.PLANNED,
        priority=1,
        opens_at=NOON + 60 * DAY,
        closes_at=NOON + 70 * DAY,
        audience={"schools": [in_fairview.school.pk]},
    )
    usual = make_wave(priority=5)
    assert why(usual, here) == Reason.BUDGET
    assert asked(usual) == {there.pk}
    assert asked(make_wave(priority=1)) == {here.pk, there.pk}


def test_a_large_audience_costs_as_few_queries_as_a_small_one(
    in_fairview: Cast, django_assert_num_queries
):
    for _number in range(30):
        make_parent(in_fairview.school)
    wave = make_wave()
    with django_assert_num_queries(7):
        assert len(found(wave)) == 30
