"""Closing the loop: who agreed becomes a matter, once; promoters are thanked, once."""

import pytest

from families.models import Delivery
from inbox import parsing, routing
from inbox.models import Conversation, RawInbound
from nps.loop_counts import loop_counts
from nps.models import FollowUp, Thanks
from nps.thanking import thank
from surveys.models import Response, Wave, Way
from surveys.questionnaire import Kind, Question
from surveys.signals import response_submitted
from tests.builders import HOUR, NOON
from tests.surveys.builders import (
    RECOMMEND,
    WHY,
    make_invitation,
    make_reachable,
    make_survey,
    make_wave,
    texts,
)

MAY = Question("may_contact", Kind.CONSENT, texts("You may contact me."))


@pytest.fixture
def wave(in_fairview) -> Wave:
    return make_wave(make_survey(RECOMMEND, WHY, MAY))


def say(wave: Wave, score: int, *, named: bool = True, **answers) -> Response:
    """Finish a response, by a personal link unless told otherwise."""
    invitation = make_invitation(wave, make_reachable()) if named else None
    response = Response.objects.create(
        wave=wave,
        version=wave.version,
        invitation=invitation,
        way=Way.INVITATION if named else Way.LINK,
        language="en",
        answers={"recommend": score, **answers},
        score=score,
        begun_at=NOON,
        changed_at=NOON,
        submitted_at=NOON,
    )
    response_submitted.send(Response, response=response, at=NOON)
    return response


def arrive() -> Conversation:
    """Let the worker understand and route what came in."""
    raw = RawInbound.objects.get(source="survey")
    parsing.parse(raw.pk, at=NOON)
    matter = Conversation.objects.get(raw_items=raw)
    routing.take(matter.pk, at=NOON)
    return Conversation.objects.get(pk=matter.pk)


def test_a_detractor_who_agreed_comes_into_the_inbox_with_owner_and_promise(wave):
    response = say(wave, 3, why="The bus is late.", may_contact=True)
    matter = arrive()
    assert matter.owner is not None
    assert matter.clocks.exists()
    assert matter.guardian == response.invitation.guardian
    body = matter.messages.earliest("pk").body
    assert "3 of 10" in body
    assert "The bus is late." in body


@pytest.mark.parametrize(
    ("score", "named", "answers"),
    [
        (3, True, {}),
        (3, True, {"may_contact": False}),
        (7, True, {"may_contact": True}),
        (3, False, {"may_contact": True}),
    ],
)
def test_nobody_else_comes_into_the_inbox(wave, score, named, answers):
    say(wave, score, named=named, **answers)
    assert not FollowUp.objects.exists()
    assert not RawInbound.objects.filter(source="survey").exists()


def test_a_changed_answer_does_not_come_in_again(wave):
    response = say(wave, 3, may_contact=True)
    response.answers = {**response.answers, "why": "More to say."}
    response.save()
    response_submitted.send(Response, response=response, at=NOON + HOUR)
    assert FollowUp.objects.count() == RawInbound.objects.filter(source="survey").count() == 1


def test_promoters_who_agreed_are_thanked_once(wave, fairview):
    said = say(wave, 10, may_contact=True)
    say(wave, 10)
    say(wave, 8, may_contact=True)
    assert thank(by=fairview.manager, at=NOON) == 1
    assert thank(by=fairview.manager, at=NOON + HOUR) == 0
    letter = Delivery.objects.get(purpose="thanks")
    assert letter.to_address == said.invitation.guardian.contact_points.get().value
    assert fairview.manager.name in letter.text_body
    assert Thanks.objects.get().by == fairview.manager


def test_the_page_counts_how_far_the_loop_was_closed(wave, fairview, client_of):
    say(wave, 2, may_contact=True)
    say(wave, 9, may_contact=True)
    matter = arrive()
    matter.first_replied_at = NOON
    matter.save()
    found = loop_counts()
    assert (found.offered, found.accepted, found.answered) == (None, 1, 1)
    assert (found.helpful, found.to_thank, found.thanked) == (0, 1, 0)
    said = client_of(fairview.manager).get("/loop/").content.decode()
    assert "Thank them" in said


def test_how_many_were_offered_moves_by_groups(wave):
    for _ in range(12):
        say(wave, 2)
    assert loop_counts().offered is None
    Response.objects.update(is_counted=True)
    assert loop_counts().offered == 12
