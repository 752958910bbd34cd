"""Writing a survey on one page: what is typed, moved, removed and taken back, without a reload."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page, expect

from districts.scope import district_scope
from surveys.models import Survey
from surveys.writing import begin, latest
from tests.browser.places import Visitors
from tests.builders import NOON
from tests.cast import Cast
from tests.surveys.builders import RECOMMEND, WHY, make_questionnaire

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def survey(fairview: Cast) -> Survey:
    with district_scope(fairview.district.pk), transaction.atomic():
        asked = make_questionnaire(RECOMMEND, WHY)
        return begin(asked, name="Buses", by=fairview.manager, at=NOON)


@pytest.fixture
def editor(visitor, live_server, fairview: Cast, survey: Survey) -> Page:
    """Open the editor as the manager."""
    site = f"http://{fairview.host}:{urlsplit(live_server.url).port}"
    session = Visitors(fairview).cookie("manager")
    context = visitor()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    page: Page = context.new_page()
    page.goto(f"{site}/surveys/{survey.pk}/")
    return page


def order(survey: Survey) -> list[str]:
    with district_scope(survey.district_id), transaction.atomic():
        return [one.key for one in latest(survey).questionnaire.questions]


def open_question(editor: Page, words: str) -> None:
    editor.get_by_role("navigation", name="Questions").get_by_text(words).click()


def test_a_question_is_added_with_choices_by_the_keyboard(editor: Page, survey: Survey):
    editor.get_by_text("Add a question").press("Enter")
    editor.get_by_role("link", name="One choice").press("Enter")
    editor.get_by_label("Question, English").fill("Does your child ride the bus?")
    editor.get_by_role("button", name="Add a choice").press("Enter")
    expect(editor.get_by_label("Choice 1, English")).to_be_focused()
    editor.keyboard.type("Yes")
    editor.keyboard.press("Enter")
    expect(editor.get_by_text("Saved.")).to_be_visible()
    expect(editor).to_have_url(re.compile("/questions/does_your_child_ride_the/$"))
    assert order(survey) == ["recommend", "why", "does_your_child_ride_the"]


def test_moving_a_question_leaves_the_open_one_with_what_was_typed(editor: Page, survey: Survey):
    open_question(editor, "Why?")
    editor.get_by_label("Question, English").fill("Why so?")
    editor.get_by_role("button", name="Move question 2 up").press("Enter")
    expect(editor.get_by_text("Moved.")).to_be_visible()
    expect(editor.get_by_label("Question, English")).to_have_value("Why so?")
    expect(editor.locator("#up-why")).to_be_focused()
    editor.locator(".pane-acts").get_by_role("button", name="Save").click()
    expect(editor.get_by_role("navigation", name="Questions")).to_contain_text("Why so?")
    assert order(survey) == ["why", "recommend"]


def test_a_removed_question_is_brought_back_by_one_key(editor: Page, survey: Survey):
    open_question(editor, "Why?")
    editor.get_by_role("button", name="Remove this question").click()
    expect(editor.get_by_text("The question is removed.")).to_be_visible()
    assert order(survey) == ["recommend"]
    editor.keyboard.press("z")
    expect(editor.get_by_text("The last change is taken back.")).to_be_visible()
    assert order(survey) == ["recommend", "why"]
