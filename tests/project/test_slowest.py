import pytest

from tools import slowest
from tools.steps import StepFailed

CASE = '<testcase classname="tests.test_canary" name="test_{number}" time="{number}.5" />'


@pytest.fixture
def reports(monkeypatch, tmp_path):
    monkeypatch.setattr(slowest, "REPORTS", tmp_path)
    return tmp_path


def test_the_thirty_slowest_tests_of_all_runs_are_named(reports, capsys):
    for run, numbers in {"tests-on-sqlite": range(0, 40, 2), "journeys-in-chromium": range(1, 40, 2)}.items():
        cases = "".join(CASE.format(number=number) for number in numbers)
        (reports / f"{run}.xml").write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")

    slowest.main()

    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "The 30 slowest of 40 tests, which took 800 s together:"
    assert [float(line.split()[0]) for line in lines] == [number + 0.5 for number in range(39, 9, -1)]
    assert lines[0].split() == ["39.50", "s", "journeys", "in", "chromium", "tests.test_canary::test_39"]
    assert lines[1].split() == ["38.50", "s", "sqlite", "tests.test_canary::test_38"]


def test_a_message_explains_missing_reports(reports):
    with pytest.raises(StepFailed, match="There are no reports yet; `make test` writes them"):
        slowest.main()
