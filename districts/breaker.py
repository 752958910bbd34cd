"""A circuit breaker: after a failure, leave a service that is away alone for some seconds."""

from time import monotonic


class Breaker:
    """Closed while the service answers; one caller tries again when the pause is over."""

    def __init__(self, pause_seconds: float) -> None:
        self.pause_seconds = pause_seconds
        self._closed_from = 0.0
        self._tried = False

    def allows(self) -> bool:
        """Say whether to try; whoever tries first after a pause keeps the others waiting.

        A try that nobody reported as failed for as long as a pause has succeeded.
        """
        now = monotonic()
        if now < self._closed_from:
            return False
        if self._tried:
            self.succeeded()
        elif self._closed_from:
            self._closed_from, self._tried = now + self.pause_seconds, True
        return True

    def failed(self) -> None:
        """Leave the service alone for a while."""
        self._closed_from, self._tried = monotonic() + self.pause_seconds, False

    def succeeded(self) -> None:
        """Let everyone through again."""
        self._closed_from, self._tried = 0.0, False
