"""A real browser for tests: the system's Chromium, axe-core, themes and widths."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.gallery.server import serve
from tests.browser.looking import Look, everywhere, findings
from tests.browser.product import Product
from tests.browser.watching import Watch
from tests.families.letters import Mailbox, listening
from tests.installation import started

# Playwright's synchronous API runs an event loop in this thread; Django would refuse its ORM here.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A condition is awaited for this long; a machine that runs all tests at once may need it.
expect.set_options(timeout=15_000)

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium where there is one, else the one Playwright installed."""
    found = os.environ.get("EARSHOT_BROWSER") or next(
        filter(None, map(shutil.which, CHROMIUM)), None
    )
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {
        "executable_path": found,
        "args": [
            *sandbox,
            "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP *.localhost 127.0.0.1",
        ],
    }


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return a function that lists what axe-core finds on a page, one line a finding."""
    return findings


@pytest.fixture
def dress(page: Page) -> Callable[..., Page]:
    """Return a function that gives a page a theme ("light", "dark") and a size, without motion."""

    def set_on(theme: str = "light", width: int = 1440, height: int = 900) -> Page:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": height})
        return page

    return set_on


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """Serve the gallery and return its address."""
    server = serve()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Start the product with its demo, sending its mail to a server of ours."""
    mailbox, data = Mailbox(), tmp_path_factory.mktemp("product") / "data"
    with listening(mailbox) as port:
        mail = f"smtp://127.0.0.1:{port}"
        demo = {"EARSHOT_DEMO_CONVERSATIONS": "160"}
        with started(data, seconds=300, EMAIL_URL=mail, **demo) as installation:
            yield Product(installation, mailbox)


@pytest.fixture
def look() -> Look:
    """Return a function that holds a page to what axe-core says, in every theme and width."""

    def closely(page: Page) -> None:
        found = everywhere(page)
        assert found == [], f"{page.url}: " + "\n".join(found)

    return closely


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return a maker of browsers for people of their own, in which nothing may go wrong."""
    watch, made = Watch(), []

    def visit(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"reduced_motion": "reduce", **options})
        made.append(watch.over(context))
        return context

    yield visit
    for context in made:
        context.close()
    assert watch.complaints == []
