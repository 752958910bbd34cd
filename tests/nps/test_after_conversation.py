"""Asking by a survey how a conversation went: once, of whom it suits, kept as feedback too."""

import pytest

from families.models import Consent, ContactPoint, Delivery, Purpose
from inbox.answering import reopen, reply, resolve_and_ask
from inbox.models import Conversation, Feedback
from nps.models import AskedAfter
from surveys import links
from surveys.models import Invitation, Mode, Response, SurveySettings, Way
from surveys.questionnaire import Choice, Kind, Question
from surveys.signals import response_submitted
from tests.builders import DAY, HOUR, NOON
from tests.surveys.builders import make_invitation, make_reachable, make_survey, make_wave, texts

LATER = NOON + HOUR
RATING = Question("rating", Kind.RATING, texts("How satisfied are you?"), low=1, high=10)
HELPFUL = Question(
    "helpful",
    Kind.SINGLE,
    texts("Did this help?"),
    choices=(Choice("yes", texts("Yes")), Choice("no", texts("No"))),
)
WORDS = Question("words", Kind.LONG_TEXT, texts("What should we do differently?"))


@pytest.fixture
def chosen(in_fairview) -> SurveySettings:
    """Choose a survey to be sent after conversations."""
    survey = make_survey(RATING, HELPFUL, WORDS, template="after_conversation")
    return SurveySettings.objects.create(after_conversation=survey)


@pytest.fixture
def matter(in_fairview) -> Conversation:
    """Return a conversation with a family that we know and can write to."""
    guardian = make_reachable("ana@family.example")
    conversation = in_fairview.conversation
    conversation.guardian = guardian
    conversation.save()
    return conversation


def settle(conversation: Conversation, at=NOON) -> str:
    """Resolve a conversation, and return the text of the letter that tells so."""
    resolve_and_ask(conversation, by=None, at=at)
    return Delivery.objects.filter(purpose="resolved").latest("pk").text_body


def answer(asked: AskedAfter, at=LATER, **answers) -> Response:
    """Answer the survey by an invitation."""
    response = Response.objects.create(
        wave=asked.invitation.wave,
        version=asked.invitation.wave.version,
        invitation=asked.invitation,
        way=Way.INVITATION,
        language="en",
        answers=answers,
        begun_at=at,
        changed_at=at,
        submitted_at=at,
    )
    response_submitted.send(Response, response=response, at=at)
    return response


def test_the_letter_about_the_end_carries_the_familys_own_link(chosen, matter):
    letter = settle(matter)
    asked = AskedAfter.objects.get()
    assert links.personal_url(asked.invitation) in letter
    assert "#rate" not in letter
    assert asked.invitation.wave.survey == chosen.after_conversation
    assert asked.resolution.verb == "resolved"


def test_an_answer_that_resolves_carries_it_as_well(chosen, matter, fairview):
    reply(matter, body="Done.", by=fairview.agent, at=NOON, resolve=True)
    letter = Delivery.objects.get(purpose="answer").text_body
    assert links.personal_url(AskedAfter.objects.get().invitation) in letter


def test_where_no_survey_is_chosen_the_rating_stays(matter):
    assert "#rate" in settle(matter)
    assert not AskedAfter.objects.exists()


def test_whom_we_do_not_know_is_asked_for_the_rating(chosen, in_fairview):
    assert "#rate" in settle(in_fairview.conversation)
    assert not Invitation.objects.exists()


def test_spam_is_asked_nothing(chosen, matter):
    matter.mark_spam(by=None, at=NOON)
    resolve_and_ask(matter, by=None, at=NOON)
    assert not AskedAfter.objects.exists()
    assert not Delivery.objects.exists()


def test_who_wants_no_surveys_is_not_asked(chosen, matter):
    point = ContactPoint.objects.get(guardian=matter.guardian)
    Consent.objects.create(contact_point=point, purpose=Purpose.SURVEYS, withdrawn_at=NOON)
    letter = settle(matter)
    assert "1 to 10" not in letter
    assert not AskedAfter.objects.exists()


@pytest.mark.parametrize(("ago", "asked"), [(13 * DAY, 0), (15 * DAY, 1)])
def test_a_family_rests_two_weeks_between_surveys(chosen, matter, ago, asked):
    make_invitation(make_wave(), matter.guardian, sent_at=NOON - ago)
    settle(matter)
    assert AskedAfter.objects.count() == asked


def test_reopened_and_resolved_again_keeps_its_one_invitation(chosen, matter):
    first = settle(matter)
    reopen(matter, by=None, at=LATER)
    second = settle(matter, at=LATER + HOUR)
    asked = AskedAfter.objects.get()
    assert links.personal_url(asked.invitation) in first
    assert links.personal_url(asked.invitation) in second
    assert asked.resolution.at == LATER + HOUR


def test_what_is_answered_is_the_feedback_of_the_conversation(chosen, matter):
    settle(matter)
    answer(AskedAfter.objects.get(), rating=9, helpful="yes", words="Quick and kind.")
    feedback = Feedback.objects.get(conversation=matter)
    assert (feedback.rating, feedback.helpful, feedback.words) == (9, True, "Quick and kind.")


def test_an_answer_that_comes_after_reopening_is_no_feedback(chosen, matter):
    settle(matter)
    reopen(matter, by=None, at=LATER)
    answer(AskedAfter.objects.get(), rating=9)
    assert not Feedback.objects.exists()


def test_a_survey_without_our_rating_leaves_the_feedback_alone(chosen, matter):
    settle(matter)
    answer(AskedAfter.objects.get(), words="Thanks.")
    assert not Feedback.objects.exists()


def test_an_anonymous_survey_is_never_tied_to_a_conversation(in_fairview, matter):
    survey = make_survey(RATING, mode=Mode.ANONYMOUS)
    SurveySettings.objects.create(after_conversation=survey)
    settle(matter)
    assert not AskedAfter.objects.exists()
