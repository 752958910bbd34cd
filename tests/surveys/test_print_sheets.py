"""Letters to print: one a page, in the family's language, with a code that works."""

import re

import pytest
from django.test import Client

from surveys import links, print_sheets
from surveys.models import InvitationState, Mode, Survey, Wave
from tests.builders import NOON
from tests.cast import Cast
from tests.surveys.builders import make_invitation, make_reachable, make_survey, make_wave


def make_letters(cast: Cast, count: int = 3, survey: Survey | None = None, **guardian: str) -> Wave:
    wave = make_wave(survey, ways=["letter"], drawn_at=NOON)
    for _number in range(count):
        to = make_reachable(**guardian)
        said = {"way": "letter", "state": "drawn", "sent_at": None, "school": cast.school}
        make_invitation(wave, to, **said)
    return wave


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_each_letter_has_a_page_of_its_own(in_fairview: Cast):
    wave = make_letters(in_fairview)
    pdf = print_sheets.pdf_of(wave, print_sheets.part(wave, 0))
    assert pdf.startswith(b"%PDF")
    assert pages(pdf) == 3
    assert b"/StructTreeRoot" in pdf


def test_a_letter_says_what_the_family_needs_in_its_language(in_fairview: Cast):
    wave = make_letters(in_fairview, 1, language="es")
    (invitation,) = print_sheets.part(wave, 0)
    letter = print_sheets._said(wave, invitation)
    assert letter["title"] == "¿Cómo vamos?"
    assert letter["greeting"] == "Estimado/a Ana Ortiz:"
    assert letter["address"] == "fairview.localhost:8000/a/code/"
    assert links.hash_code(letter["code"]) == invitation.code_hash


@pytest.mark.parametrize("name", ['#panic("x")', "*bold* $x$ \\", '"], #sys', "<script>"])
def test_a_name_is_never_read_as_instructions(in_fairview: Cast, name: str):
    wave = make_letters(in_fairview, 1)
    invitation = wave.invitations.get()
    invitation.guardian.given_name = name
    invitation.guardian.save()
    assert pages(print_sheets.pdf_of(wave, print_sheets.part(wave, 0))) == 1


def test_a_long_wave_comes_in_parts(in_fairview: Cast, monkeypatch):
    monkeypatch.setattr(print_sheets, "PART", 2)
    wave = make_letters(in_fairview)
    assert [len(print_sheets.part(wave, number)) for number in range(3)] == [2, 1, 0]


def test_handing_letters_out_counts_them_as_sent(in_fairview: Cast, client_of):
    client: Client = client_of(in_fairview.manager)
    wave = make_letters(in_fairview)
    address = f"/surveys/waves/{wave.pk}/letters/"
    assert "3 letters have not been printed." in client.get(address).content.decode()
    answer = client.post(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert wave.invitations.filter(state=InvitationState.SENT).count() == 3
    assert client.post(address).status_code == 404
    assert pages(client.post(address, {"part": "1"}).content) == 3
    assert client.post(address, {"part": "0"}).status_code == 404


@pytest.mark.parametrize(("mode", "count"), [(Mode.CONFIDENTIAL, 2), (Mode.ANONYMOUS, 3)])
def test_who_has_answered_gets_no_letter_but_where_that_would_tell(
    in_fairview: Cast, mode: str, count: int
):
    wave = make_letters(in_fairview, survey=make_survey(mode=mode))
    wave.invitations.filter(pk=wave.invitations.first().pk).update(is_spent=True)
    assert print_sheets.to_print(wave, again=True).count() == count
