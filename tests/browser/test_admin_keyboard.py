"""The administration with the keyboard alone: on each kind of page every control is reached, and the focus seen."""

import pytest
from playwright.sync_api import expect

from tests.browser import admin_stops, axe, checkers
from tools import visits

pytestmark = pytest.mark.walk

PARTS = 2


@pytest.mark.parametrize("part", range(PARTS))
def test_tab_reaches_every_control_and_its_focus_is_seen(new_context, sign_in, site, part):
    page = new_context(viewport=visits.DESKTOP).new_page()
    sign_in(page, "verwaltung")
    findings = axe.Findings()
    paths = [*checkers.administration(site, "verwaltung")][part::PARTS]
    assert len(paths) >= 25

    for path in paths:
        page.goto(path)
        page.evaluate(visits.SETTLED)
        findings.add(path, admin_stops.faults(page))

    assert findings.lines() == [], str(findings)


def test_what_is_not_seen_or_not_reached_is_noticed(page):
    page.set_content("""<button id="plain">Gut</button><button style="outline: none">Ohne Ring</button>
        <input onkeydown="event.preventDefault()"><button>Hinter der Falle</button>""")

    faults = [(fault["rule"], fault["html"]) for fault in admin_stops.faults(page)]

    assert [rule for rule, _html in faults] == ["focus not seen", "not reached"]
    assert "Ohne Ring" in faults[0][1]
    assert "Hinter der Falle" in faults[1][1]


def test_escape_closes_what_opens_over_a_form(new_context, sign_in):
    page = new_context(viewport=visits.DESKTOP).new_page()
    sign_in(page, "verwaltung")
    page.goto("/verwaltung/events/event/add/")
    chooser = page.get_by_role("combobox", name="Reihe")

    chooser.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".select2-container--open")).not_to_have_count(0)
    page.keyboard.press("Escape")

    expect(page.locator(".select2-container--open")).to_have_count(0)
    expect(chooser).to_be_focused()
