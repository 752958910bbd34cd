"""Clients that keep one connection each and ask one thing after another."""

import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Ask = Callable[[int], bytes]
CHUNK = 65_536


@dataclass
class Sample:
    """What the clients saw: seconds for each answer, its status, and how long it all took."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, percent: int) -> float:
        """Milliseconds within which so many percent of the answers came."""
        if len(self.latencies) < 2:
            return 1000 * sum(self.latencies)
        return 1000 * statistics.quantiles(self.latencies, n=100)[percent - 1]


class Connection:
    """One kept-alive connection; it speaks just enough HTTP to be quick."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; return the status and the whole answer."""
        self.socket.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, body = answer.partition(b"\r\n\r\n")
        length = _length(head)
        while len(body) < length:
            more = self._more()
            body += more
        return int(head[9:12]), head + b"\r\n\r\n" + body

    def _more(self) -> bytes:
        chunk = self.socket.recv(CHUNK)
        if not chunk:
            raise ConnectionError("The server hung up.")
        return chunk


def run(port: int, asks: Sequence[Ask], *, seconds: float, warmup: float = 1.0) -> Sample:
    """Let one client for each of `asks` work side by side; the warm-up does not count."""
    sample = Sample(seconds=seconds)
    lock = threading.Lock()
    barrier = threading.Barrier(len(asks))

    def client(ask: Ask) -> None:
        connection = Connection(port)
        barrier.wait()
        _work(connection, ask, time.perf_counter() + warmup)
        times, statuses = _work(connection, ask, time.perf_counter() + seconds)
        with lock:
            sample.latencies += times
            sample.statuses += statuses

    threads = [threading.Thread(target=client, args=(ask,)) for ask in asks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sample


def _work(connection: Connection, ask: Ask, until: float) -> tuple[list[float], Counter[int]]:
    times: list[float] = []
    statuses: Counter[int] = Counter()
    number = 0
    while (began := time.perf_counter()) < until:
        status, _ = connection.ask(ask(number))
        times.append(time.perf_counter() - began)
        statuses[status] += 1
        number += 1
    return times, statuses


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
