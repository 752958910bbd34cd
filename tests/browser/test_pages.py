"""Every page of the product in a real browser: axe finds nothing, nothing is cut off or fails."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.lived_in import live_in
from tests.browser.looking import HEIGHT, WIDTHS, everywhere, too_wide
from tests.browser.places import NOT_BY_ADDRESS, Place, Visitors, addresses, places
from tests.browser.watching import Watch
from tests.cast import Cast
from tests.permissions.table import LIBRARIES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_empty_cache")]

# Until nothing more is being fetched into the page.
SETTLED = "() => document.readyState === 'complete' && !document.querySelector('.htmx-request')"


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def page(browser: Browser, watch: Watch) -> Iterator[Page]:
    """Return the one page that goes everywhere, watched."""
    size: ViewportSize = {"width": WIDTHS[0], "height": HEIGHT}
    context = watch.over(browser.new_context(viewport=size, reduced_motion="reduce"))
    yield context.new_page()
    context.close()


def test_every_page_of_the_product_is_fit_for_everybody(
    page: Page, watch: Watch, live_server, fairview: Cast
):
    known = addresses(fairview)
    live_in(fairview)
    visitors = Visitors(fairview)
    site = f"http://{fairview.host}:{urlsplit(live_server.url).port}"
    found = []
    for place in places(known, visitors):
        enter(page, site, visitors.cookie(place.visitor))
        found += [f"{place}: {words}" for words in look_at(page, site, place, watch)]
    assert found == [], "\n".join(found)


def enter(page: Page, site: str, session: str) -> None:
    """Become a visitor."""
    page.context.clear_cookies()
    if session:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}
        page.context.add_cookies([cookie])  # type: ignore[list-item]


def look_at(page: Page, site: str, place: Place, watch: Watch) -> Iterator[str]:
    """Open a place and yield everything that is wrong with it."""
    answer = page.goto(f"{site}{place.path}")
    page.wait_for_function(SETTLED)
    if answer is None or answer.status != place.status or answer.url != f"{site}{place.path}":
        yield f"answered {answer and (answer.status, answer.url)}, not as for this visitor"
    if page.locator("h1").count() != 1:
        yield f"{page.locator('h1').count()} main headings (h1) instead of one"
    if not page.title().strip():
        yield "no title"
    yield from everywhere(page)
    yield from too_wide(page)
    meant = f"{page.url}: {place.status}"
    yield from (said for said in watch.complaints if said != meant)
    watch.complaints.clear()


def test_no_line_about_pages_of_libraries_is_stale():
    assert NOT_BY_ADDRESS.keys() - LIBRARIES.keys() == set()
