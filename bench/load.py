"""Loads a URL of this machine with a fixed number of connections, from one thread that does as little as possible."""

import http.client
import selectors
import socket
import statistics
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tools.steps import StepFailed

CONNECTIONS = 8
SECONDS = 0.3
ROUNDS = 6
LINE = 12_500_000  # bytes per second: 100 Mbit/s
PACED_DOWNLOADS = 2
CHUNK = 1 << 17
LONGEST_SILENCE = 20.0  # seconds


@dataclass(frozen=True)
class Target:
    """What is asked: an address, and the processes that answer, whose processor time is counted."""

    url: str
    processes: Collection[int] = ()
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    @property
    def request(self) -> bytes:
        parts = urlsplit(self.url)
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        lines = [f"{self.method} {path} HTTP/1.1", f"Host: {parts.netloc}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode()


@dataclass(frozen=True)
class Rate:
    per_second: float
    median: float  # milliseconds
    slowest: float  # milliseconds; 99 of 100 requests were faster
    cost: float = 0.0  # milliseconds of processor time of the answering processes, for each request

    def of(self, other: "Rate") -> float:
        return self.per_second / other.per_second

    def cost_of(self, other: "Rate") -> float:
        """The processor time of one request of `other`, divided by that of one of these."""
        return other.cost / self.cost if self.cost else 0.0


class Client:
    """One connection that sends the same request again as soon as the response is complete."""

    def __init__(self, target: Target, buffer: bytearray) -> None:
        parts = urlsplit(target.url)
        if parts.hostname != "127.0.0.1":
            raise ValueError(f"{target.url} is not on this machine.")
        self.target, self.buffer, self.request = target, buffer, target.request
        self.socket = socket.create_connection((parts.hostname, parts.port or 80))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.times: list[float] = []
        self.ask()

    def ask(self) -> None:
        self.began, self.head, self.left = time.perf_counter(), b"", -1
        self.socket.sendall(self.request)

    def on_readable(self) -> None:
        if self.left < 0:
            self._receive_head()
        else:  # the body is dropped by the system, so that the client costs as little as possible
            self.left -= self._some(self.socket.recv_into(self.buffer, len(self.buffer), socket.MSG_TRUNC))
        if self.left == 0:
            self.times.append(time.perf_counter() - self.began)
            self.ask()

    def _receive_head(self) -> None:
        self.head += self.buffer[: self._some(self.socket.recv_into(self.buffer, CHUNK))]
        head, found, body = self.head.partition(b"\r\n\r\n")
        if found:
            self.left = self._length(head) - len(body)

    def _length(self, head: bytes) -> int:
        status, *lines = head.split(b"\r\n")
        if int(status.split(b" ", 2)[1]) != self.target.status:
            raise StepFailed(f"{self.target.url} answered {status.decode('latin-1')}.")
        if self.target.method == "HEAD" or self.target.status == 304:
            return 0
        sizes = [int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")]
        if not sizes:
            raise StepFailed(f"{self.target.url} does not say its length.")
        return sizes[0]

    def _some(self, count: int) -> int:
        if not count:
            raise StepFailed(f"{self.target.url} closed the connection.")
        return count


def measure(target: Target, seconds: float = SECONDS) -> Rate:
    """Full speed for `seconds`; the clients of this process cost processor time too, the same for each target."""
    buffer = bytearray(1 << 20)
    before, began = processor_seconds(target.processes), time.perf_counter()
    clients = [Client(target, buffer) for _ in range(CONNECTIONS)]
    try:
        _serve(clients, began + seconds)
        took = time.perf_counter() - began
        spent = processor_seconds(target.processes) - before
    finally:
        for client in clients:
            client.socket.close()
    return _rate([each * 1000 for client in clients for each in client.times], took, spent)


def _serve(clients: Collection[Client], until: float) -> None:
    with selectors.DefaultSelector() as selector:
        for client in clients:
            selector.register(client.socket, selectors.EVENT_READ, client.on_readable)
        while time.perf_counter() < until:
            events = selector.select(LONGEST_SILENCE)
            if not events:
                raise StepFailed(f"{next(iter(clients)).target.url} did not answer.")
            for key, _mask in events:
                key.data()


def _rate(times: list[float], seconds: float, processor: float = 0.0) -> Rate:
    ordered = sorted(times)
    if not ordered:
        raise StepFailed("Not a single request was answered.")
    cost = processor * 1000 / len(ordered)
    return Rate(len(ordered) / seconds, statistics.median(ordered), ordered[len(ordered) * 99 // 100], cost)


def processor_seconds(processes: Collection[int]) -> float:
    """User and system time of living processes, by their clocks (clock_getcpuclockid(3))."""
    return sum(time.clock_gettime((~process << 3) | 2) for process in processes)


def measure_paced(target: Target) -> Rate:
    """Measures downloads by clients with a bandwidth of LINE; each client loads the file a few times."""
    times: list[float] = []
    began = time.monotonic()
    before = processor_seconds(target.processes)
    threads = [threading.Thread(target=ask_paced, args=[target.url, times]) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) < CONNECTIONS * PACED_DOWNLOADS:
        raise StepFailed(f"{target.url} did not always answer as it should.")
    return _rate(times, time.monotonic() - began, processor_seconds(target.processes) - before)


def ask_paced(url: str, times: list[float]) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    for _ in range(PACED_DOWNLOADS):
        began, size = time.monotonic(), 0
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        while chunk := answer.read(CHUNK):
            size += len(chunk)
            time.sleep(max(0.0, began + size / LINE - time.monotonic()))
        if answer.status == 200 and size == int(answer.headers["Content-Length"]):
            times.append((time.monotonic() - began) * 1000)
    connection.close()


def interleaved(targets: list[Target], method: Callable[[Target], Rate] = measure) -> list[Rate]:
    """Measures each target once in each round and returns the best figures of each: other work only slows it down."""
    rounds = [[method(target) for target in targets] for _ in range(ROUNDS)]
    return [best(rates) for rates in zip(*rounds, strict=True)]


def best(rates: Collection[Rate]) -> Rate:
    return Rate(
        max(rate.per_second for rate in rates),
        min(rate.median for rate in rates),
        min(rate.slowest for rate in rates),
        min(rate.cost for rate in rates),
    )
