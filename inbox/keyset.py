"""Pages of a list by the last row seen, so that what arrives meanwhile moves no page."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F, OrderBy, Q

from inbox.models import Conversation
from inbox.models.conversation import ConversationQuerySet

PAGE = 50
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = (datetime.max.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Order:
    """By a moment and, within it, by id; rows without the moment come last."""

    field: str
    newest_first: bool = False
    may_be_null: bool = False

    @property
    def columns(self) -> list[OrderBy | str]:
        """Return the order as the index has it."""
        if self.newest_first:
            return [f"-{self.field}", "-id"]
        return [F(self.field).asc(nulls_last=self.may_be_null or None), "id"]


DUE_NEXT = Order("due_at", may_be_null=True)
WAKES_NEXT = Order("snoozed_until")
NEWEST = Order("last_message_at", newest_first=True)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page: its moment, None where it has none, and its id."""

    moment: datetime | None
    pk: int

    def __str__(self) -> str:
        moment = "" if self.moment is None else (self.moment - EPOCH) // MICROSECOND
        return f"{moment}-{self.pk}"


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list, and the cursor of the page after them, empty at the end."""

    rows: list[Conversation]
    after: str


def read_cursor(text: str) -> Cursor | None:
    """Return the cursor that a page's address carries, or None where it is none of ours."""
    moment, _, pk = text.partition("-")
    digits = (moment or "0") + pk
    if not pk or not digits.isascii() or not digits.isdigit() or len(text) > 40:
        return None
    if int(pk) >= 2**63 or int(moment or 0) > LATEST:
        return None
    return Cursor(EPOCH + int(moment) * MICROSECOND if moment else None, int(pk))


def page_of(found: ConversationQuerySet, order: Order, after: Cursor | None) -> Page:
    """Return the page after a cursor; the first one without."""
    if after is None:
        return page_from(list(first_of(found, order)), order)
    ordered = found.order_by(*order.columns)
    without = Q(**{f"{order.field}__isnull": True})
    if after.moment is None:
        rows = list(
            ordered.filter(**{f"{order.field}__isnull": True, "pk__gt": after.pk})[: PAGE + 1]
        )
    else:
        rows = list(ordered.filter(*_past(order, after))[: PAGE + 1])
        if order.may_be_null and len(rows) <= PAGE:
            # A second query, since one with OR would walk the index from its start.
            rows += ordered.filter(without)[: PAGE + 1 - len(rows)]
    return page_from(rows, order)


def first_of(found: ConversationQuerySet, order: Order) -> ConversationQuerySet:
    """Return the rows of the first page, and one more, which says that there is a second."""
    return found.order_by(*order.columns)[: PAGE + 1]


def page_from(rows: list[Conversation], order: Order) -> Page:
    """Return the page that so many rows make, and where the next one begins."""
    shown = rows[:PAGE]
    return Page(shown, str(_cursor(order, shown[-1])) if len(rows) > PAGE else "")


def _past(order: Order, after: Cursor) -> list[Q]:
    """Return the conditions of what comes after a row: a range of the index, without the row."""
    way, pk = ("lte", "gte") if order.newest_first else ("gte", "lte")
    seen = Q(**{order.field: after.moment, f"pk__{pk}": after.pk})
    return [Q(**{f"{order.field}__{way}": after.moment}), ~seen]


def _cursor(order: Order, row: Conversation) -> Cursor:
    return Cursor(getattr(row, order.field), row.pk)
