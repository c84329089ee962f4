"""The real meeting entered from nothing through the interface: what it takes, and that it then reads the same."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.pages import MEETING
from tests.browser.programme import paste, rows, save

SPEYER = "Lehrstuhl für Politikwissenschaft, Deutsche Universität für Verwaltungswissenschaften Speyer"
MINISTRY = "Ministerium für Kinder, Familie, Flüchtlinge und Integration des Landes NRW"
CHAIR = "Lehrgebiet „Armut und soziale Ungleichheit im Kontext der Sozialen Arbeit“, Fachhochschule Kiel"
PROGRAMME = """Begrüßung
Aktivieren oder befähigen? Normen und Strukturen in Jobcentern und Arbeitsagenturen
Vortrag ohne Titel
\tDiskussion im Plenum
Drei Praxisforen
\tBildungsbegleiter und die Umsetzung des Bildungs- und Teilhabepaketes
\tJUGENDberufsagentur
\tKooperation zwischen Jugendhilfe und Jobcenter. Das Case-Management in Lünen
Vortrag ohne Titel"""
PEOPLE = {
    0: f"Marco Becker, {MINISTRY}",
    1: "Prof. Dr. Matthias Knuth, Institut Arbeit und Qualifikation (IAQ), Universität Duisburg-Essen",
    2: f"Prof. Dr. Stephan Grohs, {SPEYER}",
    3: f"Prof. Dr. Stephan Grohs, {SPEYER}",
    8: f"Prof. Dr. Kai Marquardsen, {CHAIR}",
}
TOWNS = {5: "Hamm", 6: "Bielefeld", 7: "Lünen"}
KINDS = {4: "forum_phase", 5: "forum", 6: "forum", 7: "forum"}
PARTS = {3: "im Anschluss an den Vortrag", 4: "Am Nachmittag", 8: "nach den Praxisforen"}
UNTITLED = (0, 2, 8)
FACTS = """
    () => [...document.querySelectorAll('.session, .forum')].map(item => {
        const own = selector => [...item.querySelectorAll(selector)]
            .filter(each => each.closest('.session, .forum') === item)
            .map(each => each.textContent.replace(/\\s+/g, ' ').trim())
        return [own('.session__kind'),
            own('.session__title, .forum__topic'), own('.forum__town'), own('.person__name'), own('.person__office')]
    })
"""


@pytest.fixture
def effort() -> dict[str, int]:
    return {"clicks": 0, "keys": 0, "pages": 0}


@pytest.fixture
def page(new_context, sign_in, own_site, effort) -> Page:
    """Signed in as `freigabe`; clicks, keystrokes and page loads are counted from here on."""
    page = new_context().new_page()
    sign_in(page, "freigabe", own_site)
    page.expose_function("count", lambda what: effort.__setitem__(what, effort[what] + 1))
    page.add_init_script(
        "addEventListener('pointerdown', () => count('clicks'), true);"
        "addEventListener('keydown', () => count('keys'), true)"
    )
    page.on("load", lambda _page: effort.__setitem__("pages", effort["pages"] + 1))
    return page


def add_person(page: Page, place: int, line: str) -> None:
    """By name where the portal knows the person, else as one line that is taken apart."""
    box = page.locator(".row").nth(place).get_by_role("combobox", name="Person hinzufügen")
    box.click()
    page.keyboard.insert_text(line)
    expect(page.get_by_role("option", name="Neu anlegen")).to_be_visible()
    page.keyboard.press("Enter")
    chips = page.locator(".row").nth(place).locator(".row__people .row__chip")
    expect(chips).to_have_count(1)


def add_town(page: Page, place: int, name: str) -> None:
    box = page.locator(".row").nth(place).get_by_role("combobox", name="Kommune hinzufügen")
    box.click()
    page.keyboard.insert_text(name)
    expect(page.get_by_role("option", name=name, exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".row").nth(place).locator(".row__chip--town")).to_have_count(1)


def test_the_real_meeting_is_entered_from_nothing_and_reads_as_the_demo_does(page, own_site, effort, capsys):
    desk.open_form(page, own_site, "events/event")
    desk.fill(page, title="Jobcenter, Arbeitsagentur und Sozialamt, noch einmal")
    page.locator("input[name=_continue]").first.click()
    page.locator(".object-tools").get_by_role("link", name="Programm", exact=True).click()
    page.get_by_role("button", name="Neue Zeile").click()
    paste(page, PROGRAMME)
    for place in UNTITLED:
        page.locator(".row").nth(place).locator("[data-name=title]").fill("")
    for place, kind in KINDS.items():
        page.locator(".row").nth(place).locator("[data-name=kind]").select_option(kind)
    for place, words in PARTS.items():
        page.locator(".row").nth(place).locator("[data-name=day_part]").fill(words)
    page.get_by_label("Unterpunkte laufen gleichzeitig").nth(4).check()
    for place, line in PEOPLE.items():
        add_person(page, place, line)
    for place, town in TOWNS.items():
        add_town(page, place, town)
    save(page)

    assert [is_under for _title, is_under in rows(page)] == [place in {3, 5, 6, 7} for place in range(9)]
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Vorschau (neues Fenster)").click()
    entered = opened.value.evaluate(FACTS)
    page.goto(own_site.url + MEETING)
    documented = page.evaluate(FACTS)
    assert len(entered) == 8
    assert entered == documented
    with capsys.disabled():
        print(f"\n  the real meeting: {effort['clicks']} clicks, {effort['keys']} keys, {effort['pages']} pages")  # noqa: T201
