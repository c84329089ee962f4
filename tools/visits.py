"""Opens pages of a demo portal in a browser and measures weight, layout shifts and largest paint."""

import contextlib
import re
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import geteuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize, sync_playwright

from tools import chromium, frontend, portal
from tools.serve import EXAMPLE
from tools.steps import StepFailed, step

ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    # A headless browser does not estimate the connection; this is the distance for lazy images on a 4G connection.
    "--blink-settings=lazyLoadingImageMarginPxUnknown=1250",
    "--no-first-run",
    *(["--no-sandbox"] if geteuid() == 0 else []),
]
VISITOR: dict[str, Any] = {"locale": "de-DE", "timezone_id": "Europe/Berlin", "reduced_motion": "reduce"}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 812}

COMING = "coming meeting"
DOCUMENTED = "documented meeting"
SEARCH = "search"
KINDS = {
    "home": "/",
    "events": "/veranstaltungen/",
    COMING: "",
    DOCUMENTED: f"/{EXAMPLE}",
    "series": "/reihen/[^/]+/",
    "session": "/veranstaltungen/[^/]+/[^/]+/",
    "attachments": "/materialien/",
    "attachment": "/materialien/[^/]+/",
    "speakers": "/personen/",
    "speaker": "/personen/[^/]+/",
    "municipalities": "/kommunen/",
    "municipality": "/kommunen/[^/]+/",
    "practice": "/praxis/",
    "example": "/praxis/[^/]+/",
    "topics": "/themen/",
    "topic": "/themen/[^/]+/",
    "duty page": "/(impressum|datenschutz|barrierefreiheit|leichte-sprache)/",
    "form": "/barriere-melden/",
    SEARCH: "",
}
HITS = "/suche/?q=Jobcenter+Jugendhilfe"
BEFORE = "/impressum/"
TIMEOUT = 20
NEXT = re.compile(r'class="next__title"[^>]*><a href="([^"]+)"')

# Records the largest paint so far and all layout shifts, from the start of the page on.
WATCH = """
    globalThis.seen = { paint: 0, shifts: [] }
    new PerformanceObserver(list => list.getEntries().forEach(entry => seen.paint = entry.startTime))
        .observe({ type: 'largest-contentful-paint', buffered: true })
    new PerformanceObserver(list => list.getEntries().forEach(entry => seen.shifts.push(
        [entry.value, ...entry.sources.map(source => source.node?.outerHTML?.slice(0, 90))]
    ))).observe({ type: 'layout-shift', buffered: true })
"""
DRAWN = "new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))"
SETTLED = f"document.fonts.ready.then(() => {DRAWN})"
# Sends an input the event of pasting text from another program.
PASTE = """(input, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}"""
LOADED_FONTS = """
    [...document.fonts].filter(font => font.family.includes('Fira Sans') && !font.family.includes('Ersatz'))
        .filter(font => font.status === 'loaded').length
"""


@contextlib.contextmanager
def demo_portal() -> Iterator[portal.Portal]:
    """Runs a temporary portal with the demo content."""
    python = Path(sys.executable)
    frontend.build()
    with tempfile.TemporaryDirectory() as folder:
        with step("Preparing a portal with the demo content"):
            seeded = portal.seed(Path(folder) / "seed", python)
        frontend.collect(python, portal.portal_environment(seeded, "http://127.0.0.1"))
        with portal.serving(seeded, python) as site:
            yield site


@contextlib.contextmanager
def chromium_browser() -> Iterator[Browser]:
    path = chromium.provide()
    chromium.provide_driver(Path(sys.executable))
    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=path, args=ARGUMENTS)


