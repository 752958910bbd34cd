"""Any number of workers at once, on a real database: everything happens once."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.utils import timezone

from districts.scope import district_scope
from families import sending
from families.models import Delivery
from families.outbound import queue_email
from families.sweeping import sweep_deliveries
from inbox import draining, notices, parsing, routing, sweeping, warning
from inbox.announcing import announce
from inbox.intake import Asked, store
from inbox.models import Clock, Conversation, Event, Message, Notification, RawInbound, Source
from tests.builders import DAY, NOON, make_conversation, make_member, make_team, make_topic
from tests.cast import Cast
from tests.families.letters import make_letter

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4


def side_by_side(*works: Callable[[], None]) -> None:
    """Run works at the same moment, each on a connection of its own; an error of one is raised."""
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        barrier.wait()
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(run, works))


def ask(key: int, email: str = "") -> RawInbound:
    return store(
        Asked(message=f"Question {key}", topic="buses", email=email or f"p{key}@family.example"),
        source=Source.FORM,
        source_key=str(key),
        at=NOON,
    )


def counts(verb: str) -> set[int]:
    """Return how often a verb stands on the conversations that have it."""
    return set(Counter(Event.objects.filter(verb=verb).values_list("conversation_id")).values())


def test_every_question_is_parsed_and_routed_once(fairview: Cast):
    with district_scope(fairview.district.pk), transaction.atomic():
        for key in range(30):
            ask(key)
    side_by_side(*[lambda: sweeping.sweep_intake(at=NOON)] * WORKERS)
    sweeping.sweep_intake(at=NOON + parsing.LEASE)
    with district_scope(fairview.district.pk), transaction.atomic():
        assert sorted(Conversation.objects.values_list("number", flat=True)) == list(range(1, 32))
        assert counts("received") == counts("routed") == {1}
        assert Clock.objects.count() == 62
        assert Delivery.objects.count() == 30


def test_one_item_parsed_by_all_is_one_conversation(fairview: Cast):
    with district_scope(fairview.district.pk), transaction.atomic():
        raw = ask(1)

    def parse() -> None:
        with district_scope(fairview.district.pk), transaction.atomic():
            parsing.parse(raw.pk, at=NOON)

    side_by_side(*[parse] * WORKERS)
    with district_scope(fairview.district.pk), transaction.atomic():
        assert Message.objects.filter(raw=raw).count() == 1
        assert Conversation.objects.count() == 2


def test_one_delivery_of_a_question_wins_when_several_arrive_at_once(fairview: Cast):
    def receive() -> None:
        with district_scope(fairview.district.pk), transaction.atomic():
            ask(1)

    side_by_side(*[receive] * WORKERS)
    with district_scope(fairview.district.pk), transaction.atomic():
        assert RawInbound.objects.count() == 1


def test_every_promise_is_announced_once(fairview: Cast):
    with district_scope(fairview.district.pk), transaction.atomic():
        for _ in range(30):
            make_conversation(owner=fairview.agent, team=fairview.team)
    side_by_side(*[lambda: sweeping.sweep_clocks(at=NOON + 30 * DAY)] * WORKERS)
    sweeping.sweep_clocks(at=NOON + 30 * DAY)
    with district_scope(fairview.district.pk), transaction.atomic():
        assert counts("warned") == counts("breached") == {2}
        assert Event.objects.filter(verb="breached").count() == 62
        assert Notification.objects.filter(verb="warned").count() == 62
        assert Notification.objects.filter(verb="breached").count() == 2 * 62


def test_every_mail_is_sent_once(fairview: Cast, monkeypatch):
    sent: list[str] = []
    transmit = sending._Postman._transmit

    def remember(postman, delivery):
        transmit(postman, delivery)
        sent.append(delivery.message_id)

    monkeypatch.setattr(sending._Postman, "_transmit", remember)
    with district_scope(fairview.district.pk), transaction.atomic():
        for key in range(30):
            queue_email(make_letter(key=str(key)), at=NOON)
    side_by_side(*[lambda: sweep_deliveries(now=timezone.now)] * WORKERS)
    with district_scope(fairview.district.pk), transaction.atomic():
        assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert len(sent) == len(set(sent)) == 30


def test_an_address_gets_three_acknowledgements_even_all_at_once(fairview: Cast):
    with district_scope(fairview.district.pk), transaction.atomic():
        asked = [make_conversation(routed=False).pk for _ in range(6)]

    def route(pk: int) -> Callable[[], None]:
        def work() -> None:
            with district_scope(fairview.district.pk):
                routing.take(pk, at=NOON)

        return work

    side_by_side(*map(route, asked))
    with district_scope(fairview.district.pk), transaction.atomic():
        assert Delivery.objects.count() == 3


def test_in_turn_is_fair_and_no_cap_is_passed_with_many_workers(fairview: Cast):
    """Two teams share Ada; whatever arrives at once or waits is given once, within her cap."""
    with district_scope(fairview.district.pk), transaction.atomic():
        teams = [make_team(name, distribution="round_robin", cap=6) for name in ("Depot", "Stops")]
        ada = make_member("Ada", team=teams[0])
        ada.team_links.create(team=teams[1])
        for name in ("Ben", "Cy"):
            make_member(name, team=teams[0])
        topics = [make_topic(team.name, team=team) for team in teams]
        for n in range(40):
            make_conversation(routed=False, topic=topics[n % 2])

    def work() -> None:
        sweeping.sweep_intake(at=NOON)
        sweeping.sweep_queues(at=NOON)

    side_by_side(*[work] * WORKERS)
    sweeping.sweep_queues(at=NOON)
    with district_scope(fairview.district.pk), transaction.atomic():
        owned = Counter(Conversation.objects.filter(topic__in=topics).values_list("owner__name"))
        assert owned == {("Ada",): 6, ("Ben",): 6, ("Cy",): 6, (None,): 22}
        assert Conversation.objects.queued().count() == 22
        given = Event.objects.filter(detail__owner__in=["Ada", "Ben", "Cy"])
        assert set(Counter(given.values_list("conversation_id")).values()) == {1}


def test_one_queue_drained_by_all_is_given_away_once(fairview: Cast):
    with district_scope(fairview.district.pk), transaction.atomic():
        team = make_team("Depot", distribution="least_loaded")
        people = [make_member(name, team=team) for name in ("Ada", "Ben", "Cy")]
        for _ in range(30):
            make_conversation(team=team).queue(by=None, at=NOON)

    def drain() -> None:
        with district_scope(fairview.district.pk):
            draining.drain(at=NOON)

    side_by_side(*[drain] * WORKERS)
    drain()
    with district_scope(fairview.district.pk), transaction.atomic():
        owned = Counter(Conversation.objects.filter(team=team).values_list("owner", flat=True))
        assert owned == {person.pk: 10 for person in people}
        assert counts("assigned") == {1}


class KilledError(RuntimeError):
    """A sweeper's end in the middle of its work: its transaction is rolled back."""


