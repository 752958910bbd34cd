"""Results as files: the figures of the page, what is hidden hidden, every text a text."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from districts.models import MembershipSchool
from surveys.counting import count_whole
from surveys.models import Wave, WaveState
from surveys.questionnaire import Choice, Kind, Question
from tests.surveys.answers import respond
from tests.surveys.builders import RECOMMEND, WHY, make_survey, make_wave, texts

pytestmark = pytest.mark.usefixtures("in_fairview")

SUMS = Question(
    key="sums",
    kind=Kind.SINGLE,
    texts=texts("=1+1?"),
    choices=(Choice("a", texts("=HYPERLINK(0)")), Choice("b", texts("-2"))),
)


@pytest.fixture
def wave(in_fairview) -> Wave:
    """Return a closed wave of two schools, of which one is told only that nearly all agree."""
    wave = make_wave(make_survey(RECOMMEND, SUMS, WHY), state=WaveState.CLOSED)
    for value in ("a", "b"):
        respond(wave, 8, school=in_fairview.school, recommend=9, sums=value, why="A secret.")
    respond(wave, 12, school=in_fairview.other_school, recommend=3, sums="b")
    count_whole(wave)
    return wave


def download(client, wave: Wave, kind: str) -> bytes:
    answer = client.get(f"/surveys/waves/{wave.pk}/results.{kind}")
    assert answer.status_code == 200
    assert f'.{kind}"' in answer["Content-Disposition"]
    return answer.content


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_the_file_holds_the_figures_of_the_page(wave, fairview, client_of):
    found = lines(download(client_of(fairview.viewer), wave, "csv"))
    about = [one for one in found if one["question key"] == "sums"]
    all_schools = {one["answer key"]: one for one in about if one["school"] == "All schools"}
    assert (all_schools["b"]["count"], all_schools["b"]["share"]) == ("20", "0.7143")
    assert all_schools["a"]["answered"] == "28"


def test_what_is_hidden_on_the_page_is_hidden_in_the_file(wave, fairview, client_of):
    found = lines(download(client_of(fairview.viewer), wave, "csv"))
    of = [one for one in found if one["question key"] == "sums"]
    alike = [one for one in of if one["school"] == fairview.other_school.name]
    assert [(one["count"], one["share"]) for one in alike] == [("", "<20 %"), ("", ">80 %")]
    covering = [one for one in of if one["school"] == fairview.school.name]
    assert [(one["shown"], one["answered"], one["count"]) for one in covering] == [
        ("size", "16", "")
    ]


def test_no_single_answer_is_in_a_file(wave, fairview, client_of):
    assert b"A secret." not in download(client_of(fairview.admin), wave, "csv")


def test_nothing_in_a_file_is_worked_out_by_the_program_that_opens_it(wave, fairview, client_of):
    client = client_of(fairview.viewer)
    for row in csv.reader(StringIO(download(client, wave, "csv").decode("utf-8-sig"))):
        assert not any(
            value.startswith(("=", "+", "-", "@")) and value != "-100.0" for value in row
        )
    book = ZipFile(BytesIO(download(client, wave, "xlsx")))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert b"=HYPERLINK(0)" in book.read("xl/sharedStrings.xml")


def test_the_workbook_holds_numbers_as_numbers(wave, fairview, client_of):
    sheet = ZipFile(BytesIO(download(client_of(fairview.viewer), wave, "xlsx")))
    assert b"<v>0.7143</v>" in sheet.read("xl/worksheets/sheet1.xml")


def test_who_is_limited_to_a_school_gets_that_school(wave, fairview, client_of):
    MembershipSchool.objects.create(member=fairview.viewer, school=fairview.school)
    found = lines(download(client_of(fairview.viewer), wave, "csv"))
    assert {one["school"] for one in found} == {fairview.school.name}


def test_there_are_no_files_of_other_kinds(wave, fairview, client_of):
    answer = client_of(fairview.viewer).get(f"/surveys/waves/{wave.pk}/results.exe")
    assert answer.status_code == 404
