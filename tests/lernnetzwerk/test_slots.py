"""Slots limit how many threads and processes of one machine do something at the same time."""

import subprocess
import sys

from lernnetzwerk.operation.locks import slot
from tools.steps import ROOT

OTHER = """
import sys
from pathlib import Path
from lernnetzwerk.operation import locks
locks.FOLDER = Path(sys.argv[1])
with locks.slot("check", 1, 0) as is_ours:
    print(is_ours)
"""


def test_slots_are_limited_and_become_free():
    with slot("check", 2, 0) as first, slot("check", 2, 0) as second, slot("check", 2, 0.1) as third:
        assert (first, second, third) == (True, True, False)

    with slot("check", 2, 0) as freed:
        assert freed


def test_a_slot_held_by_another_process_counts(tmp_path):
    with slot("check", 1, 0):
        done = subprocess.run([sys.executable, "-c", OTHER, tmp_path], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout == "False\n", done.stderr
