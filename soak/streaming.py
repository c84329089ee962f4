"""Downloads and uploads a large file; the server's memory must not grow with the size of the file."""

import hashlib
import http.client
import random
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path

from soak.server import Server, prepared
from soak.visitor import CHUNK, Visitor
from tools import memory
from tools.steps import StepFailed

MEGABYTE = 1_000_000
MEGABYTES = 500
MOST_GROWTH = 40 * MEGABYTE


def run(python: Path, factor: float) -> str:
    megabytes = max(10, round(MEGABYTES * factor))
    with prepared(python, FILES_MAX_MEGABYTES=str(megabytes + 100)) as server, tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        write_film(film, megabytes)
        download = server.call_shell(f"make_download({str(film)!r})")
        link = server.call_shell(f"make_links(1, {megabytes + 100})")["links"][0]
        with server.running():
            visitor = Visitor(server.url)
            visitor.get(link)
            down = growth(server, lambda: load(server, download))
            film.open("ab").write(b"\0\0\0\x08free")  # makes it differ from the downloaded file
            up = growth(server, lambda: send(visitor, link, film))
        server.site.manage("check_consistency")
    return f"{megabytes} MB down: {down}; up: {up}"


def write_film(path: Path, megabytes: int) -> None:
    """Writes an MP4 with random data of this size."""

    def box(name: bytes, size: int) -> bytes:
        return struct.pack(">I", 8 + size) + name

    noise = random.Random(1).randbytes(MEGABYTE)  # noqa: S311
    with path.open("wb") as file:
        file.write(box(b"ftyp", 16) + b"isom\0\0\0\0isommp42")
        file.write(box(b"moov", 108) + box(b"mvhd", 100) + bytes(100) + box(b"mdat", megabytes * MEGABYTE))
        for _ in range(megabytes):
            file.write(noise)


def growth(server: Server, work: Callable[[], None]) -> str:
    """Returns the worker's memory before `work` and at its peak; raises StepFailed if it grows too much."""
    worker = server.worker
    before = memory.resident(worker) if worker else None
    if worker is None or before is None:
        work()
        return "memory unknown on this system"
    memory.forget_peak(worker)
    work()
    most = memory.peak(worker)
    if most is None or most - before > MOST_GROWTH:
        raise StepFailed(f"The server's memory went from {before} to {most} bytes.")
    return f"{before / MEGABYTE:.0f} to {most / MEGABYTE:.0f} MB held"


def load(server: Server, download: dict[str, str]) -> None:
    """Downloads the file; raises StepFailed if status or SHA-256 are wrong."""
    digest = hashlib.sha256()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", download["path"])
    answer = connection.getresponse()
    while chunk := answer.read(CHUNK):
        digest.update(chunk)
    connection.close()
    if answer.status != 200 or digest.hexdigest() != download["sha256"]:
        raise StepFailed(f"The download answered {answer.status}, and its content is not what was stored.")


def send(visitor: Visitor, link: str, film: Path) -> None:
    answer = visitor.upload(link, "film.mp4", film)
    if answer.status != 302:
        raise StepFailed(f"The upload answered {answer.status}.", answer.body)
