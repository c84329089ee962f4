"""The long runs by name, and the factor for their length."""

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
    """Runs the named long runs, or all of them, as checks of the report."""
    for name in names or RUNS:
        title, run = RUNS[name]
        report.work(title, partial(run, python, factor()))


def factor() -> float:
    """Returns SOAK from the environment, 1 by default; raises StepFailed unless it is between 0 and 100."""
    try:
        wanted = float(os.environ.get("SOAK", "1"))
    except ValueError:
        wanted = 0.0
    if not 0 < wanted <= 100:
        raise StepFailed("SOAK must be a number such as 1 or 0.1.")
    return wanted
