"""Measures attachments: a large download compared with nginx, a ZIP of a hundred files, the reading of a document."""

import http.client
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench import nginx
from bench.load import CONNECTIONS, ROUNDS, Rate, interleaved, measure, measure_paced, median_of_rounds
from tools import memory, portal
from tools.steps import StepFailed

MEGABYTE = 1_000_000
DOWNLOAD = 5 * MEGABYTE
FILES, FILE = 100, 500_000
PAGES = 40
CHUNK = 1 << 18
HEAD = f"{'':<34}{'bytes':>9}{'requests/s':>12}{'median ms':>11}{'MB/s':>9}{'of nginx':>14}{'bar':>7}"


@dataclass(frozen=True)
class Served:
    """A running portal, the pid file of its first process, and the download that is measured."""

    site: portal.Portal
    master: Path
    download: dict[str, Any]

    @property
    def files(self) -> Path:
        return self.site.folder / "files"

    def worker(self) -> int | None:
        return next(iter(memory.workers(int(self.master.read_text()))), None)


def compare(seeded: Path, python: Path) -> None:
    print(f"\n  a download of {DOWNLOAD // MEGABYTE} MB with {CONNECTIONS} clients\n\n{HEAD}")
    with filled(seeded, python) as served:
        compare_download("by our process", served, served.site.url, 0.5)
    with filled(seeded, python, FILES_HANDOVER="nginx") as served:
        compare_handover(served)
    with filled(seeded, python) as served:
        zip_export = make(served.site, f"make_zip_content({FILES}, {FILE})")
        print_zip(f"{served.site.url}{zip_export['path']}", served.worker())
        print_document(served.site)


@contextmanager
def filled(seeded: Path, python: Path, **variables: str) -> Iterator[Served]:
    with tempfile.TemporaryDirectory() as folder:
        master = Path(folder) / "pid"
        with portal.serving(seeded, python, GUNICORN_CMD_ARGS=f"--pid {master}", **variables) as site:
            download = make(site, f"make_download({DOWNLOAD})")
            yield Served(site, master, download)


def make(site: portal.Portal, call: str, module: str = "content") -> dict[str, Any]:
    """Runs a function of bench.content, or of another module, in the portal and returns the JSON it prints last."""
    return json.loads(site.shell(f"from bench import {module}; {module}.{call}").strip().splitlines()[-1])


def compare_handover(served: Served) -> None:
    with nginx.in_front_of(served.site.url, served.files) as front:
        if front:
            compare_download("by X-Accel-Redirect", served, front, 0.9)
        else:
            print("  by X-Accel-Redirect: not measured, there is no nginx")


def compare_download(name: str, served: Served, site: str, bar: float) -> None:
    """Measures the download and, in the same rounds, nginx with a copy of the file; prints the ratio and `bar`."""
    content = (served.files / str(served.download["key"])).read_bytes()
    with nginx.serving({"file": content}) as reference:
        addresses = [f"{site}{served.download['path']}", *([f"{reference}file"] if reference else [])]
        for way, clients in ((measure, ""), (measure_paced, ", 100 Mbit/s")):
            rates = [median_of_rounds(rounds) for rounds in interleaved(addresses, way)]
            print_download(f"{name}{clients}", len(content), rates, bar)


def print_download(name: str, size: int, rates: list[Rate], bar: float) -> None:
    own = rates[0]
    figures = f"{size:>9}{own.per_second:>12.0f}{own.median:>11.1f}{own.per_second * size / MEGABYTE:>9.0f}"
    verdict = "-"
    if len(rates) > 1:
        ratio = own.per_second / rates[1].per_second
        verdict = f"{ratio:.2f}, {'met' if ratio >= bar else 'MISSED'}"
    print(f"  {name:<32}{figures}{verdict:>14}{bar:>7}", flush=True)


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
