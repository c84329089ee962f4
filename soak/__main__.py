"""`python -m soak [streaming|killing|mutating]`: the long runs without the others of `make soak`."""

import sys

from soak import runs
from tools import environment, frontend
from tools.steps import command
from tools.tally import Tally


def main() -> int:
    python = environment.ensure(".venv", "test")
    frontend.build()
    tally = Tally()
    runs.add_to(tally, python, sys.argv[1:])
    return tally.close()


if __name__ == "__main__":
    command(main)
