"""A member's news, and going to anything."""

import pytest
from django.test import Client

from districts.scope import district_scope
from inbox.models import Conversation, Notification
from tests.builders import NOON, make_conversation, make_guardian
from tests.cast import Cast


@pytest.fixture
def agent(fairview: Cast, client_of) -> Client:
    return client_of(fairview.agent)


def tell(cast: Cast, verb: str = "mentioned", key: str = "k", **detail) -> Notification:
    with district_scope(cast.district.pk):
        return Notification.objects.create(
            member=cast.agent,
            conversation=cast.conversation,
            key=key,
            verb=verb,
            detail=detail,
            at=NOON,
        )


@pytest.mark.parametrize(
    ("verb", "detail", "words"),
    [
        ("mentioned", {"by": "Jo Kim"}, "Jo Kim named you in a note"),
        ("warned", {"metric": "first_response"}, "First answer is due soon"),
        ("breached", {"metric": "resolution"}, "Resolution is late"),
        ("undelivered", {}, "A mail to the family did not arrive"),
        ("something_new", {}, "Something new"),
    ],
)
def test_news_says_what_it_is_about(agent, fairview, verb, detail, words):
    tell(fairview, verb, **detail)
    page = agent.get("/notifications/").content.decode()
    assert words in page
    assert "Bus 12 left my daughter" in page


def test_news_of_what_one_may_not_see_any_more_keeps_the_words_to_itself(agent, fairview):
    tell(fairview)
    with district_scope(fairview.district.pk):
        Conversation.objects.update(team=None, owner=fairview.manager)
    page = agent.get("/notifications/").content.decode()
    assert "#1" in page
    assert "Bus 12 left my daughter" not in page


def test_the_bell_counts_what_is_unread(agent, fairview):
    for n in range(3):
        tell(fairview, key=str(n))
    assert ">3<" in agent.get("/notifications/count/").content.decode()
    agent.post("/notifications/read/")
    assert "bell-count" not in agent.get("/notifications/count/").content.decode()


def test_opening_news_leads_to_its_conversation_and_marks_it_read(agent, fairview):
    news = tell(fairview)
    answer = agent.post("/notifications/read/", {"pk": news.pk})
    assert answer.url == "/inbox/1/"
    with district_scope(fairview.district.pk):
        assert Notification.objects.get().read_at is not None


def test_a_colleagues_news_is_neither_shown_nor_marked(fairview, client_of):
    news = tell(fairview)
    lead = client_of(fairview.lead)
    assert "named you" not in lead.get("/notifications/").content.decode()
    assert lead.post("/notifications/read/", {"pk": news.pk}).url == "/notifications/"
    with district_scope(fairview.district.pk):
        assert Notification.objects.get().read_at is None


def test_news_is_paged(agent, fairview):
    for n in range(55):
        tell(fairview, key=str(n))
    page = agent.get("/notifications/").content.decode()
    before = page.split('href="?before=')[1].split('"')[0]
    assert agent.get(f"/notifications/?before={before}").content.decode().count("news-item") >= 5


@pytest.mark.parametrize("query", ["before=x", "before=" + "9" * 40, "before=%00"])
def test_nonsense_about_news_is_its_first_page(agent, query):
    assert agent.get(f"/notifications/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("#1", "/inbox/1/"),
        ("1", "/inbox/1/"),
        ("overdue", "/inbox/?view=overdue"),
        ("famil", "/families/"),
        ("daughter", "/inbox/1/"),
    ],
)
def test_a_few_letters_lead_to_it(agent, fairview, words, address):
    found = agent.get("/go/", {"q": words}, headers={"hx-request": "true"}).content.decode()
    assert f'href="{address}"' in found
    assert "<html" not in found
    assert f'href="{address}"' in agent.get("/go/", {"q": words}).content.decode()


def test_nothing_leads_to_what_one_may_not_see(fairview, harbor, client_of):
    with district_scope(fairview.district.pk):
        guardian = make_guardian("Zoe Quince")
        hidden = make_conversation("Zebra crossing", team=fairview.team, guardian=guardian)
    other = client_of(fairview.other_agent)
    for words in (f"#{hidden.number}", "zebra", "quince", "1"):
        found = other.get("/go/", {"q": words}, headers={"hx-request": "true"}).content.decode()
        assert "Zebra" not in found
        assert "Quince" not in found
        assert "/inbox/1/" not in found


@pytest.mark.parametrize("words", ["", "%00", "x" * 3000, "日本", "#" * 50, "9" * 40, "' OR 1"])
def test_nonsense_leads_nowhere_and_breaks_nothing(agent, words):
    assert agent.get(f"/go/?q={words}", headers={"hx-request": "true"}).status_code == 200
