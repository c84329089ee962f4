import subprocess
import sys

from tools.check import production_environment
from tools.steps import ROOT


def test_mypy_checks_models_and_requires_annotations(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text(
        "from django.contrib.auth.models import User\n"
        "def untyped(name): return name\n"
        "def name() -> int: return User.objects.get().username\n"
    )
    words = [sys.executable, "-m", "mypy", "--no-error-summary", planted]

    done = subprocess.run(words, cwd=ROOT, env=production_environment(tmp_path), capture_output=True, text=True)

    found = [line for line in done.stdout.splitlines() if f"/{planted.name}:" in line]
    assert [line.rsplit("  ", 1)[-1] for line in found] == ["[no-untyped-def]", "[return-value]"], done.stderr
