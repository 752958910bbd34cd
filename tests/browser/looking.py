"""A close look at a page: axe-core in both themes, on a wide screen and on a phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

Look = Callable[[Page], None]
THEMES = ("light", "dark")
WIDTHS = (1440, 375)
HEIGHT = 900
# 1280 px at 400 % zoom.
NARROW = 320
AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
# A theme is a set of colours and nothing else: in the second one, only these can say otherwise.
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
TOO_WIDE = """
() => {
  const width = document.documentElement.clientWidth;
  const scrolls = element => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const isIn = element => element && (scrolls(element) || isIn(element.parentElement));
  const over = element => element.getBoundingClientRect().right > width + 1 && !isIn(element);
  const found = [...document.body.querySelectorAll("*")].filter(over);
  const page = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
  const last = found.filter(element => ![...element.children].some(over));
  const shown = last.slice(0, 3).map(element => element.outerHTML.slice(0, 120));
  return page > width ? `${page} px wide: ${shown}` : "";
}
"""


def not_closely(_page: Page) -> None:
    """Look at a page without examining it."""


def findings(page: Page, rules: dict[str, Any] = EVERYTHING) -> list[str]:
    """Return what axe-core finds on a page as it is, one line a finding."""
    if page.evaluate("() => typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # Findings alone; and no style sheet read a second time, which only rules about sound and
    # about turning the screen would need, and which our own policy refuses.
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{found['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def everywhere(page: Page) -> list[str]:
    """Return what axe finds at each width in each theme, and leave the page as wide as it was."""
    size = page.viewport_size or {"width": WIDTHS[0], "height": HEIGHT}
    found = []
    for width in WIDTHS:
        stretch(page, {"width": width, "height": size["height"]})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
            rules = EVERYTHING if theme == THEMES[0] else OF_COLOUR
            found += [f"{theme} at {width} px: {finding}" for finding in findings(page, rules)]
    page.set_viewport_size(size)
    return found


def stretch(page: Page, size: ViewportSize) -> None:
    """Make a page so wide, and so tall that all of it is in sight.

    A composer that stays in sight covers what one would have to scroll to.
    """
    page.set_viewport_size(size)
    tall = page.evaluate("document.documentElement.scrollHeight")
    if tall > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": tall})


def too_wide(page: Page) -> list[str]:
    """Return by how much a page is wider than the narrowest screen, and what is, if it is."""
    size = page.viewport_size or {"width": WIDTHS[0], "height": HEIGHT}
    page.set_viewport_size({"width": NARROW, "height": size["height"]})
    words = page.evaluate(TOO_WIDE)
    page.set_viewport_size(size)
    return [f"at {NARROW} px: {words}"] if words else []
