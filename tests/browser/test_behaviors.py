"""What the scripts of a staff page add: keys, drafts, live news, menus, under the strict policy."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

ROW = "a.row"


@pytest.fixture
def desk(page: Page, gallery: str) -> Page:
    """Open the inbox of the gallery, failing on any error that the browser reports."""
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{gallery}/desk")
    return page


def refused(page: Page) -> list[str]:
    """Collect what the content security policy refuses from now on."""
    found: list[str] = []
    page.on("console", lambda m: found.append(m.text) if "Content Security" in m.text else None)
    return found


@pytest.mark.parametrize("name", ["desk", "parts", "ask", "form", "letter"])
def test_a_page_asks_for_nothing_that_the_policy_refuses(name, page, gallery):
    found = refused(page)
    page.goto(f"{gallery}/{name}")
    page.wait_for_load_state("networkidle")

    assert found == []


def test_j_and_k_move_along_the_rows_from_the_open_one(desk):
    desk.keyboard.press("j")
    expect(desk.locator(ROW).nth(2)).to_be_focused()
    desk.keyboard.press("k")
    desk.keyboard.press("k")
    expect(desk.locator(ROW).nth(0)).to_be_focused()


def test_a_key_presses_its_element_but_not_while_someone_types(desk):
    desk.evaluate("() => { window.n = 0; resolve.addEventListener('click', () => window.n++) }")
    desk.keyboard.press("e")
    desk.keyboard.press("r")
    desk.keyboard.type("e")

    assert desk.evaluate("() => window.n") == 1
    expect(desk.get_by_role("textbox", name="Reply")).to_have_value(re.compile("e$"))


def test_two_keys_in_a_row_go_to_a_place(desk):
    desk.clock.set_fixed_time(0)  # a slow machine must not make two keys out of one pair
    desk.keyboard.press("g")
    desk.keyboard.press("m")
    desk.wait_for_url("**/elsewhere")


def test_keys_do_nothing_when_the_member_switched_them_off(desk):
    desk.evaluate("() => document.documentElement.dataset.shortcuts = 'off'")
    desk.keyboard.press("?")
    desk.keyboard.press("j")

    expect(desk.locator("#shortcuts")).not_to_be_visible()
    expect(desk.locator("a.row:focus")).to_have_count(0)


def test_a_question_mark_shows_the_keys_and_escape_hides_them(desk):
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#shortcuts")).not_to_be_visible()


def test_a_menu_closes_by_escape_and_gives_the_focus_back(desk):
    summary = desk.locator("summary", has_text="your menu")
    summary.click()
    desk.get_by_role("link", name="Sign-in and security").focus()
    desk.keyboard.press("Escape")

    expect(summary).to_be_focused()
    expect(desk.get_by_role("link", name="Sign-in and security")).not_to_be_visible()


def test_the_theme_changes_at_once_and_is_sent(desk):
    desk.locator("summary", has_text="your menu").click()
    with desk.expect_request("**/look/") as sent:
        desk.get_by_role("button", name="Dark").click()

    assert "dark" in (sent.value.post_data or "")
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_draft_is_saved_a_moment_after_typing_and_says_so(desk):
    bodies: list[str] = []

    def keep(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        route.fulfill(status=204)

    desk.route("**/draft", keep)
    desk.get_by_role("textbox", name="Reply").fill("On its way")

    expect(desk.locator("[data-draft-state=saved]")).to_have_text("Draft saved")
    assert "On its way" in bodies[0]


def test_a_draft_that_could_not_be_saved_says_so(desk):
    desk.route("**/draft", lambda route: route.abort())
    desk.get_by_role("textbox", name="Reply").fill("On its way")

    expect(desk.locator("[data-draft-state=unsaved]")).to_contain_text("not saved")


def test_control_enter_sends(desk):
    with desk.expect_request(lambda request: request.method == "POST" and "desk" in request.url):
        desk.get_by_role("textbox", name="Reply").press("Control+Enter")


def test_news_is_asked_for_from_where_each_pane_stood_and_told_to_the_page(desk):
    news = {"crowd": "1f", "refresh": ["list", "conversation:1042"], "presence": []}
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        first = len(asked) == 1
        route.fulfill(status=200, json=news) if first else route.fulfill(status=204)

    desk.route("**/live/*", answer)
    told = desk.evaluate(
        """() => new Promise((resolve) => document.body.addEventListener(
            "earshot:moved-conversation", (event) => resolve(JSON.stringify(event.detail))))"""
    )
    with desk.expect_request("**/live/*since=17.3.1f*"):
        pass

    assert json.loads(told) == news
    assert "since=17.3.&at=rows&at=open" in asked[0]


def test_who_else_looks_is_said_in_words(desk):
    who = {"at": 1042, "name": "Tom May", "initials": "TM", "typing": True}
    answer = {"crowd": "1f", "refresh": [], "presence": [who]}
    desk.route("**/live/*", lambda route: route.fulfill(status=200, json=answer))

    expect(desk.locator("#conversation [data-presence]")).to_contain_text("Tom May is typing")
    expect(desk.locator("#conversation [data-presence] .avatar")).to_have_text("TMTom May")


def test_the_palette_finds_and_goes(desk):
    found = '<a href="/ruiz">Ruiz family</a><a href="/elsewhere">Inbox</a>'
    desk.route("**/go/*", lambda route: route.fulfill(body=found))
    desk.keyboard.press("Control+k")
    expect(desk.get_by_role("option", name="Ruiz family")).to_have_attribute(
        "aria-selected", "true"
    )
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")

    desk.wait_for_url("**/elsewhere")


def test_a_list_narrows_to_what_is_typed_whatever_the_accents(page, gallery):
    page.goto(f"{gallery}/parts")
    page.get_by_role("searchbox", name="Find a topic").fill("mèals")

    expect(page.locator("#topic-options li:visible")).to_have_text("Meals Menus")


def test_a_toast_leaves_by_itself_but_not_under_the_pointer(desk):
    desk.clock.install()
    desk.reload()
    toasts = desk.locator("[data-toast]")
    toasts.first.hover()
    desk.clock.run_for(8000)
    expect(toasts).to_have_count(1)
    desk.mouse.move(700, 10)
    desk.clock.run_for(1000)
    expect(toasts).to_have_count(0)
