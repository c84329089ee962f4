"""Measures attachments: a ZIP of a hundred files, and the reading of a document."""

import http.client
import time
from pathlib import Path
from urllib.parse import urlsplit

from bench.portals import make, served
from tools import memory, portal
from tools.steps import StepFailed

MEGABYTE = 1_000_000
ROUNDS = 3
FILES, FILE = 100, 500_000
PAGES = 40
CHUNK = 1 << 18


def compare(seeded: Path, python: Path, _share: float = 1) -> None:
    with served(seeded, python, TASKS="immediate") as one:
        zip_export = one.make(f"make_zip_content({FILES}, {FILE})")
        print_zip(f"{one.site.url}{zip_export['path']}", one.worker())
        print_document(one.site)


def print_zip(address: str, worker: int | None) -> None:
    """Downloads the ZIP three times in a row and prints the median time and the peak memory of the server."""
    before = memory.resident(worker) if worker else None
    if worker:
        memory.forget_peak(worker)
    times = sorted(read_through(address) for _ in range(ROUNDS))
    first, size, seconds = times[len(times) // 2]
    peak = memory.peak(worker) if worker else None
    print(f"\n  ZIP of {FILES} files, {size / MEGABYTE:.0f} MB")
    print(f"    first byte after {first * 1000:.0f} ms, then {size / MEGABYTE / seconds:.0f} MB/s")
    print(f"    server's memory: {in_megabytes(before)} before, {in_megabytes(peak)} at most")


def read_through(address: str) -> tuple[float, int, float]:
    """Returns seconds to the first byte of the body, its size in bytes, and seconds in total."""
    parts, size = urlsplit(address), 1
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    began = time.perf_counter()
    connection.request("GET", parts.path)
    answer = connection.getresponse()
    if answer.status != 200 or not answer.read(1):
        raise StepFailed(f"{address} answered {answer.status}.")
    first = time.perf_counter() - began
    while chunk := answer.read(CHUNK):
        size += len(chunk)
    connection.close()
    return first, size, time.perf_counter() - began


def print_document(site: portal.Portal) -> None:
    kept = make(site, f"make_document({PAGES})")
    read = make(site, f"read_document('{kept['file']}')")
    print(f"\n  PDF of {read['pages']} pages, {kept['size'] / 1000:.0f} kB: {read['state']}")
    print(f"    checked and stored in {kept['seconds']:.1f} s, read and pictured in {read['seconds']:.1f} s")
    print(f"    memory of the process that reads: {in_megabytes(read['peak'])} at most")


def in_megabytes(size: int | None) -> str:
    return "unknown" if size is None else f"{size / MEGABYTE:.0f} MB"
