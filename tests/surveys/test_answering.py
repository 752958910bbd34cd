"""Answering by a personal link: saved as it goes, resumed, finished once, changed until it ends."""

import threading
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction

from districts.scope import district_scope
from surveys.models import Invitation, Response, WaveState
from surveys.questionnaire import Comparison, Condition
from surveys.signals import response_submitted
from tests.cast import Cast
from tests.surveys.answerers import address_of, carried, phone, press, words
from tests.surveys.builders import (
    BUS,
    RECOMMEND,
    WHY,
    make_invitation,
    make_survey,
    make_wave,
    texts,
)

AFTER = replace(WHY, follows="recommend")
LATE = replace(
    WHY,
    key="late",
    texts=texts("How late?", "¿Cuánto?"),
    show_if=(Condition("bus", Comparison.IS, ("yes",)),),
)


@pytest.fixture
def family(in_fairview: Cast) -> tuple[Any, str]:
    """Return a phone and a personal link to a survey of two screens."""
    invitation = make_invitation(make_wave(make_survey(RECOMMEND, BUS, AFTER)))
    return phone(in_fairview), address_of(invitation)


def test_looking_changes_nothing_however_often(family):
    client, address = family
    for _turn in range(10):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    assert not Response.objects.exists()
    assert not Invitation.objects.get().is_spent


def test_the_first_screen_says_what_becomes_of_the_answers(family):
    client, address = family
    said = words(client.get(address))
    assert "How are we doing?" in said
    assert "Your answers are confidential. They are kept with your family’s name" in said
    assert "How likely are you to recommend Fairview Schools to other families?" in said


def test_each_screen_is_saved_and_the_link_comes_back_to_the_next(family):
    client, address = family
    page = press(client, address, client.get(address), recommend="9", bus="yes")
    assert "Why?" in words(page)
    draft = Response.objects.get()
    assert (draft.answers, draft.submitted_at) == ({"recommend": 9, "bus": "yes"}, None)
    assert "Why?" in words(client.get(address))


def test_going_back_keeps_what_is_right_and_mends_nothing(family):
    client, address = family
    page = press(client, address, client.get(address), recommend="9")
    page = press(client, address, page, "back", why="The bus.")
    assert 'value="9" required checked' in page.content.decode()
    assert Response.objects.get().answers == {"recommend": 9, "why": "The bus."}


def test_what_must_be_answered_is_asked_for_beside_the_field(family):
    client, address = family
    page = press(client, address, client.get(address), bus="yes")
    assert page.status_code == 422
    assert "Something needs mending" in words(page)
    assert "Error: Choose an answer." in words(page)
    assert 'value="yes" checked' in page.content.decode()
    assert not Response.objects.exists()


@pytest.mark.parametrize("wrong", ["11", "-1", "07", "ten", "\x00", "9" * 400])
def test_a_number_that_is_not_on_the_scale_is_refused(family, wrong):
    client, address = family
    page = press(client, address, client.get(address), recommend=wrong)
    assert page.status_code == 422
    assert "Choose a number from 0 to 10." in words(page)
    assert not Response.objects.exists()


def test_an_answer_is_looked_at_sent_and_thanked_for(family):
    client, address = family
    page = press(client, address, client.get(address), recommend="3", bus="no")
    page = press(client, address, page, why="Nobody wrote back.")
    assert "Look at your answers" in words(page)
    assert "Nobody wrote back." in words(page)
    page = press(client, address, page, "finish")
    assert "Thank you" in words(page)
    response = Response.objects.get()
    assert response.submitted_at is not None
    assert response.score == 3
    assert Invitation.objects.get().is_spent


def test_a_review_that_lacks_something_leads_to_it(family):
    client, address = family
    page = press(client, address, client.get(f"{address}?screen=review"), "finish")
    assert "How likely are you to recommend" in words(page)
    assert Response.objects.get().submitted_at is None


