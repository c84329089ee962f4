"""`make mutants`: breaks ten important rules, one at a time, and expects the tests of `make test` to notice each.

The rules are broken in a copy of the project. A rule's own tests run first, then the rest of what `make test` runs,
until one test fails. Arguments select rules, such as `python -m tools.mutants rights`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools import chromium, environment, frontend, postgres
from tools.check import NO_BROWSER, ON_BOTH, SHARED, WITHOUT_WALKS
from tools.steps import ROOT, StepFailed, command

LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "node_modules", "build", "data", ".env", "__pycache__", ".*_cache")
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S.*?)(?: - .*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """A rule, the line of code that enforces it, its broken version, and the test files that run first."""

    rule: str
    path: str
    line: str
    broken: str
    tests: tuple[str, ...]


MUTANTS = (
    Mutant(
        "publication moment",
        "lernnetzwerk/visibility/models.py",
        'return Q(**{f"{prefix}state": State.PUBLISHED, f"{prefix}published_from__lte": at})',
        'return Q(**{f"{prefix}state": State.PUBLISHED})',
        ("tests/lernnetzwerk/test_visibility.py",),
    ),
    Mutant(
        "release membership",
        "events/models/session.py",
        "programme=release).order_by()",
        'programme__event=OuterRef(f"{prefix}event")).order_by()',
        ("tests/events/test_sessions.py", "tests/lernnetzwerk/test_visibility.py"),
    ),
    Mutant(
        "owner of a material",
        "events/models/attachment.py",
        "return super().visible(at, prefix) & owned",
        "return super().visible(at, prefix)",
        ("tests/events/test_attachments.py", "tests/lernnetzwerk/test_visibility.py"),
    ),
    Mutant(
        "old slugs",
        "lernnetzwerk/slugs/models.py",
        "return slug not in self.RESERVED_SLUGS and not others.exists()",
        "return slug not in self.RESERVED_SLUGS",
        ("tests/lernnetzwerk/test_slugs.py",),
    ),
    Mutant(
        "rights",
        "lernnetzwerk/administration/permissions.py",
        "return obj is None or may_publish(request, self.model) or not obj.is_released()",
        "return True",
        ("tests/lernnetzwerk/test_permissions.py",),
    ),
    Mutant(
        "sanitising",
        "lernnetzwerk/text/richtext.py",
        'return "".join(_cleaner().clean(piece) for piece in pieces(with_named_spaces(html)))',
        "return html",
        ("tests/lernnetzwerk/test_richtext.py",),
    ),
    Mutant(
        "structure check",
        "events/programme/structure.py",
        "        *_nesting_problems(programme, entries),\n",
        "",
        ("tests/events/test_programme.py",),
    ),
    Mutant(
        "input guard",
        "lernnetzwerk/web/request_limits.py",
        "if not (_is_text(path) and _is_text(unquote_to_bytes(query))):",
        "if False:",
        ("tests/lernnetzwerk/test_request_limits.py",),
    ),
    Mutant(
        "503",
        "lernnetzwerk/web/errors.py",
        "return isinstance(error, OperationalError | InterfaceError)",
        "return False",
        ("tests/lernnetzwerk/test_errors.py",),
    ),
    Mutant(
        "upload check",
        "lernnetzwerk/files/check.py",
        "        check_signature(upload, type_, allowed)\n",
        "",
        ("tests/files/test_check.py",),
    ),
)


@dataclass(frozen=True)
class Suite:
    """Runs the tests of `make test` in a copy of the project; returns the name of the first failed test, or ""."""

    python: Path
    folder: Path
    env: dict[str, str]
    postgres_url: str

    def on_postgres(self, *paths: str) -> str:
        return self._run({"TEST_DATABASE_URL": self.postgres_url}, NO_BROWSER, "-m", WITHOUT_WALKS, *paths)

    def whole(self) -> str:
        return (
            self.on_postgres()
            or self._run({}, NO_BROWSER, "-m", ON_BOTH)
            or self._run({}, "tests/browser", "-m", WITHOUT_WALKS)
        )

    def _run(self, env: dict[str, str], *options: str) -> str:
        words: list[str | Path] = [
            self.python,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-rfE",
            "--tb=no",
            "-n",
            "auto",
            SHARED,
            *options,
        ]
        done = subprocess.run(
            words,
            cwd=self.folder,
            env={**self.env, **env},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode == 0:
            return ""
        failed = FAILED.search(done.stdout)
        if not failed:  # pytest itself failed, not a test
            raise StepFailed("The tests could not be run.", done.stdout + done.stderr)
        return failed[1]


def main() -> int:
    chosen = [mutant for mutant in MUTANTS if not sys.argv[1:] or mutant.rule in sys.argv[1:]]
    python = environment.ensure(".venv", "test")
    frontend.build()
    env = {**os.environ, "CHROMIUM": chromium.provide(), "PYTHONDONTWRITEBYTECODE": "1"}
    with postgres.server() as url, copy_of_project() as folder:
        suite = Suite(python, folder, env, url)
        if failed := suite.on_postgres(*sorted({path for mutant in chosen for path in mutant.tests})):
            raise StepFailed(f"{failed} fails before anything is broken.")
        unnoticed = sum(not is_noticed(mutant, suite) for mutant in chosen)
    print(f"\n{len(chosen) - unnoticed} passed, {unnoticed} failed", flush=True)
    return 1 if unnoticed else 0


def is_noticed(mutant: Mutant, suite: Suite) -> bool:
    print(f"  {mutant.rule:<24}", end="", flush=True)
    began = time.monotonic()
    with broken(suite.folder / mutant.path, mutant.line, mutant.broken):
        failed = suite.on_postgres(*mutant.tests) or suite.whole()
    print(f"{time.monotonic() - began:6.1f} s  {f'noticed by {failed}' if failed else 'NOT NOTICED'}", flush=True)
    return bool(failed)


@contextmanager
def broken(file: Path, line: str, instead: str) -> Iterator[None]:
    """Replaces the line in the file while the block runs; raises StepFailed unless it occurs exactly once."""
    code = file.read_text(encoding="utf-8")
    if code.count(line) != 1:
        raise StepFailed(f"{file.name} no longer has this exactly once, so the list of mutants needs care: {line}")
    file.write_text(code.replace(line, instead), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(code, encoding="utf-8")


@contextmanager
def copy_of_project() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lernnetzwerk-mutants-") as parent:
        folder = Path(parent) / "project"
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
        for name in (".venv", "node_modules"):
            (folder / name).symlink_to(ROOT / name)
        yield folder


if __name__ == "__main__":
    command(main)
