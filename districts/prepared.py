"""Questions of one shape: the ORM writes their SQL once in a process, values are filled in later.

Writing a page's SQL takes longer than the database takes to answer it, and it is the same at every
request but for a few numbers and the time. A function that builds a queryset is decorated with the
types of what changes; it is called once with marks in their place, and what it wrote is kept:

    @prepared(user=int)
    def _member(*, user: int) -> QuerySet[Membership]:
        return Membership.objects.active().whole().filter(user=user)

    _member(user=7)  # a list of members, with the SQL of the first call

What is given by position is part of the shape: each other value is written anew. A member's shape
is what they may see (``Membership.sight``). ``_member.plain(...)`` builds the queryset as it is.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from districts.scope import OutOfScopeError, current_district_id

_R = TypeVar("_R")
MOST_SHAPES = 512
# No row has these: ids are far from it, and nobody asked anything then.
FIRST_NUMBER = 1_987_654_000
MOMENT = datetime(1887, 6, 5, 4, 3, 2, 123_457, tzinfo=UTC)
# A condition may look so far around the moment that it is given.
AROUND = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with marks among its values."""

    sql: str
    values: tuple[Any, ...]
    marks: dict[int, str]

    def filled(self, given: dict[str, Any]) -> tuple[Any, ...]:
        """Return the values with what was given in place of the marks."""
        return tuple(self._fill(value, given) for value in self.values)

    def _fill(self, value: Any, given: dict[str, Any]) -> Any:
        if isinstance(value, datetime) and abs(value - MOMENT) < AROUND:
            return given["at"] + (value - MOMENT)
        if isinstance(value, int) and value in self.marks:
            return type(value)(given[self.marks[value]])
        return value


@dataclass(frozen=True)
class Plan(Generic[_R]):
    """A queryset, how its rows are read, and its statement; without one it has no rows."""

    queryset: Any
    compiler: Any
    statement: Statement | None

    @cached_property
    def converters(self) -> dict[int, Any]:
        """Return what turns columns into values: worked out anew at every question otherwise."""
        columns = [column[0] for column in self.compiler.select]
        found: dict[int, Any] = self.compiler.get_converters(columns)
        return found

    def read(self, given: dict[str, Any]) -> list[_R]:
        """Ask the database, and return the rows as the queryset makes them."""
        if self.statement is None:
            return []
        answer = (self.statement.sql, self.statement.filled(given))
        compiler = copy.copy(self.compiler)
        vars(compiler).update(
            connection=connection,
            as_sql=lambda *_args, **_kwargs: answer,
            get_converters=lambda _columns: self.converters,
        )
        found = self.queryset.all()
        vars(found.query)["get_compiler"] = lambda *_args, **_kwargs: compiler
        return list(found)


class Prepared(Generic[_R]):
    """A question that is asked again and again; called, it returns the rows."""

    def __init__(self, plain: Callable[..., QuerySet[Any, _R]], types: dict[str, type]) -> None:
        self.plain = plain
        self.types = types
        self.plans = Shapes(self._plan)

    def __call__(self, *shape: Any, **given: Any) -> list[_R]:
        plan: Plan[_R] = self.plans.of(shape)
        return plan.read(checked(given, self.types))

    def _plan(self, *shape: Any) -> Plan[_R]:
        given, marks = marked(self.types)
        queryset = self.plain(*shape, **given)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            return Plan(queryset, compiler, None)
        return Plan(queryset, compiler, Statement(sql, tuple(values), marks))


class Written:
    """Words of SQL that are asked again and again; called, it returns them with their values."""

    def __init__(self, plain: Callable[..., tuple[str, Any]], types: dict[str, type]) -> None:
        self.plain = plain
        self.types = types
        self.statements = Shapes(self._statement)

    def __call__(self, *shape: Any, **given: Any) -> tuple[str, tuple[Any, ...]]:
        statement: Statement = self.statements.of(shape)
        return statement.sql, statement.filled(checked(given, self.types))

    def _statement(self, *shape: Any) -> Statement:
        given, marks = marked(self.types)
        sql, values = self.plain(*shape, **given)
        return Statement(sql, tuple(values), marks)


class Shapes:
    """What was written for each district and shape; the latest are kept."""

    def __init__(self, write: Callable[..., Any]) -> None:
        self._kept = lru_cache(maxsize=MOST_SHAPES)(lambda shape: write(*shape.parts))

    def kept(self) -> int:
        """Return how many are kept."""
        return self._kept.cache_info().currsize

    def of(self, parts: tuple[Any, ...]) -> Any:
        """Return what a shape was written as, in the district in scope.

        Raises OutOfScopeError outside a district's scope or a transaction, as every manager does.
        """
        if not connection.in_atomic_block:
            raise OutOfScopeError("A prepared question was asked outside a transaction.")
        known = tuple(getattr(part, "sight", part) for part in parts)
        return self._kept(Shape((current_district_id(), *known), parts))


class Shape:
    """Parts that are told apart by a key, which they may be too rich to be themselves."""

    def __init__(self, key: tuple[Any, ...], parts: tuple[Any, ...]) -> None:
        self.key = key
        self.parts = parts

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and self.key == other.key


def prepared(
    **types: type,
) -> Callable[[Callable[..., QuerySet[Any, _R]]], Prepared[_R]]:
    """Make a question of a function that builds a queryset; ``types`` are of what changes.

    They are ``int``, and ``datetime`` under the name ``at``; nothing that changes may be None.
    """
    return lambda plain: Prepared(plain, types)


def written(**types: type) -> Callable[[Callable[..., tuple[str, Any]]], Written]:
    """Make one of a function that builds SQL and its values, as `prepared` does of a queryset."""
    return lambda plain: Written(plain, types)


def marked(types: dict[str, type]) -> tuple[dict[str, Any], dict[int, str]]:
    """Return a mark for each of what changes, and the names of the numbers among them."""
    marks = {FIRST_NUMBER + place: name for place, name in enumerate(types)}
    given = {name: MOMENT if types[name] is datetime else mark for mark, name in marks.items()}
    return given, marks


def checked(given: dict[str, Any], types: dict[str, type]) -> dict[str, Any]:
    """Return what was given, if it is what the question asks for. Raises TypeError."""
    if given.keys() != types.keys():
        raise TypeError(f"This question takes {', '.join(types)}, not {', '.join(given)}.")
    for name, kind in types.items():
        if not isinstance(given[name], kind):
            raise TypeError(f"{name} is to be {kind.__name__}, not {given[name]!r}.")
    return given
