"""The rating: once for each resolution, and changeable for two weeks."""

import pytest

from inbox.feedback import NotRateableError, rate, rating_of
from inbox.models import Conversation
from tests.builders import DAY, HOUR, NOON
from tests.cast import Cast

LATER = NOON + HOUR


@pytest.fixture
def settled(in_fairview: Cast) -> Conversation:
    in_fairview.conversation.resolve(by=in_fairview.agent, at=NOON)
    return in_fairview.conversation


def verbs(conversation: Conversation) -> list[str]:
    return list(conversation.events.values_list("verb", flat=True))


def test_a_rating_is_kept_with_the_resolution_it_is_about(settled):
    feedback = rate(settled, rating=9, helpful=True, words="Quick", language="es", at=LATER)
    assert (feedback.rating, feedback.helpful, feedback.words) == (9, True, "Quick")
    assert feedback.resolution == settled.events.get(verb="resolved")
    assert feedback.at == LATER
    assert settled.events.get(verb="rated").detail == {"rating": 9, "helpful": True}


def test_the_same_rating_sent_again_changes_nothing(settled):
    for _ in range(2):
        rate(settled, rating=9, at=LATER)
    assert settled.feedback.count() == 1
    assert verbs(settled).count("rated") == 1


def test_a_rating_may_be_changed_and_keeps_its_day(settled):
    rate(settled, rating=2, words="Slow", at=LATER)
    rate(settled, rating=8, words="Slow, but solved", at=LATER + DAY)
    feedback = settled.feedback.get()
    assert (feedback.rating, feedback.words, feedback.at) == (8, "Slow, but solved", LATER)
    assert verbs(settled).count("rated") == 2


def test_after_two_weeks_it_stands(settled):
    rate(settled, rating=2, at=LATER)
    with pytest.raises(NotRateableError):
        rate(settled, rating=8, at=LATER + 15 * DAY)
    assert settled.feedback.get().rating == 2


def test_what_is_open_cannot_be_rated(in_fairview):
    with pytest.raises(NotRateableError):
        rate(in_fairview.conversation, rating=9, at=LATER)


def test_each_resolution_is_rated_for_itself(settled):
    rate(settled, rating=2, at=LATER)
    settled.reopen(by=None, at=LATER, reason="wrote")
    assert rating_of(settled) is None
    settled.resolve(by=None, at=LATER + HOUR)
    assert rating_of(settled) is None
    rate(settled, rating=9, at=LATER + 2 * HOUR)
    assert sorted(settled.feedback.values_list("rating", flat=True)) == [2, 9]
