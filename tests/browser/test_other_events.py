"""A small event by keyboard alone and a timed event of two days, both from an empty form to the public page."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import admin_forms, stages
from tests.browser.interaction import paste
from tests.browser.keyboard import IS_HERE
from tests.browser.programme import SUGGESTIONS, rows, save, write
from tools.portal import Portal

FAR = 250
DAYS = """10:00–10:15 Begrüßung
10:15–12:00 Forenphase am Vormittag
\tPraxisforum Wohnen
\tPraxisforum Wege
12:00–13:00 Mittagspause
09:30–11:00 Forenphase am Morgen
\tPraxisforum Schule
\tPraxisforum Kita
11:00–11:30 Abschluss"""


@pytest.fixture
def page(new_context, sign_in, own_site) -> Page:
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    sign_in(page, "freigabe", own_site)
    page.goto(f"{own_site.url}/verwaltung/")
    return page


@pytest.fixture
def visitor(new_context) -> Page:
    return new_context().new_page()


def tab_to(target: Locator) -> None:
    expect(target).to_have_count(1)
    element = target.element_handle()  # a locator would be looked up again at every stop
    for _stop in range(FAR):
        if element.evaluate(IS_HERE):
            return
        target.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {target}")


def follow(target: Locator) -> None:
    tab_to(target)
    with target.page.expect_navigation():
        target.page.keyboard.press("Enter")


@pytest.mark.walk
def test_a_small_event_is_entered_released_and_published_by_keyboard_alone(page, own_site, visitor):
    follow(page.get_by_role("main").get_by_role("link", name="Treffen", exact=True).first)
    expect(page).to_have_url(f"{own_site.url}/verwaltung/events/event/")
    follow(page.locator(".object-tools a"))
    tab_to(page.locator("#id_title"))
    page.keyboard.type("Ein kleines Treffen")
    tab_to(page.locator("#id_starts_on"))
    page.keyboard.type("14.03.2030")
    tab_to(page.locator("#id_precision"))
    page.keyboard.type("auf den Tag")
    follow(page.locator("input[name=_continue]").last)
    follow(page.locator(".object-tools").get_by_role("link", name="Programm", exact=True))
    expect(page.get_by_role("button", name="Speichern")).to_be_visible()
    write(page, "Begrüßung", "Wie ein Dorf hilft", "Praxisforum Nachbarschaft", "Abschluss")
    add(page, 1, "Person", "Dr. Ada Beispiel, Stadt Musterhausen", "Neu anlegen: Dr. Ada Beispiel, Stadt Musterhausen")
    expect(page.get_by_label("Nachname")).to_have_value("Beispiel")
    page.keyboard.press("Enter")
    expect(page.locator(".row").nth(1).locator(".row__chip")).to_have_count(1)
    add(page, 2, "Kommune", "lünen", "Lünen")
    expect(page.locator(".row").nth(2).locator(".row__chip--municipality")).to_have_count(1)
    save(page)
    follow(page.get_by_role("link", name="Unterschiede und Freigabe"))
    tab_to(page.get_by_role("radio", name="vorläufig"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="endgültig")).to_be_checked()
    acknowledge_by_keyboard(page)
    follow(page.get_by_role("button", name="Programm freigeben"))
    admin_forms.expect_saved(page)
    follow(page.get_by_role("link", name="Veröffentlichen", exact=True))
    follow(page.get_by_role("button", name="Ja, so machen"))
    admin_forms.expect_message(page, "Veröffentlicht: 1.")

    find(visitor, own_site, "Ein kleines Treffen")
    expect(visitor.locator(".title-block")).to_contain_text("14. März 2030")
    expect(visitor.locator(".programme .session__title")).to_have_text(
        ["Begrüßung", "Wie ein Dorf hilft", "Praxisforum Nachbarschaft", "Abschluss"]
    )
    expect(visitor.locator(".speaker__name")).to_have_text(["Dr. Ada Beispiel"])
    expect(visitor.locator(".speaker__affiliation")).to_have_text(["Stadt Musterhausen"])
    expect(visitor.locator(".session__municipalities")).to_have_text(["Lünen"])
    expect(visitor.get_by_text("Vorläufiges Programm")).to_have_count(0)


def add(page: Page, place: int, what: str, line: str, first: str) -> None:
    """Shift and Tab lead upwards from the last row, where typing has ended."""
    box = page.locator(".row").nth(place).get_by_role("combobox", name=f"{what} hinzufügen")
    element = box.element_handle()
    for _stop in range(FAR):
        if element.evaluate(IS_HERE):
            break
        page.keyboard.press("Shift+Tab" if what == "Person" else "Tab")
    page.keyboard.type(line)
    expect(page.locator(SUGGESTIONS).first).to_contain_text(first)
    page.keyboard.press("Enter")


def acknowledge_by_keyboard(page: Page) -> None:
    is_read = page.get_by_label("Ich habe die Hinweise gelesen und gebe trotzdem frei")
    if is_read.count():
        tab_to(is_read)
        page.keyboard.press("Space")


@pytest.mark.parametrize("own_seed", [stages.TWO_DAYS], indirect=True)
def test_a_programme_of_two_days_is_pasted_and_dragged(page, own_site):
    open_programme(page, own_site)
    page.get_by_role("button", name="Neue Zeile").click()
    paste(page, DAYS)
    expect(page.locator(".row")).to_have_count(9)
    kinds = page.locator("[data-name=kind]").evaluate_all("fields => fields.map(field => field.value)")
    assert kinds == ["welcome", "forum_phase", "forum", "forum", "break", "forum_phase", "forum", "forum", "closing"]
    for place in (1, 5):
        with page.expect_response("**/hinweise/"):  # its notes move what is dragged next
            page.locator(".row__parallel input").nth(place).check()
    move_to_second_day(page, 5, 8)
    save(page)
    before = rows(page)

    page.reload()

    expect(page.locator(".row")).to_have_count(9)
    assert rows(page) == before
    expect(page.locator(".programme-editor__day").nth(1).locator("xpath=following-sibling::li")).to_have_count(4)


@pytest.mark.parametrize("own_seed", [stages.TWO_DAYS_ENTERED], indirect=True)
def test_two_timed_days_with_parallel_forums_reach_a_visitor(page, own_site, visitor):
    open_programme(page, own_site)
    with page.expect_navigation():
        page.get_by_role("link", name="Unterschiede und Freigabe").click()
    page.get_by_label("endgültig").check()
    is_read = page.get_by_label("Ich habe die Hinweise gelesen und gebe trotzdem frei")
    if is_read.count():
        is_read.check()
    page.get_by_role("button", name="Programm freigeben").click()
    admin_forms.expect_saved(page)
    admin_forms.do(page, "Veröffentlichen", "Veröffentlicht: 1.")

    find(visitor, own_site, "Zwei Tage im März")
    expect(visitor.locator(".title-block dd").filter(has_text="Uhr")).to_have_text(
        ["Do 14. März 2030, 10:00 bis 13:00 Uhr", "Fr 15. März 2030, 09:30 bis 11:30 Uhr"]
    )
    expect(visitor.locator("h3.day")).to_have_text(["Donnerstag, 14. März Tag 1", "Freitag, 15. März Tag 2"])
    first, second = visitor.locator("ol.programme").nth(0), visitor.locator("ol.programme").nth(1)
    for day, times, titles, forums in (
        (
            first,
            ["10:00", "10:15", "12:00"],
            ["Begrüßung", "Forenphase am Vormittag", "Mittagspause"],
            ["Wohnen", "Wege"],
        ),
        (second, ["09:30", "11:00"], ["Forenphase am Morgen", "Abschluss"], ["Schule", "Kita"]),
    ):
        expect(day.locator("time")).to_have_text(times)
        expect(day.locator(".session__title")).to_have_text(titles)
        expect(day.locator(".session__forums .forum__topic")).to_have_text([f"Praxisforum {name}" for name in forums])
        expect(day.locator(".session", has=visitor.locator(".forums"))).to_contain_text("parallel")


def open_programme(page: Page, site: Portal) -> None:
    number = admin_forms.number(site, "events/event", title="Zwei Tage im März")
    page.goto(f"{site.url}/verwaltung/events/event/{number}/programm/")
    expect(page.get_by_role("button", name="Speichern")).to_be_visible()


def move_to_second_day(page: Page, *places: int) -> None:
    """The last row first; each is dragged with all that stands under it, right below the heading of the day."""
    heading = page.locator(".programme-editor__day").nth(1)
    for place in reversed(places):
        heading.scroll_into_view_if_needed()  # a page that scrolls under a pressed button drags nothing
        with page.expect_response("**/hinweise/"):
            page.locator(".row__handle").nth(place).drag_to(heading)
        expect(page.locator(".programme-editor__rows > li").nth(1 + place)).to_contain_class("programme-editor__day")
    assert [title for title, _is_under in rows(page)][5:] == [
        "Forenphase am Morgen",
        "Praxisforum Schule",
        "Praxisforum Kita",
        "Abschluss",
    ]


def find(visitor: Page, site: Portal, title: str) -> None:
    visitor.goto(f"{site.url}/veranstaltungen/")
    visitor.get_by_role("main").get_by_role("link", name=title).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
