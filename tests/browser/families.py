"""What a family does in its browser."""

import secrets
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.looking import Look
from tests.browser.product import Product
from tests.inbox.uploads import picture

PICTURE: FilePayload = {"name": "parada.png", "mimeType": "image/png", "buffer": picture("PNG")}


def new_address() -> str:
    """Return an address that nobody wrote from before."""
    return f"{secrets.token_hex(4)}@families.example"


@dataclass(frozen=True)
class Question:
    """A question as it was asked: reference, page, and who asked."""

    reference: str
    page: str
    email: str


@dataclass
class Family:
    """A family with its browser, in its language, looking closely at every page it sees."""

    page: Page
    product: Product
    look: Look
    language: str = "en"

    def word(self, english: str) -> str:
        """Return a word of ours in the family's language."""
        with translation.override(self.language):
            return gettext(english)

    def press(self, english: str) -> None:
        self.page.get_by_role("button", name=self.word(english), exact=True).click()

    def fill(self, english: str, words: str) -> None:
        self.page.get_by_label(self.word(english)).fill(words)

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words)).to_be_visible()

    def choose_topic(self, name: str) -> None:
        """Open the first page and follow a topic."""
        self.page.goto(self.product.at(f"/?lang={self.language}"))
        self.sees(self.word("How can we help?"))
        self.look(self.page)
        self.page.get_by_role("link", name=name).click()

    def ask(self, topic: str, message: str, *, name: str) -> Question:
        """Ask through the public form, with a picture, and read the page that follows."""
        email = new_address()
        self.choose_topic(topic)
        self.fill("Your message", message)
        self.page.get_by_label(self.word("Files")).set_input_files(PICTURE)
        self.fill("Your name", name)
        self.fill("E-mail", email)
        self.look(self.page)
        self.press("Send")
        self.sees(self.word("Thank you. Your message has arrived."))
        reference = self.page.locator(".letter-promise .reference").inner_text()
        return Question(reference, self.page.url.partition("?")[0], email)

    def reads(self, question: Question, words: str) -> None:
        """Come back to the page of a question and find words on it."""
        self.page.goto(question.page)
        self.sees(words)
        self.look(self.page)

    def write_again(self, question: Question, words: str) -> None:
        """Add words on the page of a question."""
        self.page.goto(question.page)
        self.fill("Your message", words)
        self.press("Send")
        self.sees(self.word("Thank you. We have added what you wrote."))
        self.look(self.page)

    def rate(self, question: Question, rating: int, *, words: str) -> None:
        """Rate the help, and say that it helped."""
        self.page.goto(question.page)
        self.page.get_by_role("radio", name=str(rating), exact=True).check()
        self.page.get_by_role("radio", name=self.word("Yes"), exact=True).check()
        self.fill("Is there anything you want to tell us about it?", words)
        self.look(self.page)
        self.press("Send the rating")
        thanks = self.word("Thank you. You rated the help %(rating)s out of 10.")
        self.sees(thanks % {"rating": rating})
        self.look(self.page)
