"""Builds style sheets and fonts from npm packages, checks and tests scripts, and collects static files."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tools import environment
from tools.steps import ROOT, StepFailed, command, run, step

BUILT = ROOT / "lernnetzwerk" / "static" / "lernnetzwerk" / "built"
STATIC = [ROOT / "lernnetzwerk" / "static", ROOT / "events" / "static"]
STYLES = ROOT / "lernnetzwerk" / "styles"
COLLECTED = ROOT / "build" / "static"
MODULES = ROOT / "node_modules"
MANIFESTS = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc", "purgecss.config.cjs")]
SCRIPT_TESTS = ROOT / "tests" / "scripts"
BIOME = MODULES / ".bin" / "biome"
CHECKS: dict[str, list[str | Path]] = {
    "Lint of scripts and styles": [BIOME, "lint", "--error-on-warnings"],
    "Format of scripts and styles": [BIOME, "format"],
}
NAMING = [ROOT / "templates", ROOT / "lernnetzwerk" / "barriers"]  # class names found here are kept in the style sheets


def install(for_development: bool = True) -> None:
    """Installs the locked npm packages if they changed; linters and validators only `for_development`."""
    packages, stamp = digest(MANIFESTS), MODULES / ".installed"
    enough = [f"{packages} all"] if for_development else [f"{packages} all", f"{packages} for building"]
    if not any(is_current(stamp, content) for content in enough):
        env = node_environment()
        with step("Installing the front-end packages"):
            options = [] if for_development else ["--omit=dev"]
            run(["npm", "ci", "--no-audit", "--no-fund", *options], env=env)
            stamp.write_text(enough[-1])


def build(for_development: bool = True) -> None:
    """Installs the locked npm packages and builds the style sheets, each only if something changed."""
    install(for_development)
    sources = digest([*MANIFESTS, *files(STYLES), *(path for folder in NAMING for path in files(folder))])
    if not BUILT.exists() or not is_current(MODULES / ".built", sources):
        env = node_environment()
        with step("Building the style sheets"):
            BUILT.mkdir(parents=True, exist_ok=True)
            run(["npm", "run", "build"], env=env)
            (MODULES / ".built").write_text(sources)


def collect(python: Path, env: dict[str, str]) -> None:
    """Runs collectstatic if something changed: files are compressed and get their hash in the name."""
    served = [path for folder in STATIC for path in files(folder)]
    naming = [ROOT / "lernnetzwerk" / "settings.py", ROOT / "lernnetzwerk" / "web" / "static_files.py"]
    sources = digest([environment.lock_file("production"), *naming, *served])
    stamp = COLLECTED.parent / ".collected"
    if COLLECTED.exists() and is_current(stamp, sources):
        return
    with step("Collecting the static files"):
        run([python, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity=0"], env=env)
        stamp.write_text(sources)


def script_tests(env: Mapping[str, str], folder: Path = SCRIPT_TESTS) -> Callable[[], str]:
    """Returns a check that runs every `*.test.js` in `folder` with Node's test runner and counts the passed tests."""

    def work() -> str:
        tests = sorted(folder.rglob("*.test.js"))
        if not tests:
            raise StepFailed(f"There are no tests of scripts in {folder}.")
        printed = run(["node", "--test", "--test-reporter=spec", *tests], env=env)
        counts = {name: int(number) for name, number in re.findall(r"\b(pass|skipped|todo) (\d+)\b", printed)}
        if not counts.get("pass") or counts["skipped"] or counts["todo"]:
            raise StepFailed("Every test of a script must run.", printed)
        return f"{counts['pass']} passed"

    return work


def node_environment() -> dict[str, str]:
    """Returns environment variables with a recent Node.js and npm in PATH, installed from a wheel if necessary."""
    needed = node_needed()
    found = node_version("node") if shutil.which("npm") else 0
    if found >= needed:
        return dict(os.environ)
    python = environment.ensure(".venv-node", "node")
    env = environment.bin_on_path(python)
    if node_version(python.parent / "node") < needed:
        raise StepFailed(f"Please install Node.js {needed} or newer with npm; no ready-made one runs here.")
    return env


def node_needed() -> int:
    """Returns the major version of Node.js that package.json requires."""
    engines = json.loads((ROOT / "package.json").read_text())["engines"]
    return int(re.findall(r"\d+", engines["node"])[0])


def node_version(program: str | Path) -> int:
    """Returns the major version of a Node.js program, or 0 if it does not start."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.match(r"v(\d+)\.", answer)
    return int(found.group(1)) if found else 0


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def digest(paths: Iterable[Path]) -> str:
    result = hashlib.sha256()
    for path in paths:
        if path.exists():
            result.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return result.hexdigest()


def is_current(stamp: Path, content: str) -> bool:
    return stamp.exists() and stamp.read_text() == content


if __name__ == "__main__":
    command(build)
