"""What a family is told of the closed days that its answer waits for."""

from datetime import date

import pytest

from districts import snow_days
from districts.models import BusinessCalendar
from districts.scope import district_scope, no_district
from inbox import letters, sweeping
from inbox.answering import reply
from tests.builders import DAY, HOUR, NOON, close_days, make_conversation
from tests.cast import Cast
from tests.inbox.test_status_page import page

WEDNESDAY = NOON + 22 * DAY  # the day before Thanksgiving
IN_ENGLISH = "We are closed on Thursday, November 26 and Friday, November 27 (Thanksgiving)."
IN_SPANISH = "Cerramos el jueves 26 de noviembre y el viernes 27 de noviembre (Thanksgiving)."


def thanksgiving() -> None:
    close_days("Thanksgiving", date(2026, 11, 26), date(2026, 11, 27))


@pytest.mark.parametrize(("query", "said"), [("", IN_ENGLISH), ("?lang=es", IN_SPANISH)])
def test_the_status_page_says_why_it_takes_that_long(fairview: Cast, query, said):
    with district_scope(fairview.district.pk):
        thanksgiving()
        asked = make_conversation(at=WEDNESDAY)
    words = page(fairview, at=WEDNESDAY, conversation=asked, query=query)
    assert said in words
    assert "Tuesday, December 1, 4:00 pm" in words or "martes 1 de diciembre" in words


@pytest.mark.parametrize(("language", "said"), [("en", IN_ENGLISH), ("es", IN_SPANISH)])
def test_the_acknowledgement_says_it_in_the_familys_language(in_fairview: Cast, language, said):
    thanksgiving()
    asked = make_conversation(at=WEDNESDAY, language=language)
    mail = letters.acknowledgement(asked, at=WEDNESDAY)
    assert said in mail.text_body
    assert ".." not in mail.text_body
    assert said in mail.html_body


def test_closed_days_that_are_over_are_told_as_past(fairview: Cast):
    with district_scope(fairview.district.pk):
        thanksgiving()
        asked = make_conversation(at=WEDNESDAY)
    words = page(fairview, at=WEDNESDAY + 5 * DAY, conversation=asked)
    assert IN_ENGLISH.replace("are closed", "were closed") in words


def test_a_deadline_that_a_closing_moved_says_which_one_was_said_first(in_fairview: Cast):
    calendar = BusinessCalendar.objects.get()
    snow = (NOON + DAY).date()
    snow_days.close([calendar], snow, "Snow day", by=in_fairview.admin, at=NOON)
    with no_district():
        sweeping.sweep_jobs(at=NOON)
    words = page(in_fairview)
    assert "You will have an answer by Friday, November 6, 4:00 pm" in words
    assert (
        "We first said by Thursday, November 5, 4:00 pm; it is later because we are closed "
        "on Wednesday, November 4 (Snow day)."
    ) in words


def test_a_break_is_told_from_its_first_to_its_last_open_day(in_fairview: Cast):
    close_days("Winter break", date(2026, 11, 7), date(2026, 11, 15))
    asked = make_conversation(at=NOON + 3 * DAY)
    words = page(in_fairview, at=NOON + 3 * DAY, conversation=asked)
    assert "closed from Monday, November 9 to Friday, November 13 (Winter break)." in words


@pytest.mark.parametrize("late", [True, False])
def test_nothing_is_said_of_days_that_are_never_open_nor_of_what_is_late(in_fairview, late):
    close_days("Fair", date(2026, 11, 7), date(2026, 11, 9 if late else 8))
    asked = make_conversation(at=NOON + 3 * DAY)
    words = page(in_fairview, at=NOON + (30 if late else 3) * DAY, conversation=asked)
    assert "closed" not in words


def test_a_matter_to_settle_says_it_too(in_fairview: Cast):
    thanksgiving()
    asked = make_conversation(at=WEDNESDAY)
    reply(asked, body="Soon.", by=in_fairview.agent, at=WEDNESDAY + HOUR)
    assert IN_ENGLISH in page(in_fairview, at=WEDNESDAY + HOUR, conversation=asked)
