"""Downloads beside nginx with the same file, the archive of a meeting, and reading a PDF of 40 pages."""

import io
import os
import resource
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median

from reportlab.pdfgen import canvas

from bench import nginx
from bench.load import measure
from lernnetzwerk.reading.inside import Limits, pdf
from tools import portal
from tools.serve import EXAMPLE
from tools.steps import ROOT

ROUNDS = 3
MEGABYTES = 5
BARS = {"through this process": 0.5, "through X-Accel-Redirect": 0.9}
LARGE = """
from django.utils import timezone
from events.models import Attachment, Event
from lernnetzwerk.files.store import store_bytes
import os
event = Event.objects.published().order_by("-pk").get(slug="{slug}")
head = b"\\0\\0\\0\\x14ftypisom\\0\\0\\0\\0isom\\0\\0\\0\\x10moov" + bytes(8)
film = head + ({size} + 8).to_bytes(4, "big") + b"mdat"
public = {{"state": "published", "published_from": timezone.now(), "event": event, "kind": "slides"}}
for number in range({count}):
    file = store_bytes(film + os.urandom({size}), f"film-{{number}}.mp4")
    material = Attachment.objects.create(title=f"Film {{number}}", stored_file=file, **public)
    print(material.get_download_url())
"""


def compare(seeded: Path, python: Path) -> None:
    slug = EXAMPLE.strip("/").rpartition("/")[2]
    print(f"\n  {MEGABYTES} MB, 8 clients{'':<16}{'downloads/s':>12}{'of nginx':>10}{'bar':>6}")
    with portal.serving(seeded, python) as site:
        address = add(site, slug, 1, MEGABYTES * 1_000_000)
        content = read(f"{site.url}{address}")
        with nginx.serving({"film.mp4": content}) as mark:
            if mark is None:
                print("  SKIPPED: there is no nginx")
            else:
                row("through this process", f"{site.url}{address}", f"{mark}film.mp4")
                handed_over(seeded, python, slug, f"{mark}film.mp4")
        print_archive(site, slug)
    print_reading(python)


def add(site: portal.Portal, slug: str, count: int, size: int) -> str:
    return site.shell(LARGE.format(slug=slug, count=count, size=size)).strip().splitlines()[-1]


def read(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read()


def handed_over(seeded: Path, python: Path, slug: str, mark: str) -> None:
    with portal.serving(seeded, python, FILES_HANDOVER="nginx") as site:
        address = add(site, slug, 1, MEGABYTES * 1_000_000)
        with nginx.in_front_of(site.url, site.folder / "files") as front:
            row("through X-Accel-Redirect", f"{front}{address}", mark)


def row(name: str, address: str, mark: str) -> None:
    pairs = [(measure(address).per_second, measure(mark).per_second) for _ in range(ROUNDS)]
    ratio = median(own / other for own, other in pairs)
    missed = "" if ratio >= BARS[name] else "  missed"
    print(f"  {name:<30}{median(own for own, _ in pairs):>12.0f}{ratio:>10.3f}{BARS[name]:>6}{missed}", flush=True)


def print_archive(site: portal.Portal, slug: str) -> None:
    add(site, slug, 100, 1_000_000)
    before, began = peak(site), time.monotonic()
    with urllib.request.urlopen(f"{site.url}/{EXAMPLE}materialien.zip", timeout=120) as answer:
        size = len(answer.read(1))
        first = time.monotonic() - began
        size += sum(len(chunk) for chunk in iter(lambda: answer.read(1 << 20), b""))
    rate = size / 1_000_000 / (time.monotonic() - began)
    print(
        f"\n  ZIP of 100 files: {size / 1e6:.0f} MB, first byte after {first * 1000:.0f} ms, {rate:.0f} MB/s, ", end=""
    )
    print(f"server's peak {before} → {peak(site)} MB", flush=True)


def peak(site: portal.Portal) -> int:
    """The largest worker of the server so far, in MB; 0 where there is no /proc."""
    largest = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if f"PORT={site.env['PORT']}\0" in (status.parent / "environ").read_text(errors="replace"):
                lines = status.read_text().splitlines()
                largest = max(largest, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM")))
        except OSError:
            continue
    return largest // 1024


def print_reading(python: Path) -> None:
    """In a process of its own, so that its peak is its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [python, "-m", "bench.files"]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    print(f"  {done.stdout.strip() or done.stderr.strip()[-300:]}", flush=True)


def paper(pages: int) -> bytes:
    stream = io.BytesIO()
    sheet = canvas.Canvas(stream)
    for number in range(1, pages + 1):
        for line in range(40):
            sheet.drawString(50, 800 - 18 * line, f"Seite {number}, Zeile {line}: " + "Präventionsketten knüpfen. " * 3)
        sheet.showPage()
    sheet.save()
    return stream.getvalue()


def main() -> None:
    document = io.BytesIO(paper(40))
    began = time.monotonic()
    found = pdf.read(document, "pdf", Limits())
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"PDF of {len(found.pages)} pages: {time.monotonic() - began:.1f} s, peak {largest} MB, "
        f"{len(found.pictures)} pictures"
    )


if __name__ == "__main__":
    sys.exit(main())
