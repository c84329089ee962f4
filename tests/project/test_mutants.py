"""Each line that `make mutants` replaces exists in the code; running the mutants themselves takes minutes."""

import pytest

from tools import mutants
from tools.steps import ROOT, StepFailed

each = pytest.mark.parametrize("mutant", mutants.MUTANTS, ids=lambda mutant: mutant.rule)


def test_ten_rules_are_broken():
    assert [mutant.rule for mutant in mutants.MUTANTS] == [
        "publication moment",
        "release membership",
        "owner of a material",
        "old slugs",
        "rights",
        "sanitising",
        "structure check",
        "input guard",
        "503",
        "upload check",
    ]


@each
def test_the_line_of_a_rule_occurs_once_in_its_file(mutant):
    code = (ROOT / mutant.path).read_text(encoding="utf-8")

    assert code.count(mutant.line) == 1
    compile(code.replace(mutant.line, mutant.broken), mutant.path, "exec")


@each
def test_the_tests_that_run_first_exist(mutant):
    assert [path for path in mutant.tests if not (ROOT / path).exists()] == []


def test_a_file_is_restored_after_the_rule_was_broken(tmp_path):
    file = tmp_path / "rule.py"
    file.write_text("is_kept = True\n")

    with mutants.broken(file, "True", "False"):
        assert file.read_text() == "is_kept = False\n"

    assert file.read_text() == "is_kept = True\n"


def test_a_missing_line_is_reported(tmp_path):
    file = tmp_path / "rule.py"
    file.write_text("is_kept = True\n")

    with pytest.raises(StepFailed, match=r"rule\.py no longer has this exactly once"), mutants.broken(file, "x", "y"):
        pass
