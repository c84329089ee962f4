import sys
from pathlib import Path

import pytest

from tools import types
from tools.steps import StepFailed

PYTHON = Path(sys.executable)
TWO_ERRORS = [
    'a.py:3: error: "int" has no attribute "name"  [attr-defined]',
    "a.py:3: note: Perhaps another",
    "a.py:9: error: Missing return statement  [return]",
]


def test_a_file_with_as_many_errors_as_listed_is_accepted():
    types.refuse_more(TWO_ERRORS, {"a.py": 2})

    assert types.below(TWO_ERRORS, {"a.py": 2}) == ""


@pytest.mark.parametrize("allowed", [{}, {"a.py": 1}])
def test_a_file_with_more_errors_than_listed_is_refused_with_the_lines_of_mypy(allowed):
    elsewhere = ["b.py:1: error: Missing return statement  [return]"]

    with pytest.raises(StepFailed, match=r"New errors of types: a\.py\.") as failure:
        types.refuse_more([*TWO_ERRORS, *elsewhere], {"b.py": 1, **allowed})

    assert failure.value.log.splitlines() == TWO_ERRORS


def test_a_file_with_fewer_errors_than_listed_is_named():
    assert types.below(TWO_ERRORS, {"a.py": 5, "b.py": 1}) == "a.py: 2 of 5 errors\nb.py: 0 of 1 errors"


@pytest.fixture
def listed(tmp_path, monkeypatch):
    path = tmp_path / "untyped.txt"
    monkeypatch.setattr(types, "LIST", path)
    monkeypatch.setattr(types, "report", lambda python, *paths: TWO_ERRORS)
    monkeypatch.setattr(types.environment, "ensure", lambda folder, lock: PYTHON)
    return path


def test_a_list_that_is_too_long_fails_and_says_how_to_shorten_it(listed):
    listed.write_text("  5 a.py\n")

    with pytest.raises(StepFailed, match="`make types` shortens it") as failure:
        types.check(PYTHON)

    assert failure.value.log == "a.py: 2 of 5 errors"


def test_a_list_that_fits_passes_with_what_is_left(listed):
    listed.write_text("  2 a.py\n")

    assert types.check(PYTHON) == "not yet repaired: 2 (files: 1)"


def test_the_list_is_shortened(listed):
    listed.write_text("  5 a.py\n  1 b.py\n")

    types.main()

    assert listed.read_text() == "  2 a.py\n"


def test_the_list_is_never_made_longer(listed):
    listed.write_text("  1 a.py\n")

    with pytest.raises(StepFailed):
        types.main()

    assert listed.read_text() == "  1 a.py\n"


def test_mypy_knows_models_and_asks_for_types(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text(
        "from django.contrib.auth.models import User\n"
        "def untyped(name): return name\n"
        "def name() -> int: return User.objects.get().username\n"
    )

    lines = [line for line in types.report(PYTHON, planted) if f"/{planted.name}:" in line]

    assert [line.rsplit("  ", 1)[-1] for line in lines] == ["[no-untyped-def]", "[return-value]"]


def test_what_mypy_cannot_read_is_no_passed_check(tmp_path):
    (tmp_path / "broken.py").write_text("def broken(:\n")

    with pytest.raises(StepFailed, match="mypy could not check the code"):
        types.report(PYTHON, tmp_path / "broken.py")
