"""The figures that may be seen: of a wave, while it moves, and of several waves together."""

from dataclasses import replace

import pytest

from surveys.counting import count_waiting, count_whole
from surveys.figures import Figure, counted, figures, mean, score, segments
from surveys.models import Wave, WaveState
from surveys.questionnaire import Choice, Comparison, Condition, Kind, Line, Question
from surveys.suppression import NOTHING
from tests.builders import DAY, NOON
from tests.surveys.answers import respond
from tests.surveys.builders import BUS, RECOMMEND, WHY, make_survey, make_wave, texts

pytestmark = pytest.mark.usefixtures("in_fairview")

ASPECTS = Question(
    key="aspects",
    kind=Kind.MULTIPLE,
    texts=texts("What works?"),
    choices=(Choice("bus", texts("Bus")), Choice("food", texts("Food"))),
)
CARE = Question(
    key="care",
    kind=Kind.MATRIX,
    texts=texts("How much do you agree?"),
    choices=(Choice("yes", texts("Yes")), Choice("no", texts("No"))),
    lines=(Line("kind", texts("They are kind.")), Line("fast", texts("They are fast."))),
)


def of(key: str, *waves: Wave, floor: int = 10) -> Figure:
    """Return one figure of waves."""
    return next(one for one in figures(waves, floor=floor) if one.asked.key == key)


def close(wave: Wave) -> Wave:
    """Close a wave and count it whole."""
    wave.state = WaveState.CLOSED
    wave.save()
    count_whole(wave)
    return wave


def test_a_score_is_promoters_less_detractors_among_those_who_answered(fairview):
    wave = make_wave()
    for value, count in ((10, 6), (8, 3), (2, 3)):
        respond(wave, count, school=fairview.school, recommend=value)
    respond(wave, 4, school=fairview.school)
    cell = of("recommend", close(wave)).cell(fairview.school.pk)
    assert segments(cell) == {"promoter": 6, "passive": 3, "detractor": 3}
    assert (cell.n, score(cell)) == (12, 25)


def test_a_school_below_the_floor_is_hidden_with_another(fairview):
    wave = make_wave()
    for school, count in ((fairview.school, 6), (fairview.other_school, 20)):
        respond(wave, count // 2, school=school, recommend=9)
        respond(wave, count // 2, school=school, recommend=1)
    figure = of("recommend", close(wave))
    assert figure.cell().n == 26
    assert figure.cell(fairview.school.pk) == figure.cell(fairview.other_school.pk) == NOTHING


def test_a_district_may_ask_for_a_lower_floor(fairview):
    wave = make_wave()
    respond(wave, 3, school=fairview.school, recommend=9)
    respond(wave, 3, school=fairview.school, recommend=0)
    assert of("recommend", close(wave)).cell() == NOTHING
    assert of("recommend", wave, floor=5).cell().n == 6


def test_whoever_chose_several_is_one_of_those_who_answered(fairview):
    wave = make_wave(make_survey(RECOMMEND, ASPECTS))
    respond(wave, 6, school=fairview.school, aspects=["bus", "food"])
    respond(wave, 6, school=fairview.school, aspects=["food"])
    respond(wave, 6, school=fairview.school, aspects=["bus"])
    cell = of("aspects", close(wave)).cell()
    assert (cell.n, cell.counts) == (18, {"bus": 12, "food": 12})


def test_a_mean_is_of_numbers_that_were_given(fairview):
    wave = make_wave(make_survey(Question("trips", Kind.NUMBER, texts("Trips?"))))
    respond(wave, 6, school=fairview.school, trips=2)
    respond(wave, 6, school=fairview.school, trips=2.5)
    respond(wave, 6, school=fairview.school)
    assert mean(of("trips", close(wave)).cell()) == 2.25


def test_a_box_that_was_left_empty_says_no(fairview):
    wave = make_wave(make_survey(Question("may", Kind.CONSENT, texts("May we?"))))
    respond(wave, 6, school=fairview.school, may=True)
    respond(wave, 9, school=fairview.school)
    assert of("may", close(wave)).cell().counts == {"yes": 6, "no": 9}


def test_each_line_of_a_matrix_has_its_own_figures(fairview):
    wave = make_wave(make_survey(CARE))
    respond(wave, 7, school=fairview.school, care={"kind": "yes", "fast": "no"})
    respond(wave, 7, school=fairview.school, care={"kind": "no"})
    close(wave)
    assert of("care.kind", wave).cell().counts == {"yes": 7, "no": 7}
    assert of("care.fast", wave).cell() == NOTHING


def test_what_only_some_are_asked_waits_for_the_end_of_the_wave(fairview):
    riders = replace(WHY, kind=Kind.RATING, show_if=(Condition("bus", Comparison.IS, ("yes",)),))
    wave = make_wave(make_survey(RECOMMEND, BUS, riders))
    for place in range(40):
        ride = {"bus": "yes", "why": place % 4 + 1} if place % 2 else {"bus": "no"}
        respond(wave, school=fairview.school, recommend=place % 11, **ride)
    while count_waiting(at=NOON + DAY):
        pass
    assert of("bus", wave).cell().n == 30
    assert of("why", wave).is_held
    assert of("why", wave).cell() == NOTHING
    assert of("why", close(wave)).cell().n == 20


def test_several_waves_add_up_what_each_of_them_shows(fairview):
    survey = make_survey()
    first, second = make_wave(survey), make_wave(survey)
    for wave, count in ((first, 8), (second, 4)):
        respond(wave, count, school=fairview.school, bus="yes")
        respond(wave, count, school=fairview.school, bus="no")
        respond(wave, 7, school=fairview.other_school, bus="yes")
        respond(wave, 7, school=fairview.other_school, bus="no")
        close(wave)
    figure = of("bus", second, first)
    assert figure.cell(fairview.school.pk).counts == {"yes": 8, "no": 8}
    assert figure.cell().n == 30 + 22


def test_who_answered_is_counted_by_school(fairview):
    wave = make_wave()
    respond(wave, 3, school=fairview.school)
    respond(wave, 2)
    close(wave)
    assert counted([wave]) == 5
    assert counted([wave], school=fairview.school.pk) == 3


def test_figures_cost_one_query_a_wave(fairview, django_assert_num_queries):
    wave = make_wave()
    respond(wave, 12, school=fairview.school, recommend=9, bus="yes")
    close(wave)
    with django_assert_num_queries(1):
        figures([wave], floor=10)
