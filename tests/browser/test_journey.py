"""From a parent's question to a rating, in a real browser, on the product as bin/up starts it."""

import re
import secrets
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.families import Family, Question, new_address
from tests.browser.keyboard import Keyboard
from tests.browser.looking import not_closely
from tests.browser.product import Product, seconds_to_route
from tests.browser.staff import Staff

PHONE = {"width": 375, "height": 740}
DESK = {"width": 1440, "height": 900}
PROMISED = 5  # seconds from pressing the button to a question that is routed, owned and timed
ASKED = "¿Por qué la ruta 12 ya no para en la calle Roble?"
AGAIN = "Hoy tampoco paró, y estaba lloviendo."
NOTED = "The stop moved for roadworks; the driver has the new sheet."
ANSWERED = "Gracias por avisar. Desde mañana la ruta 12 vuelve a parar en la calle Roble."
SETTLED = "Sentimos lo de hoy. Hablé con el conductor: mañana para a las 7:05."
STOPPED = "A reply came in while you wrote. Nothing was sent."


@pytest.fixture
def family(visitor, product: Product, look) -> Family:
    """Return a family on a phone, in the dark, that speaks Spanish."""
    phone = visitor(viewport=PHONE, color_scheme="dark", locale="es-MX", has_touch=True)
    return Family(phone.new_page(), product, look, "es")


@pytest.fixture
def agent(visitor, product: Product, look) -> Staff:
    """Return somebody at a desk who has not signed in yet."""
    return Staff(visitor(viewport=DESK, locale="en-US").new_page(), product, look)


def test_a_family_is_heard_answered_and_asked_how_it_went(product, family, agent):
    asked = family.ask("Autobuses y transporte", ASKED, name="Lucía Ferrer")
    placed = product.once_routed(asked.reference)
    assert seconds_to_route(placed) < PROMISED
    is_acknowledged(product, asked)

    agent.sign_in("agent")
    agent.find(placed["number"])
    is_placed_on_screen(agent, placed)
    agent.claim()
    agent.note(NOTED)
    agent.reply(ANSWERED)
    is_answered(product, asked)
    family.reads(asked, ANSWERED)
    expect(family.page.get_by_text(NOTED)).to_have_count(0)

    is_stopped_by_a_newer_message(family, agent, asked)
    agent.send("Send and resolve")
    agent.sees("Resolved", part="#thread-head")
    family.reads(asked, SETTLED)
    family.rate(asked, 9, words="Muy amables.")
    is_rated_on_screen(agent, placed)


def is_acknowledged(product: Product, asked: Question) -> None:
    """See the letter that says that the question arrived and by when it is answered."""
    letter = product.letters_to(asked.email)[0]
    words = letter.get_body(["plain"]).get_content()
    assert "Recibirá una primera respuesta a más tardar el" in words
    assert asked.reference in words
    assert asked.page in words


def is_placed_on_screen(agent: Staff, placed: dict) -> None:
    """See on the conversation's page what the API said: team, owner, promises, the file."""
    for words in (f"#{placed['number']}", placed["owner"], placed["team"], "Buses"):
        agent.sees(words, part="#thread-head")
    expect(agent.page.locator("#thread-head .promise")).to_have_count(2)
    expect(agent.page.get_by_role("link", name="parada.png")).to_be_visible()


def is_answered(product: Product, asked: Question) -> None:
    """See the answer arrive as a letter in the family's language, in the thread of the first."""
    acknowledged, answer = product.letters_to(asked.email, count=2)[:2]
    words = answer.get_body(["plain"]).get_content()
    assert ANSWERED in words
    assert asked.page in words
    assert NOTED not in answer.as_string()
    assert answer["Message-ID"] != acknowledged["Message-ID"]
    assert answer["In-Reply-To"] == acknowledged["Message-ID"]
    assert acknowledged["Message-ID"] in answer["References"]
    assert answer["Subject"].strip() == f"Re: {ASKED}"
    assert '<html lang="es"' in answer.get_body(["html"]).get_content()


