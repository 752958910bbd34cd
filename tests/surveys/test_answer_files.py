"""Answers from a file: columns guessed, cells understood or refused, lines taken once, undone."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.answer_columns import UnreadableError, guess, lines, table
from surveys.models import AnswerFile, Mode, Response, SealedResponse, Way
from surveys.values import Fault
from tests.cast import Cast
from tests.surveys.builders import make_questionnaire, make_survey, make_wave
from tests.surveys.every_kind import EVERY_KIND, LANGUAGES

ASKED = make_questionnaire(*EVERY_KIND, languages=LANGUAGES)
RIDES, WROTE = "How often does your child ride the bus?", "¿Cuándo nos escribió?"
HEAD = f"Response ID;School;recommend;{RIDES};staff.kind;{WROTE};contact"
GOOD = "r1;Lincoln Elementary;9;always;Siempre;never, A veces;yes"
FILE = f"{HEAD}\n{GOOD}\nr2;;0;;;;no\nr3;Nowhere;11;Weekly;;;\n"


@pytest.fixture
def wave(in_fairview: Cast) -> Any:
    return make_wave(make_survey(*EVERY_KIND, languages=LANGUAGES))


@pytest.fixture
def manager(in_fairview: Cast, client_of) -> Any:
    return client_of(in_fairview.manager)


def upload(client: Any, wave: Any, content: str | bytes) -> Any:
    body = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("sheets.csv", body, "text/csv")
    return client.post(f"/surveys/waves/{wave.pk}/files/", {"file": file})


def take_all(client: Any, address: str) -> AnswerFile:
    while client.get(address).context["file"].state in {"read", "taking"}:
        client.post(f"{address}take/")
    return client.get(address).context["file"]


def test_columns_are_guessed_by_key_and_by_words_in_any_language():
    headers, _rows = table(FILE)
    assert guess(ASKED, headers) == {
        "0": "source",
        "1": "school",
        "2": "q.recommend",
        "3": "q.bus",
        "4": "q.staff.kind",
        "5": "q.reached",
        "6": "q.contact",
    }
    assert guess(ASKED, ["bus", "Bus", "weather"]) == {"0": "q.bus", "1": "", "2": ""}


def test_cells_are_understood_or_faulty_and_never_guessed():
    headers, rows = table(FILE)
    first, second, third = lines(ASKED, rows, guess(ASKED, headers))
    assert first.answers == {
        "recommend": 9,
        "bus": "always",
        "staff": {"kind": "always"},
        "reached": ["never", "sometimes"],
        "contact": True,
    }
    assert (second.source, second.answers, second.faults) == ("r2", {"recommend": 0}, {})
    assert third.number == 4
    assert third.faults == {"recommend": Fault.SCALE, "bus": Fault.CHOICE}


@pytest.mark.parametrize("content", ["", "only headers\n", "a,b\n\n", "a\n" + "x\n" * 20_001])
def test_what_is_no_table_of_answers_is_refused(content):
    with pytest.raises(UnreadableError):
        table(content)


def test_a_file_is_looked_at_before_anything_is_taken(wave, manager):
    address = upload(manager, wave, FILE).headers["Location"]
    page = manager.get(address).content.decode()
    assert "2 lines can be taken." in page
    assert "1 line has something wrong" in page
    assert "No school has this name." in page
    assert "Choose a number from 0 to 10." in page
    assert not Response.objects.exists()


def test_good_lines_become_responses_and_the_rest_is_counted(wave, manager, in_fairview):
    address = upload(manager, wave, FILE).headers["Location"]
    file = take_all(manager, address)
    assert (file.state, file.taken, file.known, file.refused) == ("done", 2, 0, 1)
    first, second = Response.objects.order_by("pk")
    assert (first.school, first.way, first.score) == (in_fairview.school, Way.IMPORT, 9)
    assert first.entered_by == in_fairview.manager
    assert (second.school, second.answers) == (None, {"recommend": 0})


def test_a_line_is_taken_once_however_often_it_is_handed_in(wave, manager):
    for content in (FILE, FILE, "recommend;Response ID\n4;r1\n5;r9\n"):
        file = take_all(manager, upload(manager, wave, content).headers["Location"])
    assert (file.taken, file.known) == (1, 1)
    assert Response.objects.count() == 3


def test_lines_without_a_number_that_say_the_same_are_several_families(wave, manager):
    for _turn in range(2):
        address = upload(manager, wave, "recommend\n9\n9\n8\n").headers["Location"]
        file = take_all(manager, address)
    assert (file.taken, file.known) == (0, 3)
    assert Response.objects.count() == 3


def test_columns_can_be_chosen_by_hand_each_once(wave, manager):
    address = upload(manager, wave, "a,b\n9,8\n").headers["Location"]
    assert manager.post(address, {"0": "q.recommend", "1": "q.recommend"}).status_code == 422
    assert manager.post(address, {"0": "q.recommend", "1": ""}).status_code == 302
    take_all(manager, address)
    assert Response.objects.get().answers == {"recommend": 9}


def test_what_came_of_a_file_is_taken_back_and_nothing_else(wave, manager):
    take_all(manager, upload(manager, wave, "id,recommend\n1,9\n").headers["Location"])
    address = upload(manager, wave, "id,recommend\n1,9\n2,8\n").headers["Location"]
    take_all(manager, address)
    manager.post(f"{address}undo/")
    assert [one.score for one in Response.objects.all()] == [9]
    assert manager.get(address).context["file"].state == "undone"


def test_anonymous_answers_are_sealed_once_and_cannot_be_taken_back(in_fairview, manager):
    wave = make_wave(make_survey(*EVERY_KIND, languages=LANGUAGES, mode=Mode.ANONYMOUS))
    for _turn in range(2):
        address = upload(manager, wave, FILE).headers["Location"]
        take_all(manager, address)
    manager.post(f"{address}undo/")
    assert SealedResponse.objects.count() == 2
    assert not Response.objects.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a\n\x00\n", b"", b"a,b\n"])
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(wave, manager, content):
    answer = upload(manager, wave, content)
    assert answer.status_code == 422
    assert not AnswerFile.objects.exists()
