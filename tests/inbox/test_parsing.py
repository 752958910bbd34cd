"""From what was stored raw to a conversation, once."""

from dataclasses import replace

import pytest
from django.db import transaction

from districts.scope import district_scope
from inbox import parsing, quarantine
from inbox.intake import Asked, store
from inbox.links import hash_token, token_for
from inbox.models import Attachment, Conversation, RawInbound, RawState, Source
from tests.builders import DAY, MINUTE, NOON, make_guardian
from tests.cast import Cast

ASKED = Asked(
    message="Where does bus 12 stop now?\nIt passed us by.",
    topic="buses",
    school="lincoln-elementary",
    name="Ana Ortiz",
    email="Ana@Family.example",
    language="es",
)


def stored(asked: Asked = ASKED, key: str = "k1", **fields) -> RawInbound:
    return store(asked, source=Source.FORM, source_key=key, at=NOON, **fields)


def parsed(asked: Asked = ASKED, key: str = "k1", **fields) -> Conversation:
    raw = stored(asked, key, **fields)
    parsing.parse(raw.pk, at=NOON + MINUTE)
    raw.refresh_from_db()
    assert raw.conversation is not None, raw.error
    return raw.conversation


def test_a_raw_item_becomes_a_conversation(in_fairview: Cast):
    asked = parsed()
    assert asked.topic == in_fairview.topic
    assert asked.school == in_fairview.school
    assert asked.messages.get().body == ASKED.message
    assert (asked.received_at, asked.created_at) == (NOON, NOON + MINUTE)
    assert list(asked.events.values_list("verb", flat=True)) == ["received"]


def test_the_family_keeps_the_reference_and_link_of_the_raw_item(in_fairview: Cast):
    asked = parsed()
    assert asked.reference == RawInbound.objects.get().reference
    assert asked.token_hash == hash_token(token_for(asked.district_id, asked.reference))


def test_numbers_follow_each_other_in_each_district(fairview: Cast, harbor: Cast):
    for cast in (fairview, harbor):
        with district_scope(cast.district.pk), transaction.atomic():
            assert [parsed(key="a").number, parsed(key="b").number] == [2, 3]


def test_parsing_twice_changes_nothing(in_fairview: Cast):
    asked = parsed()
    parsing.parse(RawInbound.objects.get().pk, at=NOON + DAY)
    assert Conversation.objects.count() == 2
    assert asked.messages.count() == 1


def test_a_duplicate_delivery_is_one_conversation(in_fairview: Cast):
    parsed(key="same")
    parsed(key="same")
    assert Conversation.objects.count() == 2


def test_a_known_address_names_the_guardian(in_fairview: Cast):
    ana = make_guardian(email="ana@family.example")
    assert parsed().guardian == ana


def test_nobody_guesses_at_the_anonymous(in_fairview: Cast):
    make_guardian(email="ana@family.example")
    asked = parsed(replace(ASKED, anonymous=True))
    assert asked.guardian is None
    assert (asked.sender_name, asked.sender_email, asked.sender_phone) == ("", "", "")


def test_an_unknown_topic_kind_or_role_loses_nothing(in_fairview: Cast):
    asked = parsed(replace(ASKED, topic="no-such", kind="rant", role="king", channel="pigeon"))
    assert asked.topic is None
    assert asked.messages.get().body == ASKED.message


def test_a_topic_of_another_district_is_unknown(in_fairview: Cast, harbor: Cast):
    with district_scope(harbor.district.pk):
        harbor.topic.slug = "harbor-only"
        harbor.topic.save()
    assert parsed(replace(ASKED, topic="harbor-only")).topic is None


def test_text_that_a_database_cannot_hold_is_held_anyway(in_fairview: Cast):
    asked = parsed(replace(ASKED, message="a\x00b" + "x" * 60_000, name="N\x00ul\r\nBcc: x"))
    assert asked.messages.get().body.startswith("abx")
    assert asked.sender_name == "Nul Bcc: x"


def test_files_come_along_to_the_message(in_fairview: Cast):
    raw = stored()
    Attachment.objects.create(raw=raw, name="bus.jpg", content_type="image/jpeg", size=3)
    parsing.parse(raw.pk, at=NOON)
    assert Conversation.objects.get(number=2).messages.get().attachments.get().name == "bus.jpg"


def test_what_staff_type_in_was_received_when_they_say(in_fairview: Cast):
    by = in_fairview.recorder
    said = replace(ASKED, channel="phone", received_at=(NOON - DAY).isoformat(), recorded_by=by.pk)
    asked = parsed(said)
    assert (asked.channel, asked.received_at) == ("phone", NOON - DAY)
    assert asked.events.get(verb="recorded").by == by


def test_words_from_the_status_page_join_the_conversation(in_fairview: Cast):
    known = in_fairview.conversation
    assert parsed(Asked(message="Any news?", conversation=known.pk)) == known
    assert known.messages.last().body == "Any news?"
    assert known.events.last().verb == "wrote"


def test_words_from_the_status_page_are_taken_in_once(in_fairview: Cast):
    known = in_fairview.conversation
    parsed(Asked(message="Any news?", conversation=known.pk))
    parsing.parse(RawInbound.objects.get().pk, at=NOON + DAY)
    assert known.messages.count() == 2


def test_a_conversation_of_another_district_cannot_be_written_to(in_fairview: Cast, harbor: Cast):
    raw = stored(Asked(message="Hello?", conversation=harbor.conversation.pk))
    parsing.take(raw.pk, at=NOON)
    raw.refresh_from_db()
    assert (raw.state, raw.error[:12]) == (RawState.NEW, "DoesNotExist")


def broken() -> RawInbound:
    raw = stored()
    RawInbound.objects.filter(pk=raw.pk).update(body=b"{not json")
    return raw


def test_what_cannot_be_parsed_is_tried_again_later_and_later(in_fairview: Cast):
    raw = broken()
    pauses = []
    at = NOON
    for _ in range(3):
        parsing.take(raw.pk, at=at)
        raw.refresh_from_db()
        pauses.append((raw.next_try_at - at).total_seconds())
        at = raw.next_try_at
    assert pauses == [5, 15, 45]


def set_aside() -> RawInbound:
    raw = broken()
    for day in range(quarantine.LAST_TRY):
        parsing.take(raw.pk, at=NOON + day * DAY)
    raw.refresh_from_db()
    return raw


def test_what_cannot_be_parsed_is_set_aside_and_administrators_are_told(in_fairview: Cast):
    raw = set_aside()
    assert list(RawInbound.objects.set_aside()) == [raw]
    assert raw.error.startswith("JSONDecodeError")
    assert in_fairview.admin.notifications.get().verb == "set_aside"


def test_an_item_set_aside_can_be_tried_again(in_fairview: Cast):
    raw = set_aside()
    RawInbound.objects.filter(pk=raw.pk).update(body=ASKED.to_bytes())
    quarantine.retry(raw, by=in_fairview.admin, at=NOON + 9 * DAY)
    parsing.take(raw.pk, at=NOON + 9 * DAY)
    assert Conversation.objects.filter(raw_items=raw).count() == 1


def test_an_item_that_kills_its_worker_counts_its_tries(in_fairview: Cast, monkeypatch):
    raw = stored()

    def die(raw_id, *, at):
        raise SystemExit

    monkeypatch.setattr(parsing, "parse", die)
    with pytest.raises(SystemExit):
        parsing.take(raw.pk, at=NOON)
    raw.refresh_from_db()
    assert (raw.tries, raw.next_try_at) == (1, NOON + parsing.LEASE)
