"""`make types`: lets mypy check the code, and shortens the list of errors that are not yet repaired.

tools/untyped.txt names the files that still have errors, one in each line: number of errors and path. `make lint`
fails when a file has more errors than its number, and also when it has fewer: so the list can only become shorter.
"""

import os
import re
import secrets
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from tools import environment
from tools.steps import ROOT, StepFailed, command

LIST = ROOT / "tools" / "untyped.txt"
MESSAGE = re.compile(r"^(?P<path>[^:\s][^:]*):\d+: (?P<kind>error|note): ")
NO_VERDICT = 2  # mypy's exit code when it could not check everything: a syntax error, a wrong option


def check(python: Path) -> str:
    """One run of mypy; returns how many errors the list still allows, raises StepFailed unless it fits exactly."""
    lines, allowed = report(python), numbers(LIST.read_text())
    refuse_more(lines, allowed)
    fewer = below(lines, allowed)
    if fewer:
        raise StepFailed("tools/untyped.txt allows more errors than there are: `make types` shortens it.", fewer)
    return left_over(allowed)


def report(python: Path, *paths: str | Path) -> list[str]:
    """What mypy says about `paths` (default: the files named in pyproject.toml)."""
    words = [python, "-m", "mypy", "--no-error-summary", *paths]
    done = subprocess.run(words, cwd=ROOT, env=settings(), capture_output=True, text=True, check=False)
    if done.returncode >= NO_VERDICT:
        raise StepFailed("mypy could not check the code.", done.stdout + done.stderr)
    return done.stdout.splitlines()


def settings() -> dict[str, str]:
    """The plugin for Django loads the settings, on machines without a .env too."""
    return {**os.environ, "SECRET_KEY": secrets.token_urlsafe(60), "DATABASE_URL": "sqlite:///unused"}


def numbers(text: str) -> Counter[str]:
    """The list's lines as number of errors by path."""
    lines = (line.split(maxsplit=1) for line in text.splitlines())
    return Counter({path: int(number) for number, path in lines})


def errors(lines: list[str]) -> Counter[str]:
    """Number of errors by path in mypy's report."""
    messages = filter(None, map(MESSAGE.match, lines))
    return Counter(message["path"] for message in messages if message["kind"] == "error")


def refuse_more(lines: list[str], allowed: Mapping[str, int]) -> None:
    """Raises StepFailed with mypy's lines about all files that have more errors than allowed."""
    found = errors(lines)
    worse = {path for path in found if found[path] > allowed.get(path, 0)}
    if worse:
        messages = [line for line in lines if (message := MESSAGE.match(line)) and message["path"] in worse]
        raise StepFailed(f"New errors of types: {', '.join(sorted(worse))}.", "\n".join(messages))


def below(lines: list[str], allowed: Mapping[str, int]) -> str:
    """A line for each file that has fewer errors than allowed."""
    found = errors(lines)
    better = (path for path in sorted(allowed) if found[path] < allowed[path])
    return "\n".join(f"{path}: {found[path]} of {allowed[path]} errors" for path in better)


def left_over(allowed: Counter[str]) -> str:
    return f"not yet repaired: {allowed.total()} (files: {len(allowed)})" if allowed else ""


def main() -> None:
    lines = report(environment.ensure(".venv", "test"))
    refuse_more(lines, numbers(LIST.read_text()))
    left = errors(lines)
    LIST.write_text("".join(f"{left[path]:3} {path}\n" for path in sorted(left)))
    print(left_over(left) or "No errors.")


if __name__ == "__main__":
    command(main)
