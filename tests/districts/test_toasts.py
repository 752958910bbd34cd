"""What the next page says once: from a cookie, without a row and a commit of its own."""

from django.conf import settings
from django.contrib.sessions.models import Session

from districts.toasts import Cookie
from tests.cast import Cast


def test_a_done_act_is_said_on_the_next_page_without_writing_a_session(fairview: Cast, client_of):
    client = client_of(fairview.admin)
    kept = Session.objects.get().session_data
    done = client.post("/settings/departments/new/", {"name": "Student services"})
    assert Session.objects.get().session_data == kept
    assert Cookie.cookie_name in done.cookies
    assert done.cookies[Cookie.cookie_name]["httponly"]


def test_what_was_said_is_forgotten(fairview: Cast, client_of):
    client = client_of(fairview.admin)
    client.post("/settings/departments/new/", {"name": "Student services"})
    assert client.get("/settings/departments/").status_code == 200
    assert client.cookies[Cookie.cookie_name].value == ""


def test_no_other_host_can_set_the_cookie_of_a_served_one():
    assert Cookie.cookie_name.startswith("__Host-") == settings.SECURE
