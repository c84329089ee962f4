"""`python -m lernnetzwerk.sandbox.limited PROGRAM ARGUMENTS`: becomes that program under limits."""

import os
import sys

from lernnetzwerk.sandbox import limits
from lernnetzwerk.sandbox.libreoffice import LIMITS

if __name__ == "__main__":
    limits.apply(LIMITS)
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - a program of the operator's
