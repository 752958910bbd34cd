"""What the API's description says of more than one address."""

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from districts.problems import CONTENT_TYPE
from inbox.api.showing import Problem

TAG = "Conversations"
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


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """Return what an address answers besides its success."""
    said = {
        400: "The request is not JSON.",
        401: "There is no valid key of this district.",
        403: "The key's scopes do not include this.",
        404: "There is no such conversation in this district.",
        409: "The family wrote a newer message than `seen`.",
        411: "The body comes in chunks, without a Content-Length.",
        413: "The request is larger than 1 MB.",
        415: "The request is not application/json.",
        422: "Something in the request cannot be used; `errors` names it.",
        429: "The key asks too often; Retry-After says when to come back.",
    }
    return {
        (status, CONTENT_TYPE): OpenApiResponse(Problem, description=said[status])
        for status in (401, 403, 429, *statuses)
    }