def test_finished_answers_can_be_changed_until_the_wave_closes(family):
    client, address = family
    page = press(client, address, client.get(address), recommend="3")
    press(client, address, press(client, address, page), "finish")
    assert "You can look at them and change them until" in words(client.get(address))
    press(client, address, client.get(f"{address}?screen=0"), recommend="10", bus="no")
    response = Response.objects.get()
    assert (response.score, response.answers["bus"]) == (10, "no")
    assert response.submitted_at is not None


def test_a_wave_that_closed_takes_nothing(family):
    client, address = family
    page = client.get(address)
    invitation = Invitation.objects.get()
    invitation.wave.state = WaveState.CLOSED
    invitation.wave.save()
    assert press(client, address, page, recommend="9").status_code == 409
    assert "This survey is over" in words(client.get(address))
    assert not Response.objects.exists()


def test_a_wave_that_has_not_begun_says_when_it_will(in_fairview):
    wave = make_wave(state=WaveState.PLANNED)
    page = phone(in_fairview).get(address_of(make_invitation(wave)))
    assert "Come back on Nov. 3, 2026 with the same link." in words(page)


def test_answers_to_hidden_questions_are_dropped_at_the_end(in_fairview):
    client = phone(in_fairview)
    address = address_of(make_invitation(make_wave(make_survey(BUS, LATE))))
    page = press(client, address, client.get(address), bus="yes")
    page = press(client, address, page, late="Always.")
    page = press(client, address, press(client, address, page, "to-0"), bus="no")
    assert Response.objects.get().answers == {"bus": "no", "late": "Always."}
    press(client, address, page, "finish")
    assert Response.objects.get().answers == {"bus": "no"}


def test_apps_above_hear_of_what_was_finished_and_what_changed(family):
    heard = []

    def hear(sender, response, at, **more):
        heard.append(response.score)

    response_submitted.connect(hear)
    client, address = family
    page = press(client, address, client.get(address), recommend="3")
    press(client, address, press(client, address, page), "finish")
    press(client, address, client.get(f"{address}?screen=0"), recommend="3")
    press(client, address, client.get(f"{address}?screen=0"), recommend="8")
    response_submitted.disconnect(hear)
    assert heard == [3, 8]


def test_the_page_is_in_the_familys_language_until_they_choose(in_fairview):
    wave = make_wave()
    address = address_of(make_invitation(wave, language="es"))
    client = phone(in_fairview)
    page = client.get(address)
    assert page.headers["Content-Language"] == "es"
    assert "¿Cómo vamos?" in words(page)
    assert 'lang="en" hreflang="en">English' in page.content.decode()
    page = press(client, address, client.get(f"{address}?lang=en"), recommend="7")
    assert "¿Cómo vamos?" not in words(client.get(f"{address}?screen=0"))


def test_arabic_is_read_from_the_right(in_fairview):
    wave = make_wave(make_survey(languages=("en", "ar")))
    page = phone(in_fairview).get(address_of(make_invitation(wave, language="ar")))
    assert '<html lang="ar" dir="rtl"' in page.content.decode()


def test_the_page_is_kept_by_nobody_and_small(family):
    client, address = family
    page = client.get(address)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not page.cookies
    assert len(page.content) < 20_000


def test_a_page_asks_few_questions_of_the_database(family, django_assert_max_num_queries):
    client, address = family
    page = client.get(address)
    with django_assert_max_num_queries(8):  # two, and six around every page
        client.get(address)
    said = {**carried(page), "q.recommend": "9"}
    with django_assert_max_num_queries(11):
        client.post(address, said)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_who_send_one_link_at_once_leave_one_answer(fairview: Cast):
    with district_scope(fairview.district.pk), transaction.atomic():
        invitation = make_invitation(make_wave())
    address, codes = address_of(invitation), []
    at_once = threading.Barrier(20)

    def send() -> None:
        at_once.wait()
        for _turn in range(5):
            said = {"screen": "0", "do": "finish", "q.recommend": "9"}
            codes.append(phone(fairview).post(address, said).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [302] * 100
    with district_scope(fairview.district.pk), transaction.atomic():
        assert Response.objects.submitted().count() == Response.objects.count() == 1
