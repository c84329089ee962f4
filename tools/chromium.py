"""Finds Chromium or Chrome on this machine, or installs Debian's, and what drives it."""

import contextlib
import shutil
import subprocess
from pathlib import Path

from tools import debian
from tools.steps import StepFailed, Unavailable, step

# The same engine without windows comes first: a new visitor costs it a quarter of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium-headless-shell", "chromium")


def find() -> str | None:
    """The path of a browser that answers; Ubuntu's `chromium-browser` may be a note about a snap."""
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path and answers(path)), None)


def answers(path: str | Path) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def provide() -> str:
    found = find()
    for package in PACKAGES:
        if not found and debian.may_install():
            with contextlib.suppress(StepFailed), step(f"Installing {package}"):
                debian.install(package, "fonts-liberation")
            found = find()
    if not found:
        raise Unavailable("this machine has no Chromium or Chrome")
    return found


def provide_driver(python: Path) -> None:
    """Playwright's driver is a program of its own; the smallest Debian lacks a library it needs."""
    driver = next(python.parent.parent.glob("lib/python*/site-packages/playwright/driver/node"), None)
    if driver and not answers(driver) and debian.may_install():
        with contextlib.suppress(StepFailed), step("Installing what Playwright needs"):
            debian.install("libatomic1")
    if not driver or not answers(driver):
        raise Unavailable("Playwright's driver does not start on this machine")
