"""How often an address, and the network it is in, may write to a district."""

from django.http import HttpRequest, HttpResponse

from districts.limits import Limit, seconds_to_wait
from districts.origin import client_address, network_of

TEN_MINUTES = 600
# A school's whole network may share one address on the evening of a meeting.
BY_ADDRESS = {"write": Limit(60, TEN_MINUTES), "passcode": Limit(10, TEN_MINUTES)}
BY_NETWORK = {"write": Limit(300, TEN_MINUTES), "passcode": Limit(60, TEN_MINUTES)}


def seconds_until(act: str, request: HttpRequest) -> int:
    """Count one act of whoever asks; return 0, or for how long they must wait."""
    address = client_address(request)
    place = f"{act}:{vars(request)['district'].pk}"
    return seconds_to_wait(
        [
            (f"{place}:{address}" if address else "", BY_ADDRESS[act]),
            (f"{place}:{network_of(address)}" if address else "", BY_NETWORK[act]),
        ]
    )


def minutes(seconds: int) -> int:
    """Return a wait in whole minutes, as a sentence says it."""
    return -(-seconds // 60)


def slow_down(response: HttpResponse, seconds: int) -> HttpResponse:
    """Make a page the answer to somebody who is too fast."""
    response.status_code = 429
    response.headers["Retry-After"] = str(seconds)
    return response
