"""Files are taken by their content, cleaned, and kept where no web server shows them."""

import io

import pytest
from PIL import Image

from districts.scope import district_scope
from inbox import files
from inbox.files import RefusedFileError, attach, check, path_of, shown_name
from inbox.models import RawInbound, Source
from tests.builders import NOON
from tests.cast import Cast
from tests.inbox.uploads import PDF, archive, letter, photograph, picture, upload

MP3 = b"\xff\xfb\x90\x64" + bytes(200)
M4A = b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42" + bytes(60)
WAV = b"RIFF\x24\0\0\0WAVEfmt " + bytes(60)
EXE = b"MZ\x90\0" + bytes(400)


@pytest.fixture
def raw(in_fairview: Cast, settings, tmp_path) -> RawInbound:
    settings.MEDIA_ROOT = tmp_path / "files"
    return RawInbound.objects.create(
        source=Source.FORM,
        source_key="k",
        reference="R",
        body=b"{}",
        received_at=NOON,
        next_try_at=NOON,
    )


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("bus.jpg", picture(), "image/jpeg"),
        ("BUS.JPEG", picture(), "image/jpeg"),
        ("screen.png", picture("PNG"), "image/png"),
        ("screen.webp", picture("WEBP"), "image/webp"),
        ("plan.pdf", PDF, "application/pdf"),
        ("words.txt", "Años de espera\r\n".encode(), "text/plain"),
        ("old.txt", "Años".encode("latin-1"), "text/plain"),
        ("list.csv", b"a,b\n1,2\n", "text/csv"),
        ("voice.mp3", MP3, "audio/mpeg"),
        ("voice.m4a", M4A, "audio/mp4"),
        ("voice.wav", WAV, "audio/wav"),
    ],
)
def test_what_families_send_is_taken(name, content, content_type):
    found = check(upload(name, content))
    assert (found.name, found.content_type) == (name, content_type)


def test_a_word_document_is_taken_as_it_is():
    content = letter()
    found = check(upload("letter.docx", content))
    assert found.content == content
    assert found.content_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.pdf", b"", "“empty.pdf” is empty"),
        ("photo.jpg", EXE, "not what its name says"),
        ("photo.jpg", PDF, "not what its name says"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"no picture" * 9, "not what its name says"),
        ("half.png", picture("PNG", (400, 400))[:200], "not what its name says"),
        ("letter.pdf", b"<html><script>alert(1)</script>", "not what its name says"),
        ("letter.docx", archive("a.txt"), "not what its name says"),
        ("letter.docx", letter("word/vbaProject.bin"), "not what its name says"),
        ("letter.docx", b"PK\x03\x04 no directory", "not what its name says"),
        ("notes.txt", EXE, "not what its name says"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot take"),
        ("page.html", b"<p>hello", "cannot take"),
        ("all.zip", archive("a.txt"), "cannot take"),
        ("macro.docm", letter(), "cannot take"),
        ("setup.exe", EXE, "cannot take"),
        ("nothing", b"x", "cannot take"),
        ("photo.heic", b"\0\0\0\x18ftypheic" + bytes(40), "cannot take"),
    ],
)
def test_what_is_refused_is_named_in_a_sentence(name, content, words):
    with pytest.raises(RefusedFileError, match=words):
        check(upload(name, content))


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MAX_SIZE", 50)
    with pytest.raises(RefusedFileError, match="larger than 10 MB"):
        check(upload("plan.pdf", PDF + bytes(50)))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    made = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(made, "PNG")
    with pytest.raises(RefusedFileError, match="too many pixels"):
        check(upload("bomb.png", made.getvalue()))


def test_a_photograph_no_longer_says_where_it_was_taken():
    content = check(upload("home.jpg", photograph())).content
    assert not Image.open(io.BytesIO(content)).getexif()
    assert b"Ana Ortiz" not in content
    assert b"taken at home" not in content


def test_a_photograph_taken_on_its_side_stands_upright():
    content = check(upload("home.jpg", photograph(orientation=6))).content
    assert Image.open(io.BytesIO(content)).size == (40, 60)


def test_a_large_photograph_is_made_smaller():
    content = check(upload("big.jpg", picture(size=(6000, 4000)))).content
    assert max(Image.open(io.BytesIO(content)).size) == 3200


def test_a_moving_picture_stands_still_under_its_new_name():
    found = check(upload("wave.gif", picture("GIF")))
    assert (found.name, found.content_type) == ("wave.png", "image/png")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Ana\\plan.pdf", "plan.pdf"),
        ("gpj.\u202efdp.exe", "gpj.fdp.exe"),
        ("bus\x00\r\n.jpg", "bus.jpg"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("", "file"),
        ("...", "file"),
        ("foto niña.jpg", "foto niña.jpg"),
    ],
)
def test_a_name_is_shown_without_folders_and_tricks(given, shown):
    assert shown_name(given) == shown


def test_a_file_is_kept_under_a_random_name_that_others_cannot_read(raw, settings):
    (kept,) = attach([check(upload("plan.pdf", PDF))], raw=raw)
    path = path_of(kept)
    assert path.read_bytes() == PDF
    assert "plan" not in str(path)
    assert path.stat().st_mode & 0o077 == 0
    assert path.is_relative_to(settings.MEDIA_ROOT)


def test_files_that_arrive_twice_are_kept_once(raw):
    for _ in range(2):
        attach([check(upload("plan.pdf", PDF))], raw=raw)
    assert raw.attachments.count() == 1


def test_files_of_two_districts_lie_apart(raw, harbor):
    (ours,) = attach([check(upload("plan.pdf", PDF))], raw=raw)
    with district_scope(harbor.district.pk):
        other = RawInbound.objects.create(
            source="form",
            source_key="k",
            reference="R",
            body=b"",
            received_at=NOON,
            next_try_at=NOON,
        )
        (theirs,) = attach([check(upload("plan.pdf", PDF))], raw=other)
    assert path_of(ours).parents[1] != path_of(theirs).parents[1]
