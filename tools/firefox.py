"""Finds Firefox on this machine, or installs Debian's package; npm's puppeteer-core drives it by WebDriver BiDi."""

import contextlib
import shutil

from tools import debian
from tools.steps import StepFailed, step

NAMES = ("firefox-esr", "firefox")
PACKAGE = "firefox-esr"


def find() -> str | None:
    """Returns the path of Firefox, as Debian or its maker names it."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def provide() -> None:
    """Without Firefox the walk in it is skipped, or fails under CI=true."""
    if not find() and debian.may_install():
        with contextlib.suppress(StepFailed), step("Installing Firefox"):
            debian.install(PACKAGE)
