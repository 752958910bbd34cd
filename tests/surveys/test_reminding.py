"""Reminders: to the silent only, on the days chosen, or when a person says so."""

from typing import Any

import pytest

from families.models import Delivery
from surveys import carrying, reminding, waving
from surveys.models import Invitation, Mode, Wave, WaveState
from tests.builders import DAY, HOUR, NOON
from tests.cast import Cast
from tests.surveys.builders import make_invitation, make_survey, make_wave

pytestmark = pytest.mark.usefixtures("in_fairview")


def sent(**fields: Any) -> Wave:
    """Return a wave whose audience was drawn, and whose three invitations were sent at noon."""
    said: dict[str, Any] = {"drawn_at": NOON, "reminder_days": [3, 7]} | fields
    wave = make_wave(**said)
    for _number in range(3):
        make_invitation(wave)
    return wave


def keys(wave: Wave) -> list[str]:
    """Return the numbers of the letters that have been queued."""
    queued = Delivery.objects.order_by("pk").values_list("key", flat=True)
    return [key.rpartition(":")[2] for key in queued]


def test_the_silent_are_reminded_on_the_days_chosen():
    wave = sent()
    carrying.take(wave.pk, at=NOON + 2 * DAY)
    assert keys(wave) == []
    carrying.take(wave.pk, at=NOON + 3 * DAY)
    carrying.take(wave.pk, at=NOON + 6 * DAY)
    assert keys(wave) == ["1", "1", "1"]
    carrying.take(wave.pk, at=NOON + 7 * DAY)
    assert keys(wave) == ["1", "1", "1", "2", "2", "2"]


def test_whoever_answered_is_not_reminded():
    wave = sent()
    answered = wave.invitations.first()
    Invitation.objects.filter(pk=answered.pk).update(is_spent=True)
    carrying.take(wave.pk, at=NOON + 3 * DAY)
    reminded = set(Delivery.objects.values_list("guardian", flat=True))
    assert reminded == {each.guardian_id for each in wave.invitations.silent()}
    assert len(reminded) == 2


def test_reminders_that_were_missed_do_not_come_at_once():
    wave = sent()
    carrying.take(wave.pk, at=NOON + 8 * DAY)
    carrying.take(wave.pk, at=NOON + 8 * DAY + HOUR)
    assert keys(wave) == ["1", "1", "1"]
    carrying.take(wave.pk, at=NOON + 9 * DAY)
    assert len(keys(wave)) == 6


def test_nobody_is_reminded_at_night_or_when_the_wave_is_stopped(in_fairview: Cast):
    wave = sent()
    carrying.take(wave.pk, at=NOON + 3 * DAY + 10 * HOUR)
    waving.stop(wave, by=in_fairview.manager, at=NOON)
    carrying.take(wave.pk, at=NOON + 6 * DAY)
    assert keys(wave) == []


def test_a_person_reminds_the_silent_now_and_once(in_fairview: Cast):
    wave = sent(reminder_days=[])
    assert reminding.remind_now(wave, by=in_fairview.manager, at=NOON + HOUR) == 0
    assert reminding.remind_now(wave, by=in_fairview.manager, at=NOON + DAY) == 3
    carrying.take(wave.pk, at=NOON + DAY)
    assert reminding.remind_now(wave, by=in_fairview.manager, at=NOON + DAY + HOUR) == 0
    carrying.take(wave.pk, at=NOON + 2 * DAY)
    assert keys(wave) == ["1", "1", "1"]


def test_a_reminder_out_of_turn_takes_the_place_of_the_next(in_fairview: Cast):
    wave = sent()
    reminding.remind_now(wave, by=in_fairview.manager, at=NOON + DAY)
    carrying.take(wave.pk, at=NOON + DAY)
    carrying.take(wave.pk, at=NOON + 3 * DAY)
    assert keys(wave) == ["1", "1", "1"]
    carrying.take(wave.pk, at=NOON + 7 * DAY)
    assert len(keys(wave)) == 6


def test_nobody_is_reminded_in_an_anonymous_wave(in_fairview: Cast):
    wave = sent(survey=make_survey(mode=Mode.ANONYMOUS), reminder_days=[])
    assert reminding.remind_now(wave, by=in_fairview.manager, at=NOON + DAY) == 0
    carrying.take(wave.pk, at=NOON + 5 * DAY)
    assert keys(wave) == []


def test_a_wave_that_is_over_reminds_nobody():
    wave = sent(state=WaveState.CLOSED)
    carrying.take(wave.pk, at=NOON + 3 * DAY)
    assert keys(wave) == []
