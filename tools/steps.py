"""One line for each step; a step's own output is only shown when it fails."""

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
    """Carries a sentence that says what to do, and the log of what went wrong if there is one."""

    def __init__(self, sentence: str, log: str = "") -> None:
        super().__init__(sentence)
        self.log = log
        if log:
            self.add_note(excerpt(log))  # for whoever meets it in a traceback, such as pytest's


class Unavailable(StepFailed):
    """This machine cannot do it, and cannot be given what it lacks."""


@contextmanager
def step(title: str) -> Iterator[None]:
    print(f"  {title:<52}", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    print(f"{time.monotonic() - began:6.1f} s", flush=True)


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> str:
    """The output of `command`, run in the project's folder; StepFailed carries it when the command fails."""
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
    """The end of a long log: the reason stands there."""
    lines = log.strip().splitlines()
    if len(lines) <= LOG_LINES:
        return "\n".join(lines)
    return "\n".join([f"[{len(lines) - LOG_LINES} lines before]", *lines[-LOG_LINES:]])


def command(main: Callable[[], int | None]) -> None:
    """Runs a tool's main function; what goes wrong ends in a sentence, never in a traceback."""
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
