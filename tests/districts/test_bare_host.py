"""The installation's own host shows no district once there are several."""

import pytest
from django.test import Client, override_settings

from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_bare")]


@pytest.fixture
def _bare():
    with override_settings(BASE_HOST="earshot.example", ALLOWED_HOSTS=["earshot.example"]):
        yield


def get(path: str, host: str = "earshot.example"):
    return Client(headers={"host": host}).get(path)


def test_with_several_districts_the_bare_host_lists_nothing(fairview: Cast, harbor: Cast):
    page = get("/")
    words = page.content.decode()
    assert page.status_code == 200
    assert "Open your district’s address" in words
    assert not [name for name in ("Fairview", "Harbor", "fairview", "harbor") if name in words]


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/password/reset/", "/inbox/", "/settings/", "/look/"]
)
def test_the_bare_host_has_no_sign_in_and_no_other_page(fairview: Cast, harbor: Cast, path):
    assert get(path).status_code == 404
    assert get(path).content == get("/nothing/").content


def test_one_district_answers_on_any_host(fairview: Cast):
    for host in ("earshot.example", "ask.somewhere.example", "fairview.localhost"):
        assert "Fairview Schools" in get("/accounts/login/", host).content.decode()


def test_several_districts_answer_on_their_own_hosts_only(fairview: Cast, harbor: Cast):
    assert "Harbor Schools" in get("/accounts/login/", "harbor.localhost").content.decode()
    assert get("/accounts/login/", "ask.somewhere.example").status_code == 404


def test_without_a_district_the_bare_host_names_the_command_that_makes_one():
    assert "create_district" in get("/").content.decode()


def test_with_districts_the_command_is_not_shown(fairview: Cast, harbor: Cast):
    assert "create_district" not in get("/").content.decode()
