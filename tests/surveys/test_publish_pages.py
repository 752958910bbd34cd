"""The list of surveys, publishing by its page, versions, and who may only read."""

import pytest
from django.test import Client

from surveys import writing
from surveys.models import Survey
from tests.builders import NOON
from tests.cast import Cast
from tests.surveys.builders import BUS, WHY, make_questionnaire, make_survey, make_wave


@pytest.fixture
def manager(in_fairview: Cast, client_of) -> Client:
    return client_of(in_fairview.manager)


@pytest.fixture
def viewer(in_fairview: Cast, client_of) -> Client:
    return client_of(in_fairview.viewer)


def drafted(cast: Cast, *questions, **fields) -> Survey:
    asked = make_questionnaire(*questions)
    return writing.begin(asked, **{"name": "Buses"} | fields, by=cast.manager, at=NOON)


def text_of(page) -> str:
    return " ".join(page.content.decode().split())


def test_an_empty_list_says_what_to_do_next(manager, viewer):
    assert "Begin with a template" in text_of(manager.get("/surveys/"))
    assert 'href="/surveys/new/"' not in text_of(viewer.get("/surveys/"))


def test_the_list_says_where_each_survey_stands(manager, in_fairview):
    drafted(in_fairview, BUS)
    survey = make_wave().survey
    writing.redraft(survey, by=in_fairview.manager, at=NOON)
    page = text_of(manager.get("/surveys/"))
    assert "version 1 published" in page
    assert "version 2 in draft" in page
    assert "1, 1 open" in page


def test_what_is_put_away_is_listed_apart_and_brought_back(manager, in_fairview):
    survey = drafted(in_fairview, BUS)
    manager.post(f"/surveys/{survey.pk}/put-away/")
    assert "No surveys yet" in text_of(manager.get("/surveys/"))
    assert "Buses" in text_of(manager.get("/surveys/?show=put-away"))
    manager.post(f"/surveys/{survey.pk}/bring-back/")
    assert "Buses" in text_of(manager.get("/surveys/"))


def test_a_survey_that_families_are_asked_is_not_put_away(manager):
    survey = make_wave().survey
    answer = manager.post(f"/surveys/{survey.pk}/put-away/")
    assert "Close it first." in text_of(manager.get(answer.headers["location"]))
    assert Survey.objects.kept().get() == survey


def test_the_list_asks_the_same_however_long_it_is(
    manager, in_fairview, django_assert_max_num_queries
):
    for n in range(60):
        drafted(in_fairview, BUS, name=f"Survey {n}")
    with django_assert_max_num_queries(13):
        page = manager.get("/surveys/")
    assert len(page.context["page"].object_list) == 50


def test_what_is_in_the_way_stands_on_the_page_with_how_to_mend_it(manager, in_fairview):
    survey = drafted(in_fairview, BUS.__class__("bus", BUS.kind, BUS.texts))
    page = text_of(manager.get(f"/surveys/{survey.pk}/publish/"))
    assert "It has fewer than two choices." in page
    assert f'href="/surveys/{survey.pk}/questions/bus/"' in page
    assert manager.post(f"/surveys/{survey.pk}/publish/", {"revision": 1}).status_code == 422


def test_publishing_locks_the_wording_and_a_change_is_a_new_version(manager, in_fairview):
    survey = drafted(in_fairview, BUS, WHY)
    manager.post(f"/surveys/{survey.pk}/publish/", {"revision": 1})
    assert manager.get(f"/surveys/{survey.pk}/questions/bus/").status_code == 404
    manager.post(f"/surveys/{survey.pk}/draft/")
    manager.post(f"/surveys/{survey.pk}/questions/why/remove/", {"revision": 1})
    page = text_of(manager.get(f"/surveys/{survey.pk}/versions/"))
    assert 'removed</span> <span dir="auto">Why?</span>' in page
    assert "In draft" in page


def test_the_word_that_parents_were_told_is_asked_for(manager, in_fairview):
    marked = WHY.__class__("why", WHY.kind, WHY.texts, protected="religion")
    survey = drafted(in_fairview, marked, audience="students")
    refused = manager.post(f"/surveys/{survey.pk}/publish/", {"revision": 1})
    assert "Say that parents were told" in text_of(refused)
    told = {"revision": 1, "parents_told": "yes"}
    assert manager.post(f"/surveys/{survey.pk}/publish/", told).status_code == 302
    assert survey.versions.published().exists()


def test_somebody_who_reads_results_reads_what_was_asked(viewer):
    survey = make_survey(BUS)
    page = text_of(viewer.get(f"/surveys/{survey.pk}/"))
    assert "Does your child ride the bus?" in page
    assert '<form method="post" action="/surveys' not in page
    assert viewer.get(f"/surveys/{survey.pk}/versions/2/").status_code == 404


def test_a_survey_with_a_wave_keeps_its_mode(manager):
    survey = make_wave().survey
    sent = {"name": "Other", "audience": "families", "mode": "anonymous"}
    manager.post(f"/surveys/{survey.pk}/details/", sent)
    survey.refresh_from_db()
    assert (survey.name, survey.mode) == ("Other", "confidential")


def test_a_copy_is_opened(manager, in_fairview):
    survey = drafted(in_fairview, BUS)
    answer = manager.post(f"/surveys/{survey.pk}/copy/")
    copy = Survey.objects.exclude(pk=survey.pk).get()
    assert copy.name == "Copy of Buses"
    assert answer.headers["location"] == f"/surveys/{copy.pk}/"


def test_surveys_stand_in_the_bar_for_who_may_see_them(manager, in_fairview, client_of):
    assert 'data-shortcut="g v"' in text_of(manager.get("/surveys/"))
    recorder = client_of(in_fairview.recorder)
    assert 'data-shortcut="g v"' not in text_of(recorder.get("/inbox/"))
