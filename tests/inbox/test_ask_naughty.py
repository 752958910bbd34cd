"""Whatever is typed into whichever field gives a sentence, or is stored and shown harmlessly."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from districts.scope import district_scope
from inbox.forms.ask import AskForm
from inbox.models import RawInbound
from inbox.parsing import take_waiting
from inbox.routing import take_waiting as route_waiting
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.inbox.form import filled_in, opened_form, read

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "strings"
FIELDS = ["message", "name", "student", "email", "phone", "school", "kind", "role", "anonymous"]
FIELDS += ["stamp", "website", "attachments"]
OURS = [
    "\x00",
    "a\x00b",
    "\ufeff\u200b\u202e\u2066abc",
    "\r\n\r\nBcc: everyone@family.example",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ settings.SECRET_KEY }}{% load x %}%(name)s{0}",
    "'; DROP TABLE inbox_conversation; --",
    "../../../etc/passwd",
    "9" * 400,
    "-1",
    "NaN",
    "é" * 300,
    "👩‍👩‍👧‍👦" * 50,
    "الطالب غائب اليوم",
    "\U000e0041\ufffe\uffff",
    "z" + "\u0300" * 500,
    "x" * 1_000_000,
    "",
    " \t\n",
]


@cache
def shared() -> list[str]:
    """Return the lists that others made, where they lie beside the project."""
    if not SHARED.is_dir():
        return []
    strings = [str(text) for text in json.loads((SHARED / "blns.json").read_text())]
    for path in sorted((SHARED / "xss").rglob("*")):
        if path.is_file():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            strings += [line for line in lines if line.strip()]
    return list(dict.fromkeys(strings))


def harmless(answer) -> bool:
    """Say whether an answer is a redirect or a page that says what to mend."""
    if answer.status_code == 302:
        return True
    page = read(answer)
    return answer.status_code in {413, 422} and ("mending" in page or "larger than" in page)


def understood(cast: Cast) -> int:
    """Let workers catch up; return how many items they could not understand."""
    with district_scope(cast.district.pk):
        while take_waiting(at=NOON + 365 * DAY):
            pass
        while route_waiting(at=NOON + 365 * DAY):
            pass
        return RawInbound.objects.exclude(state="parsed").count()


@pytest.fixture
def unlimited(settings):
    settings.RATE_LIMITS = False


@pytest.mark.parametrize("field", FIELDS)
def test_no_text_in_any_field_breaks_the_form(fairview: Cast, unlimited, field):
    client = opened_form(fairview)
    for text in OURS:
        answer = client.post("/ask/buses/", filled_in(**{field: text}))
        assert harmless(answer), (text[:60], answer.status_code)
    assert understood(fairview) == 0


@pytest.mark.parametrize("text", [text for text in OURS if "<" in text or "'" in text])
def test_a_text_that_is_shown_again_is_escaped(fairview: Cast, unlimited, text):
    client = opened_form(fairview)
    wrong = client.post("/ask/buses/", filled_in(message=text, name=text, email="no address"))
    right = client.post("/ask/buses/", filled_in(message=text, name=text), follow=True)
    found = client.get("/", {"q": text})
    for answer in (wrong, right, found):
        page = answer.content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "' onmouseover='" not in page


@pytest.mark.parametrize(
    "address", ["/?q={}", "/?lang={}", "/ask/buses/?school={}&words={}", "/status/?lang={}"]
)
def test_no_text_in_an_address_breaks_a_page(fairview: Cast, address):
    client = opened_form(fairview)
    for text in OURS[:-3]:
        name, _, more = address.partition("?")
        query = {part.split("=")[0]: text for part in more.split("&")}
        assert client.get(name, query).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"message": ["a", "b"], "kind": ["question", "concern"]},
        {"message[]": "a", "message.0": "b"},
        {"": ""},
    ],
)
def test_wrong_shapes_are_answered_with_a_sentence(fairview: Cast, body):
    assert harmless(opened_form(fairview).post("/ask/buses/", body))


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", "x"])
def test_wrong_types_are_answered_with_a_sentence(fairview: Cast, kind):
    answer = opened_form(fairview).post("/ask/buses/", b'{"message": 1}', content_type=kind)
    assert answer.status_code == 422


def batches(size: int) -> list[list[str]]:
    return [shared()[n : n + size] for n in range(0, len(shared()), size)]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared strings are not here")
def test_no_shared_string_breaks_a_field(in_fairview: Cast):
    for text in shared():
        AskForm(dict.fromkeys(FIELDS, text), at=NOON).is_valid()
        AskForm(filled_in(school=text, phone=text), at=NOON).is_valid()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared strings are not here")
def test_shared_strings_are_stored_and_shown_as_words(fairview: Cast, unlimited):
    client = opened_form(fairview)
    for texts in batches(40):
        words = "\n".join(texts)
        names = {"name": texts[0][:120], "student": texts[-1][:120]}
        answer = client.post("/ask/buses/", filled_in(message=words, **names), follow=True)
        assert answer.status_code == 200
        page = answer.content.decode().split('class="letter-body"', 1)[1].split("</article>")[0]
        shown = re.sub(r"</?p>|<br>|</div>", "", page.split(">", 1)[1])
        assert "<" not in shown
    assert understood(fairview) == 0
