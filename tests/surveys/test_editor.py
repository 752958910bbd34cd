"""Writing a survey by its pages alone, with htmx and without."""

import pytest
from django.test import Client

from surveys import writing
from surveys.models import Survey, Version
from surveys.questionnaire import Kind
from tests.builders import NOON
from tests.cast import Cast
from tests.surveys.builders import BUS, RECOMMEND, WHY, make_questionnaire, make_survey

HTMX = {"HX-Request": "true"}
CHOICES = {"c0-key": "yes", "c0-text-en": "Yes", "c1-key": "", "c1-text-en": "At times"}


@pytest.fixture
def manager(in_fairview: Cast, client_of) -> Client:
    return client_of(in_fairview.manager)


@pytest.fixture
def survey(in_fairview: Cast) -> Survey:
    asked = make_questionnaire(RECOMMEND, BUS, WHY)
    return writing.begin(asked, name="Buses", by=in_fairview.manager, at=NOON)


def draft_of(survey: Survey) -> Version:
    return survey.versions.drafts().get()


def order(survey: Survey) -> list[str]:
    return [one.key for one in draft_of(survey).questionnaire.questions]


def send(manager: Client, survey: Survey, path: str, *, headers=None, **sent):
    said = {"revision": draft_of(survey).revision} | sent
    return manager.post(f"/surveys/{survey.pk}/{path}", said, headers=headers)


def test_a_template_is_begun_with_two_clicks(manager):
    assert "Family experience" in manager.get("/surveys/new/").content.decode()
    answer = manager.post("/surveys/new/", {"template": "pulse", "name": ""})
    made = Survey.objects.get()
    assert answer.headers["location"] == f"/surveys/{made.pk}/"
    assert (made.name, order(made)) == ("Pulse", ["recommend", "why", "may_contact"])


@pytest.mark.parametrize("kind", Kind)
def test_a_question_of_each_kind_can_be_added(manager, survey, kind):
    page = manager.get(f"/surveys/{survey.pk}/questions/new/{kind}/?after=bus")
    assert page.status_code == 200
    sent = {"save": "yes", "text-en": "How?", "low": "1", "high": "5", "key": "added"}
    answer = send(manager, survey, f"questions/new/{kind}/?after=bus", **sent)
    assert answer.headers["location"] == f"/surveys/{survey.pk}/questions/added/"
    assert order(survey) == ["recommend", "bus", "added", "why"]


def test_buttons_add_move_and_take_away_choices_and_keep_what_was_typed(manager, survey):
    page = send(manager, survey, "questions/bus/", **CHOICES, add_part="c")
    assert [row["key"].value() for row in page.context["builder"].choices] == ["yes", "", ""]
    assert 'value="At times"' in page.content.decode()
    page = send(manager, survey, "questions/bus/", **CHOICES, up="c1")
    assert [row["key"].value() for row in page.context["builder"].choices] == ["", "yes"]
    page = send(manager, survey, "questions/bus/", **CHOICES, remove="c0")
    assert [row["text-en"].value() for row in page.context["builder"].choices] == ["At times"]
    assert order(survey) == ["recommend", "bus", "why"]


def test_a_choice_keeps_its_key_and_a_new_one_gets_one_of_its_words(manager, survey):
    send(manager, survey, "questions/bus/", **CHOICES, save="yes")
    choices = draft_of(survey).questionnaire.question("bus").choices
    assert [choice.key for choice in choices] == ["yes", "at_times"]


def test_a_choice_that_was_removed_leaves_its_key_to_nobody(manager, survey):
    again = {"c0-key": "yes", "c0-text-en": "Yes", "c1-key": "", "c1-text-en": "No"}
    send(manager, survey, "questions/bus/", **again, save="yes")
    choices = draft_of(survey).questionnaire.question("bus").choices
    assert [choice.key for choice in choices] == ["yes", "no_2"]


