"""A wave from plan to end: opened, drawn, sent, stopped, resumed, repeated, closed."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from districts.models import AuditEntry
from districts.scope import no_district
from families import consents
from families.models import Delivery, DeliveryState, Purpose
from surveys import carrying, closing, inviting, letters, waving
from surveys.audiences import Audience
from surveys.models import Invitation, InvitationState, Reason, Wave, WaveState
from surveys.signals import wave_closed
from surveys.sweeping import sweep_waves
from surveys.waving import Plan
from tests.builders import DAY, HOUR, NOON
from tests.cast import Cast
from tests.surveys.builders import make_survey
from tests.surveys.families import make_parent, make_second


class Killed(BaseException):
    """What a test raises where a process would be killed: nothing in the product catches it."""


def plan(cast: Cast, **fields: Any) -> Wave:
    said: dict[str, Any] = {"name": "Fall", "opens_at": NOON, "closes_at": NOON + 14 * DAY}
    said |= fields
    return waving.plan_wave(make_survey(), Plan(**said), by=cast.manager, at=NOON - DAY)


def opened(cast: Cast, **fields: Any) -> Wave:
    return waving.open_wave(plan(cast, **fields), by=cast.manager, at=NOON)


def states(wave: Wave) -> Counter[str]:
    return Counter(wave.invitations.values_list("state", flat=True))


def test_a_planned_wave_opens_by_itself_and_sends(fairview: Cast, harbor: Cast, scoped):
    with scoped(fairview):
        for _number in range(3):
            make_parent(fairview.school)
        wave = plan(fairview)
    with no_district():
        sweep_waves(at=NOON - HOUR)
        sweep_waves(at=NOON)
    with scoped(fairview):
        wave.refresh_from_db()
        assert (wave.state, wave.total, states(wave)) == (WaveState.OPEN, 3, {"sent": 3})
        assert Delivery.objects.filter(purpose="survey").count() == 3


def test_everybody_of_the_audience_is_invited_or_skipped_with_a_reason(in_fairview: Cast):
    parent = make_parent(in_fairview.school)
    make_second(parent)
    make_parent(in_fairview.school, email="")
    wave = opened(in_fairview)
    carrying.take(wave.pk, at=NOON)
    assert Counter(wave.skips.values_list("reason", flat=True)) == {
        Reason.SAME_HOUSEHOLD: 1,
        Reason.NO_ADDRESS: 1,
    }
    wave.refresh_from_db()
    assert wave.total == wave.invitations.count() + wave.skips.count() == 3


def test_a_worker_that_is_killed_while_drawing_leaves_nothing_twice(in_fairview: Cast, monkeypatch):
    for _number in range(7):
        make_parent(in_fairview.school)
    monkeypatch.setattr(inviting, "BATCH", 3)
    wave = opened(in_fairview, audience=Audience(sample=5))
    drawing = inviting.draw(wave.pk, at=NOON)
    next(drawing)
    drawing.close()
    assert 0 < wave.invitations.count() + wave.skips.count() < 7
    carrying.take(wave.pk, at=NOON + HOUR)
    assert (wave.invitations.count(), wave.skips.count()) == (5, 2)


def test_a_worker_that_is_killed_while_sending_sends_nothing_twice(in_fairview: Cast, monkeypatch):
    for _number in range(5):
        make_parent(in_fairview.school)
    wave = opened(in_fairview)
    list(inviting.draw(wave.pk, at=NOON))
    written: list[int] = []

    def write_some(*args: Any, **kwargs: Any) -> Delivery:
        if len(written) == 3:
            raise Killed
        written.append(1)
        return write(*args, **kwargs)

    write = letters.write
    monkeypatch.setattr(letters, "write", write_some)
    with pytest.raises(Killed):
        inviting.send(wave.pk, at=NOON)
    monkeypatch.undo()
    assert states(wave) == {"drawn": 5}
    carrying.take(wave.pk, at=NOON)
    assert states(wave) == {"sent": 5}
    assert Delivery.objects.count() == 5


def test_a_wave_is_spread_over_days_and_keeps_quiet_at_night(in_fairview: Cast):
    for _number in range(30):
        make_parent(in_fairview.school)
    wave = opened(in_fairview, spread_days=3)
    carrying.take(wave.pk, at=NOON)
    first = states(wave)["sent"]
    assert 0 < first < 30
    night = NOON + DAY + 9 * HOUR
    carrying.take(wave.pk, at=night)
    assert states(wave)["sent"] == first
    wave.refresh_from_db()
    assert wave.next_at == NOON + DAY * 2 - 2 * HOUR
    carrying.take(wave.pk, at=NOON + 2 * DAY)
    assert states(wave) == {"sent": 30}


def test_a_wave_that_opens_at_night_sends_in_the_morning(in_fairview: Cast):
    make_parent(in_fairview.school)
    wave = plan(in_fairview, opens_at=NOON - 10 * HOUR)
    waving.open_wave(wave, by=None, at=NOON - 10 * HOUR)
    carrying.take(wave.pk, at=NOON - 10 * HOUR)
    assert states(wave) == {"drawn": 1}
    wave.refresh_from_db()
    assert wave.next_at == NOON - 2 * HOUR


def test_who_withdraws_before_their_turn_gets_nothing(in_fairview: Cast):
    parent = make_parent(in_fairview.school)
    wave = opened(in_fairview)
    list(inviting.draw(wave.pk, at=NOON))
    consents.withdraw(parent.contact_points.get(), Purpose.SURVEYS, how="test", at=NOON)
    carrying.take(wave.pk, at=NOON)
    assert states(wave) == {"withdrawn": 1}
    assert not Delivery.objects.exists()


def test_stopping_holds_back_what_was_queued_and_resuming_sends_it_once(in_fairview: Cast):
    for _number in range(3):
        make_parent(in_fairview.school)
    wave = opened(in_fairview)
    carrying.take(wave.pk, at=NOON)
    gone = Delivery.objects.order_by("pk")[0]
    gone.claim(at=NOON)
    gone.settle(DeliveryState.SENT, at=NOON)
    waving.stop(wave, by=in_fairview.manager, at=NOON)
    carrying.take(wave.pk, at=NOON)
    assert states(wave) == {"sent": 1, "drawn": 2}
    assert Delivery.objects.filter(state=DeliveryState.SUPPRESSED).count() == 2
    waving.resume(wave, by=in_fairview.manager, at=NOON + HOUR)
    carrying.take(wave.pk, at=NOON + HOUR)
    assert states(wave) == {"sent": 3}
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {"sent": 1, "queued": 2}


def test_an_address_that_refuses_the_letter_is_a_bounce(in_fairview: Cast):
    make_parent(in_fairview.school, email="no-address-at-all")
    wave = opened(in_fairview)
    carrying.take(wave.pk, at=NOON)
    assert states(wave) == {"bounced": 1}


def test_a_wave_closes_when_its_time_is_over_and_says_so(in_fairview: Cast):
    heard = []
    wave_closed.connect(hear := lambda wave, at, **_kwargs: heard.append((wave.pk, at)))
    wave = opened(in_fairview)
    assert not closing.close_due(at=NOON + 13 * DAY)
    assert closing.close_due(at=NOON + 14 * DAY)
    wave_closed.disconnect(hear)
    wave.refresh_from_db()
    assert (wave.state, wave.closed_at) == (WaveState.CLOSED, NOON + 14 * DAY)
    assert heard == [(wave.pk, NOON + 14 * DAY)]


def test_a_wave_is_closed_early_or_prolonged(in_fairview: Cast):
    wave = opened(in_fairview)
    waving.prolong(wave, NOON + 20 * DAY, by=in_fairview.manager, at=NOON)
    assert not closing.close_due(at=NOON + 14 * DAY)
    with pytest.raises(ValidationError):
        waving.prolong(wave, NOON, by=in_fairview.manager, at=NOON)
    closing.close(wave, by=in_fairview.manager, at=NOON + DAY)
    with pytest.raises(ValidationError):
        closing.close(wave, by=in_fairview.manager, at=NOON + DAY)


def test_a_wave_that_repeats_plans_the_next_when_it_opens(in_fairview: Cast):
    first = opened(in_fairview, repeat_months=1, audience=Audience(grades=("3",)))
    later = Wave.objects.get(repeats=first)
    assert (later.state, later.number, later.audience) == (WaveState.PLANNED, 2, first.audience)
    assert later.opens_at == NOON + timedelta(days=30)
    assert later.closes_at - later.opens_at == 14 * DAY


def test_a_planned_wave_is_changed_or_removed_and_an_open_one_is_not(in_fairview: Cast):
    wave = plan(in_fairview)
    changed = Plan(name="Autumn", opens_at=NOON, closes_at=NOON + DAY)
    waving.change(wave, changed, by=in_fairview.manager, at=NOON)
    wave.refresh_from_db()
    assert wave.name == "Autumn"
    waving.open_wave(wave, by=in_fairview.manager, at=NOON)
    with pytest.raises(ValidationError):
        waving.remove(wave, by=in_fairview.manager, at=NOON)


def test_a_survey_that_is_not_published_has_no_waves(in_fairview: Cast):
    said = Plan(name="Fall", opens_at=NOON, closes_at=NOON + DAY)
    with pytest.raises(ValidationError, match="Publish"):
        waving.plan_wave(make_survey(published=False), said, by=in_fairview.manager, at=NOON)


def test_what_is_done_with_a_wave_is_audited(in_fairview: Cast):
    wave = opened(in_fairview)
    waving.stop(wave, by=in_fairview.manager, at=NOON)
    waving.resume(wave, by=in_fairview.manager, at=NOON)
    verbs = AuditEntry.objects.filter(noun="wave").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["created", "opened", "stopped", "resumed"]


def test_an_open_link_alone_asks_nobody_by_name(in_fairview: Cast):
    make_parent(in_fairview.school)
    wave = opened(in_fairview, ways=("link", "kiosk"))
    carrying.take(wave.pk, at=NOON)
    wave.refresh_from_db()
    assert (wave.drawn_at, wave.total, wave.next_at) == (NOON, 0, None)
    assert not Invitation.objects.filter(state=InvitationState.SENT).exists()
