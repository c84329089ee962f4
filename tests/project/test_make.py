import re
import subprocess
from pathlib import Path

from tools.steps import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE).group(1).split())


def test_the_help_names_every_command_but_itself():
    printed = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True)

    assert set(re.findall(r"^make (\S+)", printed.stdout, re.MULTILINE)) == TARGETS - {"help"}


def test_the_build_server_runs_make_test_and_then_the_rest():
    script = ROOT / ".ci" / "run"

    assert script.stat().st_mode & 0o111
    lines = [line.removeprefix("exec ") for line in script.read_text().splitlines()]
    assert [line for line in lines if line.startswith("make ")] == ["make test", "make slowest", "make test-rest"]


def test_the_commit_hook_runs_make_lint():
    """It has no other hook, because two lists of checks would diverge."""
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")

    assert "lint" in TARGETS
    assert re.findall(r"^ *-? ?(repo|entry|language|pass_filenames): (.*)$", hooks, re.MULTILINE) == [
        ("repo", "local"),
        ("entry", "make lint"),
        ("language", "system"),
        ("pass_filenames", "false"),
    ]


def test_a_message_asks_for_a_newer_python(tmp_path):
    done = find_python(tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Python 3.11 or newer is needed and was not found.")


def test_a_newer_python_is_preferred_to_an_old_one(tmp_path):
    for name, answer in (("python3", 1), ("python3.12", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {answer}\n")
        (tmp_path / name).chmod(0o755)

    done = find_python(tmp_path)

    assert done.stdout == "python3.12\n"


def test_the_python_of_the_distribution_is_preferred(tmp_path):
    for name in ("python3", "distribution"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 0\n")
        (tmp_path / name).chmod(0o755)

    done = find_python(tmp_path, tmp_path / "distribution")

    assert done.stdout == f"{tmp_path / 'distribution'}\n"


def find_python(folder: Path, distribution: Path | str = "missing") -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", ROOT / "tools/find-python", distribution]
    return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True)
