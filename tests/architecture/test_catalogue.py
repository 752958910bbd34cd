"""The catalogue of the database: every table of a district has every lock, or fails here."""

import pytest
from django.apps import apps
from django.db import connection

from districts.models import DistrictForeignKey, DistrictOwned

# Tables without a district, each with the reason why nobody's data can leak through it.
WITHOUT_A_DISTRICT = {
    "account_emailaddress": "allauth: addresses of logins, which may belong to several districts",
    "account_emailconfirmation": "allauth: unused, addresses are verified by invitation",
    "auth_group": "Django's: unused, roles are memberships",
    "auth_group_permissions": "Django's: unused",
    "auth_permission": "Django's: names of models only",
    "django_content_type": "Django's: names of models only",
    "django_migrations": "Django's: names of migrations only",
    "django_session": "Django's: opaque, found by a random key",
    "districts_district": "the tenant itself; holds what its public page shows",
    "districts_user": "logins, which may belong to several districts",
    "mfa_authenticator": "allauth: second factors of logins",
    "usersessions_usersession": "allauth: sessions of logins",
}
HAS_DISTRICT_BUT_STAYS_OPEN = {
    "districts_districthost": "the host name finds the district before anything is in scope",
}


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def tables_with_a_district():
    found = rows(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'district_id'"
    )
    return {name for (name,) in found} - set(HAS_DISTRICT_BUT_STAYS_OPEN)


@pytest.mark.django_db
def test_every_table_has_a_district_or_a_reason():
    every = {
        name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    }
    assert every - tables_with_a_district() == set(WITHOUT_A_DISTRICT) | set(
        HAS_DISTRICT_BUT_STAYS_OPEN
    )


@pytest.mark.django_db
def test_every_table_of_a_district_forces_its_policy():
    forced = rows(
        "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
        " WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polcmd = '*'"
        " AND pg_get_expr(p.polqual, c.oid) LIKE '%earshot.district%'"
        " AND pg_get_expr(p.polwithcheck, c.oid) LIKE '%earshot.district%'"
    )
    assert {name for (name,) in forced} == tables_with_a_district()


@pytest.mark.django_db
def test_every_reference_between_tables_of_a_district_carries_the_district():
    alone = rows(
        "SELECT con.conrelid::regclass::text, con.conname FROM pg_constraint con"
        " WHERE con.contype = 'f' AND cardinality(con.conkey) = 1"
    )
    protected = tables_with_a_district()
    parents = dict(
        rows("SELECT conname, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'")
    )
    assert [pair for pair in alone if pair[0] in protected and parents[pair[1]] in protected] == []


@pytest.mark.django_db
def test_every_reference_in_a_model_has_its_composite_key():
    keys = {
        (table, column)
        for table, column in rows(
            "SELECT con.conrelid::regclass::text, a.attname FROM pg_constraint con"
            " JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[2]"
            " WHERE con.contype = 'f' AND cardinality(con.conkey) = 2"
        )
    }
    wanted = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if issubclass(model, DistrictOwned)
        for field in model._meta.local_concrete_fields
        if isinstance(field, DistrictForeignKey)
    }
    assert wanted - keys == set()


@pytest.mark.django_db
def test_every_unique_key_of_a_district_begins_with_the_district():
    leading = rows(
        "SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, a.attname"
        " FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
        " WHERE i.indisunique AND NOT i.indisprimary"
    )
    protected = tables_with_a_district()
    assert [row for row in leading if row[0] in protected and row[2] != "district_id"] == []


@pytest.mark.django_db
def test_the_runtime_role_owns_nothing_and_cannot_truncate():
    assert rows("SELECT tablename FROM pg_tables WHERE tableowner = 'earshot_app'") == []
    assert (
        rows(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = 'public'::regnamespace"
            " AND has_table_privilege('earshot_app', oid, 'TRUNCATE')"
        )
        == []
    )


@pytest.mark.django_db
def test_the_runtime_role_can_neither_bypass_policies_nor_become_a_superuser():
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = 'earshot_app'"
    ) == [(False, False, False)]


def test_related_look_ups_go_through_the_scoped_manager():
    loose = [
        model.__name__
        for model in apps.get_models()
        if issubclass(model, DistrictOwned) and model._meta.base_manager.name != "objects"
    ]
    assert loose == []
