"""Every page of the demo: axe finds nothing, nothing scrolls sideways, no browser complains."""

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page

from tests.browser.addresses import find, pages_of
from tests.browser.looking import not_closely
from tests.browser.product import Product
from tests.browser.staff import Staff

pytestmark = pytest.mark.xdist_group("product")

PUBLIC = sorted(pages_of("stranger"))
STAFF = sorted(pages_of("admin") - pages_of("stranger"))
NARROWEST = {"width": 320, "height": 640}  # what 1280 px are at 400 %


@pytest.fixture(scope="module")
def signed_in(browser: Browser, product: Product):
    """Return the cookies of the administrator of the demo."""
    page = browser.new_page()
    Staff(page, product, not_closely).sign_in("admin")
    yield page.context.storage_state()
    page.context.close()


@pytest.fixture(scope="module")
def staff_paths(browser: Browser, product: Product, signed_in) -> dict[str, str]:
    """Return where the pages of the administrator are."""
    with browser.new_context(storage_state=signed_in) as context:
        return find(STAFF, lambda path: context.request.get(product.at(path)).text())


@pytest.fixture(scope="module")
def public_paths(browser: Browser, product: Product) -> dict[str, str]:
    """Return where the pages of families are; a status page belongs to a question."""
    asked = product.api("conversations/", {"topic": "technology", "message": "Is it free?"})
    with browser.new_context() as context:
        fetch = lambda path: context.request.get(product.at(path)).text()  # noqa: E731
        found = find(PUBLIC, fetch)
    return found | {"inbox:status": asked["status_url"].partition(product.at(""))[2]}


@pytest.mark.parametrize("name", STAFF)
def test_a_page_of_the_staff_is_sound(name, product, visitor, signed_in, staff_paths, look):
    page = visitor(storage_state=signed_in).new_page()
    opens(page, product, name, staff_paths[name])
    look(page)
    scrolls_one_way(page)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_of_families_is_sound(name, product, visitor, public_paths, look):
    page = visitor().new_page()
    opens(page, product, name, public_paths[name])
    look(page)
    scrolls_one_way(page)


@pytest.mark.parametrize("name", sorted({"inbox:home", "inbox:ask", "inbox:status"} & set(PUBLIC)))
def test_a_page_of_families_is_sound_in_spanish(name, product, visitor, public_paths, look):
    page = visitor(locale="es").new_page()
    opens(page, product, name, public_paths[name] + "?lang=es")
    assert page.locator("html").get_attribute("lang") == "es"
    look(page)
    scrolls_one_way(page)


def test_a_page_that_does_not_exist_is_sound(product, browser, look):
    page = browser.new_page()
    page.goto(product.at("/there-is-no-such-page/"))
    look(page)
    scrolls_one_way(page)
    page.context.close()


def opens(page: Page, product: Product, name: str, path: str) -> None:
    """Go to a page, and see that it is itself and no other."""
    answer = page.goto(product.at(path))
    assert answer
    assert answer.status == 200
    here = page.evaluate("() => location.pathname")
    assert resolve(here).view_name == name
    page.wait_for_load_state("networkidle")


def scrolls_one_way(page: Page) -> None:
    """See that on the narrowest screen nothing is wider than the screen."""
    page.set_viewport_size(NARROWEST)
    assert page.evaluate("() => document.documentElement.scrollWidth") == NARROWEST["width"]
