"""Who logged in is read with their place in the district, and is nobody without one."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from districts.models import Membership
from districts.scope import district_scope
from tests.cast import Cast


def test_a_page_reads_user_and_member_in_one_query(fairview: Cast, client_of):
    client = client_of(fairview.agent)
    client.get("/inbox/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/inbox/")
    asked = [query["sql"] for query in captured if '"districts_user"."password"' in query["sql"]]
    assert len(asked) == 1


def test_who_has_no_place_in_a_district_is_not_found_there(fairview: Cast, harbor: Cast):
    client = Client(headers={"host": harbor.host})
    client.force_login(fairview.agent.user)
    assert client.get("/inbox/").status_code == 404


def test_a_login_that_was_switched_off_is_nobody(fairview: Cast, client_of):
    client = client_of(fairview.agent)
    fairview.agent.user.is_active = False
    fairview.agent.user.save()
    assert client.get("/inbox/").status_code == 302


def test_a_member_who_left_is_not_found(fairview: Cast, client_of):
    client = client_of(fairview.agent)
    with district_scope(fairview.district.pk):
        Membership.objects.filter(pk=fairview.agent.pk).update(is_active=False)
    assert client.get("/inbox/").status_code == 404
