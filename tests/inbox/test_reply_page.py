"""Writing on the page: replies, notes, drafts, and what stops or warns the writer."""

import pytest
from django.test import Client

from districts.scope import district_scope
from families.models import Delivery, Guardianship, Student
from inbox import answering
from inbox.links import status_path
from inbox.models import Attachment, Draft, Message, Notification, Status
from tests.builders import HOUR, NOON, make_guardian
from tests.cast import Cast
from tests.inbox.uploads import PDF, picture, upload

HTMX = {"hx-request": "true"}


@pytest.fixture
def agent(fairview: Cast, client_of) -> Client:
    return client_of(fairview.agent)


def write(client: Client, body: str = "It comes at 7:10.", *, act="reply", htmx=True, **data):
    headers = HTMX if htmx else {}
    return client.post(f"/inbox/1/{act}/", {"body": body, **data}, headers=headers)


def outbound(cast: Cast) -> list[str]:
    with district_scope(cast.district.pk):
        return [m.body for m in Message.objects.filter(direction="outbound")]


def seen(cast: Cast) -> int:
    with district_scope(cast.district.pk):
        return cast.conversation.messages.latest("pk").pk


def test_a_reply_is_sent_and_the_composer_is_empty_again(agent, fairview):
    answer = write(agent, seen=seen(fairview))
    assert outbound(fairview) == ["It comes at 7:10."]
    page = answer.content.decode()
    assert 'hx-target="#thread"' in page
    assert ">Sent.<" in page
    assert answer.headers["HX-Trigger"] == "earshot:moved-list"


def test_a_reply_may_carry_files_which_the_family_opens_on_its_page(agent, fairview, public):
    write(agent, attachments=[upload("map.png", picture("PNG")), upload("times.pdf", PDF)])
    with district_scope(fairview.district.pk):
        page = status_path(fairview.conversation)
        kept = list(Attachment.objects.filter(message__direction="outbound"))
        letter = Delivery.objects.get(purpose="answer")
    assert [file.name for file in kept] == ["map.png", "times.pdf"]
    family = public(fairview)
    said = family.get(page).content.decode()
    for file in kept:
        address = f"{page}files/{file.pk}/"
        assert address in said
        assert address in letter.text_body
        assert address in letter.html_body
    answer = family.get(f"{page}files/{kept[1].pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bus.pdf", b"MZ\x90" + bytes(400), "is damaged, or is not what its name says"),
        ("run.exe", b"MZ\x90" + bytes(400), "is a kind of file we cannot take"),
        ("empty.pdf", b"", "is empty"),
    ],
)
def test_a_file_that_is_refused_stops_the_reply_and_is_named(
    agent, fairview, name, content, sentence
):
    answer = write(agent, attachments=[upload(name, content)])
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "It comes at 7:10." in answer.content.decode()
    assert outbound(fairview) == []


def test_six_files_are_too_many(agent, fairview):
    answer = write(agent, attachments=[upload(f"{n}.pdf", PDF) for n in range(6)])
    assert "Choose at most 5 files." in answer.content.decode()
    assert outbound(fairview) == []


def test_whoever_is_stopped_is_told_to_choose_the_files_again(agent, fairview):
    before = seen(fairview)
    with district_scope(fairview.district.pk):
        answering.family_writes(fairview.conversation, body="And?", at=NOON + HOUR)
    stopped = write(agent, seen=before, attachments=[upload("times.pdf", PDF)])
    assert stopped.status_code == 409
    assert "Choose your files again" in stopped.content.decode()
    with district_scope(fairview.district.pk):
        assert not Attachment.objects.exists()


def test_without_a_script_a_reply_leads_back_to_the_page(agent, fairview):
    answer = agent.post("/inbox/1/reply/?view=mine", {"body": "Yes."})
    assert (answer.status_code, answer.url) == (302, "/inbox/1/?view=mine")


@pytest.mark.parametrize(
    ("then", "status"), [("", "open"), ("resolve", "resolved"), ("pend", "pending")]
)
def test_a_reply_may_resolve_or_wait(agent, fairview, then, status):
    write(agent, then=then)
    with district_scope(fairview.district.pk):
        fairview.conversation.refresh_from_db()
    assert fairview.conversation.status == status


