"""What the API's description says of more than one address, whatever it is about."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from districts.problems import CONTENT_TYPE

Shown = serializers.Serializer[Any]
Word = serializers.CharField

ONCE = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description=(
        "1 to 160 printable characters that name this request, such as a UUID. Sent again with "
        "the same body it changes nothing and is answered as the first time; with another body "
        "it is refused (422)."
    ),
)
AGAIN = "Idempotent-Replayed"
SAID = {
    400: "The request is not JSON.",
    401: "There is no valid key of this district.",
    403: "The key's scopes do not include this.",
    404: "There is no such thing in this district.",
    409: "It cannot be done as things are now.",
    411: "The body comes in chunks, without a Content-Length.",
    413: "The request is larger than 1 MB.",
    415: "The request is not application/json.",
    422: "Something in the request cannot be used; `errors` names it.",
    429: "The key asks too often; Retry-After says when to come back.",
}


class ProblemError(Shown):
    """One thing that is wrong with what was sent."""

    field = Word(help_text="Its path, such as sender.email; empty for the whole.")
    detail = Word()


class Problem(Shown):
    """What went wrong (RFC 9457)."""

    type = Word()
    title = Word()
    status = serializers.IntegerField()
    detail = Word()
    code = Word(help_text="For programs: it does not change with the language.")
    errors = ProblemError(many=True, required=False)  # type: ignore[assignment]


def problems(*statuses: int, **said: str) -> dict[tuple[int, str], OpenApiResponse]:
    """Return what an address answers besides its success; ``said`` is more exact than ours.

    Its names are statuses: ``_404="There is no such wave."``.
    """
    exact = {int(name.lstrip("_")): words for name, words in said.items()}
    return {
        (status, CONTENT_TYPE): OpenApiResponse(Problem, description=(SAID | exact)[status])
        for status in (401, 403, 429, *statuses)
    }
