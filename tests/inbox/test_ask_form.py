"""The form: what is sent is stored raw, once, and nothing that was typed is lost."""

import json

import pytest

from districts.scope import district_scope
from inbox.models import Attachment, RawInbound
from tests.cast import Cast
from tests.inbox.form import QUESTION, filled_in, opened_form, read, send
from tests.inbox.uploads import PDF, picture, upload


def stored(cast: Cast) -> list[RawInbound]:
    with district_scope(cast.district.pk):
        return list(RawInbound.objects.order_by("pk"))


def body(cast: Cast) -> dict[str, object]:
    (raw,) = stored(cast)
    return dict(json.loads(bytes(raw.body)))


def test_a_question_is_stored_raw_and_leads_to_a_private_page(fairview):
    answer = send(fairview)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/status/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert {**body(fairview), "attachments": []} == {
        "message": QUESTION,
        "kind": "question",
        "channel": "form",
        "subject": "",
        "topic": "buses",
        "school": "",
        "student": "",
        "role": "guardian",
        "name": "Ana Ortiz",
        "email": "ana@family.example",
        "phone": "",
        "language": "en",
        "anonymous": False,
        "conversation": None,
        "guardian": None,
        "received_at": "",
        "recorded_by": None,
        "attachments": [],
    }


def test_the_page_after_sending_says_so_with_the_promise(fairview):
    answer = opened_form(fairview).post("/ask/buses/", filled_in(), follow=True)
    page = read(answer)
    assert "Thank you. Your message has arrived." in page
    assert "You will have an answer by" in page
    assert QUESTION in page


def test_school_student_kind_and_phone_come_along(fairview):
    send(
        fairview,
        school="lincoln-elementary",
        student="Mia Ortiz",
        kind="concern",
        phone="(202) 555-0100",
        role="student",
    )
    found = body(fairview)
    assert found["school"] == "lincoln-elementary"
    assert found["student"] == "Mia Ortiz"
    assert found["kind"] == "concern"
    assert found["phone"] == "+12025550100"
    assert found["role"] == "student"


def test_something_else_has_no_topic_until_the_district_has_one_for_it(fairview):
    send(fairview, "/ask/")
    assert body(fairview)["topic"] == ""


def test_whoever_stays_anonymous_leaves_neither_name_nor_address(fairview):
    send(fairview, anonymous="on", name="Ana Ortiz", phone="202 555 0100")
    raw = bytes(stored(fairview)[0].body).decode()
    assert "ana@family.example" not in raw
    assert "Ana Ortiz" not in raw
    assert "2025550100" not in raw
    assert body(fairview)["anonymous"] is True


def test_the_page_of_the_anonymous_shows_how_to_come_back(fairview):
    answer = opened_form(fairview).post(
        "/ask/buses/", filled_in(anonymous="on", email=""), follow=True
    )
    assert '<details class="disclosure letter-return" open>' in answer.content.decode()
    assert "Passcode" in read(answer)


def test_the_page_speaks_the_language_of_the_form(fairview):
    send(fairview, "/ask/buses/?lang=es")
    assert body(fairview)["language"] == "es"


def test_the_same_form_sent_twice_is_one_question(fairview):
    fields = filled_in()
    first = opened_form(fairview).post("/ask/buses/", fields)
    second = opened_form(fairview).post("/ask/buses/", fields)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(stored(fairview)) == 1


def test_other_words_from_the_same_form_are_another_question(fairview):
    fields = filled_in()
    opened_form(fairview).post("/ask/buses/", fields)
    opened_form(fairview).post("/ask/buses/", fields | {"message": "And in the afternoon?"})
    assert len(stored(fairview)) == 2


def test_the_same_words_from_two_people_are_two_questions(fairview):
    first, second = send(fairview), send(fairview)
    assert first.headers["Location"] != second.headers["Location"]


def test_the_same_words_without_a_stamp_never_lead_to_anothers_page(fairview):
    first, second = send(fairview, stamp=""), send(fairview, stamp="forged")
    assert first.headers["Location"] != second.headers["Location"]


def test_files_come_along_once_also_when_sent_twice(fairview):
    fields = filled_in()
    for _ in range(2):
        files = [upload("stop.jpg", picture()), upload("plan.pdf", PDF)]
        opened_form(fairview).post("/ask/buses/", fields | {"attachments": files})
    with district_scope(fairview.district.pk):
        found = list(Attachment.objects.values_list("name", "content_type"))
    assert found == [("stop.jpg", "image/jpeg"), ("plan.pdf", "application/pdf")]


def test_other_files_with_the_same_words_are_another_question(fairview):
    fields = filled_in()
    for content in (PDF, PDF + b"more"):
        opened_form(fairview).post(
            "/ask/buses/", fields | {"attachments": upload("plan.pdf", content)}
        )
    assert len(stored(fairview)) == 2


