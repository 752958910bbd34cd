"""What a proxy or a supervisor asks the web process."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["live", "ready"])
def test_a_running_process_says_so_at_any_name(client, page):
    assert client.get(f"/health/{page}/").json() == {"status": "ok"}


def test_the_proxy_may_have_a_certificate_for_a_districts_host(client, fairview):
    name = fairview.district.hosts.get().host
    assert client.get("/health/host/", {"domain": name}).status_code == 200


def test_the_proxy_may_have_one_for_the_installations_own_host(client, settings):
    settings.BASE_HOST = "earshot.example"
    assert client.get("/health/host/", {"domain": "earshot.example"}).status_code == 200


@pytest.mark.parametrize("name", ["", "elsewhere.example", "\0", "*.localhost", "x" * 9_000])
def test_no_other_name_gets_one_even_where_one_district_shows_itself_at_any(client, fairview, name):
    assert client.get("/health/host/", {"domain": name}).status_code == 404
