"""A passkey in a real browser: added once, then enough to sign in, under our own script rules."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.cast import Cast

PASSWORD = "a calm green harbour"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_empty_cache")]


@pytest.fixture
def key(page: Page) -> Iterator[CDPSession]:
    """Put a key that always says yes into the browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield session
    session.detach()


@pytest.fixture
def site(live_server, fairview: Cast) -> str:
    """Serve the product, with a password for the administrator; return its address."""
    fairview.admin.user.set_password(PASSWORD)
    fairview.admin.user.save()
    return f"http://{fairview.host}:{live_server.url.rpartition(':')[2]}"


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("button.button--primary")
    page.wait_for_url("**/inbox/")


def add_passkey(page: Page, site: str) -> None:
    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.check("[name=passwordless]")
    page.click("main button.button--primary")
    page.wait_for_url("**/recovery-codes/")


def test_a_passkey_is_enough_to_sign_in(page: Page, site: str, key: CDPSession, fairview: Cast):
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    sign_in(page, site, fairview.admin.user.email)
    add_passkey(page, site)
    page.context.clear_cookies()
    page.goto(f"{site}/accounts/login/")
    page.get_by_text("passkey").click()
    page.wait_for_url("**/inbox/")
    page.goto(f"{site}/me/")
    expect(page.locator("[name=name]")).to_have_value(fairview.admin.name)
    assert complaints == []
