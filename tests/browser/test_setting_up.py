"""A district is set up by keyboard alone, and without scripts; what is wrong stands beside it."""

import re
import secrets
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Hands, Pointing, Typing, day_typed
from tests.browser.looking import not_closely
from tests.browser.product import Product
from tests.browser.staff import Staff

DESK = {"width": 1440, "height": 900}
SAVE = "main form.form button.button--primary"
REQUIRED = "This field is required."


@dataclass
class SettingUp:
    """An administrator who sets a district up with their hands."""

    hands: Hands
    product: Product

    def opens(self, path: str) -> None:
        self.hands.page.goto(self.product.at(f"/settings/{path}"))

    def saves(self) -> None:
        self.hands.follow(SAVE)

    def is_told(self, selector: str, words: str) -> None:
        """See what is wrong beside its field, and that whoever hears the field hears it too."""
        page = self.hands.page
        field = page.locator(".field--wrong").filter(has=page.locator(selector))
        expect(field.locator(".field-error")).to_contain_text(words)
        described = page.locator(selector).first.get_attribute("aria-describedby") or ""
        assert field.locator(f"[id='{described.split()[-1]}'] .field-error").count(), described

    def sees(self, words: str) -> None:
        expect(self.hands.page.locator("#main")).to_contain_text(words)

    def makes_a_calendar(self, name: str) -> None:
        """Make a calendar with an exception; the first try of each has a mistake."""
        self.opens("calendars/new/")
        self.hands.fill("#id_name", name)
        self.hands.fill("#id_day_4", "8:00-7:00")
        self.saves()
        self.is_told("#id_day_4", "ends before it begins")
        self.hands.fill("#id_day_4", "8:00-12:00")
        self.saves()
        self.sees("None yet: add the school year’s breaks")
        self.hands.follow("main a[href$='/days/new/']")
        self.hands.fill("#id_name", "Early release")
        self.hands.fill("#id_first_on", day_typed(self.hands, "2027-03-05"))
        self.hands.fill("#id_hours", "noon")
        self.saves()
        self.is_told("#id_hours", "“noon” cannot be read")
        self.hands.fill("#id_hours", "8:00-11:30")
        self.saves()
        self.sees("8:00-11:30")

    def makes_a_promise(self, name: str) -> None:
        """Add a line to the promises, and save it for what arrives from now on."""
        self.opens("promises/new/")
        self.hands.fill("#id_name", name)
        self.hands.press(".disclosure:has(#id_language_1) > summary")
        self.hands.tick("#id_language_1")
        self.hands.fill("#id_first_response_length", "0")
        self.hands.follow("main button[value=save]")
        self.is_told("#id_first_response_length", "greater than or equal to 1")
        self.hands.fill("#id_first_response_length", "3")
        self.hands.follow("main button[value=save]")
        self.sees(name)

    def makes_a_rule(self, name: str) -> None:
        """Build a rule of a condition and an action; it leads to its trial."""
        self.opens("rules/new/")
        self.hands.follow("main button[name=add_condition]")
        self.hands.follow("main button[name=add_action]")
        self.hands.choose("select[name=c0-value]", "Buses and transportation")
        self.hands.choose("select[name=a0-value]", "Meals")
        self.hands.follow("main button.button--primary[name=save]")
        self.is_told("#id_name", REQUIRED)
        self.hands.fill("#id_name", name)
        self.hands.follow("main button.button--primary[name=save]")
        self.sees(f"Try out {name}")

    def makes_an_alert_list(self, name: str) -> None:
        """Make a list of phrases, and put the first ones on it."""
        self.opens("alerts/new/")
        self.hands.fill("#id_name", name)
        self.saves()
        self.is_told("#id_category", REQUIRED)
        self.hands.choose("#id_category", "Something else")
        self.saves()
        self.sees("No phrases yet")
        self.hands.fill("#id_lines", "no")
        self.saves()
        self.is_told("#id_lines", "is too short")
        self.hands.fill("#id_lines", "gas leak")
        self.saves()
        expect(self.hands.page.locator("#main table")).to_contain_text("gas leak")

    def makes_a_team(self, name: str) -> None:
        """Make a team that gives out its questions in turn."""
        self.opens("teams/new/")
        self.hands.tick("#id_distribution_1")
        self.saves()
        self.is_told("#id_name", REQUIRED)
        self.hands.fill("#id_name", name)
        self.saves()
        team = self.hands.page.get_by_role("link", name=name, exact=True)
        self.hands.follow(f"main a[href='{team.get_attribute('href')}']")
        expect(self.hands.page.locator("#id_distribution_1")).to_be_checked()


@pytest.mark.parametrize("make", [Typing, Pointing], ids=["by keyboard alone", "without scripts"])
def test_a_district_is_set_up(product, visitor, make):
    has_scripts = make is Typing
    page = visitor(viewport=DESK, locale="en-US", java_script_enabled=has_scripts).new_page()
    staff = Staff(page, product, not_closely)
    staff.sign_in("admin")
    admin, word = SettingUp(make(page), product), secrets.token_hex(3)
    admin.makes_a_calendar(f"Calendar {word}")
    admin.makes_a_promise(f"Promise {word}")
    admin.makes_a_rule(f"Rule {word}")
    admin.makes_an_alert_list(f"List {word}")
    admin.makes_a_team(f"Team {word}")
    expect(page).to_have_url(re.compile(r"/settings/teams/\d+/$"))
