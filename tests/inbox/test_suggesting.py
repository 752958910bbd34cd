"""Suggested topics: learned from a district's own past, shown, decided only where it may."""

from random import Random

import pytest

from districts.models import AuditEntry
from districts.scope import district_scope, no_district
from inbox import routing, suggesting, suggestions, sweeping, topic_training
from inbox.models import Conversation, Job, Message, StoredModel, Topic, TopicSuggestion
from inbox.topic_model import TopicModel, checksum_of
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation, make_topic
from tests.cast import Cast
from tests.inbox.sweeps import work_off

WORDS = {
    "Buses": "bus stop driver late route ride corner wait autobús parada",
    "Food": "lunch menu cafeteria milk allergy tray snack breakfast almuerzo comida",
}
FILLER = "please hello my child today could you tell me the school thank"


def text_of(topic: str, random: Random) -> str:
    said = random.choices(WORDS[topic].split(), k=4) + random.choices(FILLER.split(), k=6)
    return " ".join(random.sample(said, len(said)))


def live_through(topics: dict[str, Topic], count: int = 260) -> None:
    """Resolve so many conversations, two in three about the first topic."""
    random = Random(3)
    names = [random.choice([*topics, next(iter(topics))]) for _ in range(count)]
    moments = [NOON - 30 * DAY + number * HOUR for number in range(count)]
    past = Conversation.objects.bulk_create(
        Conversation(
            number=10_000 + number,
            reference=f"P{number}",
            channel="form",
            subject="",
            status="resolved",
            resolved_at=moment,
            topic=topics[name],
            **dict.fromkeys(
                ("received_at", "created_at", "routed_at", "last_inbound_at", "last_message_at"),
                moment,
            ),
        )
        for number, (name, moment) in enumerate(zip(names, moments, strict=True))
    )
    Message.objects.bulk_create(
        Message(
            conversation=each,
            direction="inbound",
            channel="form",
            body=text_of(name, random),
            at=each.received_at,
        )
        for each, name in zip(past, names, strict=True)
    )


def train(at=NOON) -> Job:
    return work_off(topic_training.begin(by=None, at=at))


def ask(body: str, **fields) -> Conversation:
    asked = make_conversation(body, routed=False, at=NOON, **fields)
    routing.take(asked.pk, at=NOON + MINUTE)
    asked.refresh_from_db()
    return asked


@pytest.fixture
def topics(in_fairview: Cast) -> dict[str, Topic]:
    """Return two topics of two teams."""
    food = make_topic("Food", team=in_fairview.other_team, owner=in_fairview.other_agent)
    return {"Buses": in_fairview.topic, "Food": food}


@pytest.fixture
def trained(topics) -> StoredModel:
    """Return the model of a district with a past."""
    live_through(topics)
    assert train().state == "done"
    return StoredModel.objects.get()


def test_training_is_tried_on_conversations_it_has_not_seen(trained: StoredModel):
    report = trained.report
    assert report["trained"] == 260
    assert report["tested"] == 52
    assert report["right"] > report["commonest_right"]
    assert (trained.version, trained.threshold) == (1, None)


def test_what_comes_without_a_topic_gets_a_suggestion_and_keeps_its_way(trained, topics):
    asked = ask("My child has an allergy, what is on the lunch menu?")
    suggestion = asked.suggestions.get()
    assert (suggestion.topic, suggestion.decided) == (topics["Food"], False)
    assert suggestion.percent > 80
    assert asked.topic is None


def test_other_is_as_good_as_no_topic(trained, topics):
    other = make_topic("Other", slug="other")
    assert ask("Is the bus late?", topic=other).suggestions.get().topic == topics["Buses"]


def test_a_topic_that_the_sender_chose_is_not_questioned(trained, topics):
    assert not ask("lunch menu milk", topic=topics["Buses"]).suggestions.exists()


def test_it_decides_alone_only_from_the_districts_threshold(trained, topics, in_fairview: Cast):
    suggestions.decide_from(trained, 95, by=in_fairview.admin, at=NOON)
    asked = ask("allergy: lunch menu, milk, tray and snack in the cafeteria")
    suggestion = asked.suggestions.get()
    assert suggestion.decided
    assert (asked.topic, asked.team) == (topics["Food"], in_fairview.other_team)
    assert asked.events.get(verb="moved").detail["suggestion"] == suggestion.percent
    unsure = ask("lunch bus")
    assert unsure.suggestions.get().percent < 95
    assert unsure.topic is None
    assert AuditEntry.objects.filter(noun="storedmodel").exists()


def test_what_it_decided_is_taken_back(trained, topics, in_fairview: Cast):
    suggestions.decide_from(trained, 50, by=in_fairview.admin, at=NOON)
    asked = ask("lunch menu milk tray")
    suggestion = suggestions.suggestion_of(asked)
    assert suggestion is not None
    suggestions.take_back(suggestion, by=in_fairview.agent, at=NOON + HOUR)
    asked.refresh_from_db()
    assert asked.topic is None
    assert suggestions.suggestion_of(asked).answered_by == in_fairview.agent


