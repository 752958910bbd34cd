"""How answers enter the published figures: by groups, the oldest first, and all at the end."""

from collections import Counter

import pytest
from django.db import transaction

from districts.scope import district_scope
from surveys.counting import count_waiting, count_whole, enter
from surveys.models import AnonymousResponse, Mode, Response, Tally, Wave, WaveState
from surveys.tallying import tallied
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.surveys.answers import respond, respond_unnamed
from tests.surveys.builders import make_survey, make_wave

pytestmark = pytest.mark.usefixtures("in_fairview")


def count() -> None:
    """Count until nothing is ready."""
    while count_waiting(at=NOON + 30 * DAY):
        pass


def figures(wave: Wave) -> Counter:
    """Return the figures of a wave as they are kept."""
    rows = Tally.objects.filter(wave=wave)
    return Counter({(row.school_id, row.question, row.value): row.count for row in rows})


def by_hand(wave: Wave, **which: bool) -> Counter:
    """Return the figures of a wave as its rows say, row by row."""
    model = AnonymousResponse if wave.is_anonymous else Response
    asked = wave.version.questionnaire
    rows = model.objects.filter(wave=wave, **which)
    return Counter((row.school_id, *said) for row in rows for said in tallied(asked, row.answers))


def responses(wave: Wave, cast: Cast) -> int:
    return figures(wave)[cast.school.pk, "", ""]


@pytest.mark.parametrize(("answered", "counted"), [(19, 0), (20, 10), (29, 10), (30, 20), (45, 30)])
def test_ten_to_nineteen_of_a_school_stay_back(fairview, answered, counted):
    wave = make_wave()
    respond(wave, answered, school=fairview.school, recommend=9)
    count()
    assert responses(wave, fairview) == counted


def test_one_more_answer_moves_nothing(fairview):
    wave = make_wave()
    respond(wave, 25, school=fairview.school, recommend=9)
    count()
    before = figures(wave)
    respond(wave, 4, school=fairview.school, recommend=0)
    count()
    assert figures(wave) == before


def test_the_oldest_are_counted_first(fairview):
    wave = make_wave()
    respond(wave, 10, school=fairview.school, at=NOON + DAY, recommend=0)
    respond(wave, 10, school=fairview.school, recommend=10)
    count()
    assert figures(wave)[fairview.school.pk, "recommend", "10"] == 10
    assert figures(wave)[fairview.school.pk, "recommend", "0"] == 0


def test_schools_are_counted_apart(fairview):
    wave = make_wave()
    respond(wave, 20, school=fairview.school, recommend=9)
    respond(wave, 19, school=fairview.other_school, recommend=9)
    respond(wave, 30, recommend=9)
    count()
    found = figures(wave)
    assert found[fairview.school.pk, "", ""] == 10
    assert found[fairview.other_school.pk, "", ""] == 0
    assert found[None, "", ""] == 20


def test_drafts_do_not_count(fairview):
    wave = make_wave()
    drafts = respond(wave, 30, school=fairview.school, recommend=9)
    Response.objects.filter(pk__in=[draft.pk for draft in drafts]).update(submitted_at=None)
    count()
    assert figures(wave) == {}


def test_a_change_after_counting_shows_when_the_wave_is_closed(fairview):
    wave = make_wave()
    respond(wave, 20, school=fairview.school, recommend=9)
    count()
    changed = Response.objects.filter(is_counted=True)[0]
    changed.answers = {"recommend": 0}
    changed.save()
    count()
    assert figures(wave)[fairview.school.pk, "recommend", "0"] == 0
    count_whole(wave)
    assert figures(wave)[fairview.school.pk, "recommend", "0"] == 1


def test_closing_counts_everything_from_the_rows(fairview):
    wave = make_wave()
    respond(wave, 23, school=fairview.school, recommend=9, bus="yes", why="Kind people.")
    respond(wave, 4, school=fairview.other_school, recommend=2)
    count()
    count_whole(wave)
    assert figures(wave) == by_hand(wave)
    assert not wave.responses.uncounted().exists()


def test_running_figures_are_those_of_the_responses_that_were_counted(fairview):
    wave = make_wave()
    for day in range(7):
        respond(wave, 11, school=fairview.school, at=NOON + day * DAY, recommend=day, bus="no")
        count()
    assert responses(wave, fairview) == 60
    assert figures(wave) == by_hand(wave, is_counted=True)


def test_nothing_is_counted_twice(fairview):
    wave = make_wave()
    respond(wave, 30, school=fairview.school, recommend=9)
    count()
    count()
    count_whole(wave)
    count_whole(wave)
    assert figures(wave) == by_hand(wave)


def test_a_closed_wave_is_counted_when_it_closes_and_not_after(fairview):
    wave = make_wave(state=WaveState.CLOSED)
    respond(wave, 40, school=fairview.school, recommend=9)
    assert count_waiting(at=NOON + DAY) is False
    assert figures(wave) == {}


def test_anonymous_answers_enter_as_the_mix_hands_them_on(fairview):
    wave = make_wave(make_survey(mode=Mode.ANONYMOUS))
    respond_unnamed(wave, 10, school=fairview.school, recommend=9)
    rows = AnonymousResponse.objects.filter(wave=wave)
    enter(wave, fairview.school.pk, [row.answers for row in rows])
    assert figures(wave) == by_hand(wave)
    respond_unnamed(wave, 13, school=fairview.school, recommend=3, bus="yes")
    count_whole(wave)
    assert figures(wave) == by_hand(wave)


def test_what_another_district_answered_is_not_counted_here(fairview, harbor):
    with district_scope(harbor.district.pk), transaction.atomic():
        respond(make_wave(), 30, school=harbor.school, recommend=9)
    count()
    assert Tally.objects.count() == 0
