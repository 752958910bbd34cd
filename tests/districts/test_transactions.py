"""How a transaction begins: with its district, and on a connection that is still there."""

import pytest
from django.db import connection, transaction

from districts.models import School
from districts.scope import district_scope
from tests.cast import make_cast


def district_told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('earshot.district', true)")
        return cursor.fetchone()[0]


def end_the_server_side() -> None:
    """End our own session from within, as a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with connection.get_new_connection(connection.get_connection_params()) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid]).fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_begins_with_its_district():
    with district_scope(17), transaction.atomic():
        assert district_told() == "17"


@pytest.mark.django_db(transaction=True)
def test_the_next_transaction_knows_nothing_of_the_last():
    with district_scope(17), transaction.atomic():
        pass
    with transaction.atomic():
        assert district_told() == ""


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_replaced_when_a_transaction_begins():
    with transaction.atomic():
        cast = make_cast("fairview")
    end_the_server_side()
    with district_scope(cast.district.pk), transaction.atomic():
        assert School.objects.filter(pk=cast.school.pk).exists()
        assert district_told() == str(cast.district.pk)
