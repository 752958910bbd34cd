"""What people who work for the district do in their browser."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.looking import Look
from tests.browser.product import Product


@dataclass
class Staff:
    """Somebody at a desk, looking closely at every page they see."""

    page: Page
    product: Product
    look: Look

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def sees(self, words: str, *, part: str = "#thread") -> None:
        expect(self.page.locator(part)).to_contain_text(words)

    def sign_in(self, part: str) -> None:
        """Log in through the form, with what bin/up printed."""
        address, password = self.product.login(part)
        self.page.goto(self.product.at("/accounts/login/"))
        self.look(self.page)
        self.page.get_by_label("Email").fill(address)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")
        expect(self.page).to_have_url(self.product.at("/inbox/"))
        self.look(self.page)

    def find(self, number: int) -> None:
        """Search the inbox for a conversation and open it from the list."""
        search = self.page.get_by_role("searchbox", name="Search conversations")
        search.fill(str(number))
        search.press("Enter")
        self.page.locator(f"#row-{number} .row").click()
        expect(self.page.locator("#conversation")).to_be_visible()
        self.look(self.page)

    def claim(self) -> None:
        self.press("Take on")
        expect(self.page.locator("#act-claim")).to_have_count(0)

    def note(self, words: str) -> None:
        """Write a note among staff."""
        self.page.locator("#composer").get_by_text("Note", exact=True).click()
        self.page.get_by_label("Your note, seen by staff only").fill(words)
        self.press("Add the note")
        self.sees(words)
        self.look(self.page)

    def write(self, words: str) -> None:
        """Begin an answer."""
        self.page.locator("#composer").get_by_text("Reply", exact=True).click()
        self.page.get_by_label("Your answer").fill(words)

    def reply(self, words: str, *, button: str = "Send") -> None:
        """Answer the family and see the answer in the thread."""
        self.write(words)
        self.send(button)
        expect(self.page.locator(".message--staff").filter(has_text=words)).to_be_visible()

    def send(self, button: str = "Send") -> None:
        self.press(button)
