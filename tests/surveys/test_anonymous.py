"""Anonymous answers: nothing is kept before the end, one vote a link, opened ten together."""

from typing import Any

from surveys.mixing import mix_waiting, open_rest
from surveys.models import (
    AnonymousResponse,
    Invitation,
    Mode,
    Response,
    SealedResponse,
    SpentForm,
    Tally,
    Wave,
    WaveState,
    Way,
)
from tests.cast import Cast
from tests.surveys.answerers import address_of, carried, open_address, phone, press, words
from tests.surveys.builders import BUS, RECOMMEND, make_invitation, make_survey, make_wave
from tests.surveys.test_answering import AFTER


def make_anonymous(*questions: Any) -> Wave:
    """Make an open anonymous wave."""
    return make_wave(make_survey(*questions, mode=Mode.ANONYMOUS))


def vote(cast: Cast, wave: Wave, score: int, **invited: Any) -> Any:
    """Answer with a link of one's own."""
    address = address_of(make_invitation(wave, **invited))
    client = phone(cast)
    return press(client, address, client.get(address), "finish", recommend=str(score))


def test_the_first_screen_says_that_nobody_will_know(in_fairview):
    page = phone(in_fairview).get(address_of(make_invitation(make_anonymous())))
    assert "Your answers are anonymous. Nothing that we keep tells who gave them" in words(page)
    assert "go on later" not in words(page)


def test_nothing_is_kept_before_the_end(in_fairview):
    invitation = make_invitation(make_anonymous(RECOMMEND, BUS, AFTER))
    address, client = address_of(invitation), phone(in_fairview)
    page = press(client, address, client.get(address), recommend="2", bus="yes")
    assert "Why?" in words(page)
    assert not SealedResponse.objects.exists()
    page = press(client, address, page, why="Rude.")
    assert "Rude." in words(page)
    assert "Thank you" in words(press(client, address, page, "finish"))
    assert SealedResponse.objects.count() == 1
    assert Invitation.objects.get().is_spent
    assert not Response.objects.exists()


def test_the_answers_that_a_form_carries_are_sealed_and_of_one_wave(in_fairview):
    first, other = (make_anonymous(RECOMMEND, BUS, AFTER) for _ in range(2))
    client, address = phone(in_fairview), address_of(make_invitation(first))
    page = press(client, address, client.get(address), recommend="2", bus="yes")
    assert "recommend" not in carried(page)["state"]
    page = press(client, address_of(make_invitation(other)), page, "finish")
    assert "How likely are you" in words(page)
    assert not SealedResponse.objects.exists()


def test_the_language_is_changed_without_losing_what_was_said(in_fairview):
    client = phone(in_fairview)
    address = address_of(make_invitation(make_anonymous(RECOMMEND, BUS, AFTER)))
    page = press(client, address, client.get(address), recommend="2")
    page = press(client, address, page, why="Rude.")
    page = client.post(address, {**carried(page), "speak": "es"})
    assert page.headers["Content-Language"] == "es"
    assert "Rude." in words(page)


def test_a_link_has_one_vote(in_fairview):
    invitation = make_invitation(make_anonymous())
    address, client = address_of(invitation), phone(in_fairview)
    page = client.get(address)
    for _turn in range(3):
        answer = press(client, address, page, "finish", recommend="9")
        assert answer.status_code == 200
    assert "sent before, and count once" in words(answer)
    assert "nobody can show or change them" in words(client.get(address))
    assert SealedResponse.objects.count() == 1


def test_an_opened_form_of_an_open_link_is_sent_once(in_fairview):
    wave = make_anonymous()
    address, client = open_address(wave, Way.LINK, in_fairview.school.pk), phone(in_fairview)
    page = client.get(address)
    for _turn in range(3):
        press(client, address, page, "finish", recommend="9")
    press(client, address, client.get(address), "finish", recommend="9")
    assert SealedResponse.objects.filter(school=in_fairview.school).count() == 2
    assert SpentForm.objects.count() == 2


def test_ten_of_twenty_are_opened_and_counted_and_ten_stay(in_fairview):
    wave = make_anonymous()
    for number in range(19):
        vote(in_fairview, wave, number % 11, school=in_fairview.school)
    assert not mix_waiting()
    vote(in_fairview, wave, 10, school=in_fairview.school)
    before = set(SealedResponse.objects.values_list("pk", flat=True))
    assert mix_waiting()
    assert not mix_waiting()
    assert AnonymousResponse.objects.count() == 10
    assert before.isdisjoint(SealedResponse.objects.values_list("pk", flat=True))
    assert SealedResponse.objects.count() == 10
    assert Tally.objects.get(question="", value="").count == 10


def test_each_school_has_its_own_pool(in_fairview):
    wave = make_anonymous()
    for school in (in_fairview.school, in_fairview.other_school, None):
        for _turn in range(12):
            vote(in_fairview, wave, 9, school=school)
    assert not mix_waiting()


def test_the_rest_is_opened_when_the_wave_is_closed(in_fairview):
    wave = make_anonymous()
    for number in range(3):
        vote(in_fairview, wave, number, school=in_fairview.school)
    wave.state = WaveState.CLOSED
    wave.save()
    open_rest(wave)
    assert not SealedResponse.objects.exists()
    found = AnonymousResponse.objects.values_list("score", "answers__recommend", "school")
    assert sorted(found) == [(n, n, in_fairview.school.pk) for n in range(3)]
