"""`make pageweight`: measures the weight of each kind of page and its largest contentful paint on a slow phone."""

import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, ViewportSize

from tools import readme
from tools.steps import command
from tools.visits import (
    COMING,
    DESKTOP,
    PHONE,
    SETTLED,
    VISITOR,
    Visit,
    chromium_browser,
    demo_portal,
    later_visit,
    page_kinds,
    sitemap,
    slow_down,
    visit,
    watched,
)

ROUNDS = 3
FIRST, LATER, PAINT = 90_000, 37_000, 800
PICTURED, COVERS = ("attachments", "attachment"), 40_000  # bytes allowed in addition for these kinds
SMALL: ViewportSize = {"width": 360, "height": 740}
SCREENS = {COMING: 8, "municipalities": 5, "practice": 6}  # most heights of a small phone
SENTENCE = "Ein Satz, der lang genug ist, dass er auf einem Telefon umbricht. "
BARE = f"""<!doctype html><html lang="de"><meta name="viewport" content="width=device-width"><title>Blank</title>
<h1>Blank</h1><p>{SENTENCE * 20}</p></html>"""


@dataclass(frozen=True)
class Row:
    kind: str
    first: int
    requests: int
    later: int
    shift: float
    paint: float
    screens: float

    def cells(self, bare: float) -> list[str]:
        return [
            self.kind,
            f"{self.first / 1000:.0f}",
            str(self.requests),
            f"{self.later / 1000:.0f}",
            f"{self.shift:.3f}".rstrip("0").rstrip("."),
            f"{self.paint / 1000:.2f}",
            f"{self.paint / bare:.1f}",
            f"{self.screens:.1f}",
        ]

    def misses(self) -> list[str]:
        more = COVERS if self.kind in PICTURED else 0
        bars = {
            f"first load {self.first} bytes": self.first > FIRST + more,
            f"later load {self.later} bytes": self.later > LATER + more,
            f"layout shift {self.shift:.4f}": self.shift > 0,
            f"largest paint after {self.paint:.0f} ms": self.paint > PAINT,
            f"{self.screens:.1f} screens of a phone": self.screens > SCREENS.get(self.kind, self.screens),
        }
        return [f"{self.kind}: {what}" for what, is_over in bars.items() if is_over]


HEAD = ["page", "first kB", "requests", "later kB", "CLS", "LCP s", "of bare", "screens"]


def main() -> int:
    with demo_portal() as site, chromium_browser() as browser, bare_page() as bare:
        kinds = page_kinds(site.url, sitemap(site.url))
        paints = interleaved(browser, {"bare": bare, **{kind: site.url + path for kind, path in kinds.items()}})
        rows = [measure(browser, site.url, kind, path, paints[kind]) for kind, path in kinds.items()]
    table = render(rows, paints["bare"])
    print(f"\n{table}\n")
    readme.write("pageweight", table)
    misses = [miss for row in rows for miss in row.misses()]
    print("\n".join([*misses, f"{len(misses)} bars missed" if misses else "all bars kept"]))
    return 1 if misses else 0


def interleaved(browser: Browser, addresses: dict[str, str]) -> dict[str, float]:
    """Returns the median largest paint of each page; visits in rounds distribute slow moments of the machine evenly."""
    rounds = [{name: slow_paint(browser, address) for name, address in addresses.items()} for _ in range(ROUNDS)]
    return {name: statistics.median(paints[name] for paints in rounds) for name in addresses}


def slow_paint(browser: Browser, address: str) -> float:
    context = watched(browser.new_context(viewport=PHONE, **VISITOR))
    page = context.new_page()
    session = context.new_cdp_session(page)
    slow_down(session)
    paint = visit(page, address, session).paint
    context.close()
    return paint


def measure(browser: Browser, url: str, kind: str, path: str, paint: float) -> Row:
    first = first_visit(browser, url + path, DESKTOP)
    narrow = first_visit(browser, url + path, PHONE)
    context = browser.new_context(viewport=DESKTOP, **VISITOR)
    later = later_visit(context, url, path)
    context.close()
    shift = max(first.shift, narrow.shift, later.shift)
    height = screens(browser, url + path)
    return Row(kind, max(first.weight, narrow.weight), len(first.sizes), later.weight, shift, paint, height)


def first_visit(browser: Browser, address: str, viewport: ViewportSize) -> Visit:
    context = watched(browser.new_context(viewport=viewport, **VISITOR))
    found = visit(context.new_page(), address)
    context.close()
    return found


def screens(browser: Browser, address: str) -> float:
    """Returns the height of the page in windows of a small phone."""
    context = browser.new_context(viewport=SMALL, **VISITOR)
    page = context.new_page()
    page.goto(address)
    page.evaluate(SETTLED)
    height = page.evaluate("document.documentElement.scrollHeight")
    context.close()
    return height / SMALL["height"]


@contextmanager
def bare_page() -> Iterator[str]:
    """Yields the URL of a page without styles, scripts, fonts or database, as a lower limit for this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BareHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class BareHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        is_page = self.path == "/"
        body = BARE.encode() if is_page else b""
        self.send_response(200 if is_page else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if is_page:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Does nothing; the inherited method prints a line for each request."""


def render(rows: list[Row], bare: float) -> str:
    note = f"A bare static page shows itself after {bare / 1000:.2f} s in the same run."
    return f"{readme.table(HEAD, [row.cells(bare) for row in rows])}\n\n{note}"


if __name__ == "__main__":
    command(main)
