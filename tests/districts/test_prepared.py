"""Questions of one shape: what the ORM wrote once answers as what it would write now."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, models
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from districts.models import Membership, School
from districts.prepared import prepared, written
from districts.scope import OutOfScopeError, district_scope
from inbox import listing
from inbox.access import eyes_of, visible_to
from inbox.browsing import VIEWS
from inbox.models import Conversation
from inbox.models.conversation import ConversationQuerySet
from tests.builders import NOON, make_conversation
from tests.cast import Cast


@prepared(number=int)
def _numbered(*, number: int) -> QuerySet[Conversation]:
    return Conversation.objects.select_related("topic").filter(number=number)


@prepared(at=datetime)
def _due(member: Membership, *, at: datetime) -> ConversationQuerySet:
    soon = visible_to(member).filter(due_at__gt=at, due_at__lt=at + timedelta(hours=3))
    return soon.order_by("id")


@written(number=int)
def _counted(*, number: int) -> tuple[str, list[int]]:
    return "SELECT count(*) FROM inbox_conversation WHERE number = %s", [number]


def test_each_value_finds_its_own_rows(in_fairview):
    other = make_conversation(topic=in_fairview.topic)
    found = [_numbered(number=number) for number in (1, other.number, 77)]
    assert found == [[in_fairview.conversation], [other], []]
    assert found[1][0].topic == in_fairview.topic


def test_the_sql_is_what_would_be_written_now(in_fairview):
    with CaptureQueriesContext(connection) as asked:
        for number in (5, 6):
            _numbered(number=number)
            list(_numbered.plain(number=number))
    sql = [query["sql"] for query in asked.captured_queries]
    assert sql[0] == sql[1] != sql[2] == sql[3]


def test_what_is_near_the_moment_moves_with_it(in_fairview):
    near = make_conversation(routed=False, due_at=NOON + timedelta(hours=1))
    make_conversation(routed=False, due_at=NOON + timedelta(hours=4))
    assert _due(in_fairview.manager, at=NOON) == [near]
    assert _due(in_fairview.manager, at=NOON + timedelta(days=900)) == []


def test_a_member_who_is_moved_sees_with_the_eyes_of_now(in_fairview):
    due_at = NOON + timedelta(hours=1)
    hidden = make_conversation(routed=False, due_at=due_at, team=in_fairview.other_team)
    assert _due(in_fairview.agent, at=NOON) == []
    in_fairview.agent.team_links.create(team=in_fairview.other_team)
    assert _due(Membership.objects.get(pk=in_fairview.agent.pk), at=NOON) == [hidden]


def test_a_shape_that_can_have_no_rows_asks_nothing(in_fairview, django_assert_num_queries):
    viewer = in_fairview.recorder
    viewer.is_active = False
    with django_assert_num_queries(3):  # teams, teams they lead, and schools
        assert _due(viewer, at=NOON) == []


def test_one_district_never_answers_for_another(fairview: Cast, harbor: Cast):
    for cast in (fairview, harbor):
        with district_scope(cast.district.pk):
            assert _numbered(number=1) == [cast.conversation]
            assert connection.in_atomic_block


def test_outside_a_scope_it_refuses(fairview):
    with district_scope(fairview.district.pk):
        _numbered(number=1)
    with pytest.raises(OutOfScopeError):
        _numbered(number=1)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_refuses():
    with district_scope(1), pytest.raises(OutOfScopeError):
        _numbered(number=1)


@pytest.mark.parametrize("given", [{}, {"number": None}, {"number": "1"}, {"other": 1}])
def test_a_value_of_another_shape_is_refused(in_fairview, given):
    with pytest.raises(TypeError):
        _numbered(**given)


def test_words_are_filled_in_too(in_fairview):
    sql, values = _counted(number=1)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.fetchone() == (1,)


def test_many_shapes_leave_the_latest_only(in_fairview):
    @prepared()
    def named(name: str) -> models.QuerySet[School]:
        return School.objects.filter(name=name)

    for number in range(600):
        named(str(number))
    assert named(in_fairview.school.name) == [in_fairview.school]
    assert named.plans.kept() == 512


@pytest.mark.parametrize("role", ["manager", "lead", "agent", "recorder", "viewer"])
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.slug)
def test_every_view_reads_for_everybody_as_it_would_unprepared(in_fairview, view, role):
    member = Membership.objects.get(pk=in_fairview.members[role].pk)
    make_conversation(owner=member, due_at=NOON - timedelta(hours=1))
    make_conversation(team=in_fairview.other_team, due_at=NOON + timedelta(hours=1))
    eyes = eyes_of(member)
    with CaptureQueriesContext(connection) as asked:
        for at in (NOON, NOON + timedelta(minutes=1)):
            listing._first_rows(view.slug, eyes, at=at)
        list(listing._first_rows.plain(view.slug, eyes, at=at))
    sql = [query["sql"] for query in asked.captured_queries]
    assert sql[-2] == sql[-1]