def sign_in(page: Page, url: str, name: str, password: str) -> None:
    page.goto(f"{url}/verwaltung/login/?next=/verwaltung/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("#login-form [type=submit]").click()
    page.wait_for_url("**/verwaltung/")


def sitemap(url: str) -> list[str]:
    """Returns the paths of all pages in the sitemap."""
    return [urlsplit(address).path for address in re.findall("<loc>(.*?)</loc>", read(f"{url}/sitemap.xml"))]


def coming(url: str) -> str:
    """Returns the path of the next event, as linked on the home page."""
    found = NEXT.search(read(f"{url}/"))
    if not found:
        raise StepFailed("The home page names no meeting; does it still have the class next__title?")
    return found[1]


def page_kinds(url: str, paths: Iterable[str]) -> dict[str, str]:
    """Returns the path of the longest page of each kind among `paths`."""
    sizes = {path: len(read(url + path)) for path in paths}
    heaviest = sorted(sizes, key=sizes.__getitem__)
    kinds = {kind: [path for path in heaviest if re.fullmatch(pattern, path)] for kind, pattern in KINDS.items()}
    kinds[COMING], kinds[SEARCH] = [coming(url)], [HITS]
    if empty := [kind for kind, those in kinds.items() if not those]:
        raise StepFailed(f"The sitemap has no page of these kinds: {', '.join(empty)}.")
    return {kind: those[-1] for kind, those in kinds.items()}


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  # the portal's own address
        return answer.read().decode()


@dataclass(frozen=True)
class Visit:
    """The measurements of a visit.

    `sizes` are transferred bytes by URL, headers included. `shifts` holds for each layout shift its score and the
    shifted elements. `paint` is the time of the largest contentful paint in milliseconds. `fonts` counts loaded fonts.
    """

    sizes: dict[str, int]
    shifts: list[list]
    paint: float
    fonts: int

    @property
    def weight(self) -> int:
        return sum(self.sizes.values())

    @property
    def shift(self) -> float:
        return sum(shift[0] for shift in self.shifts)


def visit(page: Page, address: str, session: CDPSession | None = None) -> Visit:
    """Opens the URL, waits until all requests have ended, and measures; the page's context must be `watched`."""
    session = session or page.context.new_cdp_session(page)
    sizes = weigh(session)
    page.goto(address)
    page.evaluate(SETTLED)
    wait_for_silence(page, sizes)
    seen = page.evaluate("seen")
    return Visit(dict(sizes), seen["shifts"], seen["paint"], page.evaluate(LOADED_FONTS))


def watched(context: BrowserContext) -> BrowserContext:
    """Returns the context after adding the script that records paints and layout shifts of its pages."""
    context.add_init_script(WATCH)
    return context


def later_visit(context: BrowserContext, url: str, path: str) -> Visit:
    """Measures a visit with a cache filled by another page of the portal."""
    page = watched(context).new_page()
    session = context.new_cdp_session(page)
    visit(page, f"{url}{BEFORE if path != BEFORE else '/'}", session)
    return visit(page, url + path, session)


def wait_for_silence(page: Page, sizes: dict[str, int]) -> None:
    """Waits until all requests have ended and no new one has started; the icon is fetched last."""
    deadline, known = time.monotonic() + TIMEOUT, -1
    while known != len(sizes) or -1 in sizes.values():
        if time.monotonic() > deadline:
            unended = [address for address, size in sizes.items() if size < 0]
            raise StepFailed(f"{page.url}: these requests do not end: {', '.join(unended)}")
        known = len(sizes)
        page.wait_for_timeout(150)


def weigh(session: CDPSession) -> dict[str, int]:
    """Returns transferred bytes by URL, headers included; filled while the page loads, -1 until a request has ended."""
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def note_begin(event: dict) -> None:
        address = event["request"]["url"]
        if not address.startswith("data:"):
            addresses[event["requestId"]] = address
            sizes[address] = -1

    def note_end(event: dict) -> None:
        if event["requestId"] in addresses:
            sizes[addresses[event["requestId"]]] = int(event.get("encodedDataLength", 0))

    session.on("Network.requestWillBeSent", note_begin)
    session.on("Network.loadingFinished", note_end)
    session.on("Network.loadingFailed", note_end)
    session.send("Network.enable")
    return sizes


def slow_down(session: CDPSession) -> None:
    """Emulates a phone on a slow connection: 1.6 Mbit/s down, 150 ms latency, a processor four times slower."""
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
