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

CONFIG = "tests/browser/reusable_server.py"


@contextlib.contextmanager
def renewable(seeded: Path, pid_file: Path) -> Iterator[portal.Portal]:
    """Runs a copy of `seeded` that `renew` can reset; the worker's process id is written to `pid_file`."""
    with portal.serving(seeded, Path(sys.executable), CONFIG, WORKER=str(pid_file)) as running:
        yield running


def renew(site: portal.Portal, seeded: Path) -> None:
    """Kills the worker, restores database and files from `seeded`, and waits until the next worker answers.

    No request may be running meanwhile.
    """
    pid_file = Path(site.env["WORKER"])
    worker = int(pid_file.read_text())
    pid_file.unlink()
    os.kill(worker, signal.SIGKILL)
    for old in site.folder.iterdir():
        if old.name != "log":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(seeded, site.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("log"))
    deadline = time.monotonic() + portal.TIMEOUT
    while not (pid_file.exists() and portal.answers(site.url)):
        assert time.monotonic() < deadline, site.log()
        time.sleep(0.01)