WRONG = [
    ({"message": ""}, "Write what you would like to tell us."),
    ({"message": "   \n "}, "Write what you would like to tell us."),
    ({"message": "a\x00b"}, "Null characters are not allowed."),
    ({"message": "long " * 10_001}, "Shorten your message to 50000 characters."),
    ({"email": "", "phone": ""}, "Write an e-mail address or a phone number"),
    ({"email": "ana"}, "Write an e-mail address like name@example.com."),
    ({"email": "a@b.example\r\nBcc: all@b.example"}, "Write an e-mail address like"),
    ({"email": "a" * 250 + "@b.example"}, "at most 254 characters"),
    ({"phone": "12"}, "Write the number with its area code"),
    ({"phone": "call me"}, "Write the number with its area code"),
    ({"name": "n" * 121}, "at most 120 characters"),
    ({"student": "s" * 121}, "at most 120 characters"),
    ({"kind": "spell"}, "Select a valid choice."),
    ({"kind": ""}, "This field is required."),
    ({"role": "wizard"}, "Select a valid choice."),
    ({"school": "nowhere"}, "Select a valid choice."),
    ({"school": "\x00"}, "Select a valid choice."),
    ({"attachments": "words"}, ""),
]


@pytest.mark.parametrize(("fields", "words"), [case for case in WRONG if case[1]])
def test_what_is_wrong_is_said_at_the_top_and_beside_the_field(fairview, fields, words):
    answer = send(fairview, **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(words.split(" characters")[0]) == 2
    assert "<title>Error: Buses" in " ".join(page.split())
    assert not stored(fairview)


def test_each_line_of_the_summary_leads_to_its_field(fairview):
    page = send(fairview, message="", kind="spell").content.decode()
    assert 'href="#id_message"' in page
    assert 'id="id_message"' in page
    assert 'href="#id_kind_0"' in page
    assert 'id="id_kind_0"' in page


def test_nothing_that_was_typed_is_lost(fairview):
    page = send(
        fairview, email="ana", kind="concern", school="lincoln-elementary", student="Mia"
    ).content.decode()
    assert QUESTION in page
    assert 'value="Ana Ortiz"' in page
    assert 'value="ana"' in page
    assert 'value="Mia"' in page
    assert '<option value="lincoln-elementary" selected>' in page
    assert 'value="concern" id="id_kind_1" required checked' in page.replace("  ", " ")


def test_files_have_to_be_chosen_again_and_it_says_so(fairview):
    page = read(send(fairview, message="", attachments=upload("plan.pdf", PDF)))
    assert "Choose your files again" in page


def test_a_refused_file_is_named_beside_the_field(fairview):
    files = [upload("good.pdf", PDF), upload("bad.jpg", b"MZ no picture")]
    answer = send(fairview, attachments=files)
    assert answer.status_code == 422
    assert "“bad.jpg” is damaged, or is not what its name says." in read(answer)
    assert "good.pdf" not in read(answer)


def test_more_than_five_files_are_refused(fairview):
    files = [upload(f"{n}.pdf", PDF) for n in range(6)]
    assert "Choose at most 5 files." in read(send(fairview, attachments=files))


def test_words_in_the_place_of_files_are_no_files(fairview):
    assert send(fairview, attachments="words").status_code == 302


def test_a_topic_that_was_closed_while_somebody_wrote_still_takes_it(fairview, public):
    with district_scope(fairview.district.pk):
        fairview.topic.is_active = False
        fairview.topic.save()
    assert public(fairview).get("/ask/buses/").status_code == 404
    assert send(fairview).status_code == 302


def test_a_topic_that_is_not_for_families_takes_nothing(fairview):
    with district_scope(fairview.district.pk):
        fairview.topic.is_public = False
        fairview.topic.save()
    assert send(fairview).status_code == 404


def test_a_body_of_words_that_is_far_too_long_is_answered_with_a_sentence(fairview):
    answer = send(fairview, message="x" * 3_000_000)
    assert answer.status_code == 413
    assert "larger than we can take" in read(answer)


def test_a_body_that_cannot_be_read_is_answered_with_a_sentence(fairview):
    answer = opened_form(fairview).post(
        "/ask/buses/", b"--nonsense", content_type="multipart/form-data; boundary=\xff"
    )
    assert answer.status_code == 400
    assert "could not be read" in read(answer)


def test_storing_a_question_takes_few_statements(fairview, django_assert_max_num_queries):
    # Of which two find the host, and four open and end the test's own savepoint and scope.
    with django_assert_max_num_queries(11):
        send(fairview)
