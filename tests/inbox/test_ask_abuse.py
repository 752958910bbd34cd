"""Machines that write are set aside with a reason, floods wait, and no question is lost."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from districts import limits, memory
from districts.limits import Limit
from districts.scope import district_scope
from inbox import suspicion
from inbox.models import RawInbound
from inbox.stamps import new_stamp, read_stamp
from inbox.suspicion import suspicion_of
from inbox.views import pace
from tests.builders import NOON
from tests.cast import Cast
from tests.inbox.form import BROWSER, QUESTION, filled_in, opened_form, read, send

LINKS = "Buy https://a.example https://b.example https://c.example now"


def stamp(seconds: float):
    return read_stamp(new_stamp(at=NOON), at=NOON + timedelta(seconds=seconds))


def reason(message=QUESTION, *, trap="", seconds=60.0, headers=BROWSER):
    return suspicion_of(message, trap=trap, stamp=stamp(seconds), headers=headers)


@pytest.fixture
def few(monkeypatch):
    """Let an address write twice in ten minutes."""
    cache.clear()
    memory.memory().flushdb()
    monkeypatch.setitem(pace.BY_ADDRESS, "write", Limit(2, 600))
    monkeypatch.setitem(pace.BY_ADDRESS, "passcode", Limit(2, 600))


def kept(cast: Cast) -> list[str]:
    with district_scope(cast.district.pk):
        return [raw.suspicion for raw in RawInbound.objects.order_by("pk")]


def test_a_person_who_takes_a_minute_is_not_suspicious():
    assert reason() == ""


def test_a_person_with_the_text_at_hand_is_not_suspicious():
    assert reason(seconds=1.5) == ""


def test_a_person_whose_browser_fills_the_form_in_is_not_suspicious():
    assert reason(seconds=0.4) == ""


def test_one_link_in_a_message_is_no_sign():
    assert reason("The menu at https://menu.example is wrong.") == ""


@pytest.mark.parametrize(
    ("case", "why"),
    [
        ({"trap": "http://spam.example"}, suspicion.TRAP),
        ({"seconds": 0.4, "headers": {}}, suspicion.TOO_FAST),
        ({"message": "See https://a.example", "seconds": 2}, suspicion.LINKS_IN_HASTE),
        ({"message": LINKS}, suspicion.MANY),
        ({"headers": {"Sec-Fetch-Site": "cross-site"}}, suspicion.ELSEWHERE),
    ],
)
def test_signs_of_a_machine_give_a_reason(case, why):
    assert reason(**case) == why


@pytest.mark.parametrize("said", ["", "nonsense", "a.b.c:d", "\x00", "x" * 5000])
def test_a_stamp_that_is_not_ours_is_none(said):
    assert read_stamp(said, at=NOON) is None
    assert suspicion_of(QUESTION, trap="", stamp=None, headers=BROWSER) == suspicion.NO_STAMP


def test_a_stamp_that_was_changed_is_none():
    assert read_stamp(new_stamp(at=NOON).replace(".", ".0", 1), at=NOON) is None


def test_what_is_suspicious_is_kept_with_its_reason_and_answered_like_everything(fairview):
    answer = send(fairview, website="http://spam.example")
    assert answer.status_code == 302
    assert kept(fairview) == [suspicion.TRAP]


def test_a_form_that_was_open_for_days_still_takes_the_question(fairview):
    old = new_stamp(at=timezone.now() - timedelta(days=9))
    assert send(fairview, stamp=old).status_code == 302
    assert kept(fairview) == [""]


def test_a_browser_that_keeps_no_cookies_may_ask(fairview):
    client = Client(headers={"host": fairview.host, **BROWSER}, enforce_csrf_checks=True)
    assert client.post("/ask/buses/", filled_in()).status_code == 302


def test_what_another_site_sends_is_set_aside(fairview):
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    client = Client(headers={"host": fairview.host, **headers}, enforce_csrf_checks=True)
    client.post("/ask/buses/", filled_in())
    assert kept(fairview) == [suspicion.ELSEWHERE]


def test_too_many_from_one_address_wait_and_lose_nothing_that_they_typed(fairview, few):
    answers = [send(fairview, message=f"Question {n}", name="Ana") for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert 590 <= int(answers[2].headers["Retry-After"]) <= 600
    page = answers[2].content.decode()
    assert "Wait 10 minutes and send this again" in read(answers[2])
    assert "Question 2</textarea>" in page
    assert 'value="Ana"' in page
    assert len(kept(fairview)) == 2


def test_a_question_that_had_to_wait_is_sent_from_the_same_page(fairview, few, monkeypatch):
    fields = filled_in()
    for n in range(3):
        opened_form(fairview).post("/ask/buses/", fields | {"message": f"Question {n}"})
    monkeypatch.setitem(pace.BY_ADDRESS, "write", Limit(50, 600))
    opened_form(fairview).post("/ask/buses/", fields | {"message": "Question 2"})
    assert len(kept(fairview)) == 3


def test_another_address_and_another_district_do_not_wait(fairview, harbor, few):
    for _ in range(3):
        send(fairview)
    elsewhere = opened_form(fairview)
    assert elsewhere.post("/ask/buses/", filled_in(), REMOTE_ADDR="192.0.2.9").status_code == 302
    assert send(harbor).status_code == 302


def test_a_network_waits_when_its_addresses_take_turns(fairview, few, monkeypatch):
    monkeypatch.setitem(pace.BY_NETWORK, "write", Limit(3, 600))
    client = opened_form(fairview)
    answers = [
        client.post("/ask/buses/", filled_in(), REMOTE_ADDR=f"192.0.2.{n}") for n in range(5)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429, 429]


def test_a_header_that_anybody_may_write_gets_nobody_around_the_limit(fairview, few):
    answers = [
        opened_form(fairview).post(
            "/ask/buses/", filled_in(), headers={"X-Forwarded-For": f"198.51.100.{n}"}
        )
        for n in range(3)
    ]
    assert answers[2].status_code == 429


def test_without_redis_every_question_is_taken(fairview, few, monkeypatch):
    def gone():
        raise memory.MemoryAwayError

    monkeypatch.setattr(limits, "memory", gone)
    assert [send(fairview).status_code for _ in range(4)] == [302] * 4


def test_guessing_passcodes_is_slowed_down(fairview, few):
    client = opened_form(fairview)
    guess = {"reference": "K7QM2XPDK7QM", "passcode": "AAAA-AAAA"}
    answers = [client.post("/status/", guess) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert "Too many tries" in read(answers[2])
