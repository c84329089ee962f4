"""Measures each kind of public page: kept, not kept yet, unchanged for its visitor, and without its body."""

import re
import urllib.request
from pathlib import Path
from typing import Any

from bench.load import Rate, Target, interleaved
from bench.portals import Seed, Served, databases, served
from tools import readme
from tools.serve import EXAMPLE
from tools.steps import StepFailed

MEETING = f"/{EXAMPLE}"
PATHS = {
    "home": "/",
    "events": "/veranstaltungen/",
    "event": MEETING,
    "series": "/reihen/[^/]+/",
    "session": f"{MEETING}[^/]+/",
    "calendar": "/veranstaltungen/[^/]+/programm.ics",
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
    "duty page": "/datenschutz/",
    "sitemap": "/sitemap.xml",
}
BAR = 0.9  # of the constant view
HEAD = ["page", "kB", "of constant", "304", "HEAD", "ms", "cold ms", "requests/s", "rate of constant"]
NOTE = f"""**{{database}}**: {{kept}} of {{all}} kinds of page reach {BAR} of the constant view. "of constant" divides
the processor time of the server for a constant response by that for a kept page ("ms"), "304" and "HEAD" by that for
such answers; "cold ms" is the time of rendering. The rates count the requests of 8 clients beside the server."""


def compare(seeded: Path, python: Path, _share: float = 1) -> str:
    """Markdown: a table for each database."""
    with databases(seeded, python) as seeds:
        return "\n\n".join(compare_on(seed, python) for seed in seeds)


def compare_on(seed: Seed, python: Path) -> str:
    settings = {**seed.variables, "DJANGO_SETTINGS_MODULE": "bench.plain_settings"}
    with served(seed.folder, python, **seed.variables) as own, served(seed.folder, python, **settings) as plain:
        paths = find_pages(own.site.url)
        cold = own.make(f"measure({list(paths.values())!r})", "cold")
        measured = {name: measure_page(own, plain, path) for name, path in paths.items()}
    rows = [row(name, *measured[name], cold[path]) for name, path in paths.items()]
    kept = sum(rates[0].cost_of(rates[1]) >= BAR for _size, rates in measured.values())
    return f"{NOTE.format(database=seed.database, kept=kept, all=len(rows))}\n\n{readme.table(HEAD, rows)}"


def find_pages(url: str) -> dict[str, str]:
    """The path of the first page of each kind in the sitemap; the calendar is linked on the home page."""
    sitemap, home = (read(f"{url}{path}")[0].decode() for path in ("/sitemap.xml", "/"))
    listed = ["/sitemap.xml", *re.findall(r'href="(/[^"]+)"', home)]
    listed += [address.removeprefix(url) for address in re.findall("<loc>(.*?)</loc>", sitemap)]
    found = {name: next((path for path in listed if re.fullmatch(wanted, path)), "") for name, wanted in PATHS.items()}
    if missing := [name for name, path in found.items() if not path]:
        raise StepFailed(f"The site has no page of these kinds: {', '.join(missing)}.")
    return found


def measure_page(own: Served, plain: Served, path: str) -> tuple[int, list[Rate]]:
    """Size; rates of the page, of the constant view of that size, of 304 and of HEAD."""
    body, headers = read(f"{own.site.url}{path}")
    unchanged: dict[str, Any] = {"headers": {"If-None-Match": headers["ETag"]}, "status": 304}
    targets: list[Target] = [
        own.target(path),
        plain.target(f"/konstant/{len(body)}"),
        own.target(path, **unchanged),
        own.target(path, method="HEAD"),
    ]
    return len(body), interleaved(targets)


def row(name: str, size: int, rates: list[Rate], cold: float) -> list[str]:
    page, constant, unchanged, head = rates
    costs = [f"{one.cost_of(constant):.2f}" for one in (page, unchanged, head)]
    speed = [f"{page.per_second:.0f}", f"{page.of(constant):.2f}"]
    cells = [name, f"{size / 1000:.0f}", *costs, f"{page.cost:.2f}", f"{cold:.1f}", *speed]
    print("  " + "".join(f"{cell:>9}" for cell in cells), flush=True)
    return cells


def read(address: str) -> tuple[bytes, Any]:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read(), answer.headers
