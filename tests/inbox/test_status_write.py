"""The family writes again on its page: once, with files, whoever's turn it was."""

import pytest
import time_machine

from districts.scope import district_scope
from inbox import parsing
from inbox.answering import reply
from inbox.models import Message, RawInbound, RawState
from inbox.parsing import take_waiting
from inbox.stamps import new_stamp
from tests.builders import DAY, HOUR, NOON
from tests.cast import Cast
from tests.inbox.form import opened_form, read, send
from tests.inbox.status import status_address
from tests.inbox.uploads import PDF, upload

LATER = NOON + HOUR
MORE = "And in the afternoon?"


def write(cast: Cast, where: str = "", **fields):
    data = {"stamp": new_stamp(at=NOON), "website": "", "message": MORE} | fields
    with time_machine.travel(LATER + HOUR, tick=False):
        return opened_form(cast).post(where or status_address(cast, "write/"), data)


def parsed(cast: Cast) -> list[str]:
    """Let a worker catch up and return what the family said, oldest first."""
    with district_scope(cast.district.pk):
        take_waiting(at=NOON + 365 * DAY)
        return list(Message.objects.filter(direction="inbound").values_list("body", flat=True))


def test_more_words_are_added_to_the_thread(fairview):
    answer = write(fairview)
    assert answer.headers["Location"] == status_address(fairview) + "?wrote=1#wrote"
    assert parsed(fairview)[-1] == MORE


def test_they_are_on_the_page_before_a_worker_has_seen_them_and_once_after(fairview):
    write(fairview)
    before = read(opened_form(fairview).get(status_address(fairview)))
    parsed(fairview)
    after = read(opened_form(fairview).get(status_address(fairview)))
    assert before.count(MORE) == after.count(MORE) == 1


def test_the_same_form_sent_twice_adds_once(fairview):
    stamp = new_stamp(at=NOON)
    for _ in range(2):
        write(fairview, stamp=stamp)
    assert parsed(fairview).count(MORE) == 1


def test_files_come_along(fairview):
    write(fairview, attachments=upload("plan.pdf", PDF))
    parsed(fairview)
    with district_scope(fairview.district.pk):
        assert [a.name for a in Message.objects.get(body=MORE).attachments.all()] == ["plan.pdf"]


def test_it_is_our_turn_again_and_the_matter_opens_again(in_fairview):
    reply(in_fairview.conversation, body="It moved.", by=in_fairview.agent, at=LATER, resolve=True)
    write(in_fairview)
    assert "A person will read it and answer here." in read(
        opened_form(in_fairview).get(status_address(in_fairview))
    )
    parsed(in_fairview)
    in_fairview.conversation.refresh_from_db()
    assert in_fairview.conversation.status == "open"


def test_long_after_it_was_settled_it_is_a_new_matter_with_a_page_of_its_own(in_fairview):
    in_fairview.conversation.resolve(by=in_fairview.agent, at=NOON - 60 * DAY)
    write(in_fairview)
    parsed(in_fairview)
    html = opened_form(in_fairview).get(status_address(in_fairview)).content.decode()
    link = html.split('after this was settled. <a href="')[1].split('"')[0]
    assert MORE in read(opened_form(in_fairview).get(link))


def test_a_family_may_write_before_a_worker_has_seen_the_first_message(fairview):
    with time_machine.travel(LATER, tick=False):
        where = send(fairview).headers["Location"].split("?")[0]
    assert write(fairview, where + "write/").status_code == 302
    words = read(opened_form(fairview).get(where))
    assert MORE in words
    assert parsed(fairview)[-1] == MORE


def test_what_cannot_be_opened_yet_keeps_what_was_typed(fairview, monkeypatch):
    where = send(fairview).headers["Location"].split("?")[0]

    def broken(*_args, **_kwargs):
        raise ValueError("cannot be understood")

    monkeypatch.setattr(parsing, "parse", broken)
    answer = write(fairview, where + "write/")
    assert answer.status_code == 409
    assert "We are still opening your first message." in read(answer)
    assert f"{MORE}</textarea>" in answer.content.decode()


def test_an_item_that_was_set_aside_still_shows_what_was_written(fairview):
    where = send(fairview).headers["Location"]
    with district_scope(fairview.district.pk):
        RawInbound.objects.update(state=RawState.QUARANTINED, body=b"not json")
    assert opened_form(fairview).get(where).status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"message": ""}, "Write what you would like to add."),
        ({"message": "x" * 50_001}, "Shorten your message to 50000"),
        ({"attachments": upload("a.exe", b"MZ")}, "a kind of file we cannot take"),
    ],
)
def test_what_is_wrong_is_said_and_the_letter_stays_in_sight(fairview, fields, words):
    answer = write(fairview, **fields)
    assert answer.status_code == 422
    assert words in read(answer)
    assert "Bus 12 left my daughter at the stop." in read(answer)


def test_another_districts_link_takes_nothing(fairview, harbor):
    assert write(harbor, status_address(fairview, "write/")).status_code == 404


def test_reading_by_post_and_writing_by_get_are_not_offered(fairview):
    assert opened_form(fairview).get(status_address(fairview, "write/")).status_code == 405
    assert opened_form(fairview).get(status_address(fairview, "rate/")).status_code == 405
    assert opened_form(fairview).post(status_address(fairview)).status_code == 405
