"""Measures the administration and the sitemap: with the demo content, and with the content of decades."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.lists import HEAD, ROUNDS, SIZE, Measured, figures, middle
from bench.portals import make
from bench.search import on_postgresql, on_sqlite

BAR = 5  # times the demo's processor time
TITLES = {
    "start page": "start page",
    "what is missing": "what is missing",
    "search": "search over everything",
    "list": "list",
    "suggestions": "suggestions",
    "form": "form",
    "sitemap": "sitemap",
}


def compare(seeded: Path, python: Path, share: float = 1) -> str:
    """Prints each page and returns the slowest of each kind; `share` below 1 makes the large portal smaller."""
    rows = []
    for portals in (on_sqlite, on_postgresql):
        with tempfile.TemporaryDirectory() as folder, portals(seeded, python, Path(folder)) as (small, large):
            numbers = ", ".join(str(round(number * share)) for number in SIZE)
            make(large, f"grow({numbers})", "lists_content")
            make(large, "add_editorial()", "administration_content")
            database = portals.__name__.removeprefix("on_")
            print(f"\n  administration, {database}\n\n{HEAD}", flush=True)
            rounds = [[call(one) for one in (small, large)] for _ in range(ROUNDS)]
            pages = {name: both(rounds, name) for name in rounds[0][1]}
            for name, (of_demo, of_large) in pages.items():
                print(f"  {name:<44}{figures(of_demo, 9)}{figures(of_large, 10)}{times(of_demo, of_large):>8.1f}")
            rows += [line(database, kind, pages) for kind in TITLES]
    head = "| database | slowest page of a kind | demo ms | large ms | times | large kB | bar |"
    return "\n".join([head, "|---|---|--:|--:|--:|--:|---|", *rows])


def call(site: Any) -> dict[str, Measured]:
    return make(site, "measure()", "administration_content")["pages"]


def both(rounds: Iterable[list[dict[str, Measured]]], name: str) -> tuple[Measured, Measured]:
    """Of the demo and of the large portal; the demo's lists have one page, and its sitemap is one file."""
    first = name.partition(", last page")[0].partition(": a file")[0]
    return middle([small.get(name) or small[first] for small, _ in rounds]), middle(
        [large[name] for _, large in rounds]
    )


def times(small: Measured, large: Measured) -> float:
    return large[0] / small[0]


def line(database: str, kind: str, pages: dict[str, tuple[Measured, Measured]]) -> str:
    own = {name: measured for name, measured in pages.items() if name.partition(":")[0] == kind}
    name = max(own, key=lambda name: times(*own[name]))
    small, large = own[name]
    verdict = "met" if times(small, large) <= BAR else "MISSED"
    words = f"{times(small, large):.1f} | {large[2] / 1000:.0f} | {BAR}: {verdict}"
    return f"| {database} | {TITLES[kind]} ({len(own)}): {name} | {small[0]:.0f} | {large[0]:.0f} | {words} |"
