"""How often an address, and the network it is in, may write to a district."""

from django.http import HttpRequest

from districts import pace
from districts.limits import Limit
from districts.pace import Pace, minutes, slow_down

__all__ = ["minutes", "seconds_until", "slow_down"]

TEN_MINUTES = 600
# A school's whole network may share one address on the evening of a meeting.
BY_ADDRESS = {"write": Limit(60, TEN_MINUTES), "passcode": Limit(10, TEN_MINUTES)}
BY_NETWORK = {"write": Limit(300, TEN_MINUTES), "passcode": Limit(60, TEN_MINUTES)}


def seconds_until(act: str, request: HttpRequest) -> int:
    """Count one act of whoever asks; return 0, or for how long they must wait."""
    return pace.seconds_until(act, request, Pace(BY_ADDRESS[act], BY_NETWORK[act]))
