"""Kept counts: whatever happens to conversations, they are what counting the rows would give."""

from collections import Counter
from random import Random

import pytest
from django.core.management import call_command

from districts.scope import district_scope, no_district
from inbox import day_counts, sweeping
from inbox.models import Conversation, CountChange, DayCount
from tests.builders import DAY, HOUR, NOON, make_conversation, make_topic
from tests.cast import Cast

NEW_YORK = "America/New_York"


def kept() -> Counter:
    """Return the kept counts by what they count."""
    fields = ("on", "topic", "school", "team", "language", "channel")
    return Counter({tuple(key): n for *key, n in DayCount.objects.values_list(*fields, "count")})


def counted(cast: Cast) -> Counter:
    """Return the same, counted from the rows in Python."""
    found: Counter = Counter()
    for one in Conversation.objects.filter(is_spam=False):
        on = one.received_at.astimezone(cast.district.tz).date()
        ids = (one.topic_id or 0, one.school_id or 0, one.team_id or 0)
        found[(on, *ids, one.language, one.channel)] += 1
    return found


def sweep() -> None:
    with no_district():
        sweeping.sweep_counts(at=NOON)


def happen(random: Random, cast: Cast) -> None:
    """Let something happen to a conversation, by a verb or behind the verbs' back."""
    every = list(Conversation.objects.all())
    one = random.choice(every)
    at = NOON + random.randrange(90) * HOUR
    match random.randrange(7):
        case 0:
            make_conversation(at=at, routed=False, language=random.choice(("en", "es")))
        case 1:
            make_conversation(at=at, topic=cast.topic, school=cast.school, team=cast.team)
        case 2 if not one.is_spam:
            one.mark_spam(by=cast.agent, at=at)
        case 3 if one.is_spam:
            one.unmark_spam(by=cast.agent, at=at)
        case 4:
            one.assign(cast.lead, team=random.choice((cast.team, cast.other_team)), by=None, at=at)
        case 5:
            Conversation.objects.filter(pk=one.pk).update(school=cast.other_school, received_at=at)
        case 6 if len(every) > 3 and not one.messages.exists():
            one.delete()


@pytest.mark.parametrize("seed", range(6))
def test_kept_counts_are_what_counting_the_rows_gives(seed, in_fairview: Cast):
    random = Random(seed)
    for step in range(40):
        happen(random, in_fairview)
        if step % 7 == 0:
            sweep()
    sweep()
    assert kept() == counted(in_fairview)
    assert not CountChange.objects.exists()


def test_what_is_noted_is_added_once_however_often_the_sweep_runs(in_fairview: Cast):
    for _ in range(3):
        sweep()
    assert sum(kept().values()) == 1


def test_a_conversation_is_counted_on_its_local_day(in_fairview: Cast):
    late = NOON.replace(hour=3) + DAY  # ten in the evening of the day before, in New York
    Conversation.objects.all().update(received_at=late)
    sweep()
    assert [key[0] for key in kept()] == [NOON.date()]


def test_nothing_is_kept_for_what_is_no_more(in_fairview: Cast):
    sweep()
    in_fairview.conversation.mark_spam(by=in_fairview.agent, at=NOON)
    sweep()
    assert not DayCount.objects.exists()


def test_a_change_that_counts_nothing_else_is_not_noted(in_fairview: Cast):
    sweep()
    in_fairview.conversation.snooze(NOON + DAY, by=in_fairview.agent, at=NOON)
    assert not CountChange.objects.exists()


def test_a_batch_that_is_full_says_that_there_may_be_more(in_fairview: Cast, monkeypatch):
    monkeypatch.setattr(day_counts, "BATCH", 1)
    assert day_counts.fold(at=NOON)
    while day_counts.fold(at=NOON):
        pass
    assert kept() == counted(in_fairview)


def test_counting_anew_mends_whatever_was_kept(in_fairview: Cast):
    make_conversation(topic=make_topic("Meals"))
    sweep()
    DayCount.objects.filter(topic=in_fairview.topic.pk).delete()
    DayCount.objects.update(count=7)
    make_conversation()
    with no_district():
        call_command("count_days", verbosity=0)
    assert kept() == counted(in_fairview)
    assert not CountChange.objects.exists()


def test_each_district_counts_its_own(in_fairview: Cast, harbor: Cast):
    sweep()
    assert sum(kept().values()) == 1
    with district_scope(harbor.district.pk):
        assert sum(kept().values()) == 1
