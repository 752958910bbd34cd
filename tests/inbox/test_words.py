"""Words that grew: counted once, compared fairly, and never the name of somebody."""

import re
from datetime import datetime, time, timedelta
from html import unescape
from itertools import count as count_from
from random import Random
from typing import Any

import pytest
import time_machine

from districts.scope import district_scope, no_district
from families.models import Student
from inbox import sweeping, word_counts
from inbox.counting_scope import scope_of
from inbox.filtering import Filters
from inbox.models import Conversation, Job, JobState, Message, Wording, WordReport
from inbox.word_counts import Whose
from inbox.word_rows import words_for
from tests.builders import DAY, MINUTE, NOON, make_topic
from tests.cast import Cast
from tests.inbox.sweeps import work_off

TODAY = NOON.date()
ALL = Whose(None, (), 4)
OTHERS = ("bus", "lunch", "gym", "class")
NUMBERS = count_from(5_000)


def write(n: int, *, said: str, ago: int, who: str = "", **more: Any) -> list[Conversation]:
    """Let so many families write, a little of everything beside what is asked for."""
    random = Random(f"{said}{ago}")
    fields = {"channel": "form", "language": "en", "subject": "Question", "routed_at": NOON} | more
    found = []
    for k in range(n):
        at, number = NOON - ago * DAY - k * timedelta(minutes=9), next(NUMBERS)
        known = {"reference": f"W{number}", "token_hash": f"w{number}", "number": number}
        times = dict.fromkeys(
            ("received_at", "created_at", "last_message_at", "last_inbound_at"), at
        )
        email = who or f"f{random.randrange(10**9)}@family.example"
        found.append(Conversation(sender_email=email, **known, **times, **fields))
    Conversation.objects.bulk_create(found)
    Message.objects.bulk_create(
        Message(
            conversation=one,
            direction="inbound",
            body=f"{said} And about the {random.choice(OTHERS)} too.",
            at=one.received_at,
        )
        for one in found
    )
    return found


@pytest.fixture
def heard(in_fairview: Cast) -> Cast:
    """Two even months, but for a fountain that thirty families write about lately."""
    team: dict[str, Any] = {"team": in_fairview.team, "school": in_fairview.school}
    write(60, said="How do I apply for the summer program?", ago=40, **team)
    write(60, said="How do I apply for the summer program?", ago=10, **team)
    write(24, said="The water fountain is broken.", ago=5, **team)
    return in_fairview


def count(whose: Whose = ALL, at=NOON) -> list[dict]:
    """Count as a worker does, with no district in scope but its own."""
    work_off(word_counts.begin(whose, at=at), at=at)
    return WordReport.objects.get(name=whose.name).body


def grew(body: list[dict], language: str = "en") -> dict[str, tuple[int, int]]:
    words = [word for each in body if each["language"] == language for word in each["words"]]
    return {word["text"]: (word["now"], word["before"]) for word in words}


def test_a_word_that_grew_is_told_with_its_counts(heard: Cast):
    assert grew(count()) == {"water fountain": (24, 0), "broken": (24, 0)}


def test_what_is_as_common_as_before_does_not_grow(heard: Cast):
    assert not any("summer" in word or "program" in word for word in grew(count()))


def test_expected_is_the_share_of_before(heard: Cast):
    write(4, said="The water fountain is broken.", ago=40)
    word = next(w for w in count()[0]["words"] if w["text"] == "water fountain")
    assert word["expected"] == pytest.approx(4 * 84 / 64, abs=0.1)


def test_one_family_that_writes_often_is_one(heard: Cast):
    write(24, said="Why are there no swings?", ago=5, who="again@family.example")
    assert "swings" not in grew(count())


def test_nothing_private_and_no_spam_is_counted(heard: Cast):
    private = make_topic("Safety", is_private=True)
    write(24, said="The locker is broken.", ago=5, topic=private)
    for one in write(24, said="Cheap toner for you.", ago=5):
        Conversation.objects.filter(pk=one.pk).update(is_spam=True)
    assert grew(count()) == {"water fountain": (24, 0), "broken": (24, 0)}


