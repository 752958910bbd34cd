"""Open links, kiosks, embedded forms and codes; and what a stranger's guess is told."""

import pytest

from districts.forms.profile import ProfileForm
from districts.limits import Limit
from districts.models import District
from districts.pace import Pace
from districts.scope import district_scope
from surveys import links
from surveys.models import InvitationState, Response, Way
from surveys.views import code as codes
from surveys.views import visiting
from tests.cast import Cast
from tests.surveys.answerers import address_of, open_address, phone, press, words
from tests.surveys.builders import BUS, RECOMMEND, make_invitation, make_survey, make_wave
from tests.surveys.test_answering import AFTER


def test_an_open_link_takes_answers_for_its_school(in_fairview):
    client, school = phone(in_fairview), in_fairview.school
    address = open_address(make_wave(), Way.LINK, school.pk)
    page = client.get(address)
    assert f"recommend {school.name} to other families" in words(page)
    assert "We do not ask who you are." in words(page)
    assert "We have your answers." in words(
        press(client, address, page, "finish", recommend="9", why="Kind.")
    )
    response = Response.objects.get()
    assert (response.school, response.way, response.invitation) == (school, Way.LINK, None)
    assert response.answers == {"recommend": 9, "why": "Kind."}


def test_an_open_form_is_counted_once_however_often_it_is_sent(in_fairview):
    client, address = phone(in_fairview), open_address(make_wave())
    page = client.get(address)
    for _turn in range(3):
        press(client, address, page, "finish", recommend="9")
    assert Response.objects.count() == 1
    press(client, address, client.get(address), "finish", recommend="9")
    assert Response.objects.count() == 2


def test_a_kiosk_begins_anew_by_itself(in_fairview):
    client, address = phone(in_fairview), open_address(make_wave(), Way.KIOSK)
    page = client.get(address)
    assert page.headers["Refresh"] == "600; url=."
    assert "survey--kiosk" in page.content.decode()
    page = press(client, address, page, "finish", recommend="9")
    assert page.headers["Refresh"] == "15; url=."
    assert "Next person" in words(page)
    assert "checked" not in client.get(address).content.decode()
    assert "Refresh" not in client.get(open_address(make_wave())).headers


def test_a_form_is_shown_inside_the_pages_that_the_district_names_only(in_fairview):
    client, wave = phone(in_fairview), make_wave()
    embedded = open_address(wave, Way.EMBED)
    assert "frame-ancestors 'none'" in client.get(embedded).headers["Content-Security-Policy"]
    District.objects.update(embed_sites=["https://www.fairview.example"])
    page = client.get(embedded)
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://www.fairview.example" in policy
    assert "X-Frame-Options" not in page.headers
    plain = client.get(open_address(wave))
    assert "frame-ancestors 'none'" in plain.headers["Content-Security-Policy"]
    assert plain.headers["X-Frame-Options"] == "DENY"


def test_the_language_is_the_browsers_where_nobody_is_known(in_fairview):
    address = open_address(make_wave(make_survey(languages=("en", "es", "ar"))))
    for accepts, language in (("ar-EG, en;q=0.5", "ar"), ("fr, es;q=0.5", "es"), ("", "en")):
        page = phone(in_fairview, accept_language=accepts).get(address)
        assert page.headers["Content-Language"] == language


def test_a_letters_code_leads_to_its_survey_however_it_is_typed(in_fairview):
    invitation = make_invitation(make_wave())
    said = links.code_for(invitation.district_id, invitation.wave_id, invitation.guardian.pk)
    client = phone(in_fairview)
    for typed in (said, said.lower().replace("-", " "), said.replace("-", "")):
        answer = client.post("/a/code/", {"code": typed})
        assert answer.headers["Location"] == address_of(invitation)
    assert "No letter has this code." in words(client.post("/a/code/", {"code": "2BCD"}))


@pytest.mark.usefixtures("_empty_cache")
def test_codes_are_tried_slowly(in_fairview, monkeypatch):
    monkeypatch.setattr(codes, "TRIES", Pace(Limit(2, 600), Limit(9, 600)))
    client = phone(in_fairview)
    tried = [client.post("/a/code/", {"code": f"CODE {n}"}).status_code for n in range(4)]
    assert tried == [422, 422, 429, 429]


def test_a_foreign_link_an_unknown_one_and_a_withdrawn_one_are_answered_alike(
    in_fairview: Cast, harbor: Cast
):
    with district_scope(harbor.district.pk):
        wave = make_wave()
        foreign = [address_of(make_invitation(wave)), open_address(wave)]
    withdrawn = address_of(make_invitation(make_wave(), state=InvitationState.WITHDRAWN))
    addresses = [*foreign, withdrawn, f"/a/{'A' * 43}/", "/a/x/", "/a/o/1:2:l:3:x/", "/a/o/x/"]
    client = phone(in_fairview)
    pages = [client.get(address) for address in addresses]
    assert {page.status_code for page in pages} == {404}
    assert len({words(page) for page in pages}) == 1


@pytest.mark.usefixtures("_empty_cache")
def test_whoever_guesses_links_is_slowed_down_and_finds_nothing(in_fairview, monkeypatch):
    monkeypatch.setattr(visiting, "GUESSES", Pace(Limit(3, 600), Limit(9, 600)))
    client, real = phone(in_fairview), address_of(make_invitation(make_wave()))
    guessed = [client.get(f"/a/{n:043d}/").status_code for n in range(6)]
    assert guessed == [404] * 3 + [429] * 3
    assert client.get(real).status_code == 200


def test_a_mail_scanner_that_opens_every_link_ten_times_casts_no_vote(in_fairview):
    wave = make_wave(make_survey(RECOMMEND, BUS, AFTER))
    addresses = [address_of(make_invitation(wave)) for _ in range(3)]
    scanner = phone(in_fairview)
    for address in [*addresses, open_address(wave)] * 10:
        scanner.get(address)
        scanner.get(f"{address}?screen=1&lang=es")
        scanner.options(address)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("https://www.Fairview.example/\nhttps://a.example:8443", 2),
        ("", 0),
        ("*", None),
        ("http://a.example", None),
        ("https://a.example/page", None),
        ("https://*.example; script-src *", None),
    ],
)
def test_the_district_names_pages_by_their_origin_only(in_fairview, said, kept):
    form = ProfileForm({"embed_sites": said}, instance=in_fairview.district)
    form.full_clean()
    assert len(form.cleaned_data.get("embed_sites", [])) == (kept or 0)
    assert ("embed_sites" in form.errors) is (kept is None)