def test_a_choice_leads_forward_only(manager, survey):
    page = manager.get(f"/surveys/{survey.pk}/questions/bus/")
    leads = page.context["builder"].choices[0].fields["goes_to"].choices
    assert [key for key, _title in leads] == ["", "why", "end"]
    answer = send(manager, survey, "questions/bus/", **CHOICES, **{"c0-goes_to": "recommend"})
    assert answer.status_code == 200
    wrong = {"c0-goes_to": "recommend", "save": "yes"}
    assert send(manager, survey, "questions/bus/", **CHOICES, **wrong).status_code == 422


def test_a_condition_is_built_from_an_earlier_question(manager, survey):
    page = send(manager, survey, "questions/why/", add_rule="s", rule_question="bus")
    (row,) = page.context["builder"].conditions
    assert [key for key, _words in row.fields["values"].choices] == ["yes", "no"]
    said = {"s0-question": "bus", "s0-test": "is", "s0-values": ["no"], "save": "yes"}
    send(manager, survey, "questions/why/", **said, **{"text-en": "Why?"})
    (condition,) = draft_of(survey).questionnaire.question("why").show_if
    assert (condition.question, condition.test, condition.values) == ("bus", "is", ("no",))


def test_a_condition_compares_with_something(manager, survey):
    said = {"s0-question": "bus", "s0-test": "is", "save": "yes"}
    page = send(manager, survey, "questions/why/", **said)
    assert page.status_code == 422
    assert "Say what to compare the answer with." in page.content.decode()


def test_words_by_score_are_kept_while_the_question_follows_one(manager, survey):
    said = {"text-en": "Why?", "promoter-en": "What is best?", "save": "yes"}
    send(manager, survey, "questions/why/", **said, follows="recommend")
    assert draft_of(survey).questionnaire.question("why").texts["en"]["promoter"] == "What is best?"
    send(manager, survey, "questions/why/", **said, follows="")
    assert "promoter" not in draft_of(survey).questionnaire.question("why").texts["en"]


def test_a_question_above_the_score_that_it_follows_keeps_its_words(manager, survey):
    said = {"text-en": "Why?", "promoter-en": "What is best?", "save": "yes"}
    send(manager, survey, "questions/why/", **said, follows="recommend")
    send(manager, survey, "questions/recommend/move/", do="down")
    send(manager, survey, "questions/recommend/move/", do="down")
    page = manager.get(f"/surveys/{survey.pk}/questions/why/").content.decode()
    assert "recommend, which does not come before it" in page
    send(manager, survey, "questions/why/", **said, follows="recommend")
    kept = draft_of(survey).questionnaire.question("why")
    assert (kept.follows, kept.texts["en"]["promoter"]) == ("recommend", "What is best?")


def test_questions_move_by_buttons(manager, survey):
    send(manager, survey, "questions/why/move/", do="up")
    assert order(survey) == ["recommend", "why", "bus"]
    send(manager, survey, "questions/why/move/", do="down")
    assert order(survey) == ["recommend", "bus", "why"]


def test_a_removed_question_comes_back(manager, survey):
    answer = send(manager, survey, "questions/bus/remove/")
    assert answer.headers["location"] == f"/surveys/{survey.pk}/"
    assert order(survey) == ["recommend", "why"]
    assert "Undo" in manager.get(f"/surveys/{survey.pk}/").content.decode()
    send(manager, survey, "undo/")
    assert order(survey) == ["recommend", "bus", "why"]


def test_a_form_that_others_overtook_keeps_what_was_typed_and_says_so(manager, survey):
    send(manager, survey, "questions/bus/move/", do="down")
    page = send(manager, survey, "questions/why/", **{"text-en": "Mine", "save": "yes"}, revision=1)
    assert page.status_code == 422
    assert "Fairview Manager changed this survey" in page.content.decode()
    assert "Mine" in page.content.decode()
    again = page.context["revision"]
    send(manager, survey, "questions/why/", **{"text-en": "Mine", "save": "yes"}, revision=again)
    assert draft_of(survey).questionnaire.question("why").texts["en"]["text"] == "Mine"


