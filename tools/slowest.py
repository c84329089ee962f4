"""`make slowest`: prints the thirty slowest tests, read from the reports of the last `make test`."""

import xml.etree.ElementTree as ET  # parses only reports that pytest has written
from collections.abc import Iterator

from tools.check_report import REPORTS
from tools.steps import StepFailed, command

NUMBER = 30


def main() -> None:
    timed = sorted(tests(), reverse=True)
    if not timed:
        raise StepFailed("There are no reports yet; `make test` writes them.")
    print(f"The {NUMBER} slowest of {len(timed)} tests, which took {sum(test[0] for test in timed):.0f} s together:")
    for seconds, run, name in timed[:NUMBER]:
        print(f"  {seconds:6.2f} s  {run:<24}{name}")


def tests() -> Iterator[tuple[float, str, str]]:
    """Yields seconds including setup and teardown, the name of the run, and the name of the test."""
    for report in REPORTS.glob("*.xml"):
        for case in ET.parse(report).iter("testcase"):  # noqa: S314
            run = report.stem.replace("-", " ").removeprefix("tests on ").removeprefix("tests in ")
            yield float(case.get("time", 0)), run, f"{case.get('classname')}::{case.get('name')}"


if __name__ == "__main__":
    command(main)
