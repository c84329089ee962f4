import re

import pytest

from tools.steps import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def pins(name):
    return set(re.findall(r"^([a-z0-9._-]+==\S+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE))


def test_each_purpose_has_a_lock_file():
    assert [path.stem for path in LOCKS] == ["lock", "next", "node", "postgres", "production", "s3", "test"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_has_exact_versions_with_hashes_and_no_addresses(lock):
    lines = [line for line in lock.read_text().splitlines() if not line.lstrip().startswith("#")]
    entries = "\n".join(lines).replace("\\\n", " ").splitlines()

    assert [line for line in entries if "==" not in line or "--hash=sha256:" not in line] == []
    assert [line for line in lines if "://" in line or "--index" in line or "--find" in line] == []


def test_the_test_lock_contains_the_production_lock():
    assert pins("production") - pins("test") == set()


def test_the_npm_lock_has_no_addresses():
    assert "://" not in re.sub(r'"url": "[^"]*"', "", (ROOT / "package-lock.json").read_text())