def test_a_reply_over_a_newer_message_is_stopped_and_kept(agent, fairview):
    before = seen(fairview)
    with district_scope(fairview.district.pk):
        newer = answering.family_writes(
            fairview.conversation, body="She is home now.", at=NOON + HOUR
        )
    stopped = write(agent, "On my way.", seen=before)
    page = stopped.content.decode()
    assert stopped.status_code == 409
    assert outbound(fairview) == []
    assert "A reply came in while you wrote" in page
    assert "She is home now." in page
    assert ">On my way.</textarea>" in page
    assert f'name="seen" value="{newer.pk}"' in page
    assert write(agent, "On my way.", seen=newer.pk).status_code == 200
    assert outbound(fairview) == ["On my way."]


def test_a_stopped_reply_without_a_script_is_a_whole_page(agent, fairview):
    before = seen(fairview)
    with district_scope(fairview.district.pk):
        answering.family_writes(fairview.conversation, body="Home.", at=NOON + HOUR)
    page = write(agent, "On my way.", htmx=False, seen=before).content.decode()
    assert "<html" in page
    assert ">On my way.</textarea>" in page


@pytest.mark.parametrize("body", ["", "   ", "x" * 50_001, "nul \x00"])
def test_a_reply_that_cannot_be_sent_says_why(agent, fairview, body):
    answer = write(agent, body)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert outbound(fairview) == []


@pytest.mark.parametrize("data", [{"seen": "x"}, {"seen": "9" * 40}, {"then": "explode"}])
def test_a_reply_with_nonsense_beside_it_is_refused(agent, fairview, data):
    assert write(agent, **data).status_code == 422
    assert outbound(fairview) == []


def guardian_of(cast: Cast, *, no_contact: bool = False, other: bool = False) -> None:
    """Make the sender a guardian of the student named, or of another one."""
    with district_scope(cast.district.pk):
        guardian = make_guardian()
        student = Student.objects.create(given_name="Mia", family_name="Ortiz")
        theirs = Student.objects.create(given_name="Leo", family_name="Bell") if other else student
        Guardianship.objects.create(guardian=guardian, student=theirs, no_contact=no_contact)
        cast.conversation.guardian, cast.conversation.student = guardian, student
        cast.conversation.save()


def test_an_adult_who_must_not_be_contacted_is_asked_about_first(agent, fairview):
    guardian_of(fairview, no_contact=True)
    refused = write(agent)
    assert refused.status_code == 422
    assert "No contact: Ana Ortiz is not to be contacted about Mia Ortiz." in (
        refused.content.decode()
    )
    assert outbound(fairview) == []
    assert write(agent, checked="on").status_code == 200
    assert len(outbound(fairview)) == 1


def test_an_adult_of_another_child_is_asked_about_first(agent, fairview):
    guardian_of(fairview, other=True)
    assert "is not a guardian of Mia Ortiz" in write(agent).content.decode()
    assert outbound(fairview) == []


def test_the_right_guardian_is_answered_without_more_ado(agent, fairview):
    guardian_of(fairview)
    assert write(agent).status_code == 200


def test_a_draft_is_kept_and_forgotten_once_sent(agent, fairview):
    assert agent.post("/inbox/1/draft/", {"kind": "reply", "body": "Half"}).status_code == 204
    assert agent.post("/inbox/1/draft/", {"kind": "reply", "body": "Half a"}).status_code == 204
    assert ">Half a</textarea>" in agent.get("/inbox/1/").content.decode()
    write(agent)
    with district_scope(fairview.district.pk):
        assert not Draft.objects.exists()


def test_a_draft_is_its_writers_alone(agent, fairview, client_of):
    agent.post("/inbox/1/draft/", {"kind": "note", "body": "Secret"})
    assert "Secret" not in client_of(fairview.lead).get("/inbox/1/").content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"kind": "poem", "body": "x"}, {"kind": "reply", "body": "\x00"}]
)
def test_a_draft_of_nothing_known_is_refused(agent, fairview, data):
    assert agent.post("/inbox/1/draft/", data).status_code == 422


def test_a_note_is_seen_by_staff_and_tells_whom_it_names(agent, fairview):
    write(agent, "Ask @Fairview Lead, not @Fairview Other Agent.", act="note")
    with district_scope(fairview.district.pk):
        assert Message.objects.filter(direction="note").count() == 1
        assert [news.member for news in Notification.objects.filter(verb="mentioned")] == [
            fairview.lead
        ]
        fairview.conversation.refresh_from_db()
    assert fairview.conversation.status == Status.OPEN


def test_a_viewer_a_recorder_and_another_team_write_nothing(fairview, client_of):
    for kind in ("viewer", "recorder", "other_agent"):
        for act in ("reply", "note", "draft"):
            client = client_of(fairview.members[kind])
            assert write(client, act=act, kind="reply").status_code == 404
    assert outbound(fairview) == []
