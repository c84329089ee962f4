"""Finds nginx, or installs Debian's package without starting the service."""

import contextlib
import shutil
from pathlib import Path

from tools import debian
from tools.steps import StepFailed, step

PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin"
START_NO_SERVICE = Path("/usr/sbin/policy-rc.d")  # Debian's packages run it before they start a service


def find() -> str | None:
    return shutil.which("nginx", path=PLACES)


def provide() -> None:
    """Installs nginx if possible; without it the tests that need it are skipped, or fail with CI=true."""
    if not find() and debian.may_install():
        with contextlib.suppress(StepFailed), step("Installing nginx"):
            install_without_service()


def install_without_service() -> None:
    if START_NO_SERVICE.exists():
        debian.install("nginx")
        return
    START_NO_SERVICE.write_text("#!/bin/sh\nexit 101\n")
    START_NO_SERVICE.chmod(0o755)
    try:
        debian.install("nginx")
    finally:
        START_NO_SERVICE.unlink()