def test_an_act_on_an_old_page_does_nothing_and_says_so(manager, survey):
    send(manager, survey, "questions/bus/move/", do="down")
    answer = send(manager, survey, "questions/bus/remove/", revision=1)
    said = manager.get(answer.headers["location"]).content.decode()
    assert "Somebody changed this survey since you opened it." in said
    assert order(survey) == ["recommend", "why", "bus"]


def test_htmx_gets_fragments(manager, survey):
    part = manager.get(f"/surveys/{survey.pk}/questions/bus/", headers=HTMX).content.decode()
    assert "<html" not in part
    answer = send(manager, survey, "questions/bus/move/", headers=HTMX, do="up")
    assert answer.status_code == 200
    assert 'hx-target="#outline"' in answer.content.decode()
    assert f'value="{draft_of(survey).revision}"' in answer.content.decode()
    removed = send(manager, survey, "questions/bus/remove/", headers=HTMX)
    assert "Undo" in removed.content.decode()
    assert removed.headers["HX-Push-Url"] == f"/surveys/{survey.pk}/"


def test_a_new_question_saved_by_htmx_is_then_the_one_that_is_edited(manager, survey):
    sent = {"save": "yes", "text-en": "When?"}
    answer = send(manager, survey, "questions/new/date/", headers=HTMX, **sent)
    assert answer.headers["HX-Push-Url"] == f"/surveys/{survey.pk}/questions/when/"
    assert f'action="/surveys/{survey.pk}/questions/when/"' in answer.content.decode()


def test_a_key_that_was_once_used_is_refused(manager, survey):
    send(manager, survey, "questions/bus/remove/")
    survey.versions.update(before=None)
    made = make_survey(BUS, name="Published")
    writing.redraft(made, by=survey.by, at=NOON)
    page = send(manager, made, "questions/new/date/", save="yes", key="bus")
    assert "A question of this survey has or had this key." in page.content.decode()


def test_title_greeting_and_thanks_are_written_side_by_side(manager, survey):
    send(manager, survey, "texts/", **{"title-en": "Buses", "title-es": "Autobuses"})
    said = draft_of(survey).questionnaire.texts
    assert (said["en"]["title"], said["es"]["title"]) == ("Buses", "Autobuses")


def test_a_language_is_added_reported_and_removed(manager, survey):
    send(manager, survey, "languages/", do="add", language="ar")
    page = manager.get(f"/surveys/{survey.pk}/languages/")
    arabic = page.context["report"][2]
    assert (arabic.done, arabic.direction) == (0, "rtl")
    assert [missing.key for missing in arabic.missing] == ["", "bus", "why"]
    assert 'dir="rtl"' in manager.get(f"/surveys/{survey.pk}/questions/bus/").content.decode()
    send(manager, survey, "languages/", do="remove", language="ar")
    assert draft_of(survey).questionnaire.languages == ("en", "es")


def test_a_language_that_is_not_offered_is_not_added(manager, survey):
    send(manager, survey, "languages/", do="add", language="tlh")
    assert draft_of(survey).questionnaire.languages == ("en", "es")


def test_the_page_costs_the_same_however_many_questions_there_are(
    manager, survey, in_fairview, django_assert_max_num_queries
):
    many = make_questionnaire(*(BUS.__class__(f"q{n}", Kind.DATE, BUS.texts) for n in range(60)))
    writing.change(draft_of(survey), many, revision=1, by=in_fairview.manager, at=NOON)
    with django_assert_max_num_queries(12):
        manager.get(f"/surveys/{survey.pk}/")


def test_no_more_questions_than_a_survey_can_hold(manager, survey, in_fairview):
    many = make_questionnaire(*(BUS.__class__(f"q{n}", Kind.DATE, BUS.texts) for n in range(120)))
    writing.change(draft_of(survey), many, revision=1, by=in_fairview.manager, at=NOON)
    assert manager.get(f"/surveys/{survey.pk}/questions/new/date/").status_code == 404
