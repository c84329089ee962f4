"""The long runs by name, and how long they are."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from soak import killing, mutating, offered, stalling, streaming
from tools.check_report import CheckReport
from tools.steps import StepFailed

RUNS = {
    "streaming": ("A large file down and up", streaming.run),
    "killing": ("kill -9 during uploads and saves", killing.run),
    "stalling": ("Stalled connections and slow readers", stalling.run),
    "mutating": ("Damaged documents handed in", mutating.run),
    "offered": ("Files of other programs handed in", offered.run),
}


def add_to(report: CheckReport, python: Path, names: Sequence[str] = ()) -> None:
    for name in names or RUNS:
        title, run = RUNS[name]
        report.work(title, partial(run, python, factor()))


def factor() -> float:
    try:
        wanted = float(os.environ.get("SOAK", "1"))
    except ValueError:
        wanted = 0.0
    if not 0 < wanted <= 100:
        raise StepFailed("SOAK must be a number such as 1 or 0.1.")
    return wanted
