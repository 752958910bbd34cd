"""The templates: whole in both languages, with the keys that the reports are worked out from."""

import pytest

from surveys.library import template, templates
from surveys.questionnaire import Kind
from surveys.translating import gaps

# What the tables of the communications gap read (docs/surveys.md).
GAP = {
    "recommend",
    "why",
    "contacts",
    "contacted",
    "started_by",
    "channels",
    "last_contact",
    "reply_time",
    "academics",
    "behavior",
    "leaving",
    "may_contact",
}


def test_there_are_five_in_order():
    keys = [one.key for one in templates()]
    assert keys == ["family", "after_conversation", "climate", "event", "pulse"]
    assert template("invented") is None


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.key)
def test_a_template_is_whole_in_english_and_spanish(one):
    assert one.questionnaire.languages == ("en", "es")
    assert gaps(one.questionnaire, "en") == gaps(one.questionnaire, "es") == []
    assert set(one.names) == set(one.abouts) == {"en", "es"}


def test_the_family_survey_holds_what_the_gap_needs():
    family = template("family")
    asked = {one.key: one for one in family.questionnaire.questions}
    assert asked.keys() >= GAP
    assert [line.key for line in asked["contacted"].lines] == [
        "teacher",
        "principal",
        "front_office",
        "counselor",
        "special_education",
        "district_office",
        "superintendent",
        "board",
    ]
    assert {line.key for line in asked["last_contact"].lines} == {"helpful", "timely", "courteous"}


def test_whoever_contacted_nobody_is_not_asked_how_it_went():
    contacts = template("family").questionnaire.question("contacts")
    assert [choice.goes_to for choice in contacts.choices] == ["reply_time", "", "", ""]


def test_the_feedback_after_a_conversation_has_the_keys_of_the_first_feedback():
    asked = template("after_conversation").questionnaire
    assert asked.question("rating").kind == Kind.RATING
    assert (asked.question("rating").low, asked.question("rating").high) == (1, 10)
    assert asked.question("helpful")
    assert asked.question("words")
