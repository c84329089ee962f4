"""Measures a URL of this machine with a fixed number of connections for a fixed time."""

import http.client
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tools.steps import StepFailed

CONNECTIONS = 8
SECONDS = 2
ROUNDS = 3
LINE = 12_500_000  # bytes per second: 100 Mbit/s
PACED_DOWNLOADS = 4
CHUNK = 1 << 17
MOST_REQUESTS = 20_000  # of a connection of `measure_with_threads`
PERCENTILE = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)\s*$", re.MULTILINE)
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Rate:
    per_second: float
    median: float  # milliseconds
    slowest: float  # milliseconds; 99 of 100 requests were faster


def measure(url: str) -> Rate:
    if urlsplit(url).hostname != "127.0.0.1":
        raise ValueError(f"{url} is not on this machine.")
    return measure_with_wrk(url) if shutil.which("wrk") else measure_with_threads(url)


def measure_with_wrk(url: str) -> Rate:
    words = [
        "wrk",
        "--threads=1",
        f"--connections={CONNECTIONS}",
        f"--duration={SECONDS}s",
        "--timeout=20s",
        "--latency",
        url,
    ]
    answer = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS + 30, check=True).stdout
    if "Non-2xx" in answer or "Socket errors" in answer:
        raise StepFailed(f"{url} did not always answer as it should.", answer)
    found = {percent: float(number) * UNITS[unit] for percent, number, unit in re.findall(PERCENTILE, answer)}
    return Rate(float(re.findall(r"Requests/sec:\s+([\d.]+)", answer)[0]), found["50"], found["99"])


def measure_with_threads(url: str) -> Rate:
    """Measures without wrk, by threads of this process; too slow to show differences between fast servers."""
    times: list[float] = []
    until = time.monotonic() + SECONDS
    threads = [threading.Thread(target=ask_until, args=[url, until, times]) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not times:
        raise StepFailed(f"{url} did not answer.")
    ordered = sorted(times)
    return Rate(len(times) / SECONDS, ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100])


def measure_paced(url: str) -> Rate:
    """Measures downloads by clients with a bandwidth of LINE; each client loads the file a few times."""
    times: list[float] = []
    began = time.monotonic()
    threads = [threading.Thread(target=ask_paced, args=[url, times]) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) < CONNECTIONS * PACED_DOWNLOADS:
        raise StepFailed(f"{url} did not always answer as it should.")
    ordered = sorted(times)
    rate = len(times) / (time.monotonic() - began)
    return Rate(rate, ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100])


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


def ask_until(url: str, until: float, times: list[float]) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    for _ in range(MOST_REQUESTS):
        began = time.monotonic()
        if began > until:
            break
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise StepFailed(f"{url} answered {answer.status}.")
        times.append((time.monotonic() - began) * 1000)
    connection.close()


def interleaved(addresses: list[str], method: Callable[[str], Rate] = measure) -> list[list[Rate]]:
    """Measures each address once in each round, so that a slow moment of this machine affects all of them."""
    rounds = [[method(address) for address in addresses] for _ in range(ROUNDS)]
    return [list(rates) for rates in zip(*rounds, strict=True)]


def median_of_rounds(rates: list[Rate]) -> Rate:
    return sorted(rates, key=lambda rate: rate.per_second)[len(rates) // 2]
