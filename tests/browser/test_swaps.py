"""htmx 4 does what docs/look.md tells the others it does, under the strict policy."""

import pytest
from playwright.sync_api import Page, Route, expect

PARTIALS = """
<hx-partial hx-target="#said" hx-swap="beforeend"><li>Said</li></hx-partial>
<hx-partial hx-target="#toasts" hx-swap="beforeend">
  <div class="toast" data-toast><span>Kept</span></div></hx-partial>
"""

FOLD = """
<hx-partial hx-target="#fold:not(:has(details[open]))" hx-swap="outerHTML">
  <p id="fold">Read again</p></hx-partial>
<hx-partial hx-target="#said" hx-swap="beforeend"><li>Said</li></hx-partial>
"""


@pytest.fixture
def swaps(page: Page, gallery: str) -> Page:
    """Open the page whose form the tests answer."""
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{gallery}/swaps")
    return page


def say(page: Page, status: int, body: str) -> dict[str, str]:
    """Answer the form as told, send it, and return the headers that it sent."""
    page.route("**/say", lambda route: route.fulfill(status=status, body=body))
    page.get_by_label("Words").fill("Hello")
    with page.expect_request("**/say") as sent:
        page.get_by_role("button", name="Say").click()
    return sent.value.all_headers()


@pytest.mark.parametrize("status", [422, 409])
def test_a_form_that_is_refused_is_replaced_by_the_one_in_the_answer(swaps, status):
    say(swaps, status, '<form id="say"><p class="field-error">Too short</p></form>')

    expect(swaps.locator("#say")).to_have_text("Too short")
    expect(swaps.locator("[data-toast]", has_text="failed")).to_have_count(0)


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503])
def test_a_failure_says_so_in_a_toast_and_keeps_what_was_typed(swaps, status):
    swaps.locator("[data-toast]").first.wait_for()
    before = swaps.locator("[data-toast]").count()
    say(swaps, status, "<h1>Stack</h1>")

    expect(swaps.locator("[data-toast]")).to_have_count(before + 1)
    expect(swaps.get_by_label("Words")).to_have_value("Hello")
    expect(swaps.get_by_text("Stack")).to_have_count(0)


def test_an_answer_of_partials_changes_their_targets_and_leaves_the_form_alone(swaps):
    say(swaps, 200, PARTIALS)

    expect(swaps.locator("#said li")).to_have_text("Said")
    expect(swaps.locator("[data-toast]", has_text="Kept")).to_be_visible()
    expect(swaps.get_by_label("Words")).to_have_value("Hello")


@pytest.mark.parametrize(("opened", "shown"), [(True, "Because"), (False, "Read again")])
def test_a_part_in_which_something_is_open_is_left_as_it_is(swaps, opened, shown):
    if opened:
        swaps.get_by_text("Why").click()
    say(swaps, 200, FOLD)

    expect(swaps.locator("#said li")).to_have_text("Said")
    expect(swaps.locator("#fold")).to_contain_text(shown)


def test_a_request_carries_the_csrf_token_and_says_it_is_htmx(swaps):
    swaps.evaluate("() => document.querySelector('meta[name=csrf-token]').content = 'secret'")
    headers = say(swaps, 204, "")

    assert headers["x-csrftoken"] == "secret"
    assert headers["hx-request"] == "true"


def test_a_slot_fetches_itself_again_when_its_news_arrives(swaps):
    swaps.route("**/news", lambda route: route.fulfill(body="New news"))
    swaps.evaluate("() => document.body.dispatchEvent(new CustomEvent('earshot:moved-list'))")

    expect(swaps.locator("#slot")).to_have_text("New news")


def test_who_was_signed_out_meanwhile_sees_the_sign_in_page_in_the_window(swaps, gallery):
    def to_login(route: Route) -> None:
        route.fulfill(status=302, headers={"Location": f"{gallery}/accounts/login/"})

    swaps.route("**/news", to_login)
    swaps.route("**/accounts/login/", lambda route: route.fulfill(body="<h1>Sign in</h1>"))
    with swaps.expect_navigation():
        swaps.evaluate("() => document.body.dispatchEvent(new CustomEvent('earshot:moved-list'))")

    expect(swaps.locator("#slot")).to_have_text("Old news")
