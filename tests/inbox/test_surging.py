"""Surges: found in time, once, and not where people write as they always do."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from districts.scope import district_scope, no_district
from inbox import surging, sweeping
from inbox.models import Conversation, Notification, Sketch, Surge, SurgeMember
from tests.builders import DAY, HOUR, MINUTE, NOON
from tests.cast import Cast, make_cast
from tests.inbox.late_bus import everyday, late, live_through, numbers_of, write


def sweep(at=NOON + MINUTE):
    """Sweep as a worker does, with no district in scope."""
    with no_district():
        sweeping.sweep_surges(at=at)


@pytest.fixture
def usual_days(in_fairview: Cast) -> Cast:
    """Speak for a district with a past of a few hundred messages."""
    live_through(14)
    return in_fairview


def test_the_twentieth_similar_message_makes_a_surge_and_tells_the_team(usual_days: Cast):
    texts = late(20)
    write(everyday(12), at=NOON - HOUR)
    write(texts, topic=usual_days.topic.slug, school=usual_days.school.slug)
    sweep()
    surge = Surge.objects.get()
    assert (surge.topic, surge.school) == (usual_days.topic, usual_days.school)
    assert {"bus", "12"} <= set(surge.title.lower().split())
    found = set(surge.members.values_list("conversation__number", flat=True))
    assert found == numbers_of(texts)
    told = Notification.objects.filter(verb="surge")
    assert {news.member for news in told} == {usual_days.agent, usual_days.lead}
    assert told.count() == 2


def test_messages_in_two_languages_are_one_surge(usual_days: Cast):
    write(late(24))
    sweep()
    members = Surge.objects.get().members
    assert members.filter(conversation__language="es").count() >= 5
    assert members.filter(conversation__language="en").count() >= 14


def test_a_surge_grows_with_what_still_comes_and_is_told_of_once(usual_days: Cast):
    write(late(20))
    sweep()
    write(late(10), at=NOON + 5 * MINUTE)
    sweep(NOON + 6 * MINUTE)
    assert Surge.objects.get().members.count() == 30
    assert Notification.objects.filter(verb="surge").count() <= 2


def test_each_timeline_says_that_others_write_the_same(usual_days: Cast):
    write(late(20))
    sweep()
    link = SurgeMember.objects.first()
    assert link.conversation.events.filter(verb="joined_surge").count() == 1


def test_an_ordinary_day_is_no_surge(usual_days: Cast):
    write(everyday(60))
    sweep()
    assert not Surge.objects.exists()


def test_what_always_comes_in_these_hours_is_no_surge(in_fairview: Cast):
    texts = [
        (f"Mia {n} is ill today and stays at home, she will not come.", "en") for n in range(18)
    ]
    for week in range(6, 0, -1):
        write(texts, at=NOON - week * 7 * DAY)
    sweep(NOON - DAY)
    before = Surge.objects.count()
    write(texts)
    sweep()
    assert Surge.objects.count() == before


def test_one_person_who_writes_often_is_no_surge(usual_days: Cast):
    write(late(25), email="one@family.example")
    sweep()
    assert not Surge.objects.exists()


def test_the_first_days_of_a_district_need_more_to_call_it_a_surge(in_fairview: Cast):
    write(late(10))
    sweep()
    assert not Surge.objects.exists()
    write(late(20), at=NOON + MINUTE)
    sweep(NOON + 2 * MINUTE)
    assert Surge.objects.count() == 1


def test_what_a_person_took_out_is_not_found_again(usual_days: Cast):
    write(late(20))
    sweep()
    link = SurgeMember.objects.first()
    SurgeMember.objects.filter(pk=link.pk).update(taken_out=True)
    write(late(8), at=NOON + MINUTE)
    sweep(NOON + 2 * MINUTE)
    link.refresh_from_db()
    assert link.taken_out
    assert SurgeMember.objects.filter(taken_out=False).count() == 27


def test_a_title_has_no_words_of_what_is_private(usual_days: Cast):
    usual_days.topic.is_private = True
    usual_days.topic.save()
    write(late(20), topic=usual_days.topic.slug)
    sweep()
    assert Surge.objects.get().title == usual_days.topic.name


def test_one_message_among_private_ones_leaves_no_surge_without_a_title(usual_days: Cast):
    usual_days.topic.is_private = True
    usual_days.topic.save()
    *private, other = late(20)
    write(private, topic=usual_days.topic.slug)
    write([other], at=NOON + MINUTE / 2, email="other@family.example")
    sweep()
    surge = Surge.objects.get()
    assert surge.members.count() == 20
    assert surge.title == usual_days.topic.name


def test_another_bus_on_the_same_morning_is_another_surge(usual_days: Cast):
    write(late(18))
    sweep()
    write(late(18, bus="31"), at=NOON + 2 * MINUTE)
    sweep(NOON + 3 * MINUTE)
    titles = [set(surge.title.lower().split()) for surge in Surge.objects.order_by("pk")]
    assert [bool({"12", "31"} & title) for title in titles] == [True, True]
    assert ["12" in title for title in titles] == [True, False]


def test_two_workers_find_one_surge(transactional_db):
    cast = make_cast("fairview")
    with district_scope(cast.district.pk), transaction.atomic():
        live_through(14)
        write(late(30))

    def work(_number: int) -> None:
        with district_scope(cast.district.pk):
            for _ in range(5):
                surging.watch(at=NOON + MINUTE)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    with district_scope(cast.district.pk), transaction.atomic():
        assert Surge.objects.count() == 1
        assert not Sketch.objects.unseen().exists()
        told = Notification.objects.filter(verb="surge")
        assert told.count() == told.values("member").distinct().count()


def test_districts_are_watched_apart(fairview: Cast, harbor: Cast):
    for cast in (fairview, harbor):
        with district_scope(cast.district.pk):
            write(late(10))
    sweep()
    for cast in (fairview, harbor):
        with district_scope(cast.district.pk):
            assert not Surge.objects.exists()
            assert Conversation.objects.count() == 11


def test_with_nothing_new_a_sweep_is_one_probe(fairview: Cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(8, connection=connection):
        sweeping.sweep_surges(at=NOON)


def test_who_waits_12_minutes_for_bus_31_is_not_with_bus_12(usual_days: Cast):
    write(late(20))
    sweep()
    other = [("Bus 31 is late, 12 minutes and counting. Is the driver out sick?", "en")]
    write(other, at=NOON + MINUTE)
    sweep(NOON + 2 * MINUTE)
    assert not SurgeMember.objects.filter(conversation__number__in=numbers_of(other)).exists()


def test_what_is_never_compared_again_is_forgotten_and_the_usual_is_kept(
    in_fairview: Cast, monkeypatch
):
    monkeypatch.setattr(surging, "MOST_BEFORE", 6)
    write(everyday(9), at=NOON - 30 * DAY)
    write(everyday(4), at=NOON - 2 * DAY)
    sweep(NOON - DAY)
    write(everyday(3))
    sweep()
    assert Sketch.objects.filter(at__gt=NOON - 3 * DAY).count() == 7
    assert Sketch.objects.count() == 6 + 3
    sweep(NOON + HOUR)
    assert not Sketch.objects.unseen().exists()
