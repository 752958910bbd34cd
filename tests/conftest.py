"""What every test may ask for: the cast, a client on a host, and a district in scope."""

from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, override_settings
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

from districts.hosts import forget_hosts
from districts.models import Membership
from districts.scope import district_scope
from tests.builders import NOON
from tests.cast import Cast, make_cast

# A busy machine is slow, not wrong: examples are counted, not timed.
hypothesis.settings.register_profile(
    "counted", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("counted")


# Files that share one running product, whose start takes as long as they do.
WITH_PRODUCT = ("tests/browser/test_journey.py", "tests/browser/test_setting_up.py")
# What takes longest begins first, so that no worker is left alone with it at the end.
LONG = [
    "browser/test_pages.py",
    *(file.removeprefix("tests/") for file in WITH_PRODUCT),
    "permissions/",
    "local/",
    "drills/",
    "browser/",
    "inbox/test_demo.py",
    "inbox/test_business_time_laws.py",
]


class ByFile(LoadFileScheduling):  # type: ignore[misc]
    """Gives each file to one worker, and those that share the product to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "product" if file in WITH_PRODUCT else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile | None:
    """Hand out files as `--dist loadfile` does, but for the product."""
    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files by how long they take, as far as that matters."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    path = item.path.as_posix()
    return next((place for place, long in enumerate(LONG) if f"/tests/{long}" in path), len(LONG))


@pytest.fixture(autouse=True)
def _fresh_memory() -> Iterator[None]:
    """Forget what processes remember between requests."""
    forget_hosts()
    yield
    forget_hosts()


@pytest.fixture(autouse=True, scope="session")
def _files_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the files that tests send apart from everybody else's."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("files"))):
        yield


@pytest.fixture
def _empty_cache() -> None:
    """Start with nothing in Redis under this test's key prefix."""
    cache.clear()


@pytest.fixture
def fairview(db: None) -> Cast:
    """Return the district that most tests speak of; no district is in scope."""
    return make_cast("fairview")


@pytest.fixture
def harbor(db: None) -> Cast:
    """Return the other district, which must see and show nothing of the first."""
    return make_cast("harbor")


@pytest.fixture
def in_fairview(fairview: Cast) -> Iterator[Cast]:
    """Speak for fairview, as a request or a job of that district does."""
    with district_scope(fairview.district.pk):
        yield fairview


@pytest.fixture
def client_of() -> Callable[[Membership], Client]:
    """Return a maker of clients that are logged in as a member, on their district's host."""

    def make(member: Membership) -> Client:
        client = Client(headers={"host": f"{member.district.slug}.localhost"})
        client.force_login(member.user)
        return client

    return make


@pytest.fixture
def admin(in_fairview: Cast, client_of: Callable[[Membership], Client]) -> Client:
    """Return fairview's administrator, logged in."""
    return client_of(in_fairview.admin)


@pytest.fixture
def at_noon() -> Iterator[None]:
    """Let it be noon while a test runs, and before anybody logs in."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def public() -> Callable[[Cast], Client]:
    """Return a maker of clients that nobody logged in, on a district's host."""
    return lambda cast: Client(headers={"host": cast.host})
