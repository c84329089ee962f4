"""The public pages in Firefox: what was built and tried in Chromium holds in an engine of another kind."""

import json
import subprocess

import pytest

from tests.browser import layout, test_jumps
from tests.conftest import skip_or_fail
from tools import firefox, frontend
from tools.steps import ROOT

pytestmark = pytest.mark.walk

WALK = ROOT / "tests" / "browser" / "firefox.mjs"
WIDTHS = (320, 768, 1280)
PARTS = 2
TIMEOUT = 280  # seconds


def walked(**order: object) -> dict:
    """Walks in Firefox; returns its findings, and how many popovers, disclosures and jumps it tried."""
    program = firefox.find()
    if not program:
        skip_or_fail("this machine has no Firefox")
    if not (frontend.MODULES / "puppeteer-core").exists():
        skip_or_fail("the driver of Firefox is not installed; `make setup` does it")
    scripts = {
        "problems": f"({layout.PROBLEMS})({json.dumps(layout.MAY_BE_CUT)})",
        "jumps": test_jumps.JUMPS,
        "distance": test_jumps.DISTANCE,
    }
    done = subprocess.run(
        ["node", WALK],
        input=json.dumps({"program": program, **scripts, **order}),
        env=frontend.node_environment(),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_kind_of_page_holds_in_firefox(site, kinds, part):
    result = walked(url=site.url, paths=[*kinds.values()][part::PARTS], widths=WIDTHS)

    assert result["findings"] == [], "\n".join(result["findings"])
    assert result["totals"]["popovers"], result["totals"]
    assert result["totals"]["jumps"], result["totals"]
