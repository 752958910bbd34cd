"""Charts are drawn under the product's policy, in the reader's colours, and nobody needs them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect


@pytest.fixture
def charts(visitor: Callable[..., BrowserContext], gallery: str) -> Page:
    """Open the page of charts, and wait until both are drawn; no complaint may come of it."""
    page = visitor().new_page()
    page.route("**/notifications/count/", lambda route: route.fulfill(status=204))
    page.goto(f"{gallery}/charts")
    expect(page.locator("[data-drawn] svg")).to_have_count(2)
    return page


def test_a_chart_and_its_tip_bring_no_styles_of_their_own(charts: Page):
    charts.locator("#topics .mark-symbol path").last.hover()

    expect(charts.locator("#chart-tip")).to_contain_text("Food service: −3")
    assert charts.locator("style").count() == 0


def test_a_drawing_is_one_picture_with_one_name(charts: Page):
    pictures = charts.locator("#topics").get_by_role("img")

    expect(pictures).to_have_count(1)
    expect(pictures).to_have_accessible_name("Two topics, this month beside the month before.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_drawing_takes_the_colours_of_the_reader(theme, dress, gallery):
    page = dress(theme)
    page.goto(f"{gallery}/charts")
    expect(page.locator("#topics svg")).to_be_visible()
    colours = page.evaluate(
        """() => {
          const dots = [...document.querySelectorAll("#topics svg path")];
          const probe = document.body.appendChild(document.createElement("i"));
          probe.style.color = "var(--accent)";
          const accent = getComputedStyle(probe).color;
          return dots.filter((dot) => getComputedStyle(dot).fill === accent).length;
        }"""
    )

    assert colours == 2


def test_a_drawing_is_as_wide_as_its_place(charts: Page):
    wide = width_of(charts, "#topics svg")
    charts.set_viewport_size({"width": 375, "height": 800})
    expect(charts.locator("#topics svg")).not_to_have_attribute("width", str(round(wide)))

    assert width_of(charts, "#topics svg") <= width_of(charts, "#topics .chart-drawing") < wide


def width_of(page: Page, what: str) -> float:
    return float(page.locator(what).evaluate("(one) => one.getBoundingClientRect().width"))


def test_without_a_script_the_table_stands_alone(browser: Browser, gallery: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{gallery}/charts")

    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.locator(".chart-drawing").first).to_be_hidden()
    context.close()
