"""Finds LibreOffice on this machine, or installs Debian's parts without windows."""

import contextlib
import shutil

from tools import debian
from tools.steps import StepFailed, step

PACKAGES = ("libreoffice-impress-nogui", "libreoffice-writer-nogui")


def provide() -> None:
    """Without LibreOffice the tests that need it are skipped, or fail under CI=true."""
    if not shutil.which("soffice") and debian.may_install():
        with contextlib.suppress(StepFailed), step("Installing LibreOffice"):
            debian.install(*PACKAGES)
