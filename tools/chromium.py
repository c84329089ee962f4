"""Finds Chromium or Chrome, or installs Debian's package; also prepares the driver of Playwright."""

import contextlib
import shutil
import subprocess
from pathlib import Path

from tools import debian
from tools.steps import StepFailed, Unavailable, step

# The headless shell comes first, because it creates a browser context in a quarter of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium-headless-shell", "chromium")


def find() -> str | None:
    """Returns the path of a browser that starts; Ubuntu's `chromium-browser` may only print a hint about a snap."""
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path and answers(path)), None)


def answers(path: str | Path) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def provide() -> str:
    """Returns the path of a browser, installed if necessary; raises Unavailable if there is none."""
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
    """Makes sure that Playwright's driver starts, or raises Unavailable; minimal Debian lacks a library it needs."""
    driver = next(python.parent.parent.glob("lib/python*/site-packages/playwright/driver/node"), None)
    if driver and not answers(driver) and debian.may_install():
        with contextlib.suppress(StepFailed), step("Installing what Playwright needs"):
            debian.install("libatomic1")
    if not driver or not answers(driver):
        raise Unavailable("Playwright's driver does not start on this machine")
