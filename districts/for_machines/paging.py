"""Pages of a list, most of them newest first, by a cursor that says where the next one begins."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from districts.for_machines.fields import Strict

PAGE, LARGEST_PAGE = 50, 200
LARGEST = 2**63 - 1
_M = TypeVar("_M", bound=Model)


class PageQuery(Strict):
    """Which page of a list, and how long it is."""

    cursor = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST, help_text="From `next` of the page before."
    )
    limit = serializers.IntegerField(
        default=PAGE, min_value=1, max_value=LARGEST_PAGE, help_text="How many at most."
    )


def asked_for(query: type[PageQuery], request: Request) -> dict[str, Any]:
    """Return what an address asks for, or raise with a sentence for each parameter."""
    given = {name: value for name, value in request.query_params.items() if name != "lang"}
    serializer = query(data=given)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def page(
    rows: QuerySet[_M], asked: dict[str, Any], *, by: str, request: Request, rising: bool = False
) -> tuple[list[_M], str | None]:
    """Return one page, the highest value of ``by`` first, and the address of the next or None.

    ``rising`` lists begin with the lowest.
    """
    if "cursor" in asked:
        rows = rows.filter(**{f"{by}__{'gt' if rising else 'lt'}": asked["cursor"]})
    found = list(rows.order_by(by if rising else f"-{by}")[: asked["limit"] + 1])
    shown = found[: asked["limit"]]
    more = len(found) > len(shown)
    return shown, _address(request, getattr(shown[-1], by)) if more else None


def _address(request: Request, value: int) -> str:
    """Return the address of the request with another cursor."""
    params = request.query_params.copy()
    params["cursor"] = str(value)
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")
