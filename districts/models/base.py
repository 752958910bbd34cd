"""What every table of a district has: the district, the scoped manager, the composite keys."""

from typing import Any, Self, TypeVar

from django.db import connection, models

from districts.scope import ALL, OutOfScopeError, current_scope

_M = TypeVar("_M", bound=models.Model, covariant=True)
_ST = TypeVar("_ST")
_GT = TypeVar("_GT")


class ScopedManager(models.Manager[_M]):
    """Answers for the district in scope only, and raises where there is none."""

    def get_queryset(self) -> models.QuerySet[_M]:
        scope = current_scope()
        if scope is None:
            raise OutOfScopeError(f"{self.model.__name__} was queried outside a district scope.")
        if not connection.in_atomic_block:
            raise OutOfScopeError(f"{self.model.__name__} was queried outside a transaction.")
        queryset = super().get_queryset()
        return queryset if scope == ALL else queryset.filter(district_id=scope)


class DistrictForeignKey(models.ForeignKey[_ST, _GT]):
    """A reference inside one district: `ProtectTables` adds the key `(district_id, parent_id)`.

    The database refuses a child under another district's parent; Django's own single-column
    constraint and index would only repeat that, so they are left out.
    """

    def __init__(self, to: Any, on_delete: Any, *, indexed: bool = True, **kwargs: Any) -> None:
        self.indexed = indexed
        kwargs["db_constraint"] = False
        kwargs["db_index"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        kwargs.pop("db_index", None)
        if not self.indexed:
            kwargs["indexed"] = False
        return name, path, args, kwargs


class DistrictOwned(models.Model):
    """A row that belongs to one district and is invisible to every other."""

    district = models.ForeignKey(
        "districts.District",
        on_delete=models.PROTECT,
        editable=False,
        db_index=False,
        related_name="+",
    )

    objects = ScopedManager[Self]()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give a new row the district in scope; a stored one brings its own."""
        super().__init__(*args, **kwargs)
        if self.__dict__.get("district_id", 0) is None:
            scope = current_scope()
            if isinstance(scope, int):
                self.district_id = scope
