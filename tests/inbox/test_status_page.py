"""The private page: it reads like a letter, and opens to nobody without its link."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from districts.models import AuditEntry
from districts.scope import district_scope
from inbox.answering import reply
from inbox.files import CheckedFile, attach_to_message
from inbox.links import passcode_for
from inbox.models import RawInbound
from inbox.parsing import take
from tests.builders import DAY, HOUR, NOON, make_conversation, make_own_policy
from tests.cast import Cast
from tests.inbox.form import QUESTION, opened_form, read, send
from tests.inbox.status import status_address
from tests.inbox.uploads import PDF, upload

LATER = NOON + HOUR


def page(cast: Cast, at=LATER, conversation=None, query="") -> str:
    with time_machine.travel(at, tick=False):
        return read(opened_form(cast).get(status_address(cast, of=conversation) + query))


def test_it_says_what_was_asked_and_by_when_we_answer(fairview):
    words = page(fairview)
    assert f"Reference {fairview.conversation.reference}" in words
    assert "Bus 12 left my daughter at the stop." in words
    assert "You will have an answer by Thursday, November 5, 4:00 pm (Eastern time)." in words
    assert "Fairview Agent has it." in words


def test_it_shows_answers_and_never_notes(in_fairview):
    in_fairview.conversation.note("She calls every week.", by=in_fairview.agent, at=LATER)
    reply(
        in_fairview.conversation,
        body="It moved.\n\nSee oak.example.",
        by=in_fairview.agent,
        at=LATER,
    )
    words = page(in_fairview)
    assert "It moved." in words
    assert "Fairview Agent Tuesday, November 3, 2026, 11:00 am" in words
    assert "every week" not in words
    assert "We have answered." in words
    assert "We mean to settle the matter by Tuesday, November 10, 4:00 pm" in words


def test_what_is_late_says_so_and_is_sorry(fairview):
    words = page(fairview, at=NOON + 3 * DAY)
    assert "We promised an answer by Thursday, November 5, 4:00 pm" in words
    assert "We are late, and we are sorry." in words


def test_what_waits_for_the_family_says_so(in_fairview):
    reply(in_fairview.conversation, body="Which stop?", by=in_fairview.agent, at=LATER, pend=True)
    assert "We are waiting for word from you" in page(in_fairview)


def test_what_is_resolved_asks_for_a_rating(in_fairview):
    in_fairview.conversation.resolve(by=in_fairview.agent, at=LATER)
    words = page(in_fairview)
    assert "We believe that this is settled." in words
    assert "How would you rate the help you got, from 1 to 10?" in words


def test_a_letter_may_carry_the_number_that_was_pressed_in_it(in_fairview):
    in_fairview.conversation.resolve(by=in_fairview.agent, at=LATER)
    answer = opened_form(in_fairview).get(status_address(in_fairview) + "?rating=8")
    assert 'value="8" id="id_rating_7" checked' in answer.content.decode().replace(" required", "")
    assert not in_fairview.conversation.feedback.exists()


def test_before_a_worker_has_seen_it_the_promise_already_stands(fairview):
    with time_machine.travel(NOON, tick=False):
        answer = opened_form(fairview).get(send(fairview).headers["Location"])
    words = read(answer)
    assert "You will have an answer by Thursday, November 5, 4:00 pm (Eastern time)." in words
    assert QUESTION in words


@pytest.mark.parametrize("wanted", [{}, {"channel": ["form"]}, {"kind": ["concern"]}])
def test_the_promise_is_the_same_after_a_worker_has_seen_it(wanted, fairview):
    if wanted:
        with district_scope(fairview.district.pk):
            make_own_policy(wanted=wanted, minutes=60)
    due = "Tuesday, November 3, 11:00 am" if wanted else "Thursday, November 5, 4:00 pm"
    with time_machine.travel(NOON, tick=False):
        where = send(fairview, kind="concern").headers["Location"]
        before = read(opened_form(fairview).get(where))
        with district_scope(fairview.district.pk):
            take(RawInbound.objects.get().pk, at=NOON)
        after = read(opened_form(fairview).get(where))
    assert f"You will have an answer by {due}" in before
    assert f"You will have an answer by {due}" in after


def test_what_was_set_aside_is_promised_nothing_and_told_nothing(fairview):
    where = send(fairview, website="spam").headers["Location"]
    words = read(opened_form(fairview).get(where))
    assert "A person will read it and answer here." in words
    assert "spam" not in words.lower().replace("anti-spam", "")


def test_it_speaks_the_language_the_family_wrote_in(in_fairview):
    asked = make_conversation("¿Dónde para el autobús?", language="es")
    answer = opened_form(in_fairview).get(status_address(in_fairview, of=asked))
    assert answer.headers["Content-Language"] == "es"
    assert "Tendrá una respuesta" in page(in_fairview, conversation=asked)


def test_another_language_is_one_press_away(in_fairview):
    asked = make_conversation("¿Dónde para el autobús?", language="es")
    assert "You will have an answer" in page(in_fairview, conversation=asked, query="?lang=en")


def test_nobody_keeps_the_page_or_hears_of_it(fairview):
    headers = opened_form(fairview).get(status_address(fairview)).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]


@pytest.mark.parametrize("token", ["A" * 43, "short", "x" * 500, "a b", "..%2f..", "%00" * 30])
def test_any_other_link_is_one_404(fairview, token):
    answer = opened_form(fairview).get(f"/status/{token}/")
    assert answer.status_code == 404
    assert "There is nothing here" in read(answer)


def test_a_link_opens_nothing_in_another_district(fairview, harbor):
    assert opened_form(harbor).get(status_address(fairview)).status_code == 404


def test_what_families_and_staff_write_is_shown_and_not_run(in_fairview):
    evil = "<script>alert(1)</script> <img src=x onerror=alert(1)> javascript:alert(1)"
    asked = make_conversation(evil, sender_name=evil[:120])
    reply(asked, body=evil, by=in_fairview.agent, at=LATER)
    html = opened_form(in_fairview).get(status_address(in_fairview, of=asked)).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript:' not in html


def test_reference_and_passcode_lead_back_to_the_page(fairview):
    code = passcode_for(fairview.district.pk, fairview.conversation.reference)
    reference = fairview.conversation.reference
    copied = {"reference": f" {reference[:6].lower()} {reference[6:]}", "passcode": code.lower()}
    answer = opened_form(fairview).post("/status/", copied)
    assert answer.headers["Location"] == status_address(fairview)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"passcode": "BBBB-BBBB"}, "do not belong together"),
        ({"reference": "BBBBBBBBBBBB"}, "do not belong together"),
        ({"reference": "", "passcode": ""}, "This field is required."),
        ({"passcode": "x\x00"}, "Null characters"),
        ({"reference": "é" * 12}, "do not belong together"),
    ],
)
def test_a_passcode_that_is_wrong_is_told_so(fairview, fields, words):
    right = {
        "reference": fairview.conversation.reference,
        "passcode": passcode_for(fairview.district.pk, fairview.conversation.reference),
    }
    answer = opened_form(fairview).post("/status/", right | fields)
    assert answer.status_code == 422
    assert words in read(answer)


def test_a_passcode_of_one_district_opens_nothing_in_another(fairview, harbor):
    right = {
        "reference": fairview.conversation.reference,
        "passcode": passcode_for(fairview.district.pk, fairview.conversation.reference),
    }
    assert opened_form(harbor).post("/status/", right).status_code == 422


def test_a_link_made_with_an_earlier_key_still_opens_by_passcode(fairview, settings):
    reference = fairview.conversation.reference
    code, where = passcode_for(fairview.district.pk, reference), status_address(fairview)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    answer = opened_form(fairview).post("/status/", {"reference": reference, "passcode": code})
    assert answer.headers["Location"] == where


def file_of(cast: Cast, *, note: bool = False) -> int:
    with district_scope(cast.district.pk):
        message = cast.conversation.messages.get(direction="inbound")
        if note:
            message = cast.conversation.note("See file", by=cast.agent, at=LATER)
        (kept,) = attach_to_message(
            [CheckedFile("plan.pdf", "application/pdf", PDF)], message=message
        )
        return kept.pk


def test_a_family_opens_its_files_as_something_to_save(fairview):
    answer: Any = opened_form(fairview).get(f"{status_address(fairview)}files/{file_of(fairview)}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_family_opens_no_file_of_a_note_and_none_of_others(in_fairview):
    noted = file_of(in_fairview, note=True)
    other = make_conversation("Another matter")
    mine = file_of(in_fairview)
    client = opened_form(in_fairview)
    assert client.get(f"{status_address(in_fairview)}files/{noted}/").status_code == 404
    assert client.get(f"{status_address(in_fairview, of=other)}files/{mine}/").status_code == 404
    assert client.get(f"{status_address(in_fairview)}files/{10**30}/").status_code == 404


def test_a_file_is_there_before_a_worker_has_seen_it(fairview):
    client = opened_form(fairview)
    where = send(fairview, attachments=upload("plan.pdf", PDF)).headers["Location"].split("?")[0]
    html = client.get(where).content.decode()
    link = html.split('class="file" href="')[1].split('"')[0]
    assert client.get(link).status_code == 200


def test_a_file_that_is_gone_from_the_disk_is_a_404(fairview, settings, tmp_path):
    pk = file_of(fairview)
    settings.MEDIA_ROOT = tmp_path
    assert opened_form(fairview).get(f"{status_address(fairview)}files/{pk}/").status_code == 404


def test_a_member_who_opens_a_file_is_written_down(fairview, client_of):
    pk = file_of(fairview)
    assert client_of(fairview.agent).get(f"/files/{pk}/").status_code == 200
    assert client_of(fairview.other_agent).get(f"/files/{pk}/").status_code == 404
    with district_scope(fairview.district.pk):
        entry = AuditEntry.objects.get(verb="read")
    assert (entry.by_id, entry.noun_id) == (fairview.agent.pk, pk)


@pytest.mark.parametrize("messages", [1, 40])
def test_the_page_takes_few_queries_however_long_the_thread(
    in_fairview, messages, django_assert_max_num_queries
):
    for n in range(messages):
        reply(in_fairview.conversation, body=f"{n}", by=in_fairview.agent, at=LATER + timedelta(n))
    in_fairview.conversation.resolve(by=in_fairview.agent, at=LATER)
    with django_assert_max_num_queries(16):
        opened_form(in_fairview).get(status_address(in_fairview))