@pytest.mark.parametrize(
    "said",
    [
        "My son is in a locker with Mateo.",
        "My son Mateo Ortiz has a locker.",
        "Why did Ms. Zorn take the locker?",
        "Does principal Zorn have a locker?",
        "The locker of our principal Zorn leaks.",
    ],
)
def test_names_of_people_are_never_shown(said, heard: Cast):
    Student.objects.create(given_name="Mateo", family_name="Ortiz")
    write(24, said=said, ago=5)
    told = " ".join(grew(count())).lower()
    assert "locker" in told
    assert not any(name in told for name in ("mateo", "ortiz", "zorn"))


@pytest.mark.parametrize(
    ("said", "control"),
    [("Is the trip with Zephyra on?", "trip"), ("My tutor Zephyra is away.", "tutor")],
)
def test_a_name_that_no_roll_knows_needs_ten_families(said, control, heard: Cast):
    write(200, said="How do I apply for the summer program?", ago=40)
    for k in range(9):
        write(2, said=said, ago=5, who=f"z{k}@family.example")
    told = " ".join(grew(count()))
    assert control in told
    assert "zephyra" not in told.lower()
    write(2, said=said, ago=5, who="z10@family.example")
    assert "zephyra" in " ".join(grew(count())).lower()


def test_a_word_of_a_subject_only_is_told_too(heard: Cast):
    write(24, said="Please see to it.", ago=5, subject="Broken lockers")
    assert "lockers" in " ".join(grew(count()))


def test_a_word_of_the_rolls_that_is_no_name_here_is_shown(heard: Cast):
    Student.objects.create(given_name="Water", family_name="Fountain")
    assert "water fountain" in grew(count())


def test_languages_are_counted_apart_and_accents_kept(heard: Cast):
    more: dict[str, Any] = {"language": "es", "subject": "Pregunta"}
    write(40, said="¿Cómo me inscribo en el programa?", ago=40, **more)
    write(40, said="¿Cómo me inscribo en el programa?", ago=10, **more)
    write(20, said="El autobús no llegó, y los autobuses tampoco.", ago=5, **more)
    assert grew(count(), "es") == {"autobús": (20, 0)}


def test_a_team_and_a_school_are_counted_by_themselves(heard: Cast):
    body = count(Whose(heard.team.pk, (heard.school.pk,), 4))
    assert grew(body)["water fountain"] == (24, 0)
    assert count(Whose(heard.other_team.pk, (), 4)) == []


def test_a_worker_that_dies_counts_nothing_twice(heard: Cast, monkeypatch):
    monkeypatch.setattr(word_counts, "BATCH", 50)
    job = word_counts.begin(ALL, at=NOON)
    word_counts.step(job, NOON)  # its job row was not saved: as if it had died
    body = count()
    assert Wording.objects.count() == 144
    assert grew(body)["water fountain"] == (24, 0)
    assert WordReport.objects.count() == 1


def test_what_was_deleted_or_became_spam_is_missing_the_next_time(heard: Cast):
    count()
    fountain = Conversation.objects.filter(messages__body__contains="fountain")
    fountain.update(is_spam=True)
    Job.objects.all().delete()
    assert grew(count()) == {}


def test_words_of_weeks_that_no_page_compares_are_removed(heard: Cast):
    count()
    later = NOON + word_counts.KEPT
    word_counts.forget(at=later)
    assert not Wording.objects.exists()


def test_a_new_day_is_counted_by_itself_while_somebody_looks(heard: Cast):
    count()
    for days in range(1, 4):
        with no_district():
            sweeping.sweep_words(at=NOON + days * DAY)
            sweeping.sweep_jobs(at=NOON + days * DAY)
    assert WordReport.objects.get().today == TODAY + 3 * DAY
    with no_district():
        sweeping.sweep_words(at=NOON + 30 * DAY)
    assert not WordReport.objects.exists()


