"""What the API's description says of more than one address of conversations."""

from drf_spectacular.utils import OpenApiResponse

from districts.for_machines import words

TAG = "Conversations"


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """Return what an address answers besides its success."""
    return words.problems(
        *statuses,
        _404="There is no such conversation in this district.",
        _409="The family wrote a newer message than `seen`.",
    )
