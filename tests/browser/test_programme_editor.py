"""The programme editor by keyboard, paste and mouse; no input is lost when something fails."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import axe
from tests.browser.programme import SUGGESTIONS, TITLES, expect_message, open_empty, paste, preview, rows, save, write
from tests.browser.stages import EMPTY_EVENT
from tests.clocks import READ, UNREAD
from tools import visits

PROGRAMME = """09:30 Ankommen und Kaffee
10:00–10:15 Begrüßung
10:15–11:00 Was Kinder an Übergängen trägt
11:00 Forenphase
\tPraxisforum Hamm
\tPraxisforum Lünen
12:30 Mittagspause"""
KEPT = "title => Object.values(localStorage).some(kept => kept.includes(title))"


@pytest.fixture
def own_seed(seeds) -> Path:
    return seeds / EMPTY_EVENT


@pytest.fixture
def event(new_context, sign_in, own_site) -> BrowserContext:
    """A browser context signed in as `redaktion`; one page shows the empty programme of a new event."""
    context = new_context()
    page = context.new_page()
    sign_in(page, "redaktion", own_site)
    open_empty(page, own_site)
    return context


@pytest.fixture
def page(event) -> Page:
    return event.pages[0]


# --- by keyboard ------------------------------------------------------------------------------------------------------


def test_a_programme_typed_by_keyboard_alone_appears_in_the_preview(page):
    write(page, "Begrüßung", "Forenphase", "Praxisforum Hamm")
    page.keyboard.press("Alt+ArrowRight")
    write(page, "Praxisforum Lünen")
    write(page, "Fachvortrag über alles")
    page.keyboard.press("Alt+ArrowLeft")
    page.keyboard.press("Alt+ArrowUp")
    speakers = page.get_by_role("combobox", name="Person hinzufügen").nth(1)
    speakers.focus()
    page.keyboard.type("Prof. Dr. Ada Beispiel, FH Musterstadt")
    expect(page.locator(SUGGESTIONS).first).to_contain_text("Neu anlegen: Prof. Dr. Ada Beispiel, FH Musterstadt")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nachname")).to_have_value("Beispiel")
    page.keyboard.press("Enter")
    expect(page.locator(".row__chip")).to_have_text("Prof. Dr. Ada BeispielFH Musterstadt")
    municipalities = page.get_by_role("combobox", name="Kommune hinzufügen").nth(4)
    municipalities.focus()
    page.keyboard.type("l")
    expect(page.locator(SUGGESTIONS).first).not_to_contain_text("Lünen")
    page.keyboard.type("ünen")
    page.keyboard.press("Enter")  # waits for what the whole text suggests
    expect(page.locator(".row__chip").last).to_contain_text("Lünen")

    save(page)

    assert rows(page) == [
        ("Begrüßung", False),
        ("Fachvortrag über alles", False),
        ("Forenphase", False),
        ("Praxisforum Hamm", True),
        ("Praxisforum Lünen", True),
    ]
    text = preview(page)
    for words in ("Begrüßung Begrüßung", "Fachvortrag über alles AB Prof. Dr. Ada Beispiel FH Musterstadt", "Lünen"):
        assert words in text


def test_a_row_is_duplicated_removed_and_restored(page):
    write(page, "Eins", "Zwei")

    page.keyboard.press("Alt+d")
    assert rows(page) == [("Eins", False), ("Zwei", False), ("Zwei", False)]
    page.keyboard.press("Alt+Delete")
    page.keyboard.press("Alt+Delete")
    assert rows(page) == [("Eins", False)]
    page.keyboard.press("Alt+z")
    page.keyboard.press("Alt+z")
    assert rows(page) == [("Eins", False), ("Zwei", False), ("Zwei", False)]


# --- by paste and mouse -----------------------------------------------------------------------------------------------


def test_lines_pasted_into_a_title_become_rows_with_times_and_kinds(page):
    page.get_by_role("button", name="Neue Zeile").click()

    paste(page, PROGRAMME)

    assert rows(page) == [
        ("Ankommen und Kaffee", False),
        ("Begrüßung", False),
        ("Was Kinder an Übergängen trägt", False),
        ("Forenphase", False),
        ("Praxisforum Hamm", True),
        ("Praxisforum Lünen", True),
        ("Mittagspause", False),
    ]
    values = "controls => controls.map(control => control.value)"
    kinds = page.locator("[data-name=kind]").evaluate_all(values)
    assert kinds == ["break", "welcome", "talk", "forum_phase", "forum", "forum", "break"]
    begins = page.locator("[data-name=begins_at]").evaluate_all(values)
    assert begins == ["09:30", "10:00", "10:15", "11:00", "", "", "12:30"]
    assert page.locator("[data-name=duration]").evaluate_all(values) == ["30", "15", "45", "90", "", "", ""]
    save(page)


AGENDA = """Donnerstag, 14. März 2030
10.00 Uhr\tVortrag: Was wirkt?, Prof. Dr. Ada Probe (FH Musterstadt)
11 Uhr\tPraxisforen (parallel)
Forum 1 (Raum 2): Frühe Hilfen auf dem Land, Lünen, Moderation: Dora Neumann, LWL
Freitag, 15. März 2030"""


def test_a_pasted_agenda_is_matched_confirmed_and_saved(page):
    page.get_by_role("button", name="Neue Zeile").click()
    paste(page, AGENDA)
    chips = page.locator(".row__chip")
    expect(chips).to_have_text(["Prof. Dr. Ada ProbeFH Musterstadtneu", "Dora NeumannLWL(Moderation)neu", "Lünen ×"])
    titles = [("Praxisforen", False), ("Frühe Hilfen auf dem Land", True), ("Freitag, 15. März 2030", False)]
    assert rows(page) == [("Was wirkt?", False), *titles]
    expect_message(page, "Den Tag „Freitag, 15. März 2030“ hat das Treffen nicht.")

    page.get_by_role("button", name="Nur Text").first.click()
    assert rows(page)[0] == ("10.00 Uhr Vortrag: Was wirkt?, Prof. Dr. Ada Probe (FH Musterstadt)", False)
    page.keyboard.press("Alt+z")
    assert rows(page)[0] == ("Was wirkt?", False)
    page.keyboard.press("Control+s")
    expect_message(page, "Neu im Verzeichnis: Prof. Dr. Ada Probe, Dora Neumann. Stimmen die Namen?")
    page.get_by_role("button", name="Ja, anlegen und speichern").click()

    expect_message(page, "Gespeichert. Öffentlich wird es mit der Freigabe.")
    expect(chips).to_have_text(["Prof. Dr. Ada ProbeFH Musterstadt", "Dora NeumannLWL(Moderation)", "Lünen ×"])
    expect(page.locator(".row__note--doubt")).to_have_count(1)
    assert page.locator("[data-name=room]").nth(2).input_value() == "Raum 2"
    expect(page.get_by_label("Unterpunkte laufen gleichzeitig").nth(1)).to_be_checked()


FORUMS = {
    "Praxisforen": "forum_phase",
    "Parallele Praxisforen: bitte eines wählen": "forum_phase",
    "Austausch in vier Foren": "forum_phase",
    "Beginn der Forenphase": "forum_phase",
    "Praxisforum 3: Hamm": "forum",
    "Bericht aus dem Praxisforum Hamm": "forum",
    "Ergebnisse der Praxisforen": "talk",
    "Einführung in die Praxisforen": "talk",
    "Diskussion der Ergebnisse aus den Foren": "discussion",
}


def test_pasted_lines_distinguish_forums_phases_and_reports(page):
    page.get_by_role("button", name="Neue Zeile").click()

    paste(page, "\n".join(FORUMS))

    kinds = page.locator("[data-name=kind]").evaluate_all("controls => controls.map(control => control.value)")
    assert dict(zip(FORUMS, kinds, strict=True)) == FORUMS


def test_a_row_is_dragged_above_another(page):
    write(page, "Eins", "Zwei", "Drei")

    page.locator(".row__handle").nth(2).drag_to(page.locator(".row").nth(0), target_position={"x": 40, "y": 5})

    expect(page.locator(TITLES).first).to_have_value("Drei")
    assert rows(page) == [("Drei", False), ("Eins", False), ("Zwei", False)]


def test_a_later_begin_moves_the_following_rows_only_on_request(page):
    page.get_by_role("button", name="Neue Zeile").click()
    paste(page, PROGRAMME)
    begins = page.locator("[data-name=begins_at]")

    begins.nth(1).fill("10:10")
    begins.nth(1).blur()
    expect_message(page, "Auch die 3 folgenden Punkte 10 Minuten später beginnen lassen?")
    assert begins.nth(2).input_value() == "10:15"
    page.get_by_role("button", name="Ja, verschieben").click()

    assert [begins.nth(place).input_value() for place in (2, 3, 6)] == ["10:25", "11:10", "12:40"]


def test_overlaps_and_pauses_are_shown_at_the_row(page):
    page.get_by_role("button", name="Neue Zeile").click()
    paste(page, "10:00–11:00 Eins\n10:45–11:30 Zwei\n11:45 Drei")

    expect(page.locator(".row").nth(1).locator(".row__note--hint")).to_have_text(
        "„Zwei“ (10:45–11:30) beginnt, bevor „Eins“ (10:00–11:00) zu Ende ist."
    )
    expect(page.locator(".row").nth(2).locator(".row__note--hint")).to_have_text(
        "Zwischen „Zwei“ (10:45–11:30) und „Drei“ (11:45) sind 15 Minuten frei, und keine Pause steht im Programm."
    )


# --- to the form of a session -----------------------------------------------------------------------------------------


def forms(page: Page) -> list[str]:
    links = page.locator(".row__form:not([hidden])")
    return links.evaluate_all("links => links.map(link => link.getAttribute('aria-label'))")


def test_a_stored_row_leads_to_its_form_and_a_new_one_does_not(page):
    write(page, "Begrüßung", "Fachvortrag")
    assert forms(page) == []

    save(page)
    write(page, "Noch neu", "Mittagspause")

    assert forms(page) == ["Formular von „Begrüßung“ öffnen", "Formular von „Fachvortrag“ öffnen"]
    page.locator(".row__title input").nth(1).fill("Umbenannt")
    page.locator(".row__title input").nth(1).blur()
    assert forms(page)[1] == "Formular von „Umbenannt“ öffnen"
    save(page)
    page.get_by_role("link", name="Formular von „Umbenannt“ öffnen").click()
    expect(page.locator("#id_title")).to_have_value("Umbenannt")


def test_the_link_to_the_form_is_between_state_and_speakers_in_tab_order(page):
    write(page, "Begrüßung")
    save(page)

    page.locator(".row__status select").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Formular von „Begrüßung“ öffnen")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    expect(page.get_by_role("combobox", name="Person hinzufügen")).to_be_focused()


def test_the_link_to_a_form_asks_before_unsaved_rows_are_left(page):
    write(page, "Begrüßung")
    save(page)
    write(page, "Noch nicht gespeichert")
    editor, asked = page.url, []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    with page.expect_event("dialog"):
        page.get_by_role("link", name="Formular von „Begrüßung“ öffnen").click()

    expect(page.locator(".row__title input").nth(1)).to_have_value("Noch nicht gespeichert")
    assert (asked, page.url) == (["beforeunload"], editor)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Formular von „Begrüßung“ öffnen").click()
    expect(page.locator("#id_title")).to_have_value("Begrüßung")
    page.goto(editor)
    page.get_by_role("button", name="Wiederherstellen").click()
    assert rows(page) == [("Begrüßung", False), ("Noch nicht gespeichert", False)]


# --- times ------------------------------------------------------------------------------------------------------------


@pytest.mark.browser_context_args(locale="en-US")
def test_times_have_24_hours_in_an_english_browser_and_are_read_as_typed(page):
    write(page, "Begrüßung")
    begins, ends = page.get_by_label("Beginn"), page.get_by_label("Ende")

    read = {}
    for typed in [*READ, *UNREAD]:
        begins.fill(typed)
        begins.blur()
        read[typed] = begins.input_value(), begins.get_attribute("aria-invalid")
    assert read == {typed: (shown, None) for typed, shown in READ.items()} | {
        typed: (typed, "true") for typed in UNREAD
    }

    begins.fill("14.05")
    ends.fill("1530")
    save(page)
    page.reload()
    assert (begins.input_value(), ends.input_value()) == ("14:05", "15:30")
    assert page.get_by_label("Minuten").input_value() == "85"


def test_an_invalid_time_is_reported_at_its_row_and_nothing_is_saved(page):
    write(page, "Eins", "Zwei")
    ends = page.get_by_label("Ende").nth(1)
    ends.fill("halb zehn")

    page.keyboard.press("Control+s")

    expect_message(page, "Noch nicht gespeichert. Bitte berichtigen: Zeile 2.")
    expect(page.locator(".row").nth(1).locator(".row__note")).to_have_text("Ende: Eine Uhrzeit sieht so aus: 10:15.")
    expect(ends).to_be_focused()
    expect(ends).to_have_value("halb zehn")
    ends.fill("")
    save(page)


def test_an_end_before_the_begin_is_asked_about_and_saved_only_with_an_answer(page):
    write(page, "Abend")
    page.get_by_label("Beginn").fill("22.30")
    page.get_by_label("Ende").fill("1.00")
    page.get_by_label("Ende").blur()
    expect_message(page, "Ende 01:00 liegt vor 22:30. Geht der Punkt über Mitternacht?")
    expect(page.get_by_label("Minuten")).to_have_value("")

    page.keyboard.press("Control+s")
    expect_message(page, "Noch nicht gespeichert. Bitte berichtigen: Zeile 1.")
    page.locator(".row__note").get_by_role("button", name="Ja, bis in den nächsten Tag").click()

    expect(page.get_by_label("Minuten")).to_have_value("150")
    save(page)


def test_an_invalid_time_is_reported_while_the_server_is_unreachable(page):
    page.route("**/hinweise/", lambda route: route.fulfill(status=204))
    write(page, "Eins")
    ends = page.get_by_label("Ende")
    note = page.locator(".row__note")

    ends.fill("halb zehn")
    ends.blur()
    expect(note).to_have_text("Ende: Eine Uhrzeit sieht so aus: 10:15.")

    ends.fill("9.30")
    ends.blur()
    expect(note).to_have_count(0)
    save(page)


# --- trouble ----------------------------------------------------------------------------------------------------------


def test_typed_rows_survive_closing_the_page(page, event):
    write(page, "Noch nicht gespeichert")
    page.wait_for_function(KEPT, arg="Noch nicht gespeichert")

    again = event.new_page()
    again.goto(page.url)
    again.get_by_role("button", name="Wiederherstellen").click()

    assert rows(again) == [("Noch nicht gespeichert", False)]
    save(again)
    again.reload()
    expect(again.locator(".programme-editor__message")).to_have_count(0)
    assert rows(again) == [("Noch nicht gespeichert", False)]


def test_typed_rows_survive_an_unreachable_server(page, event, tolerated):
    tolerated.append("ERR_INTERNET_DISCONNECTED")
    write(page, "Im Tunnel getippt")
    event.set_offline(True)
    page.keyboard.press("Control+s")
    expect_message(page, "Der Server antwortet gerade nicht. Ihre Eingaben sind auf diesem Gerät gesichert")

    event.set_offline(False)

    save(page)
    page.reload()
    assert rows(page) == [("Im Tunnel getippt", False)]


def test_typed_rows_survive_an_expired_sign_in(page, event, own_site, tolerated):
    tolerated.append("status of 403")
    write(page, "Lange getippt")
    event.clear_cookies()
    page.keyboard.press("Control+s")
    expect_message(page, "Ihre Anmeldung ist abgelaufen.")

    other = event.new_page()
    visits.sign_in(other, own_site.url, "redaktion", own_site.password)
    expect(other).to_have_url(f"{own_site.url}/verwaltung/")

    page.bring_to_front()
    save(page)
    page.reload()
    assert rows(page) == [("Lange getippt", False)]


def test_the_second_of_two_windows_is_warned_and_can_overwrite(page, event, tolerated):
    tolerated.append("status of 409")
    second = event.new_page()
    second.goto(page.url)
    write(page, "Von der Ersten")
    save(page)

    write(second, "Von der Zweiten")
    second.keyboard.press("Control+s")
    expect_message(second, "Jemand anderes hat das Programm inzwischen gespeichert. Ihre Eingaben stehen noch hier.")
    second.get_by_role("button", name="Trotzdem meine speichern").click()
    expect_message(second, "Gespeichert.")

    second.reload()
    assert rows(second) == [("Von der Zweiten", False)]
    expect(second.locator(".programme-editor__unplaced")).to_contain_text("Von der Ersten")


def test_eighty_rows_are_saved_and_loaded_again(page):
    page.get_by_role("button", name="Neue Zeile").click()
    paste(page, "\n".join(f"Vortrag {number}" for number in range(80)))
    save(page)

    page.reload()

    assert rows(page) == [(f"Vortrag {number}", False) for number in range(80)]


@pytest.mark.walk
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.get_by_role("button", name="Neue Zeile").click()
    paste(page, PROGRAMME)
    save(page)
    page.get_by_role("combobox", name="Person hinzufügen").first.fill("Neu")
    expect(page.locator(SUGGESTIONS).last).to_have_text("Neu anlegen: Neu")

    findings = axe.Findings()
    axe.inspect_everywhere(page, findings)

    assert findings.lines() == [], str(findings)
