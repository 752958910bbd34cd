"""Answers enter the figures by sweeps while a wave is open, and all of them when it closes."""

from districts.scope import no_district
from surveys import closing, mixing
from surveys.models import Mode, Response, Wave, Way
from surveys.sweeping import sweep_answers
from tests.builders import HOUR, NOON
from tests.cast import Cast
from tests.surveys.builders import make_survey, make_wave

TWENTY_FIVE = range(25)


def counted(wave: Wave) -> int:
    return sum(wave.tallies.filter(question="", value="").values_list("count", flat=True))


def answer(wave: Wave, cast: Cast) -> None:
    """Let twenty-five families of a school answer a confidential wave."""
    said = {"way": Way.LINK, "language": "en", "begun_at": NOON, "changed_at": NOON}
    for _number in TWENTY_FIVE:
        Response.objects.create(
            wave=wave,
            version=wave.version,
            school=cast.school,
            submitted_at=NOON,
            answers={"recommend": 9},
            **said,
        )


def answer_unnamed(wave: Wave, cast: Cast) -> None:
    """Let twenty-five families of a school answer an anonymous wave."""
    for _number in TWENTY_FIVE:
        mixing.drop_in(wave, {"recommend": 9}, school_id=cast.school.pk)


def test_sweeps_count_answers_by_tens_in_every_district(fairview: Cast, scoped):
    with scoped(fairview):
        named, unnamed = make_wave(), make_wave(make_survey(mode=Mode.ANONYMOUS))
        answer(named, fairview)
        answer_unnamed(unnamed, fairview)
    with no_district():
        sweep_answers(at=NOON + HOUR)
    with scoped(fairview):
        assert (counted(named), counted(unnamed)) == (10, 10)


def test_a_wave_that_closes_counts_all_of_its_answers(in_fairview: Cast):
    named, unnamed = make_wave(), make_wave(make_survey(mode=Mode.ANONYMOUS))
    answer(named, in_fairview)
    answer_unnamed(unnamed, in_fairview)
    for wave in (named, unnamed):
        closing.close(wave, by=in_fairview.manager, at=NOON + HOUR)
        assert counted(wave) == 25
    assert not unnamed.sealed.exists()
    assert not named.responses.uncounted().exists()