def test_whoever_looks_first_asks_for_the_count_once(heard: Cast):
    scope = scope_of(heard.manager)
    for _ in range(3):
        words = words_for(scope, weeks=4, today=TODAY, at=NOON)
    assert words.is_counting
    assert Job.objects.filter(kind=word_counts.KIND).count() == 1


def test_whoever_is_in_no_team_and_no_school_is_told_no_words(heard: Cast):
    count()
    heard.viewer.team_links.all().delete()
    words = words_for(scope_of(heard.viewer), weeks=4, today=TODAY, at=NOON)
    assert (words.tongues, words.is_counting, words.is_broken) == ([], False, False)
    assert Job.objects.filter(kind=word_counts.KIND).count() == 1


def test_a_count_of_yesterday_holds_the_new_day_back_no_moment(heard: Cast):
    midnight = datetime.combine(TODAY + timedelta(days=1), time.min, heard.district.tz)
    count(at=midnight - timedelta(minutes=2))
    scope, at = scope_of(heard.manager), midnight + timedelta(minutes=2)
    assert words_for(scope, weeks=4, today=TODAY + timedelta(days=1), at=at).is_counting


def test_a_count_that_failed_is_tried_again_after_a_moment(heard: Cast):
    job, scope = word_counts.begin(ALL, at=NOON), scope_of(heard.manager)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
    assert words_for(scope, weeks=4, today=TODAY, at=NOON + 9 * MINUTE).is_broken
    assert words_for(scope, weeks=4, today=TODAY, at=NOON + 10 * MINUTE).is_counting


def test_each_district_counts_its_own(heard: Cast, harbor: Cast):
    with district_scope(harbor.district.pk):
        assert grew(count()) == {}
    assert "water fountain" in grew(count())


def page_of(client_of, member, query="", **headers: str) -> str:
    with time_machine.travel(NOON, tick=False):
        page = client_of(member).get(f"/service/trends/{query}", headers=headers)
    return page.content.decode()


def test_a_count_that_fails_is_told_to_whoever_waits_for_it(heard: Cast, client_of):
    with no_district():
        sweeping.sweep_counts(at=NOON)
    page = page_of(client_of, heard.manager)
    assert 'id="look-again" href="/service/trends/?weeks=4#words"' in page
    again = re.findall(r'hx-get="/service/trends/([^"]+)"[^>]* hx-select="#words"', page)[0]
    Job.objects.update(state="failed", ended_at=NOON)
    said = page_of(client_of, heard.manager, unescape(again), **{"hx-request": "true"})
    assert "could not be counted" in said
    assert 'hx-select="#words"' not in said


@pytest.mark.parametrize("who", ["manager", "lead"])
def test_a_word_leads_to_the_conversations_that_hold_it(who, heard: Cast, client_of):
    member = getattr(heard, who)
    with no_district():
        sweeping.sweep_counts(at=NOON)
    page_of(client_of, member)
    with no_district():
        sweeping.sweep_jobs(at=NOON)
    html = page_of(client_of, member).partition('id="words"')[2].partition("</section>")[0]
    links = re.findall(r'<a href="([^"]+)" aria-label="(\d+) conversation', html)
    assert links
    for address, number in links:
        with time_machine.travel(NOON, tick=False):
            listed = client_of(member).get(unescape(address)).content.decode()
        assert listed.count('class="row ') + listed.count('class="row"') == int(number)
        assert "The first message says" in listed


def test_what_says_a_word_in_private_is_not_listed(heard: Cast):
    private = make_topic("Safety", is_private=True)
    write(3, said="The water fountain is broken.", ago=5, topic=private)
    count()
    assert Filters(said="Water Fountains").narrow(Conversation.objects.all()).count() == 24
