"""Merging: one thread, the earliest promise, one page for the family, and a way back."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from inbox.answering import family_writes, reply
from inbox.intake import Asked, store
from inbox.links import status_path
from inbox.merging import candidates, merge, require_mergeable
from inbox.models import Conversation, Source
from inbox.models.timeline import told_of
from inbox.parsing import parse
from inbox.undoing import TooLateError, undo
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation, make_guardian
from tests.cast import Cast

LATER = NOON + 3 * HOUR


@pytest.fixture
def two(in_fairview: Cast) -> tuple[Conversation, Conversation]:
    """Return an older question and a newer one of the same person."""
    older = make_conversation("The bus was late.", at=NOON)
    return older, make_conversation("The bus, again.", at=NOON + HOUR)


def again(*conversations: Conversation) -> None:
    for conversation in conversations:
        conversation.refresh_from_db()


def rows(*conversations: Conversation):
    """Return all that a parting must bring back."""
    found = Conversation.objects.filter(pk__in=[each.pk for each in conversations])
    return [
        (
            row,
            sorted(each.clocks.values_list(), key=str),
            sorted(each.messages.values_list("pk", flat=True)),
        )
        for row, each in zip(found.order_by("pk").values(), found.order_by("pk"), strict=True)
    ]


def test_what_was_said_moves_and_what_happened_shows(in_fairview: Cast, two):
    older, newer = two
    merge(newer, older, by=in_fairview.agent, at=LATER)
    bodies = list(older.messages.values_list("body", flat=True))
    assert bodies == ["The bus was late.", "The bus, again."]
    assert not newer.messages.exists()
    assert [event.verb for event in told_of(older)].count("received") == 2
    assert (older.preview, older.last_inbound_at) == ("The bus, again.", NOON + HOUR)


@pytest.mark.parametrize("backwards", [False, True])
def test_the_earliest_promise_is_kept_and_the_duplicate_cancelled(in_fairview, two, backwards):
    source, target = two if backwards else two[::-1]
    first = two[0].clocks.get(metric="first_response")
    merge(source, target, by=in_fairview.agent, at=LATER)
    assert set(target.clocks.live().values_list("began_at", flat=True)) == {NOON}
    assert first.pk in target.clocks.live().values_list("pk", flat=True)
    assert not source.clocks.live().exists()
    assert target.due_at == first.due_at


def test_the_merged_one_is_closed_and_owes_nothing(in_fairview: Cast, two):
    older, newer = two
    merge(newer, older, by=in_fairview.agent, at=LATER)
    again(newer)
    assert (newer.status, newer.merged_into, newer.due_at) == ("resolved", older, None)
    assert not newer.feedback.exists()


def test_merging_into_a_resolved_one_opens_it_again(in_fairview: Cast, two):
    older, newer = two
    older.resolve(by=in_fairview.agent, at=NOON + 2 * HOUR)
    merge(newer, older, by=in_fairview.agent, at=LATER)
    again(older)
    assert older.status == "open"
    assert older.clocks.live().filter(metric="first_response").exists()


def test_it_is_our_turn_when_it_is_in_one_of_them(in_fairview: Cast, two):
    older, newer = two
    older.pend(by=in_fairview.agent, at=NOON + HOUR)
    merge(newer, older, by=in_fairview.agent, at=LATER)
    again(older)
    assert older.status == "open"
    assert older.clocks.get(metric="resolution", ended_at=None).state == "running"


def test_a_reply_after_merging_keeps_the_promise(in_fairview: Cast, two):
    older, newer = two
    merge(newer, older, by=in_fairview.agent, at=LATER)
    reply(older, body="Sorry!", by=in_fairview.agent, at=LATER)
    assert not older.clocks.live().exclude(metric="resolution").exists()


def test_the_old_link_leads_on_and_what_is_written_there_arrives(in_fairview: Cast, two, public):
    older, newer = two
    path = status_path(newer)
    merge(newer, older, by=in_fairview.agent, at=LATER)
    page = public(in_fairview).get(path).content.decode()
    assert "The bus was late." in page
    assert "The bus, again." in page
    assert older.reference in page
    asked = Asked(message="Hello?", conversation=newer.pk)
    raw = store(asked, source=Source.STATUS, source_key="k", at=LATER)
    parse(raw.pk, at=LATER)
    assert older.messages.filter(body="Hello?").exists()


def test_chains_lead_to_the_end(in_fairview: Cast, two):
    older, newer = two
    newest = make_conversation("And again.", at=NOON + 2 * HOUR)
    merge(newest, newer, by=in_fairview.agent, at=LATER)
    again(newer)
    merge(newer, older, by=in_fairview.agent, at=LATER)
    again(newest)
    assert newest.merged_into == older
    assert older.messages.count() == 3


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("state", ["both open", "one resolved", "one pending"])
def test_parting_brings_everything_back(in_fairview: Cast, two, state, backwards):
    source, target = two if backwards else two[::-1]
    if state == "one resolved":
        target.resolve(by=in_fairview.agent, at=NOON + 2 * HOUR)
    if state == "one pending":
        source.pend(by=in_fairview.agent, at=NOON + 2 * HOUR)
    before = rows(source, target)
    event = merge(source, target, by=in_fairview.agent, at=LATER)
    again(source, target)
    undo(source, event, by=in_fairview.agent, at=LATER + MINUTE)
    assert rows(source, target) == before


@pytest.mark.parametrize("came", ["a reply", "a word", "a resolution", "time"])
def test_parting_is_too_late_once_something_came_after(in_fairview: Cast, two, came):
    older, newer = two
    event = merge(newer, older, by=in_fairview.agent, at=LATER)
    again(newer, older)
    at = LATER + MINUTE
    acts = {
        "a reply": lambda: reply(older, body="Sorry!", by=in_fairview.agent, at=at),
        "a word": lambda: family_writes(older, body="Well?", at=at),
        "a resolution": lambda: older.resolve(by=in_fairview.agent, at=at),
        "time": lambda: None,
    }
    acts[came]()
    with pytest.raises(TooLateError):
        undo(newer, event, by=in_fairview.agent, at=LATER + (DAY if came == "time" else MINUTE))


@pytest.mark.parametrize(
    ("fields", "mergeable"),
    [
        ({"sender_email": "ANA@family.example"}, True),
        ({"sender_email": "someone@else.example"}, False),
        ({"sender_email": "", "sender_phone": ""}, False),
        ({"is_anonymous": True}, False),
        ({"is_spam": True}, False),
        ({"routed": False}, False),
    ],
)
def test_only_conversations_of_the_same_person_are_merged(in_fairview: Cast, fields, mergeable):
    asked, other = make_conversation(), make_conversation(**fields)
    if mergeable:
        require_mergeable(other, asked)
        return
    with pytest.raises(ValidationError):
        require_mergeable(other, asked)


def test_two_guardians_of_one_family_keep_a_page_each(in_fairview: Cast):
    ana = make_guardian("Ana Ortiz")
    ben = make_guardian("Ben Ortiz", family=ana.family)
    asked, other = make_conversation(guardian=ana), make_conversation(guardian=ben)
    with pytest.raises(ValidationError):
        require_mergeable(asked, other)
    assert other not in candidates(asked, Conversation.objects.all())


def test_nobody_acts_on_a_merged_one_any_more(in_fairview: Cast, two, client_of):
    older, newer = two
    merge(newer, older, by=in_fairview.admin, at=LATER)
    admin = client_of(in_fairview.admin)
    for verb in ("reply", "reopen", "claim", "merge"):
        assert admin.post(f"/inbox/{newer.number}/{verb}/", {"body": "x"}).status_code == 404
    page = admin.get(f"/inbox/{newer.number}/").content.decode()
    assert f"This goes on in #{older.number}." in page
    assert f'/inbox/{newer.number}/reply/"' not in page


def test_one_chooses_sees_what_happens_and_merges(in_fairview: Cast, two, client_of):
    older, newer = two
    admin: Client = client_of(in_fairview.admin)
    address = f"/inbox/{newer.number}/merge/"
    with time_machine.travel(LATER, tick=False):
        assert f'value="{older.number}"' in admin.get(address).content.decode()
        page = admin.get(f"{address}?into={older.number}").content.decode()
        assert f"1 message moves to #{older.number}" in page
        answer = admin.post(address, {"into": older.number})
        assert answer.headers["location"] == f"/inbox/{older.number}/"
        page = admin.get(f"/inbox/{newer.number}/").content.decode()
        assert "Take the merging back" in page
        event = newer.events.get(verb="merged")
        admin.post(f"/inbox/{newer.number}/undo/{event.pk}/")
    again(newer)
    assert (newer.merged_into, newer.status) == (None, "open")


@pytest.mark.parametrize("number", ["", "0", "x", "999999", "9" * 40, "self"])
def test_a_number_that_cannot_be_is_refused_beside_the_field(
    in_fairview: Cast, two, client_of, number
):
    _older, newer = two
    into = str(newer.number) if number == "self" else number
    answer = client_of(in_fairview.admin).post(f"/inbox/{newer.number}/merge/", {"into": into})
    assert answer.status_code == 422
    assert answer.context["form"].errors["into"]


def test_what_a_member_may_not_see_is_merged_into_by_nobody(in_fairview: Cast, client_of):
    hidden = make_conversation(team=in_fairview.other_team, owner=in_fairview.other_agent)
    mine = make_conversation(team=in_fairview.team, owner=in_fairview.agent)
    answer = client_of(in_fairview.agent).post(
        f"/inbox/{mine.number}/merge/", {"into": hidden.number}
    )
    assert answer.status_code == 422
    assert "There is no such conversation that you may see." in answer.content.decode()
