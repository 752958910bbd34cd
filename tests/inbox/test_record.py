"""Typing in a call, a visit or a letter, in under a minute."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from districts.scope import district_scope
from families.models import ContactPoint, Guardianship, Student
from inbox import parsing
from inbox.models import Conversation, RawInbound
from inbox.stamps import new_stamp
from tests.builders import DAY, HOUR, NOON, make_guardian
from tests.cast import Cast
from tests.inbox.form import read
from tests.inbox.uploads import PDF, upload

CALL = "Asks when bus 12 comes in the afternoon."
NEW_YORK = ZoneInfo("America/New_York")


def local(at: datetime) -> str:
    return at.astimezone(NEW_YORK).strftime("%Y-%m-%dT%H:%M")


def typed(**fields):
    usual = {
        "stamp": new_stamp(at=NOON),
        "channel": "phone",
        "received_at": local(NOON - 2 * HOUR),
        "role": "guardian",
        "kind": "question",
        "message": CALL,
    }
    return usual | fields


def record(client, **fields):
    with time_machine.travel(NOON, tick=False):
        return client.post("/inbox/new/", typed(**fields))


def recorded(cast: Cast) -> Conversation:
    with district_scope(cast.district.pk):
        return Conversation.objects.select_related("guardian", "topic").latest("pk")


@pytest.fixture
def clerk(fairview: Cast, client_of):
    return client_of(fairview.recorder)


@pytest.fixture
def ana(fairview: Cast):
    """Make Ana, whom the manager may see, and her daughter."""
    with district_scope(fairview.district.pk):
        guardian = make_guardian("Ana Ortiz", email="ana@family.example", language="es")
        ContactPoint.objects.create(guardian=guardian, kind="phone", value="+12025550111")
        mia = Student.objects.create(given_name="Mia", family_name="Ortiz")
        Guardianship.objects.create(guardian=guardian, student=mia)
        return guardian


def test_a_call_becomes_a_conversation_that_lives_like_any_other(fairview, clerk):
    answer = record(clerk, name="Ben Ortega", phone="202 555 0100", topic="buses")
    found = recorded(fairview)
    assert answer.headers["Location"] == f"/inbox/{found.number}/"
    assert (found.channel, found.sender_name) == ("phone", "Ben Ortega")
    assert found.sender_phone == "+12025550100"
    assert found.received_at == NOON - 2 * HOUR
    assert found.created_at == NOON
    assert found.topic == fairview.topic


def test_it_is_stored_raw_first_with_who_typed_it_in(fairview, clerk):
    record(clerk)
    with district_scope(fairview.district.pk):
        raw = RawInbound.objects.get(source="staff")
        found = recorded(fairview)
        assert json.loads(bytes(raw.body))["recorded_by"] == fairview.recorder.pk
        assert found.events.get(verb="recorded").by == fairview.recorder
        assert raw.conversation == found


def test_the_same_form_sent_twice_is_one_call(fairview, clerk):
    stamp = new_stamp(at=NOON)
    first, second = record(clerk, stamp=stamp), record(clerk, stamp=stamp)
    assert first.headers["Location"] == second.headers["Location"]


def test_a_letter_may_bring_its_scan(fairview, clerk):
    record(clerk, channel="letter", attachments=upload("letter.pdf", PDF))
    with district_scope(fairview.district.pk):
        message = recorded(fairview).messages.get()
        assert [file.name for file in message.attachments.all()] == ["letter.pdf"]


def test_people_are_found_by_their_own_and_their_childrens_names(fairview, ana, client_of):
    manager = client_of(fairview.manager)
    for words in ("ortiz", "ana", "mia", "ana ortiz"):
        assert "Ana Ortiz" in read(manager.get("/inbox/new/people/", {"q": words}))
    assert "Ana Ortiz" not in read(manager.get("/inbox/new/people/", {"q": "zzz"}))
    assert "Ana Ortiz" in read(manager.get("/inbox/new/", {"q": "mia"}))


def test_who_was_chosen_is_known_without_typing(fairview, ana, client_of):
    record(client_of(fairview.manager), guardian=str(ana.pk))
    found = recorded(fairview)
    assert found.guardian == ana
    assert (found.sender_name, found.sender_email) == ("Ana Ortiz", "ana@family.example")
    assert (found.sender_phone, found.language) == ("+12025550111", "es")


def test_what_was_typed_wins_over_what_is_on_record(fairview, ana, client_of):
    record(client_of(fairview.manager), guardian=str(ana.pk), phone="202 555 0199", language="en")
    found = recorded(fairview)
    assert (found.sender_phone, found.language) == ("+12025550199", "en")


@pytest.mark.parametrize("guardian", ["999999", "x", "-1", "²", "9" * 18])
def test_nobody_is_chosen_whom_the_member_may_not_see(fairview, ana, clerk, guardian):
    assert record(clerk, guardian=guardian).status_code == 422
    assert record(clerk, guardian=str(ana.pk)).status_code == 422


def test_another_districts_people_are_not_found(fairview, harbor, ana, client_of):
    manager = client_of(harbor.manager)
    assert "Ana Ortiz" not in read(manager.get("/inbox/new/people/", {"q": "ortiz"}))
    assert record(manager, guardian=str(ana.pk)).status_code == 422


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"message": ""}, "Write what was said or asked."),
        ({"received_at": ""}, "Say when it came."),
        ({"received_at": "yesterday"}, "Write a day and a time"),
        ({"received_at": local(NOON + HOUR)}, "That is still to come."),
        ({"received_at": local(NOON - 400 * DAY)}, "That is more than a year ago."),
        ({"received_at": "0001-01-01T00:00"}, "That is more than a year ago."),
        ({"received_at": "9999-12-31T23:59"}, "That is still to come."),
        ({"received_at": "2026-03-08T02:30"}, "could"),
        ({"channel": "form"}, "Select a valid choice."),
        ({"topic": "nothing"}, "Select a valid choice."),
        ({"language": "tlh"}, "Select a valid choice."),
        ({"phone": "12"}, "Write the number with its area code"),
        ({"message": "a\x00"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(clerk, fields, words):
    answer = record(clerk, **({"name": "Ben"} | fields))
    assert answer.status_code == 422
    assert words in read(answer)
    assert 'value="Ben"' in answer.content.decode()


def test_the_form_opens_with_the_time_on_the_districts_clock(clerk):
    with time_machine.travel(NOON, tick=False):
        assert 'value="2026-11-03T10:00"' in clerk.get("/inbox/new/").content.decode()


def test_what_cannot_be_opened_at_once_is_stored_and_says_so(fairview, clerk, monkeypatch):
    def broken(*_args, **_kwargs):
        raise ValueError

    monkeypatch.setattr(parsing, "parse", broken)
    with time_machine.travel(NOON, tick=False):
        answer = clerk.post("/inbox/new/", typed(), follow=True)
    assert answer.redirect_chain == [("/inbox/new/", 302)]
    assert "It is stored" in answer.content.decode()


def test_a_viewer_finds_no_such_page(fairview, client_of):
    assert client_of(fairview.viewer).get("/inbox/new/").status_code == 404


def test_the_page_takes_few_queries(fairview, ana, clerk, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        clerk.get("/inbox/new/", {"q": "ortiz"})


def test_a_moment_ago_is_not_in_the_future(fairview, clerk):
    assert record(clerk, received_at=local(NOON + timedelta(seconds=30))).status_code == 302
