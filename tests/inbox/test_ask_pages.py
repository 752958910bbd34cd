"""The pages on which families choose what it is about."""

import pytest

from districts.scope import district_scope
from inbox.choosing import choices, pointed_to
from inbox.models import SlaTarget
from tests.builders import make_topic
from tests.cast import Cast
from tests.inbox.form import read

SPANISH = {"es": {"name": "Comidas", "description": "Menús, cuentas, alergias"}}


@pytest.fixture
def topics(in_fairview: Cast) -> Cast:
    make_topic("Meals", position=2, description="Menus, accounts", translations=SPANISH)
    make_topic("Staff only", position=3, is_public=False)
    make_topic("Old topic", position=4, is_active=False)
    make_topic("Special education", position=5, keywords="IEP 504")
    return in_fairview


def names(words: str) -> list[str]:
    return [choice.name for choice in pointed_to(choices("en"), words)]


def test_the_first_page_asks_how_we_can_help_and_lists_what_families_may_choose(topics, public):
    page = read(public(topics).get("/"))
    assert "How can we help?" in page
    assert "A person answers within 2 school days." in page
    assert "Meals Menus, accounts" in page
    assert "Staff only" not in page
    assert "Old topic" not in page


def test_topics_speak_the_familys_language(topics, public):
    page = read(public(topics).get("/?lang=es"))
    assert "¿Cómo podemos ayudarle?" in page
    assert "Comidas Menús, cuentas, alergias" in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Buses", "Meals", "Special education"]),
        ("bus", ["Buses"]),
        ("BUSES", ["Buses"]),
        ("my bus is late", ["Buses"]),
        ("menu", ["Meals"]),
        ("menús", ["Meals"]),
        ("comidas", ["Meals"]),
        ("iep", ["Special education"]),
        ("menu for the iep meal", ["Meals", "Special education"]),
        ("homework", []),
        ("\x00 '; drop table", []),
    ],
)
def test_words_point_to_topics(topics, words, found):
    assert names(words) == found


def test_searching_works_without_a_script(topics, public):
    page = read(public(topics).get("/", {"q": "menus"}))
    assert "Meals" in page
    assert "Buses" not in page
    assert "Show all topics" in page


def test_words_that_point_nowhere_are_taken_along_to_something_else(topics, public):
    page = public(topics).get("/", {"q": "lost mittens"}).content.decode()
    assert "No topic is called “lost mittens”" in page
    assert 'href="/ask/?words=lost+mittens"' in page
    form = public(topics).get("/ask/?words=lost+mittens").content.decode()
    assert "lost mittens</textarea>" in form


def test_a_school_has_a_page_of_its_own_and_the_form_knows_it(fairview, public):
    page = public(fairview).get("/s/lincoln-elementary/").content.decode()
    assert "Lincoln Elementary" in page
    assert 'href="/ask/buses/?school=lincoln-elementary"' in page
    form = public(fairview).get("/ask/buses/?school=lincoln-elementary").content.decode()
    assert '<option value="lincoln-elementary" selected>' in form


@pytest.mark.parametrize("school", ["nowhere", "\x00", "'; --", "<b>", "a" * 300])
def test_a_school_that_is_none_is_not_chosen(fairview, public, school):
    answer = public(fairview).get("/ask/buses/", {"school": school})
    assert answer.status_code == 200
    assert 'elementary" selected>' not in answer.content.decode()


@pytest.mark.parametrize("address", ["/s/nowhere/", "/ask/nothing/", "/s/Lincoln Elementary/"])
def test_what_is_not_there_is_one_404(fairview, public, address):
    assert public(fairview).get(address).status_code == 404


def test_another_districts_topics_and_schools_are_not_there(fairview, harbor, public):
    with district_scope(harbor.district.pk):
        make_topic("Ferries")
    assert "Ferries" not in read(public(fairview).get("/"))
    assert public(fairview).get("/ask/ferries/").status_code == 404
    assert public(harbor).get("/ask/ferries/").status_code == 200


def test_a_promise_in_minutes_is_said_in_hours(in_fairview, public):
    SlaTarget.objects.filter(metric="first_response").update(unit="minutes", length=90)
    assert "within 2 working hours" in read(public(in_fairview).get("/"))


def test_where_nothing_is_promised_nothing_is_said(in_fairview, public):
    SlaTarget.objects.all().delete()
    assert "A person answers" not in read(public(in_fairview).get("/"))


@pytest.mark.parametrize(
    "address", ["/", "/?q=bus", "/ask/buses/", "/ask/", "/s/lincoln-elementary/", "/status/"]
)
def test_a_public_page_takes_few_queries(fairview, public, django_assert_max_num_queries, address):
    # Of which two find the host, and four open and end the test's own savepoint and scope.
    with django_assert_max_num_queries(9):
        public(fairview).get(address)


@pytest.mark.parametrize(
    "address", ["/", "/ask/buses/", "/ask/", "/status/", "/s/lincoln-elementary/"]
)
def test_a_public_page_sets_no_cookie(fairview, public, address):
    assert not public(fairview).get(address).cookies
