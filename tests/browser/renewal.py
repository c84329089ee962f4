"""Resets a portal to its seeded state without restarting its server."""

import contextlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tools import portal

CONFIG = "tests/browser/warm.py"


@contextlib.contextmanager
def renewable(seeded: Path, note: Path) -> Iterator[portal.Portal]:
    """Its worker's number stands in `note`."""
    with portal.serving(seeded, Path(sys.executable), CONFIG, WORKER=str(note)) as running:
        yield running


def renew(site: portal.Portal, seeded: Path) -> None:
    """Another worker, and database and files as they were seeded; nothing may be asking meanwhile."""
    note = Path(site.env["WORKER"])
    worker = int(note.read_text())
    note.unlink()
    os.kill(worker, signal.SIGKILL)
    for old in site.folder.iterdir():
        if old.name != "log":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(seeded, site.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("log"))
    deadline = time.monotonic() + portal.TIMEOUT
    while not (note.exists() and portal.answers(site.url)):
        assert time.monotonic() < deadline, site.log()
        time.sleep(0.01)
