"""Installs packages of Debian and Ubuntu if this process is root."""

import functools
import os
import shutil

from tools.steps import Unavailable, run


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


@functools.cache
def refresh() -> None:
    run(["apt-get", "update"])


def install(*packages: str) -> None:
    """Installs the packages without questions; raises Unavailable if this process may not install any."""
    if not may_install():
        raise Unavailable(f"Please install it (on Debian as root: apt-get install {' '.join(packages)}).")
    refresh()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "install", "--yes", "--no-install-recommends", *packages], env=quiet)
