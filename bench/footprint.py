"""Measures the memory of two server processes after each kind of page and a download."""

from pathlib import Path

from bench.pages import find_pages, read
from bench.portals import Seed, databases, served
from tools import memory
from tools.steps import StepFailed

WORKERS = 2
ROUNDS = 6  # both processes get some of the requests
BAR = 200_000_000


def compare(seeded: Path, python: Path, _share: float = 1) -> str:
    with databases(seeded, python) as seeds:
        found = {seed.database: measured(seed, python) for seed in seeds}
    figures = ", ".join(f"{size / 1_000_000:.0f} MB on {database}" for database, size in found.items())
    return (
        "Memory of two server processes and their first one after all kinds of pages, where each part that they share"
        f" counts once (PSS): {figures}; the bar is {BAR // 1_000_000} MB."
    )


def measured(seed: Seed, python: Path) -> int:
    with served(seed.folder, python, WEB_CONCURRENCY=str(WORKERS), **seed.variables) as one:
        paths = [*find_pages(one.site.url).values(), "/suche/?q=Jobcenter", "/verwaltung/login/"]
        for path in paths * ROUNDS:
            read(f"{one.site.url}{path}")
        sizes = [memory.proportional(process) for process in one.processes]
    known = [size for size in sizes if size]
    if len(known) != WORKERS + 1:
        raise StepFailed("The memory of the processes cannot be read.")
    print(f"  {seed.database}: {sum(known) / 1_000_000:.0f} MB")
    return sum(known)
