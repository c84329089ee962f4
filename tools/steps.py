"""Runs the steps of a tool: prints a line for each, and the output of a command only if it fails."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG_LINES = 200


class StepFailed(Exception):
    """An error whose message tells the user what to do; `log` is the output of the failed command, if any."""

    def __init__(self, sentence: str, log: str = "") -> None:
        super().__init__(sentence)
        self.log = log
        if log:
            self.add_note(excerpt(log))  # shown in tracebacks, such as those of pytest


class Unavailable(StepFailed):
    """This machine lacks a program that a step needs, and it cannot be installed."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """Prints the title, and after the block the seconds it took or "failed"."""
    print(f"  {title:<52}", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    print(f"{time.monotonic() - began:6.1f} s", flush=True)


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> str:
    """Runs `command` in the project's folder and returns its output; if it fails, StepFailed contains the output."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=ROOT,
            env=dict(env or os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise StepFailed(f"{words[0]} could not be started: {error}") from error
    if done.returncode:
        raise StepFailed(f"`{' '.join(words)}` ended with exit code {done.returncode}.", done.stdout)
    return done.stdout


def excerpt(log: str) -> str:
    """Returns the last lines of a long log, which contain the reason."""
    lines = log.strip().splitlines()
    if len(lines) <= LOG_LINES:
        return "\n".join(lines)
    return "\n".join([f"[{len(lines) - LOG_LINES} lines before]", *lines[-LOG_LINES:]])


def command(main: Callable[[], int | None]) -> None:
    """Runs a tool's main function and exits; StepFailed is printed as a sentence instead of a traceback."""
    os.chdir(ROOT)
    try:
        sys.exit(main() or 0)
    except StepFailed as failure:
        if failure.log:
            print(f"\n{excerpt(failure.log)}\n", flush=True)
        print(failure, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
