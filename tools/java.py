"""Finds Java, which runs the Nu checker, or installs Debian's package without windows."""

import contextlib
import shutil

from tools import debian
from tools.steps import StepFailed, step

PACKAGE = "default-jre-headless"


def provide() -> None:
    """Without Java the tests that need it are skipped, or fail with CI=true."""
    if not shutil.which("java") and debian.may_install():
        with contextlib.suppress(StepFailed), step("Installing Java"):
            debian.install(PACKAGE)
