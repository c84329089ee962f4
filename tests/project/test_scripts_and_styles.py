import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import check, frontend
from tools.steps import ROOT, StepFailed

LINT, FORMAT = frontend.CHECKS.values()
SCRIPT = """\
import { clock } from "./clock.js"

const shown = document.querySelector("[data-clock]")

async function show(time) {
  shown.textContent = clock(time)
  await navigator.clipboard.writeText(shown.textContent)
}

shown.addEventListener("click", async () => {
  await show(Date.now())
})
"""
STYLE = """\
@layer components {
  .clock {
    color: var(--ink);

    &:hover {
      color: var(--act);
    }
  }
}
"""
IN_SCRIPTS = {
    "noUndeclaredVariables": ("clock(time)", "clocks(time)"),
    "noUnusedVariables": ("show(Date.now())", "Date.now()"),
    "noFloatingPromises": ("await show(", "show("),
    "noUnusedExpressions": ("shown.textContent = clock", "shown.textContent && clock"),
    "noUnreachable": ("  shown.textContent =", "  return\n  shown.textContent ="),
    "noDoubleEquals": ("= clock(time)", '= time == "0" ? "" : clock(time)'),
    "noShadow": ("(time) {\n", "(time) {\n  const shown = time\n"),
    "noUnresolvedImports": ("./clock.js", "./clocks.js"),
}
IN_STYLES = {
    "noUnknownProperty": ("color: var(--ink)", "colour: var(--ink)"),
    "noDuplicateProperties": ("color: var(--ink);", "color: var(--ink);\n    margin: 0;\n    color: var(--act);"),
    "noDuplicateSelectors": ("  .clock {", "  .clock {\n    margin: 0;\n  }\n\n  .clock {"),
    "Invalid color": ("var(--ink)", "#12"),
    "A literal colour": ("var(--ink)", "rgb(0 0 0 / 25%)"),
    "selects by class": (".clock", "#clock"),
    "noImportantStyles": ("var(--ink)", "var(--ink) !important"),
    "useLayeredStyles": ("@layer components", "@media print"),
    "noEmptyBlock": ("      color: var(--act);\n", ""),
}


@pytest.fixture(scope="module")
def env():
    try:
        frontend.install()
        return frontend.node_environment()
    except StepFailed as reason:
        pytest.skip(str(reason))


@pytest.fixture
def folder(tmp_path):
    """A project with this one's configuration, a valid script and a valid style sheet."""
    shutil.copy(ROOT / "biome.jsonc", tmp_path)
    shutil.copytree(ROOT / "tools" / "biome", tmp_path / "tools" / "biome")
    (tmp_path / "clock.js").write_text("export const clock = time => new Date(time).toLocaleTimeString()\n")
    (tmp_path / "page.js").write_text(SCRIPT)
    (tmp_path / "_clock.scss").write_text(STYLE)
    return tmp_path


def outcome(words, folder, env):
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("words", [LINT, FORMAT], ids=["lint", "format"])
def test_a_project_without_faults_passes(words, folder, env):
    code, printed = outcome(words, folder, env)

    assert (code, "Checked 4 files" in printed) == (0, True)  # the configuration file is one of them


@pytest.mark.parametrize("finding", IN_SCRIPTS)
def test_a_fault_in_a_script_is_found(finding, folder, env):
    right, wrong = IN_SCRIPTS[finding]
    assert SCRIPT.count(right) == 1
    (folder / "page.js").write_text(SCRIPT.replace(right, wrong))

    code, printed = outcome(LINT, folder, env)

    assert (code, finding in printed) == (1, True)


@pytest.mark.parametrize("finding", IN_STYLES)
def test_a_fault_in_a_style_sheet_is_found(finding, folder, env):
    right, wrong = IN_STYLES[finding]
    assert STYLE.count(right) == 1
    (folder / "_clock.scss").write_text(STYLE.replace(right, wrong))

    code, printed = outcome(LINT, folder, env)

    assert (code, finding in printed) == (1, True)


@pytest.mark.parametrize("name", ["page.js", "_clock.scss"])
def test_a_wrong_indentation_is_found(name, folder, env):
    text = (folder / name).read_text()
    (folder / name).write_text(text.replace("\n  ", "\n ", 1))

    code, printed = outcome(FORMAT, folder, env)

    assert (code, f"{name} format" in printed) == (1, True)


def test_lint_runs_these_checks(monkeypatch, env):
    checks = {}
    monkeypatch.setattr(check.frontend, "node_environment", lambda: env)

    class Recorder:
        def together(self, given):
            checks.update(given)

    check.lint(Recorder(), Path(sys.executable))

    assert {*check.frontend.CHECKS, "Tests of scripts"} <= set(checks)


SCRIPT_TEST = """\
import assert from "node:assert/strict"
import { test } from "node:test"

test("one and one", () => assert.equal(1 + 1, 2))
test("one and two", () => assert.equal(1 + 2, 3))
"""


def test_tests_of_scripts_are_counted(tmp_path, env):
    (tmp_path / "sum.test.js").write_text(SCRIPT_TEST)

    assert frontend.script_tests(env, tmp_path)() == "2 passed"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("1 + 1, 2", "1 + 1, 3"),
        ("assert.equal(1 + 1", "equal(1 + 1"),
        ('test("one and one"', 'test.skip("one and one"'),
    ],
    ids=["wrong", "broken", "skipped"],
)
def test_a_failing_script_test_is_a_failure(right, wrong, tmp_path, env):
    (tmp_path / "sum.test.js").write_text(SCRIPT_TEST.replace(right, wrong))

    with pytest.raises(StepFailed) as failure:
        frontend.script_tests(env, tmp_path)()

    assert "one and one" in failure.value.log


def test_a_project_without_script_tests_is_a_failure(tmp_path, env):
    with pytest.raises(StepFailed, match="There are no tests of scripts"):
        frontend.script_tests(env, tmp_path)()


def test_npm_run_lint_runs_the_same_checks():
    words = [" ".join(["biome", *words[1:]]) for words in (LINT, FORMAT)]

    assert json.loads((ROOT / "package.json").read_text())["scripts"]["lint"] == " && ".join(words)
