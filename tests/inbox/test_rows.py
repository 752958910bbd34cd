"""The rows of the list in words: what each says, and in whose language."""

from datetime import timedelta

from django.utils import translation

from inbox import listing
from inbox.access import eyes_of
from inbox.browsing import BY_SLUG
from inbox.filtering import Filters
from inbox.rows import Row, rows_of
from tests.builders import DAY, NOON, make_conversation
from tests.cast import Cast


def row_of(cast: Cast, number: int, *, view: str = "all") -> Row:
    page = listing.page_for(eyes_of(cast.manager), BY_SLUG[view], Filters(), after=None, at=NOON)
    return next(
        row for row in rows_of(page.rows, query="view=all", at=NOON) if row.number == number
    )


def test_a_row_says_topic_school_and_another_language(in_fairview: Cast):
    waiting = make_conversation(language="es", topic=in_fairview.topic, school=in_fairview.school)
    about = row_of(in_fairview, waiting.number).about
    assert about == f"{in_fairview.topic.name} · {in_fairview.school.name} · Spanish"
    with translation.override("es"):
        assert "Español" not in row_of(in_fairview, waiting.number).about


def test_a_row_says_why_nothing_is_due(in_fairview: Cast):
    agent = in_fairview.agent
    said = {}
    for word in ("resolve", "spam", "pend", "snooze"):
        said[word] = make_conversation(team=in_fairview.team)
    said["resolve"].resolve(by=agent, at=NOON)
    said["snooze"].snooze(NOON + DAY, by=agent, at=NOON)
    assert row_of(in_fairview, said["resolve"].number).due == "Resolved"
    assert row_of(in_fairview, said["resolve"].number).due_tone == "met"
    assert row_of(in_fairview, said["snooze"].number).due.startswith("Snoozed, ")
    said["spam"].mark_spam(by=agent, at=NOON)
    assert row_of(in_fairview, said["spam"].number, view="spam").due == "Spam"


def test_a_row_says_how_late_it_is(in_fairview: Cast):
    waiting = make_conversation(team=in_fairview.team)
    type(waiting).objects.filter(pk=waiting.pk).update(due_at=NOON - timedelta(minutes=25))
    row = row_of(in_fairview, waiting.number)
    assert (row.due, row.due_tone) == ("25 min late", "late")


def test_a_row_leads_back_to_its_list(in_fairview: Cast):
    number = in_fairview.conversation.number
    assert row_of(in_fairview, number).address == f"/inbox/{number}/?view=all"
