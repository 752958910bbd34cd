"""What tests of surveys may ask for besides the cast."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import transaction

from districts.scope import district_scope
from tests.cast import Cast


@pytest.fixture
def scoped() -> Callable[[Cast], AbstractContextManager[None]]:
    """Return a block that speaks for a district, in a transaction that ends with it."""

    @contextmanager
    def block(cast: Cast) -> Iterator[None]:
        with district_scope(cast.district.pk), transaction.atomic():
            yield

    return block