def test_a_sweeper_killed_half_way_leaves_nothing_said_twice_or_unsaid(fairview: Cast, monkeypatch):
    killed = threading.local()

    def announce_until_killed(stages, people, *, at):
        announce(stages, people, at=at)
        killed.batches = getattr(killed, "batches", 0) + 1
        if getattr(killed, "after", 0) == killed.batches:
            raise KilledError

    def sweep_and_be_killed() -> None:
        killed.after = 2
        with suppress(KilledError):
            sweeping.sweep_clocks(at=NOON + 30 * DAY)

    monkeypatch.setattr(warning, "announce", announce_until_killed)
    monkeypatch.setattr(warning, "BATCH", 5)
    with district_scope(fairview.district.pk), transaction.atomic():
        for _ in range(30):
            make_conversation(owner=fairview.agent, team=fairview.team)
    side_by_side(sweep_and_be_killed, lambda: sweeping.sweep_clocks(at=NOON + 30 * DAY))
    sweeping.sweep_clocks(at=NOON + 30 * DAY)
    with district_scope(fairview.district.pk), transaction.atomic():
        assert counts("warned") == counts("breached") == {2}
        assert Notification.objects.filter(verb="breached").count() == 2 * 62


def test_all_news_is_mailed_once(fairview: Cast):
    members = [fairview.agent, fairview.lead, fairview.manager, fairview.admin]
    with district_scope(fairview.district.pk), transaction.atomic():
        for n in range(4):
            notices.tell(members, verb="mentioned", key=f"k{n}", at=NOON, by="Jo Kim")
    side_by_side(*[lambda: sweeping.sweep_notices(at=NOON)] * WORKERS)
    sweeping.sweep_notices(at=NOON)
    with district_scope(fairview.district.pk), transaction.atomic():
        assert Delivery.objects.filter(purpose="notice").count() == 16
        letters = list(Notification.objects.values_list("letter", flat=True))
        assert None not in letters
        assert len(set(letters)) == 16
