"""The demo: two districts at work, the same for the same seed, made once."""

import stat
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F

from districts.models import Absence, CalendarException, District, Membership
from districts.scope import district_scope
from families.models import Delivery, Enrollment, Guardianship
from inbox.demo.building import build
from inbox.demo.calendars import holidays_of
from inbox.demo.loading import Order, load
from inbox.demo.mailing import LATELY
from inbox.demo.matters import read_matters, slots
from inbox.demo.telling import tell
from inbox.demo.world import World
from inbox.models import (
    Clock,
    Conversation,
    Event,
    Feedback,
    Job,
    Message,
    Notification,
    Status,
    Surge,
)
from tests.builders import NOON
from tests.builders import make_district as make_other

PASSWORD = "meadow-lantern-birch-4821"
SMALL = Order(at=NOON, seed=5, conversations=160, password=PASSWORD)


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    """Load a small demo once for this file, and take it back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {world.district.slug: world for world in load(SMALL, print)}
        transaction.set_rollback(True)


@pytest.fixture
def fairview_demo(worlds):
    """Speak for the larger of the two."""
    with district_scope(worlds["fairview"].district.pk):
        yield worlds["fairview"]


def test_conversations_stand_in_every_state(fairview_demo: World):
    every = Conversation.objects
    assert set(every.values_list("status", flat=True)) == set(Status.values)
    assert every.overdue(NOON).exists()
    assert every.filter(snoozed_until__gt=NOON).exists()
    assert every.unresolved().unowned().exists()
    assert every.filter(is_spam=True).exists()
    assert every.filter(is_anonymous=True).exists()


def test_matters_went_back_and_forth(fairview_demo: World):
    verbs = Conversation.objects.values_list("events__verb", flat=True)
    assert {"noted", "moved", "assigned", "reopened", "snoozed", "woke", "rated"} <= set(verbs)


def test_promises_were_kept_and_broken(fairview_demo: World):
    answered = Clock.objects.filter(metric="first_response", ended_at__isnull=False)
    kept, late = answered.filter(state="met"), answered.filter(state="breached")
    assert kept.count() > 3 * late.count() > 0
    assert not late.filter(ended_at__lt=F("breached_at")).exists()


def test_families_write_in_many_words_and_languages(fairview_demo: World):
    said = Message.objects.filter(direction="inbound")
    assert said.values("body").distinct().count() > 100
    assert said.values("language").distinct().count() > 2


def test_nothing_happens_after_now(fairview_demo: World):
    assert not Message.objects.filter(at__gte=NOON).exists()
    assert not Feedback.objects.filter(at__gte=NOON).exists()


def test_numbers_follow_the_order_of_arrival(fairview_demo: World):
    arrived = Conversation.objects.order_by("created_at").values_list("number", flat=True)
    assert list(arrived) == sorted(arrived)


def test_the_letters_of_the_past_are_not_sent_again(fairview_demo: World):
    old = Delivery.objects.filter(created_at__lt=NOON - LATELY)
    assert not old.exclude(state__in=["sent", "failed"]).exists()
    answers = Message.objects.filter(direction="outbound", conversation__is_anonymous=False)
    assert not answers.exclude(conversation__sender_email="").filter(delivery=None).exists()


def test_siblings_go_to_two_schools_and_parents_live_apart(fairview_demo: World):
    homes = Guardianship.objects.values("student").annotate(
        homes=Count("guardian__family", distinct=True)
    )
    schools = Enrollment.objects.values("student__guardianships__guardian").annotate(
        schools=Count("school", distinct=True)
    )
    assert homes.filter(homes=2).exists()
    assert schools.filter(schools__gt=1).exists()
    assert Guardianship.objects.filter(no_contact=True).exists()


def test_thanksgiving_is_a_holiday(fairview_demo: World):
    closed = CalendarException.objects.get(
        calendar=fairview_demo.calendar, name="Thanksgiving", first_on__year=2026
    )
    assert (closed.first_on, closed.last_on) == (date(2026, 11, 26), date(2026, 11, 27))


def test_each_role_has_a_login_and_nobody_else_a_password(fairview_demo: World):
    able = [who for who in Membership.objects.all() if who.user.check_password(PASSWORD)]
    assert {who.user.email.partition("@")[0] for who in able} == {
        *("admin", "manager", "lead", "agent", "recorder", "viewer")
    }


def test_the_districts_differ_in_size_and_time_zone(worlds):
    fairview, harbor = worlds["fairview"], worlds["harbor"]
    assert len(fairview.schools) == 12
    assert len(harbor.schools) == 4
    assert fairview.district.time_zone != harbor.district.time_zone
    assert all(world.district.is_demo for world in worlds.values())


def history(seed: int) -> list[object]:
    """Return what a seed tells, and take it back."""
    with transaction.atomic():
        world = build("harbor", at=NOON, seed=seed)
        with district_scope(world.district.pk):
            tell(world, 12)
            told = Message.objects.order_by("at", "body").values_list("at", "body", "author_name")
            said: list[object] = [
                *told,
                *Clock.objects.order_by("due_at", "state").values_list("due_at", "state"),
            ]
        transaction.set_rollback(True)
    return said


@pytest.mark.django_db
def test_the_same_seed_tells_the_same_history():
    assert history(7) == history(7)
    assert history(7) != history(8)


@pytest.mark.django_db
def test_the_command_loads_once_and_keeps_the_logins_to_its_owner(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    call_command("load_demo", "--conversations=4", "--at=2026-11-03", stdout=StringIO())
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert "there already" in said.getvalue()
    assert "admin@harbor.example" in said.getvalue()
    assert District.objects.count() == 2
    assert stat.S_IMODE((tmp_path / "demo-logins.txt").stat().st_mode) == 0o600


@pytest.mark.django_db
def test_a_district_of_the_same_name_that_is_no_demo_is_left_alone(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    make_other("harbor")
    with pytest.raises(CommandError, match="no demo: harbor"):
        call_command("load_demo", stdout=StringIO())
    assert District.objects.count() == 1


def test_every_matter_fills_its_slots(worlds):
    child = worlds["harbor"].households[0].children[0]
    for matter in read_matters():
        filled = slots(Random(1), child, name="Ana", language=matter.language, on=date(2026, 11, 3))
        texts = (matter.subject, matter.says, matter.answer, matter.note, matter.adds, matter.ends)
        assert "{" not in "".join(text.format_map(filled) for text in texts)


def test_what_may_be_asked_without_a_name_names_nobody():
    for matter in read_matters():
        if matter.anonymous:
            assert "{name}" not in matter.says + matter.answer
            assert "{child}" not in matter.says + matter.answer


def test_each_topic_has_matters_enough_in_english_and_some_in_spanish():
    matters = read_matters()
    topics = {matter.topic for matter in matters}
    assert len(topics) == 12
    for topic in topics:
        about = [matter for matter in matters if matter.topic == topic]
        assert len(about) >= 9
        assert {"en", "es"} <= {matter.language for matter in about}


@pytest.mark.parametrize(
    ("year", "name", "first_on"),
    [
        (2026, "Labor Day", date(2026, 9, 7)),
        (2026, "Memorial Day", date(2026, 5, 25)),
        (2026, "Winter break", date(2026, 12, 21)),
        (2027, "Winter break", date(2027, 12, 20)),
        (2027, "Presidents' Day", date(2027, 2, 15)),
    ],
)
def test_holidays_fall_on_their_days(year, name, first_on):
    assert {day.name: day.first for day in holidays_of(year, {})}[name] == first_on


def test_winter_break_lasts_two_weeks():
    breaks = [day for day in holidays_of(2026, {}) if day.name == "Winter break"]
    assert breaks[0].last - breaks[0].first == timedelta(days=11)
    assert breaks[0].last.weekday() == 4


def test_the_demo_belongs_to_hosts_under_the_installations_own(worlds):
    base = settings.BASE_HOST.partition(":")[0]
    hosts = {entry.host for world in worlds.values() for entry in world.district.hosts.all()}
    assert hosts == {f"fairview.{base}", f"harbor.{base}"}


def test_a_late_bus_is_an_open_surge_in_two_languages(fairview_demo: World):
    surge = Surge.objects.open().get()
    assert "12" in surge.title
    members = Conversation.objects.filter(surge_links__surge=surge)
    assert members.count() >= 15
    assert set(members.values_list("language", flat=True)) >= {"en", "es"}
    assert members.filter(guardian=None).exists()


def test_the_next_school_day_is_closed_and_deadlines_have_moved(fairview_demo: World):
    closed = CalendarException.objects.filter(source="snow_day")
    assert {day.first_on for day in closed} == {date(2026, 11, 4)}
    assert Event.objects.filter(verb="recounted").exists()
    assert not Job.objects.filter(kind="recount", state="waiting").exists()


def test_the_manager_of_each_district_has_news_to_read(worlds):
    for world in worlds.values():
        with district_scope(world.district.pk):
            news = Notification.objects.filter(member=world.logins["manager"], read_at=None)
            assert news.exists(), world.district.slug


def test_somebody_is_out_of_office_in_each_district(worlds):
    for world in worlds.values():
        with district_scope(world.district.pk):
            assert Absence.objects.now(NOON).exists(), world.district.slug
