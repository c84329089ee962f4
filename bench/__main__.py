"""`make bench`: measures what is said to be fast, each as a ratio within the same run, and writes the README's tables.

BENCH names the parts to measure, such as "pages downloads"; BENCH_SHARE=0.1 makes the large portals smaller.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import administration, attachments, downloads, footprint, lists, pages, search
from tools import environment, frontend, portal, readme
from tools.steps import StepFailed, command, step

# A part gets the folder of a portal with the demo content, the interpreter, and the share of its own content. It prints
# while it measures, and returns Markdown for the README's block "bench <name>", or None.
PARTS: dict[str, Callable[[Path, Path, float], str | None]] = {
    "pages": pages.compare,
    "downloads": downloads.compare,
    "memory": footprint.compare,
    "attachments": attachments.compare,
    "search": search.compare,
    "lists": lists.compare,
    "administration": administration.compare,
}


def main() -> None:
    chosen = os.environ.get("BENCH", "").split() or list(PARTS)
    if unknown := set(chosen) - set(PARTS):
        raise StepFailed(f"There is no part {', '.join(sorted(unknown))} of the bench, only {', '.join(PARTS)}.")
    python = environment.ensure(".venv", "production")
    frontend.build()
    with tempfile.TemporaryDirectory() as folder:
        seeded = Path(folder) / "seed"
        with step("Preparing a portal with the demo content"):
            portal.seed(seeded, python)
        frontend.collect(python, portal.portal_environment(seeded, "http://127.0.0.1"))
        for name in chosen:
            measure(name, seeded, python)


def measure(name: str, seeded: Path, python: Path) -> None:
    print(f"\n{name}", flush=True)
    text = PARTS[name](seeded, python, float(os.environ.get("BENCH_SHARE", "1")))
    if text:
        readme.write(f"bench {name}", text)


if __name__ == "__main__":
    command(main)
