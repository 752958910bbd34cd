"""Beginning, changing, publishing and drafting anew: one draft at a time, nothing overwritten."""

from dataclasses import replace

import pytest

from districts.models import AuditEntry
from surveys import drafting, writing
from surveys.models import Mode, StaleError, Survey, Version
from surveys.publishing import NotReadyError, publish
from surveys.questionnaire import Choice
from tests.builders import NOON
from tests.cast import Cast
from tests.surveys.builders import BUS, RECOMMEND, WHY, make_questionnaire, make_survey, texts

pytestmark = pytest.mark.usefixtures("in_fairview")


@pytest.fixture
def by(in_fairview: Cast) -> dict:
    return {"by": in_fairview.manager, "at": NOON}


@pytest.fixture
def survey(by) -> Survey:
    return writing.begin(make_questionnaire(BUS, WHY), name="Buses", **by)


def draft_of(survey: Survey) -> Version:
    return survey.versions.drafts().get()


def published(survey: Survey, by: dict) -> Survey:
    publish(survey, draft_of(survey), revision=1, parents_told=False, **by)
    return survey


def test_a_survey_begins_with_a_draft_and_is_written_down(survey):
    assert draft_of(survey).questionnaire == make_questionnaire(BUS, WHY)
    assert AuditEntry.objects.filter(noun="survey", verb="created").count() == 1


def test_a_survey_from_a_template_has_its_mode_and_questions(by):
    made = writing.begin_from("climate", name="Climate", language="en", **by)
    assert (made.template, made.mode) == ("climate", Mode.ANONYMOUS)
    assert draft_of(made).questionnaire.question("climate")


def test_a_survey_from_nothing_has_a_title_in_one_language(by):
    made = writing.begin_from("", name="Ours", language="es", **by)
    assert draft_of(made).questionnaire.texts == {"es": {"title": "Ours"}}


def test_a_change_can_be_taken_back_and_brought_back(survey, by):
    draft = draft_of(survey)
    writing.change(draft, drafting.remove(draft.questionnaire, "why"), revision=1, **by)
    assert [one.key for one in draft.questionnaire.questions] == ["bus"]
    draft.undo(revision=2, **by)
    assert [one.key for one in draft_of(survey).questionnaire.questions] == ["bus", "why"]
    draft.undo(revision=3, **by)
    assert [one.key for one in draft_of(survey).questionnaire.questions] == ["bus"]


def test_nobody_overwrites_what_they_have_not_seen(survey, by):
    mine, theirs = draft_of(survey), draft_of(survey)
    writing.change(theirs, make_questionnaire(BUS), revision=1, **by)
    with pytest.raises(StaleError):
        writing.change(mine, make_questionnaire(WHY), revision=1, **by)
    assert draft_of(survey).questionnaire == make_questionnaire(BUS)


def test_a_published_version_is_changed_in_a_new_draft_with_the_same_keys(survey, by):
    published(survey, by)
    draft = writing.redraft(survey, **by)
    assert (draft.number, draft.body) == (2, survey.versions.published().get().body)
    assert writing.redraft(survey, **by) == draft


def test_a_draft_is_thrown_away_only_where_something_was_published(survey, by):
    assert not writing.discard(survey, **by)
    published(survey, by)
    writing.redraft(survey, **by)
    assert writing.discard(survey, **by)
    assert [one.number for one in survey.versions.all()] == [1]


def test_a_key_is_taken_for_ever(survey, by):
    published(survey, by)
    draft = writing.redraft(survey, **by)
    fewer = replace(BUS, choices=(BUS.choices[0], Choice("never", texts("Never", "Nunca"))))
    writing.change(draft, make_questionnaire(fewer), revision=1, **by)
    assert writing.taken_keys(survey) == {"bus", "why"}
    assert writing.taken_parts(survey, "bus") == {"yes", "no", "never"}


def test_what_has_to_be_mended_is_not_published(by):
    made = writing.begin(make_questionnaire(replace(BUS, choices=())), name="Buses", **by)
    with pytest.raises(NotReadyError):
        published(made, by)
    assert not made.versions.published().exists()


def test_what_the_law_protects_is_published_with_somebodys_word_only(by):
    marked = make_questionnaire(replace(WHY, protected="religion"))
    made = writing.begin(marked, name="Students", audience="students", **by)
    with pytest.raises(NotReadyError):
        published(made, by)
    publish(made, draft_of(made), revision=1, parents_told=True, **by)
    assert AuditEntry.objects.get(verb="published").detail["parents_told"] is True


def test_what_others_changed_meanwhile_is_not_published(survey, by):
    with pytest.raises(StaleError):
        publish(survey, draft_of(survey), revision=7, parents_told=False, **by)


def test_a_copy_asks_the_same_under_another_name(survey, by):
    made = writing.copy(survey, name="Copy", **by)
    assert draft_of(made).body == draft_of(survey).body
    assert made.pk != survey.pk


def test_putting_away_twice_is_putting_away_once(survey, by):
    survey.put_away(**by)
    survey.put_away(**by)
    assert not Survey.objects.kept().exists()
    assert AuditEntry.objects.filter(verb="put_away").count() == 1
    survey.bring_back(**by)
    assert Survey.objects.kept().get() == survey


def test_describing_writes_down_what_changed(survey, by):
    writing.describe(survey, name="Bus", audience="families", mode="anonymous", **by)
    survey.refresh_from_db()
    assert (survey.name, survey.mode) == ("Bus", Mode.ANONYMOUS)
    changed = AuditEntry.objects.get(verb="changed").detail["changes"]
    assert changed == {"name": ["Buses", "Bus"], "mode": ["confidential", "anonymous"]}


def test_what_is_published_keeps_nothing_to_take_back(survey, by):
    draft = draft_of(survey)
    writing.change(draft, make_questionnaire(RECOMMEND), revision=1, **by)
    publish(survey, draft, revision=2, parents_told=False, **by)
    assert survey.versions.get().before is None


def test_the_newest_version_is_the_draft(by):
    made = make_survey()
    assert writing.latest(made).number == 1
    writing.redraft(made, **by)
    assert writing.latest(made).number == 2
