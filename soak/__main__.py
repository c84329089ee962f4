"""`python -m soak [streaming|killing|mutating]`: the long runs without the others of `make soak`."""

import sys

from soak import runs
from tools import environment, frontend
from tools.check_report import CheckReport
from tools.steps import command


def main() -> int:
    python = environment.ensure(".venv", "test")
    frontend.build()
    report = CheckReport()
    runs.add_to(report, python, sys.argv[1:])
    return report.close()


if __name__ == "__main__":
    command(main)
