"""Signing in, new passwords and second steps, on a district's own host."""

import re
from time import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.db import transaction
from django.test import Client

from districts.models import AuditEntry, DistrictHost
from districts.scope import district_scope
from families.models import Delivery
from tests.cast import Cast

PASSWORD = "a calm green harbour"

pytestmark = pytest.mark.usefixtures("_empty_cache")


@pytest.fixture
def agent(fairview: Cast):
    fairview.agent.user.set_password(PASSWORD)
    fairview.agent.user.save()
    return fairview.agent


def browser(host: str = "fairview.localhost") -> Client:
    return Client(headers={"host": host})


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post("/accounts/login/", {"login": email, "password": password} | more)


def letters(cast: Cast, purpose: str) -> list[Delivery]:
    with district_scope(cast.district.pk), transaction.atomic():
        return list(Delivery.objects.filter(purpose=purpose))


def ask_for_a_password(client: Client, email: str):
    return client.post("/accounts/password/reset/", {"email": email})


def reset_link(cast: Cast) -> str:
    (letter,) = letters(cast, "password_reset")
    (link,) = re.findall(r"https?://\S+", letter.text_body)
    return link


def choose_a_password(client: Client, link: str, password: str):
    form = client.get(link.partition(".localhost")[2].partition("/")[1] + link.split("/", 3)[3])
    return client.post(form.headers["location"], {"password1": password, "password2": password})


def test_signing_in_leads_to_the_inbox(agent):
    answer = sign_in(browser(), agent.user.email)
    assert (answer.status_code, answer.headers["location"]) == (302, "/inbox/")


def test_a_login_without_a_place_here_is_told_so(agent, harbor):
    client = browser("harbor.localhost")
    answer = sign_in(client, agent.user.email)
    assert answer.headers["location"] == "/no-place/"
    page = client.get("/no-place/")
    assert page.status_code == 403
    assert "You have no place here yet" in page.content.decode()


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(agent):
    wrong = sign_in(browser(), agent.user.email, "wrong").content.decode()
    unknown = sign_in(browser(), "nobody@fairview.example", "wrong").content.decode()
    sentence = "The email address and/or password you specified are not correct."
    assert sentence in wrong
    assert sentence in unknown


def test_five_wrong_passwords_lock_an_address_for_a_while(agent):
    for _ in range(5):
        sign_in(browser(), agent.user.email, "wrong")
    answer = sign_in(browser(), agent.user.email)
    assert answer.status_code == 200
    assert "Too many failed login attempts" in answer.content.decode()


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "http://harbor.localhost/families/"]
)
def test_nobody_is_sent_to_another_host_after_signing_in(agent, harbor, target):
    answer = sign_in(browser(), agent.user.email, next=target)
    assert answer.headers["location"] == "/inbox/"


def test_nobody_signs_up(fairview):
    for method in ("get", "post"):
        assert getattr(browser(), method)("/accounts/signup/").status_code == 404
    assert browser().get("/accounts/email/").status_code == 404


def test_the_reset_link_is_on_the_districts_own_host(agent):
    DistrictHost.objects.create(district=agent.district, host="ask.fairview.example")
    ask_for_a_password(browser("ask.fairview.example"), agent.user.email)
    assert reset_link_host(agent) == "fairview.localhost"


def reset_link_host(agent) -> str:
    with district_scope(agent.district_id):
        text = Delivery.objects.get(purpose="password_reset").text_body
    return re.findall(r"https?://([^:/\s]+)", text)[0]


def test_with_one_district_a_strange_host_name_does_not_reach_the_link(agent):
    ask_for_a_password(browser("evil.example"), agent.user.email)
    assert reset_link_host(agent) == "fairview.localhost"


def test_asking_for_an_unknown_address_looks_the_same_and_writes_to_nobody(fairview, agent):
    known = ask_for_a_password(browser(), agent.user.email)
    unknown = ask_for_a_password(browser(), "nobody@fairview.example")
    assert (known.status_code, known.headers["location"]) == (
        unknown.status_code,
        unknown.headers["location"],
    )
    assert len(letters(fairview, "password_reset")) == 1


def test_a_district_does_not_write_to_members_of_another(agent, harbor, fairview):
    ask_for_a_password(browser("harbor.localhost"), agent.user.email)
    assert letters(harbor, "password_reset") == letters(fairview, "password_reset") == []


def test_a_new_password_ends_every_session(fairview, agent):
    old = browser()
    sign_in(old, agent.user.email)
    assert old.get("/accounts/sessions/").status_code == 200
    ask_for_a_password(browser(), agent.user.email)
    choose_a_password(browser(), reset_link(fairview), "another calm harbour")
    assert old.get("/accounts/sessions/").status_code == 302
    assert sign_in(browser(), agent.user.email).status_code == 200
    answer = sign_in(browser(), agent.user.email, "another calm harbour")
    assert answer.headers["location"] == "/inbox/"


def test_a_reset_link_works_once(fairview, agent):
    ask_for_a_password(browser(), agent.user.email)
    link = reset_link(fairview)
    choose_a_password(browser(), link, "another calm harbour")
    again = browser().get("/" + link.split("/", 3)[3])
    assert again.status_code == 200
    assert "password1" not in again.content.decode()


def test_a_new_password_is_written_down_without_the_password(fairview, agent):
    ask_for_a_password(browser(), agent.user.email)
    choose_a_password(browser(), reset_link(fairview), "another calm harbour")
    with district_scope(fairview.district.pk):
        entry = AuditEntry.objects.get(verb="password_changed")
    assert (entry.by_id, entry.detail) == (agent.pk, {})


def set_up_a_second_step(client: Client) -> str:
    client.post("/accounts/reauthenticate/?next=/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time()) // 30))
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    return secret


@pytest.mark.django_db(transaction=True)  # allauth sends its news after the commit
def test_a_second_step_ends_the_other_sessions_and_is_asked_for(fairview, agent):
    here, elsewhere = browser(), browser()
    for client in (here, elsewhere):
        sign_in(client, agent.user.email)
    set_up_a_second_step(here)
    assert here.get("/accounts/2fa/").status_code == 200
    assert elsewhere.get("/accounts/2fa/").status_code == 302
    answer = sign_in(browser(), agent.user.email)
    assert answer.headers["location"] == "/accounts/2fa/authenticate/"
    assert len(letters(fairview, "sign_in_notice")) == 1


def test_an_authenticator_app_is_told_the_districts_name(agent):
    client = browser()
    sign_in(client, agent.user.email)
    client.post("/accounts/reauthenticate/?next=/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    assert "issuer=Fairview%20Schools" in page.context["totp_url"]
