"""Rating on the private page, by thumb, keyboard and screen reader."""

import pytest

from inbox.models import Feedback
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.inbox.form import opened_form, read
from tests.inbox.status import status_address


@pytest.fixture
def settled(in_fairview: Cast) -> Cast:
    in_fairview.conversation.resolve(by=in_fairview.agent, at=NOON)
    return in_fairview


def rate(cast: Cast, **fields):
    return opened_form(cast).post(status_address(cast, "rate/"), {"rating": "9", **fields})


def test_a_rating_lands_and_is_thanked_for(settled):
    answer = rate(settled, helpful="yes", words="Quick and kind")
    assert answer.headers["Location"] == status_address(settled) + "?rated=1#rated"
    feedback = Feedback.objects.get()
    assert (feedback.rating, feedback.helpful, feedback.words) == (9, True, "Quick and kind")
    assert feedback.language == "en"
    page = read(opened_form(settled).get(status_address(settled)))
    assert "Thank you. You rated the help 9 out of 10." in page
    assert "Change it" in page


def test_a_number_is_enough(settled):
    rate(settled)
    assert Feedback.objects.get().helpful is None


def test_sent_twice_it_is_one_rating(settled):
    for _ in range(2):
        assert rate(settled).status_code == 302
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rating": ""}, "Choose a number from 1 to 10."),
        ({"rating": "0"}, "Choose a number from 1 to 10."),
        ({"rating": "11"}, "Choose a number from 1 to 10."),
        ({"rating": "9.5"}, "Choose a number from 1 to 10."),
        ({"rating": "nine"}, "Choose a number from 1 to 10."),
        ({"rating": "\x00"}, "Choose a number from 1 to 10."),
        ({"helpful": "perhaps"}, "Choose yes or no."),
        ({"words": "x" * 4001}, "Shorten this to 4000 characters."),
        ({"words": "a\x00"}, "Null characters are not allowed."),
    ],
)
def test_what_is_no_rating_is_told_so_and_keeps_the_words(settled, fields, words):
    answer = rate(settled, **({"words": "Quick"} | fields))
    assert answer.status_code == 422
    assert words in read(answer)
    assert "Quick" in answer.content.decode() or "words" in fields
    assert not Feedback.objects.exists()


def test_what_is_open_cannot_be_rated(in_fairview):
    answer = rate(in_fairview)
    assert answer.status_code == 409
    assert "This can no longer be rated." in read(answer)


def test_a_rating_that_stands_offers_no_change(settled):
    Feedback.objects.create(
        conversation=settled.conversation,
        resolution=settled.conversation.events.get(verb="resolved"),
        rating=3,
        at=NOON - 30 * DAY,
    )
    page = read(opened_form(settled).get(status_address(settled)))
    assert "You rated the help 3 out of 10." in page
    assert "Change it" not in page
    assert rate(settled).status_code == 409


def test_another_districts_link_rates_nothing(settled, harbor):
    assert (
        opened_form(harbor).post(status_address(settled, "rate/"), {"rating": "1"}).status_code
        == 404
    )


def test_the_numbers_are_radio_buttons_in_a_named_group(settled):
    html = opened_form(settled).get(status_address(settled)).content.decode()
    group = html.split("How would you rate")[0].rsplit("<fieldset", 1)[1]
    assert "<legend>" in group
    assert html.count('type="radio" name="rating"') == 10
