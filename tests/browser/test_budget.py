"""Limits for the weight and the layout shift of each kind of page.

`make pageweight` measures times; a test would only measure its machine.
"""

import pytest
from playwright.sync_api import Page, Route

from tools import visits

FIRST, LATER = 90_000, 37_000  # the later load is the page and its covers
REQUESTS = 12
# Covers of files count as well; the list of attachments and the page of an attachment show more of them than others:
PICTURED = {"attachment", "attachments"}
FIRST_PICTURED, REQUESTS_PICTURED = 130_000, 30
WINDOWS = pytest.mark.parametrize("viewport", [visits.DESKTOP, visits.PHONE], ids=["desktop", "phone"])


@pytest.mark.walk
def test_every_kind_of_page_keeps_the_limits_of_first_and_later_loads(site, new_context, kinds, record_property):
    pages = list(kinds.items())
    first, later, requests = {}, {}, {}
    for (kind, path), (next_kind, next_path) in zip(pages, [*pages[1:], pages[0]], strict=True):
        context = visits.watched(new_context(viewport=visits.DESKTOP))
        page = context.new_page()
        session = context.new_cdp_session(page)
        visit = visits.visit(page, site.url + path, session)
        assert visit.fonts >= 2, "fonts count too"
        first[kind], requests[kind] = visit.weight, len(visit.sizes)
        later[next_kind] = visits.visit(page, site.url + next_path, session).weight
        context.close()

    record_property("first_load_bytes", dict(first))
    pictured = {kind: (first.pop(kind), requests.pop(kind), later.pop(kind)) for kind in PICTURED}
    assert {kind: size for kind, size in first.items() if size > FIRST} == {}
    assert {kind: number for kind, number in requests.items() if number > REQUESTS} == {}
    assert {kind: size for kind, size in later.items() if size > LATER} == {}
    most = (FIRST_PICTURED, REQUESTS_PICTURED, FIRST_PICTURED - FIRST + LATER)
    assert {
        kind: costs for kind, costs in pictured.items() if any(c > m for c, m in zip(costs, most, strict=True))
    } == {}


@pytest.mark.walk
@WINDOWS
def test_no_kind_of_page_shifts_its_layout_when_fonts_load_late(site, new_context, kinds, viewport):
    """Fonts wait until the page is drawn without them: what they replace must take the same place."""
    shifted = {}
    for kind, path in kinds.items():
        page = visits.watched(new_context(viewport=viewport)).new_page()
        go_without_fonts(page, path)
        if found := page.evaluate("seen.shifts"):
            shifted[kind] = found
        page.context.close()

    assert shifted == {}


def test_a_first_visit_shows_the_fonts_of_the_site(new_context):
    page = new_context(viewport=visits.PHONE).new_page()
    page.goto("/veranstaltungen/")

    fonts = {selector: drawn_fonts(page, selector) for selector in ("h1", ".title-block__lead")}

    assert fonts == {"h1": {("Fira Sans SemiBold", True)}, ".title-block__lead": {("Fira Sans", True)}}


def drawn_fonts(page: Page, selector: str) -> set[tuple[str, bool]]:
    """Family and whether it was downloaded, of each font that the text of the first match is drawn with."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {(font["familyName"], font["isCustomFont"]) for font in fonts}


def go_without_fonts(page: Page, path: str) -> None:
    waiting: list[Route] = []
    is_released = False

    def hold(route: Route) -> None:
        if is_released:
            route.continue_()
        else:
            waiting.append(route)

    page.route("**/*.woff2", hold)
    page.goto(path, wait_until="domcontentloaded")
    page.evaluate(visits.DRAWN)
    assert page.evaluate(visits.LOADED_FONTS) == 0, f"{path}: a font came early"
    is_released = True  # before the loop: a font requested meanwhile goes on by itself
    while waiting:
        waiting.pop().continue_()
    page.evaluate(visits.SETTLED)
    assert page.evaluate(visits.LOADED_FONTS) >= 2, path


def test_a_layout_shift_is_noticed(new_context):
    page = visits.watched(new_context(viewport=visits.PHONE)).new_page()
    page.goto("/")
    page.evaluate(visits.SETTLED)

    page.evaluate(
        "document.querySelector('main').prepend(document.createElement('hr'), 'Platz da', document.createElement('hr'))"
    )

    page.wait_for_function("() => seen.shifts.length >= 1")
