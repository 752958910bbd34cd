"""How often an address, and the network it is in, may do a thing in a district."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from districts.limits import Limit, seconds_to_wait
from districts.origin import client_address, network_of


@dataclass(frozen=True)
class Pace:
    """How often one address and one network may do something."""

    address: Limit
    network: Limit


def seconds_until(act: str, request: HttpRequest, pace: Pace) -> int:
    """Count one act of whoever asks; return 0, or for how long they must wait."""
    address = client_address(request)
    place = f"{act}:{vars(request)['district'].pk}"
    return seconds_to_wait(
        [
            (f"{place}:{address}" if address else "", pace.address),
            (f"{place}:{network_of(address)}" if address else "", pace.network),
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
