"""The made-up surveys of a demo district."""

from random import Random

import pytest

from surveys.demo.answers import answers_of
from surveys.demo.loading import load
from surveys.library import templates
from surveys.models import Invitation, Response, Survey, Tally, Wave
from surveys.walking import missing, shown
from tests.builders import NOON, make_school
from tests.cast import Cast
from tests.surveys.families import make_parent

FAMILIES = 60


def _people() -> None:
    school = make_school("Ridge Middle")
    for _ in range(FAMILIES):
        make_parent(school)


@pytest.mark.parametrize("begun", templates(), ids=lambda one: one.key)
def test_made_up_answers_are_complete_and_hold_nothing_that_is_not_asked(begun) -> None:
    for number in range(30):
        said = answers_of(begun.questionnaire, "en", 0.0, Random(number))
        assert not missing(begun.questionnaire, said)
        assert set(said) <= {one.key for one in shown(begun.questionnaire, said)}


def test_a_content_school_recommends_more() -> None:
    family = templates()[0].questionnaire
    mean = {
        warmth: sum(answers_of(family, "en", warmth, Random(n))["recommend"] for n in range(200))
        for warmth in (-1.0, 1.0)
    }
    assert mean[1.0] > mean[-1.0] + 300


def test_a_demo_has_a_closed_an_open_and_an_unwritten_survey(in_fairview: Cast) -> None:
    _people()
    made = load(in_fairview.district, seed=1, at=NOON)
    assert made == Response.objects.count() > 0
    assert sorted(Wave.objects.values_list("state", flat=True)) == ["closed", "open"]
    assert Survey.objects.filter(versions__published_at=None).count() == 1
    closed = Wave.objects.get(state="closed")
    counted = Tally.objects.get(wave=closed, question="", value="")
    assert counted.count == closed.responses.count()
    assert Invitation.objects.filter(is_spent=True).count() == made


def test_a_demo_is_loaded_once(in_fairview: Cast) -> None:
    _people()
    load(in_fairview.district, seed=1, at=NOON)
    before = Response.objects.count()
    assert load(in_fairview.district, seed=1, at=NOON) == 0
    assert Response.objects.count() == before
