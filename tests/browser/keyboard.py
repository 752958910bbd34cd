"""Hands that never leave the keyboard."""

import re
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

MANY = 40


@dataclass
class Keyboard:
    """The keys of one browser, and where they lead."""

    page: Page

    def tab_to(self, selector: str) -> None:
        """Press Tab until what a selector names has the focus."""
        for _ in range(MANY):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("words => document.activeElement.matches(words)", selector):
                return
        raise AssertionError(f"{MANY} times Tab did not lead to {selector}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def press_until(self, shown: Locator, *keys: str) -> None:
        """Press keys, and again as a person would, while the page takes in the answer before."""
        for _ in range(10):
            self.press(*keys)
            with suppress(PlaywrightTimeoutError):
                shown.first.wait_for(timeout=3_000)
                return
        expect(shown.first).to_be_visible()

    def go(self, *keys: str, to: str | re.Pattern[str]) -> None:
        """Press keys that lead to another page, and wait until that one listens to keys."""
        self.press(*keys)
        self.page.wait_for_url(to)

    def type(self, words: str, *, into: str) -> None:
        """Type words where the focus has to be by now."""
        expect(self.page.locator(into)).to_be_focused()
        self.page.keyboard.type(words)
