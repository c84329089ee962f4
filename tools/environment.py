"""Creates virtual environments with locked packages; `python -m tools.environment` creates the one for development."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian
from tools.steps import ROOT, StepFailed, command, run, step

# The test lock contains the production lock, so an environment with the first satisfies the second too.
INCLUDED = {"test": ("production",)}


def ensure(folder: str, lock: str, interpreter: str | None = None) -> Path:
    """Returns the interpreter of the environment `folder`, with all packages of requirements/`lock`.txt installed.

    Nothing is installed if the lock file is unchanged since the last time.
    """
    home = ROOT / folder
    python = home / "bin" / "python"
    wanted = [f"{home} {name} {fingerprint(name)}" for name in (lock, *INCLUDED.get(lock, ()))]
    stamp = home / ".installed"
    if os.access(python, os.X_OK) and stamp.exists() and wanted[0] in stamp.read_text().splitlines():
        return python
    create(home, interpreter or sys._base_executable)  # type: ignore[attr-defined]  # beside the documented sys.executable
    with step(f"Installing the {lock} packages into {folder}"):
        stamp.unlink(missing_ok=True)
        pip: list[str | Path] = [python, "-m", "pip"]
        run([*pip, "install", "--quiet", "--no-input", "--no-deps", "--require-hashes", "-r", lock_file(lock)])
        run([*pip, "check"])
        stamp.write_text("\n".join(wanted) + "\n")
    return python


def create(home: Path, interpreter: str) -> None:
    if is_usable(home):
        return
    with step(f"Creating {home.name}"):
        if home.exists():
            shutil.rmtree(home)
        provide_venv(interpreter)
        try:
            run([interpreter, "-m", "venv", home])
        except StepFailed:
            shutil.rmtree(home, ignore_errors=True)
            raise
        (home / ".gitignore").write_text("*\n")


def is_usable(home: Path) -> bool:
    """Whether pip works: scripts contain the full path, so it fails once the folder was moved or Python removed."""
    pip = home / "bin" / "pip"
    if not pip.exists() or str(home) not in pip.read_text(errors="replace").split("\n", 1)[0]:
        return False
    return succeeds(str(home / "bin" / "python"), "import pip")


def provide_venv(interpreter: str) -> None:
    if succeeds(interpreter, "import ensurepip, venv"):
        return
    version = run([interpreter, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).strip()
    package = f"python{version}-venv"
    if not debian.may_install():
        raise StepFailed(f"Python's venv module is missing. As root on Debian or Ubuntu: apt-get install {package}")
    debian.install(package)
    if not succeeds(interpreter, "import ensurepip, venv"):
        raise StepFailed(f"{interpreter} still has no venv module after installing {package}; please install it.")


def succeeds(interpreter: str, code: str) -> bool:
    try:
        return subprocess.run([interpreter, "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def lock_file(lock: str) -> Path:
    return ROOT / "requirements" / f"{lock}.txt"


def fingerprint(lock: str) -> str:
    return hashlib.sha256(lock_file(lock).read_bytes()).hexdigest()


def bin_on_path(python: Path) -> dict[str, str]:
    """Returns this process's environment variables with the folder of `python` first in PATH."""
    return {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def main() -> None:
    ensure(".venv", sys.argv[1] if len(sys.argv) > 1 else "test")


if __name__ == "__main__":
    command(main)
