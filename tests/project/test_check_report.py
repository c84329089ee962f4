import sys
import time
from pathlib import Path

import pytest

from tools.check_report import CheckReport
from tools.steps import StepFailed

PYTHON = Path(sys.executable)


@pytest.fixture
def report(monkeypatch, tmp_path_factory):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("tools.check_report.REPORTS", tmp_path_factory.mktemp("reports"))
    return CheckReport()


def alone(folder):
    """Options that run the tests in `folder` without the configuration and plugins of the portal's own tests."""
    left_out = [word for plugin in ("django", "hypothesispytest", "playwright") for word in ("-p", f"no:{plugin}")]
    return [f"--rootdir={folder}", "-n0", *left_out, "-c", "/dev/null", str(folder)]


def last_line(capsys):
    return capsys.readouterr().out.splitlines()[-1]


def test_checks_are_counted_and_a_failed_one_shows_its_log(report, capsys):
    report.command("Good", "true")
    report.command("Bad", "sh", "-c", "echo the reason; exit 1")

    code = report.close()

    printed = capsys.readouterr().out
    assert code == 1
    assert "the reason" in printed
    assert printed.splitlines()[-1] == "1 passed, 1 failed, 0 skipped"


def test_checks_that_run_together_are_printed_in_their_order_and_counted_each(report, capsys):
    def slow_and_bad():
        time.sleep(0.2)
        raise StepFailed("It failed.", "the reason")

    report.together({"Slow and bad": slow_and_bad, "Quick": lambda: "a note", "Quick too": lambda: ""})

    code = report.close()
    printed = capsys.readouterr().out
    titles = [line.strip().split("  ")[0] for line in printed.splitlines() if " s  " in line]
    assert (code, titles) == (1, ["Slow and bad", "Quick", "Quick too"])
    assert "the reason" in printed
    assert "a note" in printed
    assert printed.splitlines()[-1] == "2 passed, 1 failed, 0 skipped"


def test_an_unavailable_check_is_counted_as_skipped(report, capsys):
    report.skip("Tests on the moon", "there is no rocket")

    code = report.close()

    printed = capsys.readouterr().out
    assert code == 0
    assert "SKIPPED 1 x  Tests on the moon: there is no rocket" in printed
    assert printed.splitlines()[-1] == "0 passed, 0 failed, 1 skipped"


def test_an_unavailable_check_fails_on_a_build_server(monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")
    report = CheckReport()

    report.skip("Tests on the moon", "there is no rocket")

    assert report.close() == 1
    assert last_line(capsys) == "0 passed, 1 failed, 1 skipped"


def test_the_tests_of_a_run_are_counted_one_by_one(report, tmp_path, capsys):
    (tmp_path / "test_four.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_good_too(): pass\n"
        "def test_bad(): assert not 'the reason'\n"
        "def test_elsewhere(): pytest.skip('not here')\n"
    )

    report.tests("A run of four", PYTHON, *alone(tmp_path))

    report.close()
    printed = capsys.readouterr().out
    assert "assert not 'the reason'" in printed
    assert "SKIPPED 1 x  not here" in printed
    assert printed.splitlines()[-1] == "2 passed, 1 failed, 1 skipped"


def test_tests_run_beside_other_checks_and_are_counted(report, tmp_path, capsys):
    (tmp_path / "test_two.py").write_text("def test_good(): pass\ndef test_bad(): assert False\n")

    with report.tests_beside("Tests beside", PYTHON, *alone(tmp_path)):
        report.work("Check", lambda: "a note")
    report.close()

    first, second, *others = capsys.readouterr().out.splitlines()
    assert (first.split()[0], second.split()[:2], second.split()[-1]) == ("Check", ["Tests", "beside"], "FAILED")
    assert others[-1] == "2 passed, 1 failed, 0 skipped"


def test_a_run_that_breaks_off_is_a_failure(report, tmp_path, capsys):
    (tmp_path / "test_broken.py").write_text("this is not Python\n")

    report.tests("A broken run", PYTHON, *alone(tmp_path))

    assert report.close() == 1
    assert last_line(capsys) == "0 passed, 1 failed, 0 skipped"


def test_compiled_tests_are_kept_for_the_next_run(report, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "test_kept.py").write_text(
        "import sys\ndef test_python_may_write(): assert not sys.dont_write_bytecode\n"
    )

    report.tests("A kept run", PYTHON, *alone(tmp_path))

    assert report.close() == 0
