"""A close look at a page: axe-core in both themes, on a wide screen and on a phone."""

from collections.abc import Callable

from playwright.sync_api import Page

Look = Callable[[Page], None]
THEMES = ("light", "dark")
WIDTHS = (1440, 375)


def not_closely(_page: Page) -> None:
    """Look at a page without examining it."""


def everywhere(page: Page, axe: Callable[[Page], list[str]]) -> list[str]:
    """Return what axe finds in each theme at each width, and leave the page as wide as it was."""
    size = page.viewport_size or {"width": 1440, "height": 900}
    findings = []
    for theme in THEMES:
        for width in WIDTHS:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": size["height"]})
            findings += [f"{page.url} {theme} {width}: {finding}" for finding in axe(page)]
    page.set_viewport_size(size)
    return findings
