"""Debian's and Ubuntu's packages, installed where we are root and nobody has to be asked."""

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
    if not may_install():
        raise Unavailable(f"Please install it (on Debian as root: apt-get install {' '.join(packages)}).")
    refresh()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "install", "--yes", "--no-install-recommends", *packages], env=quiet)
