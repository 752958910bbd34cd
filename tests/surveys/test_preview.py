"""A survey looked at as a family sees it, in each language, without keeping anything."""

import re

import pytest
from django.test import Client

from surveys import drafting, writing
from surveys.models import Response, Survey, Wave
from tests.builders import NOON
from tests.cast import Cast
from tests.surveys.builders import BUS, RECOMMEND, WHY, make_questionnaire


@pytest.fixture
def manager(in_fairview: Cast, client_of) -> Client:
    return client_of(in_fairview.manager)


def drafted(cast: Cast, *questions, **fields) -> Survey:
    asked = make_questionnaire(*questions)
    return writing.begin(asked, name="Buses", by=cast.manager, at=NOON, **fields)


def press(manager: Client, page, do: str, **answers):
    """Send a screen on, with what it carries."""
    text = page.content.decode()
    carried = dict(re.findall(r'name="(screen|state|lang)" value="([^"]*)"', text))
    return manager.post(page.request["PATH_INFO"], {**carried, "do": do, **answers})


def test_a_preview_is_walked_through_as_a_family_walks(manager, in_fairview):
    survey = drafted(in_fairview, RECOMMEND, WHY)
    page = manager.get(f"/surveys/{survey.pk}/preview/screen/")
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert press(manager, page, "next").status_code == 422
    page = press(manager, page, "next", **{"q.recommend": "9", "q.why": "The bus."})
    assert "The bus." in page.content.decode()
    assert "Thank you" in press(manager, page, "finish").content.decode()
    assert not Response.objects.exists()
    assert not Wave.objects.exists()


def test_each_language_is_shown_in_its_direction(manager, in_fairview):
    survey = drafted(in_fairview, RECOMMEND, BUS)
    draft = writing.latest(survey)
    arabic = drafting.add_language(draft.questionnaire, "ar")
    writing.change(draft, arabic, revision=1, by=in_fairview.manager, at=NOON)
    frame = manager.get(f"/surveys/{survey.pk}/preview/?language=ar").content.decode()
    assert f'src="/surveys/{survey.pk}/preview/screen/?lang=ar"' in frame
    page = manager.get(f"/surveys/{survey.pk}/preview/screen/?lang=ar").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    spanish = manager.get(f"/surveys/{survey.pk}/preview/screen/?lang=es").content.decode()
    assert "¿Su hijo toma el autobús?" in spanish


def test_looking_at_a_language_does_not_change_the_readers_own(manager, in_fairview):
    survey = drafted(in_fairview, BUS)
    manager.get(f"/surveys/{survey.pk}/preview/screen/?lang=es")
    assert '<html lang="en"' in manager.get("/surveys/").content.decode()


def test_an_anonymous_survey_says_so_on_its_first_screen(manager, in_fairview):
    survey = drafted(in_fairview, BUS, mode="anonymous")
    page = manager.get(f"/surveys/{survey.pk}/preview/screen/").content.decode()
    assert "Your answers are anonymous." in page


def test_answers_to_questions_that_have_changed_since_are_forgotten(manager, in_fairview):
    survey = drafted(in_fairview, RECOMMEND, BUS)
    page = manager.get(f"/surveys/{survey.pk}/preview/screen/")
    draft = writing.latest(survey)
    writing.change(draft, make_questionnaire(WHY), revision=1, by=in_fairview.manager, at=NOON)
    assert press(manager, page, "next").status_code == 200


def test_without_a_question_there_is_nothing_to_see_yet(manager, in_fairview):
    survey = writing.begin_from("", name="New", language="en", by=in_fairview.admin, at=NOON)
    assert b"A preview needs a question." in manager.get(f"/surveys/{survey.pk}/preview/").content
