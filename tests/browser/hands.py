"""How somebody fills a form in: by keyboard alone, or by pointing, with no script on the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Page, expect

from tests.browser.keyboard import Keyboard


class Hands(Protocol):
    """What hands do to a control that a selector names; what they follow leads to a page."""

    page: Page

    def fill(self, selector: str, words: str) -> None: ...

    def choose(self, selector: str, words: str) -> None: ...

    def tick(self, selector: str) -> None: ...

    def press(self, selector: str) -> None: ...

    def follow(self, selector: str) -> None: ...


@dataclass
class Pointing:
    """Hands with a mouse."""

    page: Page

    def fill(self, selector: str, words: str) -> None:
        self.page.fill(selector, words)

    def choose(self, selector: str, words: str) -> None:
        self.page.select_option(selector, label=words)

    def tick(self, selector: str) -> None:
        self.page.check(selector)

    def press(self, selector: str) -> None:
        self.page.click(selector)

    def follow(self, selector: str) -> None:
        """Press what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            self.press(selector)


@dataclass
class Typing:
    """Hands that never leave the keyboard; whatever they want has to come by pressing Tab."""

    page: Page

    def __post_init__(self) -> None:
        self.keyboard = Keyboard(self.page)

    def fill(self, selector: str, words: str) -> None:
        self._go(selector)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(words)

    def choose(self, selector: str, words: str) -> None:
        self._go(selector)
        self.page.keyboard.type(words)
        expect(self.page.locator(f"{selector} option:checked")).to_have_text(words)

    def tick(self, selector: str) -> None:
        """Tick a box with the space bar; of radio buttons, go on from the one that is chosen."""
        if self.page.locator(selector).get_attribute("type") != "radio":
            self._go(selector)
            self.page.keyboard.press("Space")
            return
        name = self.page.locator(selector).get_attribute("name")
        self._go(f"input[name={name}]:checked")
        for _ in range(self.page.locator(f"input[name={name}]").count()):
            if self.page.locator(selector).is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow did not lead to {selector}")

    def press(self, selector: str) -> None:
        self._go(selector)
        self.page.keyboard.press("Enter")

    def follow(self, selector: str) -> None:
        """Press what leads to another page, and wait until that one listens to keys."""
        self._go(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _go(self, selector: str) -> None:
        """Leave what stands on every page by the link that skips it, then go on by Tab."""
        if self.page.evaluate("document.activeElement === document.body"):
            self.page.keyboard.press("Tab")
            self.page.keyboard.press("Enter")
        self.keyboard.tab_to(selector)


Maker = Callable[[Page], Hands]


def day_typed(hands: Hands, on: str) -> str:
    """Return a day (ISO) as hands have to write it: the keys of an American, or the value."""
    year, month, day = on.split("-")
    return f"{month}{day}{year}" if isinstance(hands, Typing) else on
