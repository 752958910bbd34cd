"""The sweeps across districts: waves open, go on and close, and answers enter the figures."""

from datetime import datetime

from districts.sweeping import districts_with, take_turns
from surveys import carrying, closing, counting, mixing, waving
from surveys.models import Response, SealedResponse, Wave


def sweep_waves(*, at: datetime) -> None:
    """Open, carry on and close what is due in every district."""
    opening = districts_with("find waves to open", lambda: Wave.objects.to_open(at))
    take_turns(opening, lambda: waving.open_due(at=at))
    sending = districts_with("find waves with something to send", lambda: Wave.objects.to_send(at))
    take_turns(sending, lambda: carrying.take_due(at=at))
    ending = districts_with("find waves to close", lambda: Wave.objects.to_close(at))
    take_turns(ending, lambda: closing.close_due(at=at))


def sweep_answers(*, at: datetime) -> None:
    """Open and count the answers of every district that have become enough to hide in."""
    sealed = districts_with("find sealed answers to open", lambda: SealedResponse.objects.all())
    take_turns(sealed, mixing.mix_waiting)
    finished = districts_with("find answers to count", lambda: Response.objects.uncounted())
    take_turns(finished, lambda: counting.count_waiting(at=at))
