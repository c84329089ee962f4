"""Accessibility of states that test_every_page.py does not reach: responses of forms, popovers, the programme chain."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.pages import EVENT_PAGE, LISTS, REPORT


@pytest.mark.walk
def test_axe_finds_nothing_in_the_responses_of_the_form(own_site, page, tolerated):
    tolerated.append(r"status of 4(22|29)")
    findings, titles = axe.Findings(), []

    for description in ["", "Das Video hat keine Untertitel.", *(f"Und noch etwas, Nr. {n}." for n in range(5))]:
        page.goto(own_site.url + REPORT)
        page.get_by_label("Was geht nicht?").fill(description)
        with page.expect_navigation():
            page.get_by_role("button", name="Meldung absenden").click()
        expect(page.locator("h1")).to_be_visible()
        if page.title() not in titles:
            titles.append(page.title())
            axe.inspect_everywhere(page, findings)

    assert len(titles) == 3, titles
    assert findings.lines() == [], str(findings)


@pytest.mark.parametrize("path", [path for path in LISTS if path != "/themen/"])
def test_axe_checks_the_content_of_popovers(page, path):
    """axe.POPOVERS finds these popovers automatically; this test lists them."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)

    opened = [name for name, _content in page.evaluate(axe.POPOVERS)]

    everywhere = ["suche", "hauptmenue"]
    assert opened == (everywhere if path in {"/kommunen/", "/personen/"} else [*everywhere, "filter"])


@pytest.mark.walk
@pytest.mark.parametrize("path", [EVENT_PAGE, "/materialien/", "/personen/matthias-knuth/"])
def test_text_beside_the_chain_has_contrast(page, colour_scheme, path):
    page.goto(path)

    found = axe.run(page, axe.COLOURS)

    assert [node["reason"] for node in found["found"]] == []
    # The links of cards reach over the picture of the cover: what is behind them there, no program can tell.
    assert [node["html"] for node in found["undecided"] if 'href="/materialien/' not in node["html"]] == []
    assert found["passes"] >= 30


@pytest.mark.walk
def test_axe_finds_nothing_on_the_page_for_a_missing_permission(page, sign_in, tolerated):
    tolerated.append("status of 403")
    findings = axe.Findings()
    sign_in(page, "redaktion")

    response = page.goto("/verwaltung/events/event/1/veroeffentlichen/")
    axe.inspect_everywhere(page, findings)

    assert response.status == 403
    assert findings.lines() == [], str(findings)
