"""Measures a large download, by the portal's process and by nginx that asks the portal, against nginx alone."""

from pathlib import Path

from bench import nginx
from bench.load import Rate, Target, interleaved, measure, measure_paced
from bench.portals import Seed, Served, databases, family, served
from tools import readme

SIZE = 5_000_000
SMALL = 10_000
OWN_BAR, NGINX_BAR = 0.6, 0.8  # of nginx
HEAD = ["download", "by", "database", "of nginx", "bar", "requests/s", "portal's ms", "nginx's ms"]
NOTE = """"of nginx" compares the rate with that of nginx alone with the same file, "portal's ms" is the processor time
of the portal for each download, "nginx's ms" that of nginx alone. Client and servers share two processors."""


def compare(seeded: Path, python: Path, _share: float = 1) -> str:
    rows = []
    with databases(seeded, python) as seeds:
        for seed in seeds:
            with served(seed.folder, python, **seed.variables) as one:
                rows += measure_sizes(one, seed, "portal")
            with served(seed.folder, python, FILES_HANDOVER="nginx", **seed.variables) as one:
                rows += measure_sizes(one, seed, "X-Accel")
    return f"{readme.table(HEAD, rows)}\n\n{NOTE}"


def measure_sizes(one: Served, seed: Seed, way: str) -> list[list[str]]:
    downloads = [one.make(f"make_download({size})") for size in (SIZE, SMALL)]
    with nginx.in_front_of(one.site.url, one.files) as front:
        site = front if way == "X-Accel" else one.site.url
        return [row for found in downloads if site for row in measure_download(one, found, site, (way, seed.database))]


def measure_download(one: Served, found: dict, site: str, names: tuple[str, str]) -> list[list[str]]:
    """Rows for clients at full speed and, for a large file, over lines of 100 Mbit/s."""
    content = (one.files / str(found["key"])).read_bytes()
    with nginx.serving({"file": content}) as alone:
        targets = [Target(f"{site}{found['path']}", one.processes)]
        targets += [Target(f"{alone.url}file", family(alone.master))] if alone else []
        ways = {"": measure, ", 100 Mbit/s": measure_paced} if found["size"] > SIZE / 2 else {"": measure}
        size = f"{found['size'] / 1_000_000:.1f} MB" if found["size"] > SIZE / 2 else f"{found['size'] / 1000:.0f} kB"
        return [row([f"{size}{clients}", *names], interleaved(targets, way)) for clients, way in ways.items()]


def row(names: list[str], rates: list[Rate]) -> list[str]:
    own, *alone = rates
    bar = NGINX_BAR if names[1] == "X-Accel" else OWN_BAR
    ratio, cost = (f"{own.of(alone[0]):.2f}", f"{alone[0].cost:.2f}") if alone else ("-", "-")
    cells = [*names, ratio, str(bar), f"{own.per_second:.0f}", f"{own.cost:.2f}", cost]
    print(f"  {'  '.join(cells)}", flush=True)
    return cells
