"""Counts checks and tests, prints a line for each, and at the end the skipped ones and the totals."""

import os
import subprocess
import threading
import time
import xml.etree.ElementTree as ET  # parses only reports that pytest has just written
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools.steps import ROOT, StepFailed, Unavailable, excerpt, run

REPORTS = ROOT / "build" / "reports"
NO_TESTS = 5  # pytest's exit code


@dataclass(frozen=True)
class Outcome:
    """The result of a check: duration in seconds, a note for its line, and the log if it failed."""

    seconds: float
    note: str
    log: str


class CheckReport:
    """Runs checks and counts the results; with CI=true a check that this machine cannot run counts as failed."""

    def __init__(self) -> None:
        self.passed = self.failed = 0
        self.skips: list[str] = []
        self.lock = threading.Lock()
        self.is_strict = os.environ.get("CI") == "true"

    def command(self, title: str, *words: str | Path, env: Mapping[str, str] | None = None) -> None:
        self.work(title, running(*words, env=env))

    def work(self, title: str, work: Callable[[], str]) -> None:
        """Runs one check, which returns a note or raises StepFailed or Unavailable."""
        self.line(title, lambda: self.outcome(title, self.counted(work)))

    def together(self, checks: Mapping[str, Callable[[], str]]) -> None:
        """Runs checks (title → function) in parallel, one for each processor, and prints them in the given order."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            begun = {title: pool.submit(self.outcome, title, self.counted(work)) for title, work in checks.items()}
            for title, check in begun.items():
                self.line(title, check.result)

    def counted(self, work: Callable[[], str]) -> Callable[[], str]:
        def count() -> str:
            try:
                note = work()
            except Unavailable:
                raise
            except StepFailed:
                with self.lock:
                    self.failed += 1
                raise
            with self.lock:
                self.passed += 1
            return note

        return count

    def tests(self, title: str, python: Path, *options: str, env: Mapping[str, str] | None = None) -> None:
        self.line(title, lambda: self.outcome(title, lambda: self.run_pytest(title, python, options, env)))

    @contextmanager
    def tests_beside(self, title: str, python: Path, *options: str) -> Iterator[None]:
        """Runs tests while the block runs, and prints their line after it."""
        with ThreadPoolExecutor(1) as pool:
            run_tests = partial(self.run_pytest, title, python, options, None)
            outcome = pool.submit(self.outcome, title, run_tests)
            yield
            self.line(title, outcome.result)

    def skip(self, title: str, reason: str) -> None:
        def work() -> str:
            raise Unavailable(reason)

        self.line(title, lambda: self.outcome(title, work))

    def outcome(self, title: str, work: Callable[[], str]) -> Outcome:
        began = time.monotonic()
        log = ""
        try:
            note = work()
        except Unavailable as reason:
            with self.lock:
                self.skips.append(f"{title}: {reason}")
                self.failed += self.is_strict
            note, log = f"SKIPPED: {reason}", excerpt(reason.log)
        except StepFailed as failure:
            note, log = "FAILED", f"{excerpt(failure.log)}\n{failure}"
        return Outcome(time.monotonic() - began, note, log)

    def line(self, title: str, wait: Callable[[], Outcome]) -> None:
        """Prints the title, waits for the outcome, and prints it on the same line."""
        print(f"  {title:<52}", end="", flush=True)
        outcome = wait()
        print(f"{outcome.seconds:6.1f} s  {outcome.note}", flush=True)
        if outcome.log:
            print(f"\n{outcome.log}\n", flush=True)

    def run_pytest(self, title: str, python: Path, options: tuple[str, ...], env: Mapping[str, str] | None) -> str:
        report = REPORTS / f"{title.lower().replace(' ', '-')}.xml"
        report.parent.mkdir(parents=True, exist_ok=True)
        report.unlink(missing_ok=True)
        words: list[str | Path] = [
            python,
            "-m",
            "pytest",
            "-q",
            "-rfE",
            "--tb=short",
            "-n",
            "auto",
            f"--junitxml={report}",
            *options,
        ]
        env = compiled_once(env or os.environ)
        done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode == NO_TESTS:
            raise Unavailable("there are no such tests")
        counts = self.add(report)
        if done.returncode:
            self.failed += not counts["failed"]
            raise StepFailed(f"{title}: {describe(counts)}.", done.stdout + done.stderr)
        return describe(counts)

    def add(self, report: Path) -> dict[str, int]:
        """Adds the counts of pytest's XML report to the totals and returns them."""
        cases = list(ET.parse(report).iter("testcase")) if report.exists() else []  # noqa: S314
        reasons = [skip.get("message", "") for case in cases for skip in case.findall("skipped")]
        failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
        counts = {"passed": len(cases) - failed - len(reasons), "failed": failed, "skipped": len(reasons)}
        with self.lock:
            self.passed += counts["passed"]
            self.failed += failed
            self.skips += reasons
        return counts

    def close(self) -> int:
        """Prints the skipped tests and a line with the totals, which build servers read; returns the exit code."""
        for reason in sorted(set(self.skips)):
            print(f"  SKIPPED {self.skips.count(reason)} x  {reason}")
        print(f"\n{self.passed} passed, {self.failed} failed, {len(self.skips)} skipped", flush=True)
        return 1 if self.failed else 0


def running(*words: str | Path, env: Mapping[str, str] | None = None) -> Callable[[], str]:
    """Returns a check that runs a command; StepFailed is raised when its exit code is not 0."""

    def work() -> str:
        run(words, env=env)
        return ""

    return work


def compiled_once(env: Mapping[str, str]) -> dict[str, str]:
    """Returns `env` without PYTHONDONTWRITEBYTECODE, often set in containers, so that tests are compiled only once."""
    return {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}


def describe(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items() if number or name == "passed")
