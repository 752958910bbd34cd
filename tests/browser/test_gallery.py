"""Every component, in both themes and on a wide screen and a phone, has nothing axe objects to."""

import pytest
from playwright.sync_api import expect

PAGES = ["desk", "parts", "ask", "form", "letter", "charts"]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page_of_components(name, gallery, dress, look):
    page = dress()
    page.goto(f"{gallery}/{name}")
    look(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways_on_the_narrowest_screen(name, gallery, dress):
    page = dress(width=320, height=600)
    page.goto(f"{gallery}/{name}")

    assert page.evaluate("() => document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("name", ["desk", "ask"])
def test_axe_finds_nothing_from_right_to_left_and_with_forced_colours(name, gallery, dress, axe):
    page = dress("dark", 1440)
    page.emulate_media(forced_colors="active")
    page.goto(f"{gallery}/{name}?rtl&compact")

    assert page.evaluate("() => document.dir") == "rtl"
    assert axe(page) == []


def test_on_paper_all_of_what_was_folded_or_scrolled_is_told(gallery, dress):
    page = dress()
    page.goto(f"{gallery}/parts")
    slot = page.locator(".why-slot")
    scrolls = "slot => slot.scrollHeight > slot.clientHeight"
    assert slot.evaluate(scrolls)
    page.emulate_media(media="print")
    expect(page.locator("#folds .table")).to_be_visible()
    expect(page.locator("#folds .no-print")).to_be_hidden()
    assert not slot.evaluate(scrolls)
