"""Hands that never leave the keyboard."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

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

    def go(self, *keys: str, to: str | re.Pattern[str]) -> None:
        """Press keys that lead to another page, and wait until that one listens to keys."""
        self.press(*keys)
        self.page.wait_for_url(to)

    def type(self, words: str, *, into: str) -> None:
        """Type words where the focus has to be by now."""
        expect(self.page.locator(into)).to_be_focused()
        self.page.keyboard.type(words)
