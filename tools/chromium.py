"""Finds Chromium or Chrome on this machine, or installs Debian's."""

import contextlib
import shutil
import subprocess

from tools import debian
from tools.steps import StepFailed, Unavailable, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a browser that answers; Ubuntu's `chromium-browser` may be a note about a snap."""
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path and answers(path)), None)


def answers(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def provide() -> str:
    found = find()
    if not found and debian.may_install():
        with contextlib.suppress(StepFailed), step("Installing Chromium"):
            debian.install("chromium", "fonts-liberation")
        found = find()
    if not found:
        raise Unavailable("this machine has no Chromium or Chrome")
    return found