def test_the_conversation_says_what_decided_and_a_press_takes_it(
    trained, topics, in_fairview: Cast, client_of
):
    client = client_of(in_fairview.manager)
    asked = ask("lunch menu milk tray", team=in_fairview.team)
    page = client.get(f"/inbox/{asked.number}/").content.decode()
    assert "Suggested topic: Food" in page
    client.post(f"/inbox/{asked.number}/suggestion/", {"do": "accept"})
    asked.refresh_from_db()
    assert (asked.topic, asked.team) == (topics["Food"], in_fairview.other_team)
    suggestions.decide_from(trained, 50, by=in_fairview.admin, at=NOON)
    second = ask("lunch menu milk tray")
    page = client.get(f"/inbox/{second.number}/").content.decode()
    assert "Topic decided by suggestion" in page
    assert "Decided by suggestion (" in page
    client.post(f"/inbox/{second.number}/suggestion/", {"do": "back"})
    second.refresh_from_db()
    assert second.topic is None


def test_a_district_without_a_past_learns_nothing_and_suggests_nothing(in_fairview: Cast, topics):
    live_through(topics, 40)
    job = train()
    assert (job.state, job.result["why"]) == ("done", "few")
    assert not StoredModel.objects.exists()
    assert not ask("lunch menu milk").suggestions.exists()


def test_two_districts_with_opposite_words_never_mix(fairview: Cast, harbor: Cast):
    for cast, turned in ((fairview, False), (harbor, True)):
        with district_scope(cast.district.pk):
            food = make_topic("Food", team=cast.other_team, owner=cast.other_agent)
            names = [food, cast.topic] if turned else [cast.topic, food]
            live_through(dict(zip(WORDS, names, strict=True)))
            assert train().state == "done"
    for cast, name in ((fairview, "Food"), (harbor, "Buses"), (fairview, "Food")):
        with district_scope(cast.district.pk):
            suggestion = ask("lunch menu milk tray").suggestions.get()
            assert suggestion.topic.name == name
            assert suggestion.topic.district_id == cast.district.pk


def test_bytes_that_were_changed_suggest_nothing_and_stop_nothing(trained: StoredModel):
    trained.body = b"\x80\x04" + bytes(trained.body)
    trained.save(update_fields=["body"])
    suggesting._kept.clear()
    asked = ask("lunch menu milk")
    assert asked.routed_at is not None
    assert not asked.suggestions.exists()
    suggesting._kept.clear()


def test_a_model_is_unpacked_once_in_a_process(trained, monkeypatch):
    calls = []
    real = TopicModel.from_bytes

    def counted(body: bytes, *, checksum: str):
        calls.append(checksum)
        return real(body, checksum=checksum)

    suggesting._kept.clear()
    monkeypatch.setattr(TopicModel, "from_bytes", counted)
    for _ in range(3):
        ask("lunch menu milk")
    assert calls == [checksum_of(bytes(trained.body))]


def test_it_learns_again_by_night_once_it_has_grown(trained: StoredModel, topics):
    def sweep(at) -> int:
        with no_district():
            sweeping.sweep_models(at=at)
        return Job.objects.filter(kind=topic_training.KIND).count()

    assert sweep(NOON + 2 * DAY) == 1
    food = Conversation.objects.filter(topic=topics["Food"])[:20].values_list("pk", flat=True)
    Conversation.objects.filter(pk__in=list(food)).update(is_spam=True)
    StoredModel.objects.update(examples=200, next_look_at=NOON + 3 * DAY)
    assert sweep(NOON + 2 * DAY) == 1
    assert sweep(NOON + 3 * DAY) == 2
    assert sweep(NOON + 3 * DAY) == 2


def test_the_page_says_how_good_it_is_in_words_first(trained, admin):
    page = admin.get("/settings/suggestions/").content.decode()
    assert "Asked about the latest 52 conversations" in page
    assert "Always saying “Buses” would be right in" in page
    assert page.count("<caption>") == 3


def test_the_page_trains_and_sets_the_threshold(topics, admin):
    live_through(topics)
    admin.post("/settings/suggestions/", {"do": "train"})
    job = Job.objects.get()
    assert (
        "Learning from your conversations." in admin.get("/settings/suggestions/").content.decode()
    )
    work_off(job)
    admin.post("/settings/suggestions/", {"threshold": "90"})
    assert StoredModel.objects.get().threshold == 90
    assert admin.post("/settings/suggestions/", {"threshold": "12"}).status_code == 422
    admin.post("/settings/suggestions/", {"threshold": ""})
    assert StoredModel.objects.get().threshold is None


def test_the_page_makes_no_claim_from_too_few(trained, admin):
    trained.report["tested"] = 20
    trained.save(update_fields=["report"])
    page = admin.get("/settings/suggestions/").content.decode()
    assert "Too few to say" in page
    assert "<caption>" not in page


def test_without_the_extra_the_page_says_so_and_nothing_breaks(topics, admin, monkeypatch):
    monkeypatch.setattr(topic_training, "find_spec", lambda _name: None)
    live_through(topics)
    page = admin.get("/settings/suggestions/").content.decode()
    assert "the extra “insights”" in page
    assert admin.post("/settings/suggestions/", {"do": "train"}).status_code == 302
    assert not Job.objects.exists()
    assert ask("lunch menu milk").routed_at is not None
    assert not TopicSuggestion.objects.exists()