def is_stopped_by_a_newer_message(family: Family, agent: Staff, asked: Question) -> None:
    """Write while the family writes: nothing is sent, nothing is lost, the newer one is shown."""
    agent.write(SETTLED)
    family.write_again(asked, AGAIN)
    agent.send()
    expect(agent.page.get_by_role("alert")).to_contain_text(STOPPED)
    expect(agent.page.get_by_role("alert")).to_contain_text(AGAIN)
    expect(agent.page.get_by_label("Your answer")).to_have_value(SETTLED)
    expect(agent.page.locator(".message--staff").filter(has_text=SETTLED)).to_have_count(0)
    agent.look(agent.page)


def is_rated_on_screen(agent: Staff, placed: dict) -> None:
    """See the rating on the conversation."""
    agent.page.reload()
    agent.sees("Rated 9 of 10, helpful")
    agent.sees("Muy amables.")
    agent.look(agent.page)


def test_a_question_of_another_program_is_routed_owned_and_timed(product: Product):
    sender = {"name": "Deb Ochs", "email": new_address(), "language": "en"}
    question = {"topic": "technology", "message": "The tablet will not start.", "sender": sender}
    key = {"Idempotency-Key": str(uuid4())}
    received, again = (product.api("conversations/", question, **key) for _ in range(2))
    placed = product.once_routed(received["reference"])

    assert seconds_to_route(placed) < PROMISED
    assert again["number"] == received["number"]
    letters = product.letters_to(sender["email"])
    assert "You will have a first answer by" in letters[0].get_body(["plain"]).get_content()
    assert len(letters) == 1


def test_everything_works_without_javascript(product: Product, visitor):
    family = Family(plain(visitor), product, not_closely)
    asked = family.ask(
        "Buses and transportation",
        "Is there a bus on the 24th?",
        name="Ann Low",
    )
    placed = product.once_routed(asked.reference)
    agent = Staff(plain(visitor), product, not_closely)
    agent.sign_in("agent")
    agent.find(placed["number"])
    agent.note("Checked with dispatch.")
    agent.reply("No, the last bus runs on the 23rd.")
    agent.press("Resolve")
    agent.sees("Resolved", part="#thread-head")

    family.reads(asked, "No, the last bus runs on the 23rd.")
    expect(family.page.get_by_text("Checked with dispatch.")).to_have_count(0)
    family.rate(asked, 10, words="")


def plain(visitor):
    """Return a page of a browser that runs no scripts."""
    return visitor(viewport=DESK, java_script_enabled=False).new_page()


def test_everything_works_by_keyboard_alone(product: Product, visitor):
    room = secrets.token_hex(4)
    words = f"Does the late bus wait for the choir in room {room}?"
    asked = product.api("conversations/", {"topic": "transportation", "message": words})
    product.once_routed(asked["reference"])
    page = visitor(viewport=DESK).new_page()
    keys = Keyboard(page)
    signs_in(keys, product)

    keys.go("g", "f", to=product.at("/families/"))
    keys.go("g", "i", to=product.at("/inbox/"))
    keys.press("/")
    keys.type(room, into=".search input")
    keys.go("Enter", to=re.compile(f"q={room}"))
    expect(page.locator(".rows .row")).to_have_count(1)
    keys.press("j", "o")
    expect(page.locator("#conversation")).to_contain_text(words)
    keys.press("r")
    keys.type("It waits until 4:15.", into="#reply-body")
    keys.press("Control+Enter")
    expect(page.locator(".message--staff")).to_contain_text("It waits until 4:15.")
    # The toast is the last part of the answer; until it is in, the composer takes the focus back.
    expect(page.locator("#toasts")).to_contain_text("Sent.")
    keys.press("Escape", "e")
    expect(page.locator("#thread-head")).to_contain_text("Resolved")
    keys.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def signs_in(keys: Keyboard, product: Product) -> None:
    """Log in with Tab, letters and Enter."""
    address, password = product.login("agent")
    keys.page.goto(product.at("/accounts/login/"))
    keys.tab_to("[name=login]")
    keys.type(address, into="[name=login]")
    keys.tab_to("[name=password]")
    keys.type(password, into="[name=password]")
    keys.go("Enter", to=product.at("/inbox/"))
