"""Locks 2 and 3: the scope in Python, the policy in the database, each holding alone."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from districts.models import AuditEntry, School
from districts.models.base import ScopedManager
from districts.postgres.roles import as_owner
from districts.scope import OutOfScopeError, all_districts, district_scope
from inbox.models import Conversation
from tests.builders import NOON, make_school
from tests.cast import Cast


@pytest.mark.parametrize("ask", ["exists", "count", "first"])
def test_a_query_outside_a_scope_is_refused(db, ask):
    with pytest.raises(OutOfScopeError):
        getattr(School.objects, ask)()


@pytest.mark.django_db(transaction=True)
def test_a_query_outside_a_transaction_is_refused():
    with district_scope(1), pytest.raises(OutOfScopeError):
        School.objects.exists()


def test_a_district_sees_its_own_only(fairview: Cast, harbor: Cast):
    with district_scope(fairview.district.pk):
        assert Conversation.objects.get(number=1) == fairview.conversation


def test_the_policy_holds_when_the_manager_does_not(fairview, harbor, monkeypatch):
    monkeypatch.setattr(ScopedManager, "get_queryset", models.Manager.get_queryset)
    with district_scope(fairview.district.pk):
        assert list(Conversation.objects.all()) == [fairview.conversation]


def test_the_manager_holds_when_the_policy_does_not(fairview: Cast, harbor: Cast):
    with as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE inbox_conversation DISABLE ROW LEVEL SECURITY")
    with district_scope(fairview.district.pk):
        assert list(Conversation.objects.all()) == [fairview.conversation]


def test_no_district_in_the_database_means_no_rows(fairview: Cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM inbox_conversation")
        assert cursor.fetchone() == (0,)


def test_a_row_of_another_district_cannot_be_written(fairview: Cast, harbor: Cast):
    with district_scope(fairview.district.pk), pytest.raises(Exception, match="row-level security"):
        School.objects.create(district=harbor.district, name="Foreign", slug="foreign")


def take_a_foreign_topic(fairview: Cast, harbor: Cast):
    with transaction.atomic(), district_scope(fairview.district.pk):
        Conversation.objects.update(topic=harbor.topic.pk)
        connection.check_constraints()


def test_the_database_refuses_a_parent_of_another_district(fairview: Cast, harbor: Cast):
    with pytest.raises(IntegrityError, match="district_fk"):
        take_a_foreign_topic(fairview, harbor)


def test_a_sweep_reads_the_few_columns_it_may(fairview: Cast, harbor: Cast):
    with all_districts(reason="a test of what a sweep sees"):
        seen = set(Conversation.objects.values_list("district_id", flat=True))
    assert seen == {fairview.district.pk, harbor.district.pk}


@pytest.mark.parametrize("column", ["subject", "sender_email"])
def test_a_sweep_reads_no_words_and_no_names(fairview: Cast, column):
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        all_districts(reason="a test of what a sweep sees"),
    ):
        list(Conversation.objects.values_list(column, flat=True))


def test_a_sweep_writes_nothing(fairview: Cast):
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        all_districts(reason="a test of what a sweep sees"),
    ):
        Conversation.objects.update(subject="changed")


def test_scopes_nest_and_come_back(fairview: Cast, harbor: Cast):
    with district_scope(fairview.district.pk):
        with district_scope(harbor.district.pk):
            make_school("Nested School")
        assert not School.objects.filter(name="Nested School").exists()
        assert School.objects.exists()


def test_the_audit_is_append_only_even_for_the_owner(in_fairview: Cast):
    entry = AuditEntry.objects.create(at=NOON, actor="x", verb="tried", noun="district")
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(actor="y")
    with as_owner() as cursor, transaction.atomic():
        cursor.execute("SET LOCAL earshot.district = %s", [str(in_fairview.district.pk)])
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            cursor.execute("DELETE FROM districts_auditentry")
