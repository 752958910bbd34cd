"""The letters of a wave: in the family's language, private, and stopped with one click."""

import re
from typing import Any

import pytest
from django.utils import timezone

from families.models import Consent, ContactPoint, Delivery, Guardian
from families.outbox import may_be_read
from surveys import letters, links
from surveys.models import Mode, Wave
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.surveys.builders import make_invitation, make_reachable, make_survey, make_wave


def write(wave: Wave | None = None, number: int = 0, **guardian: Any) -> Delivery:
    wave = wave or make_wave()
    to = make_reachable(**guardian)
    invitation = make_invitation(wave, to)
    return letters.write(invitation, wave=wave, to=to.contact_points.get(), number=number, at=NOON)


def test_a_letter_carries_the_personal_link_in_both_forms(in_fairview: Cast):
    wave = make_wave()
    delivery = write(wave)
    token = links.token_for(wave.district_id, wave.pk, delivery.guardian_id or 0)
    address = f"http://fairview.localhost:8000/a/{token}/"
    assert address in delivery.text_body
    assert f'href="{address}"' in delivery.html_body
    assert f"<title>{delivery.subject}</title>" in delivery.html_body
    assert delivery.subject == "Fairview Schools asks you: How are we doing?"


def test_the_link_of_a_letter_opens_the_survey_in_its_language(in_fairview: Cast, public):
    wave = make_wave(opens_at=timezone.now() - DAY, closes_at=timezone.now() + DAY)
    delivery = write(wave, language="es")
    path = re.search(r"/a/[\w-]{43}/", delivery.text_body).group()
    page = public(in_fairview).get(path)
    assert page.status_code == 200
    assert "¿Cómo vamos?" in page.content.decode()


def test_a_letter_can_be_stopped_with_one_click(in_fairview: Cast):
    delivery = write()
    stop = links.stop_url(ContactPoint.objects.get(value=delivery.to_address))
    assert delivery.headers["List-Unsubscribe"] == f"<{stop}>"
    assert delivery.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert delivery.headers["Auto-Submitted"] == "auto-generated"
    assert stop in delivery.text_body


def test_a_letter_is_in_the_language_of_the_family(in_fairview: Cast):
    delivery = write(language="es")
    assert (delivery.language, delivery.subject) == (
        "es",
        "Fairview Schools le pregunta: ¿Cómo vamos?",
    )
    assert '<html lang="es" dir="ltr">' in delivery.html_body


def test_where_we_do_not_speak_it_our_words_are_english_and_the_survey_its_own(in_fairview: Cast):
    survey = make_survey()
    body = {**survey.versions.get().body, "languages": ["en", "ar"]}
    body["texts"] = {"en": {"title": "How are we?"}, "ar": {"title": "كيف حالنا؟"}}
    version = survey.versions.create(survey=survey, number=2, body=body, at=NOON)
    version.publish(by=None, at=NOON)
    delivery = write(make_wave(survey), language="ar")
    assert delivery.language == "en"
    assert '<span lang="ar" dir="rtl">كيف حالنا؟</span>' in delivery.html_body


def test_answers_to_a_letter_reach_the_district(in_fairview: Cast, settings):
    in_fairview.district.email = "hello@fairview.example"
    in_fairview.district.save()
    assert write().reply_to == "hello@fairview.example"


@pytest.mark.parametrize(("mode", "word"), [(Mode.ANONYMOUS, "anonymous"), ("confidential", "few")])
def test_a_letter_says_what_becomes_of_answers(in_fairview: Cast, mode: str, word: str):
    assert word in write(make_wave(make_survey(mode=mode))).text_body


def test_a_reminder_is_a_letter_of_its_own(in_fairview: Cast):
    delivery = write(number=1)
    assert delivery.key.endswith(":1")
    assert delivery.subject == "Still open: How are we doing?"


def test_the_outbox_shows_the_text_to_nobody(in_fairview: Cast):
    assert not may_be_read(write())


def stop_path(guardian: Guardian) -> str:
    return "/" + links.stop_url(guardian.contact_points.get()).split("/", 3)[3]


def is_stopped() -> bool:
    return Consent.objects.filter(purpose="surveys", withdrawn_at__isnull=False).exists()


def test_opening_the_stop_link_changes_nothing(in_fairview: Cast, public):
    path = stop_path(make_reachable())
    page = public(in_fairview).get(path)
    assert "No more surveys by mail?" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not is_stopped()


def test_a_mail_program_stops_surveys_with_one_post(in_fairview: Cast, public):
    path = stop_path(make_reachable())
    answer = public(in_fairview).post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert is_stopped()


def test_a_person_stops_surveys_and_starts_them_again(in_fairview: Cast, public):
    path, client = stop_path(make_reachable(language="es")), public(in_fairview)
    answer = client.post(path, {"do": "stop"}, follow=True)
    assert "Ya no le preguntamos" in answer.content.decode()
    assert is_stopped()
    client.post(path, {"do": "again"})
    assert not is_stopped()


def test_a_stop_link_of_another_district_or_of_nobody_opens_nothing(
    in_fairview: Cast, harbor: Cast, public
):
    path = stop_path(make_reachable())
    assert public(harbor).post(path, {"do": "stop"}).status_code == 404
    assert public(in_fairview).get("/a/stop/1:2:forged/").status_code == 404
    assert not is_stopped()
