"""Accessibility of the administration: axe on each kind of page for editors, and text at 200 %."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import admin_forms, axe
from tools import visits

pytestmark = pytest.mark.walk

INSTANCES = (
    "events/event",
    "events/session",
    "events/attachment",
    "events/programme",
    "speakers/speaker",
    "practice/municipality",
    "practice/practiceexample",
    "auth/user",
)
WITHOUT_ADDING = "events/programme"  # an event has its programme
# What scrolls sideways as a whole; tables may do so in a box of their own. 640 px are 1280 px at 200 %.
SIDEWAYS = """
    () => [document.documentElement, ...document.querySelectorAll('#container, #main, #main > .content, #content')]
        .filter(box => box.scrollWidth > box.clientWidth + 1)
        .map(box => `${box.id || box.className || box.localName} ${box.scrollWidth} px`)
"""
WINDOWS = (1280, 768, 640)


def changed_first(page: Page, base: str, instance: str) -> str:
    """The address of the first object of a list, without its last path segment."""
    page.goto(f"{base}{instance}/")
    page.locator("#result_list a[href*='/change/']").first.click()
    expect(page).to_have_url(re.compile("/change/"))
    return page.url.split("change/")[0]


# Each walk yields addresses, and None where it has brought the page into a state itself.


def lists(page: Page, base: str) -> Iterator[str | None]:
    yield base
    for instance in INSTANCES:
        yield f"{base}{instance}/"
    yield f"{base}events/"
    yield f"{base}speakers/speaker/?q=xqz"
    yield f"{base}barriers/barrierreport/"


def forms(page: Page, base: str) -> Iterator[str | None]:
    for instance in INSTANCES:
        if instance != WITHOUT_ADDING:
            yield f"{base}{instance}/add/"
        yield f"{changed_first(page, base, instance)}change/"


def states_of_a_form(page: Page, base: str) -> Iterator[str | None]:
    page.goto(f"{base}practice/practiceexample/add/")
    admin_forms.save(page)
    expect(page.locator(".errornote")).to_be_visible()
    yield None
    page.goto(f"{changed_first(page, base, 'events/event')}change/")
    for add in page.locator(".add-row a").all():
        add.click()
    yield None


def object_actions(page: Page, base: str) -> Iterator[str | None]:
    event = changed_first(page, base, "events/event")
    yield from (f"{event}{word}/" for word in ("zurueckziehen", "vorlage", "hochladen", "delete"))
    page.goto(f"{event}vorschau-links/")
    with page.expect_navigation():
        page.get_by_role("button", name="Neuen Link erstellen").click()
    yield None
    yield f"{event}history/"
    page.goto(f"{event}programm/")
    yield page.get_by_role("link", name="Unterschiede und Freigabe").get_attribute("href")
    yield f"{base}was-fehlt/"
    yield f"{base}suche/?q=a"
    yield f"{base}events/event/999999/change/"


def merging(page: Page, base: str) -> Iterator[str | None]:
    yield f"{changed_first(page, base, 'speakers/speaker')}zusammenfuehren/"
    page.locator(".select2-selection").click()
    page.locator(".select2-results__option").nth(1).click()
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("button", name="Zusammenführen")).to_be_visible()
    yield None


@pytest.mark.parametrize("walk", [lists, forms, states_of_a_form, object_actions, merging])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(new_context, sign_in, own_site, walk: Callable):
    page = new_context().new_page()
    sign_in(page, "verwaltung", own_site)
    findings = axe.Findings()

    for address in walk(page, f"{own_site.url}/verwaltung/"):
        if address:
            page.goto(f"{own_site.url}{address}" if address.startswith("/") else address)
        look_at(page, findings)

    assert findings.lines() == [], str(findings)


def test_axe_finds_nothing_on_the_sign_in_page(page, own_site):
    findings = axe.Findings()
    page.goto(f"{own_site.url}/verwaltung/login/?next=/verwaltung/")
    look_at(page, findings)
    page.locator("input[name=username]").fill("redaktion")
    page.locator("input[name=password]").fill("falsch")
    page.locator("#login-form [type=submit]").click()
    expect(page.locator(".errornote")).to_be_visible()
    look_at(page, findings)

    assert findings.lines() == [], str(findings)


def test_an_autocomplete_has_a_name_and_its_list_has_contrast(new_context, sign_in, own_site):
    """Its list alone: upstream hangs it below all landmarks and moves it only when the window scrolls."""
    page = new_context().new_page()
    sign_in(page, "verwaltung", own_site)
    findings = axe.Findings()
    admin_forms.open_form(page, own_site, "events/event", 1)

    page.get_by_role("combobox", name="Reihe").click()
    expect(page.locator(".select2-results__option").first).to_be_visible()

    expect(page.get_by_role("searchbox", name="Reihe")).to_be_focused()
    axe.inspect(page, findings, 1280, ".select2-dropdown")
    axe.inspect(page, findings, 1280, ".field-series")
    assert findings.lines() == [], str(findings)


def look_at(page: Page, findings: axe.Findings) -> None:
    page.evaluate(visits.SETTLED)
    for width in WINDOWS:
        page.set_viewport_size({"width": width, "height": 900})
        if width != WINDOWS[-1]:
            axe.inspect(page, findings, width)
        findings.add(f"{page.url} {width}", [sideways(box) for box in page.evaluate(SIDEWAYS)])


def sideways(box: str) -> dict:
    return {"rule": "sideways", "reason": "the whole page scrolls", "html": box}
