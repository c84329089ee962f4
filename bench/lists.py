"""Measures public pages that are not kept: with the demo content, and with the content of decades."""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from bench.portals import make
from bench.search import on_postgresql, on_sqlite

# Meetings, sessions, materials, practice examples.
SIZE = (1_000, 10_000, 5_000, 500)
ROUNDS = 3
TIMES_BAR, TIME_BAR, BYTES_BAR = 3, 60, 60_000  # of the demo, milliseconds, bytes
COLD, COLD_BAR = ("start page", "meeting", "session"), 10  # milliseconds, with the demo content
HEAD = f"{'':<26}{'demo ms':>9}{'queries':>9}{'kB':>7}{'large ms':>10}{'queries':>9}{'kB':>7}{'times':>8}"

Measured = tuple[float, int, int]  # milliseconds of processor time, queries, bytes


def compare(seeded: Path, python: Path, share: float = 1) -> None:
    """`share` below 1 makes the large portal smaller, to try."""
    for portals in (on_sqlite, on_postgresql):
        with tempfile.TemporaryDirectory() as folder, portals(seeded, python, Path(folder)) as (small, large):
            numbers = ", ".join(str(round(number * share)) for number in SIZE)
            people = call(large, f"grow({numbers})")["people"]
            name = portals.__name__.removeprefix("on_")
            print(f"\n  pages that are not kept, {name}; the large portal has {people} people\n\n{HEAD}", flush=True)
            rounds = [[call(one, "measure()")["pages"] for one in (small, large)] for _ in range(ROUNDS)]
            for page in rounds[0][1]:
                print_page(page, *(middle([one[place][page] for one in rounds]) for place in (0, 1)))


def call(site: Any, code: str) -> dict[str, Any]:
    return make(site, code, "lists_content")


def middle(measured: list[Measured]) -> Measured:
    """The median time; queries and bytes are the same in each round."""
    return statistics.median(one[0] for one in measured), *measured[0][1:]


def print_page(name: str, small: Measured, large: Measured) -> None:
    missed = {
        "times": large[0] / small[0] > TIMES_BAR,
        "ms": large[0] > TIME_BAR,
        "kB": large[2] > BYTES_BAR,
        "demo ms": name in COLD and small[0] > COLD_BAR,
    }
    verdict = ", ".join(bar for bar, is_missed in missed.items() if is_missed)
    ratio = f"{large[0] / small[0]:>8.1f}"
    print(f"  {name:<24}{figures(small, 9)}{figures(large, 10)}{ratio}  {f'MISSED: {verdict}' if verdict else 'met'}")


def figures(measured: Measured, width: int) -> str:
    milliseconds, queries, size = measured
    return f"{milliseconds:>{width}.1f}{queries:>9}{size / 1000:>7.1f}"
