"""The roles of config/roles.sql on the server that the tests run on."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

INHERITED_BY_GRANT = 160_000


def rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_only_the_roles_for_sweeps_and_search_pass_row_level_security():
    found = dict(rows("SELECT rolname, rolbypassrls FROM pg_roles WHERE rolname LIKE 'earshot%'"))
    assert found == {
        "earshot": False,
        "earshot_app": False,
        "earshot_sweep": True,
        "earshot_search": True,
    }


def test_no_role_of_the_application_is_a_superuser():
    assert rows("SELECT FROM pg_roles WHERE rolname LIKE 'earshot%' AND rolsuper") == []


def test_the_login_role_may_become_the_others():
    held = rows(
        "SELECT pg_has_role('earshot', name, 'MEMBER') "
        "FROM unnest(ARRAY['earshot_app', 'earshot_sweep', 'earshot_search']) AS name"
    )
    assert held == [(True,)] * 3


def test_until_it_becomes_one_the_login_role_has_no_right_of_theirs():
    if int(rows("SHOW server_version_num")[0][0]) < INHERITED_BY_GRANT:
        pytest.skip("before PostgreSQL 16 a login role inherits from all or from none")
    held = rows(
        "SELECT pg_has_role('earshot', name, 'USAGE') "
        "FROM unnest(ARRAY['earshot_app', 'earshot_sweep', 'earshot_search']) AS name"
    )
    assert held == [(False,)] * 3


def test_whatever_it_inherits_the_login_role_gains_nothing_by_it():
    granted = rows(
        "SELECT relname FROM pg_class, aclexplode(relacl) AS grants "
        "WHERE grants.grantee IN "
        "('earshot_app'::regrole, 'earshot_sweep'::regrole, 'earshot_search'::regrole) "
        "AND relowner <> 'earshot'::regrole"
    )
    assert granted == [], "a role has a right to what the login role does not own"
