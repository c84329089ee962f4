"""`make bench`: measures the speed of pages and downloads, as ratios to a constant response and to nginx, and of the
search and the pages of a large portal, as ratios to the demo content.

BENCH=pages, attachments, search or lists measures one of these only; BENCH_SHARE=0.1 makes the large portal smaller.
"""

import os
import re
import shutil
import tempfile
import urllib.request
from pathlib import Path

from bench import attachments, lists, nginx, search
from bench.load import Rate, interleaved, median_of_rounds
from tools import environment, frontend, portal
from tools.serve import EXAMPLE
from tools.steps import StepFailed, command, step

HEAD = f"{'':<28}{'bytes':>9}{'requests/s':>12}{'median ms':>11}{'99 % ms':>9}{'of constant':>13}{'of nginx':>10}"


def main() -> None:
    python = environment.ensure(".venv", "production")
    frontend.build()
    with tempfile.TemporaryDirectory() as folder:
        seeded = Path(folder) / "seed"
        with step("Preparing a portal with the demo content"):
            portal.seed(seeded, python)
        frontend.collect(python, portal.portal_environment(seeded, "http://127.0.0.1"))
        measure(seeded, python, os.environ.get("BENCH", ""))


def measure(seeded: Path, python: Path, part: str) -> None:
    if part in {"", "pages"}:
        with portal.serving(seeded, python, DJANGO_SETTINGS_MODULE="bench.settings") as site:
            compare(site.url)
    if part in {"", "attachments"}:
        attachments.compare(seeded, python)
    if part in {"", "search"}:
        search.compare(seeded, python, float(os.environ.get("BENCH_SHARE", "1")))
    if part in {"", "lists"}:
        lists.compare(seeded, python, float(os.environ.get("BENCH_SHARE", "1")))


def compare(site: str) -> None:
    pages = {name: f"{site}{path}" for name, path in find_pages(site).items()}
    bodies = {name.replace(" ", "-"): read(address) for name, address in pages.items()}
    print(f"\n  measured with {'wrk' if shutil.which('wrk') else 'an own loop, which is slower than nginx'}\n\n{HEAD}")
    with nginx.serving(bodies) as reference:
        for name, address in pages.items():
            file = name.replace(" ", "-")
            size = len(bodies[file])
            addresses = [address, f"{site}/konstant/{size}", *([f"{reference}{file}"] if reference else [])]
            print_row(name, size, [median_of_rounds(rounds) for rounds in interleaved(addresses)])


def find_pages(site: str) -> dict[str, str]:
    """Returns the paths of an event, its first session and its first download, found by following links."""
    session = first_link(site, f"/{EXAMPLE}", rf"/{EXAMPLE}[a-z0-9-]+/")
    attachment = first_link(site, f"/{EXAMPLE}", r"/materialien/[0-9a-f-]{36}/")
    download = first_link(site, attachment, rf"{attachment}[^\"/?]+")
    return {"meeting page": f"/{EXAMPLE}", "session page": session, "download": download}


def first_link(site: str, page: str, pattern: str) -> str:
    found = re.search(f'href="({pattern})"', read(f"{site}{page}").decode())
    if not found:
        raise StepFailed(f"{page} has no link that looks like {pattern}.")
    return found.group(1)


def read(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read()


def print_row(name: str, size: int, rates: list[Rate]) -> None:
    own, *others = rates
    ratios = [f"{own.per_second / other.per_second:.3f}" for other in others]
    of_constant, of_nginx = [*ratios, "-"][:2]
    figures = f"{size:>9}{own.per_second:>12.0f}{own.median:>11.1f}{own.slowest:>9.1f}"
    print(f"  {name:<26}{figures}{of_constant:>13}{of_nginx:>10}", flush=True)


if __name__ == "__main__":
    command(main)
