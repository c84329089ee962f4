"""Measures the search of a large portal against the demo content, on both databases, in the same run."""

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.attachments import MEGABYTE
from bench.portals import make
from tools import portal, postgres
from tools.portal import Portal

# Meetings, sessions, materials, and pages of all materials.
SIZE = (1_000, 10_000, 5_000, 100_000)
ROUNDS = 3
SEARCH_BAR, SUGGESTIONS_BAR = 5, 1.5
HEAD = f"{'':<34}{'hits':>14}{'demo ms':>10}{'large ms':>10}{'times':>8}"


def compare(seeded: Path, python: Path, share: float = 1) -> None:
    """`share` below 1 makes the large portal smaller, to try."""
    for portals in (on_sqlite, on_postgresql):
        with tempfile.TemporaryDirectory() as folder, portals(seeded, python, Path(folder)) as (small, large):
            numbers = ", ".join(str(round(number * share)) for number in SIZE)
            session = call(large, f"fill({numbers})")["address"]
            call(small, "build()")
            built = call(large, "build()")
            print_build(portals.__name__.removeprefix("on_"), built)
            rounds = [[call(one, f"measure('{session}')") for one in (small, large)] for _ in range(ROUNDS)]
            print_search(rounds)


def call(site: Portal, code: str) -> dict[str, Any]:
    return make(site, code, "search_content")


@contextmanager
def on_sqlite(seeded: Path, python: Path, folder: Path) -> Iterator[list[Portal]]:
    for name in ("small", "large"):
        shutil.copytree(seeded, folder / name)
    yield [database(folder / name, python) for name in ("small", "large")]


@contextmanager
def on_postgresql(seeded: Path, python: Path, folder: Path) -> Iterator[list[Portal]]:
    with postgres.server() as small, postgres.server() as large:
        portals = [database(folder / place, python, url) for place, url in (("small", small), ("large", large))]
        for one in portals:
            one.manage("migrate", "--noinput", "--verbosity=0")
            one.manage("demo")
        yield portals


def database(folder: Path, python: Path, url: str = "") -> Portal:
    env = portal.portal_environment(folder, "http://127.0.0.1")
    return Portal("http://127.0.0.1", folder, python, {**env, **({"DATABASE_URL": url} if url else {})})


def print_build(name: str, built: dict[str, Any]) -> None:
    print(f"\n  search on {name}: {built['items']} entries with {built['texts']} texts")
    print(
        f"    index built in {built['seconds']:.0f} s, {built['seconds'] / built['texts'] * 1000:.1f} s per 1,000 texts"
    )
    print(f"    {built['size'] / MEGABYTE:.0f} MB\n\n{HEAD}", flush=True)


def print_search(rounds: list[list[dict[str, Any]]]) -> None:
    small, large = ({text: best(rounds, place, text) for text in rounds[0][0]["seconds"]} for place in (0, 1))
    for text, seconds in small.items():
        hits = " / ".join(str(one["hits"][text]) for one in rounds[0])
        print_times(text, hits, seconds, large[text])
    ratio = statistics.median(large[text] / small[text] for text in small)
    print(f"    median of the ratios: {ratio:.1f}, bar {SEARCH_BAR}: {verdict(ratio, SEARCH_BAR)}")
    queries = [one["queries"] for one in rounds[0]]
    print(f"    database queries of a search: {queries[0]} on the demo content, {queries[1]} on the large portal")
    suggestions, page = (statistics.median(one[1][name] for one in rounds) for name in ("suggestions", "page"))
    print(
        f"    suggestions: {suggestions * 1000:.1f} ms, a session page without its cache {page * 1000:.1f} ms", end=""
    )
    print(f", bar {SUGGESTIONS_BAR}: {verdict(suggestions / page, SUGGESTIONS_BAR)}", flush=True)


def best(rounds: list[list[dict[str, Any]]], place: int, text: str) -> float:
    """The median of the rounds, which alternate between both portals."""
    return statistics.median(one[place]["seconds"][text] for one in rounds)


def print_times(name: str, hits: str, small: float, large: float) -> None:
    print(f"  {name:<32}{hits:>14}{small * 1000:>10.1f}{large * 1000:>10.1f}{large / small:>8.1f}")


def verdict(ratio: float, bar: float) -> str:
    return "met" if ratio <= bar else "MISSED"
