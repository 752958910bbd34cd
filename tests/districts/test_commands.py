"""The operator's commands: a first district, and a way in for who is locked out."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from districts.models import BusinessCalendar, District, Membership, User
from districts.scope import district_scope
from inbox.models import InboxSettings, SlaTarget, Topic
from inbox.ownership import ownerless

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_empty_cache")]

SAID = {
    "name": "Fairview Schools",
    "slug": "fairview",
    "host": "fairview.localhost",
    "time_zone": "America/Chicago",
    "admin_email": "ada@fairview.example",
}
NEW = {"name": "Ada Price", "password": "a calm green harbour"}


def run(command: str = "create_district", **options: str) -> str:
    out = StringIO()
    call_command(command, **options, stdout=out)
    return out.getvalue()


def join(link: str) -> Client:
    client = Client(headers={"host": "fairview.localhost"})
    answer = client.post("/" + link.split("/", 3)[3], NEW)
    assert answer.headers["location"] == "/inbox/"
    return client


def test_a_district_is_made_and_its_administrator_can_begin():
    client = join(run(**SAID).split()[-1])
    page = client.get("/settings/")
    assert page.status_code == 200
    assert page.context["done"] < len(page.context["steps"])


def test_a_new_district_begins_with_a_calendar_promises_and_topics_with_an_owner():
    join(run(**SAID).split()[-1])
    with district_scope(District.objects.get().pk):
        admin = Membership.objects.get()
        assert BusinessCalendar.objects.get().weekly_spans.count() == 5
        assert SlaTarget.objects.count() == 3
        assert Topic.objects.count() == 12
        assert all(topic.name_in("es") != topic.name for topic in Topic.objects.all())
        assert InboxSettings.objects.get().fallback_owner == admin
        assert not ownerless().exists()


def test_the_second_administrator_takes_nothing_over():
    join(run(**SAID).split()[-1])
    link = run("invite", district="fairview", email="bo@fairview.example").strip()
    join(link)
    with district_scope(District.objects.get().pk):
        assert Topic.objects.count() == 12
        assert InboxSettings.objects.get().fallback_owner.name == "Ada Price"
        assert Membership.objects.count() == 2


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("host", "not a host", "host:"),
        ("host", "fairview..localhost", "host:"),
        ("time_zone", "Mars/Olympus", "time_zone:"),
        ("slug", "no slug!", "slug:"),
        ("name", "", "name:"),
        ("admin_email", "ada", "valid email"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_makes_nothing(option, value, said):
    with pytest.raises(CommandError, match=said):
        run(**SAID | {option: value})
    assert not District.objects.exists()


def test_two_districts_cannot_share_a_host_or_a_slug():
    run(**SAID)
    with pytest.raises(CommandError, match="Another district answers on this host"):
        run(**SAID | {"slug": "other"})
    with pytest.raises(CommandError, match="slug:"):
        run(**SAID | {"host": "other.localhost"})


def test_inviting_makes_no_login_by_itself():
    run(**SAID)
    assert not User.objects.exists()
