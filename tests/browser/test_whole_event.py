"""The real event entered into an empty portal through the interface, released and published, as visitors see it."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from events.demo.content import DOCUMENTED, FILES, content
from events.demo.prose import prose
from tests.browser import admin_forms, interaction
from tests.browser.interaction import Effort
from tests.browser.pages import EVENT_PAGE
from tests.browser.programme import SUGGESTIONS, rows, save
from tools.portal import Portal

pytestmark = pytest.mark.walk

DEMO = content(DOCUMENTED)
(EVENT_DATA,) = DEMO.events
SESSIONS = {
    session["slug"]: session for line in EVENT_DATA["programme"] for session in (line, *line.get("children", []))
}
TITLE = "Jobcenter, Arbeitsagentur und Sozialamt in der Präventionskette"
SPEYER = "Lehrstuhl für Politikwissenschaft, Deutsche Universität für Verwaltungswissenschaften Speyer"
MINISTRY = "Ministerium für Kinder, Familie, Flüchtlinge und Integration des Landes NRW"
CHAIR = "Lehrgebiet „Armut und soziale Ungleichheit im Kontext der Sozialen Arbeit“, Fachhochschule Kiel"
KNUTH = "Aktivieren oder befähigen? Normen und Strukturen in Jobcentern und Arbeitsagenturen"
PROGRAMME = f"""Begrüßung
{KNUTH}
Vortrag ohne Titel
\tDiskussion im Plenum
Drei Praxisforen
\tBildungsbegleiter und die Umsetzung des Bildungs- und Teilhabepaketes
\tJUGENDberufsagentur
\tKooperation zwischen Jugendhilfe und Jobcenter. Das Case-Management in Lünen
Vortrag ohne Titel"""
UNTITLED = (0, 2, 8)
KINDS = {4: "Forenphase", 5: "Praxisforum", 6: "Praxisforum", 7: "Praxisforum"}
PARTS = {3: "im Anschluss an den Vortrag", 4: "Am Nachmittag", 8: "nach den Praxisforen"}
SPEAKERS = {
    0: f"Marco Becker, {MINISTRY}",
    1: "Prof. Dr. Matthias Knuth, Institut Arbeit und Qualifikation (IAQ), Universität Duisburg-Essen",
    2: f"Prof. Dr. Stephan Grohs, {SPEYER}",
    8: f"Prof. Dr. Kai Marquardsen, {CHAIR}",
}
MUNICIPALITIES = {5: "Hamm", 6: "Bielefeld", 7: "Lünen"}
CLEAR = """
from events.models import *; from practice.models import PracticeExample; from speakers.models import Speaker
Event.objects.update(current_release=None)
for model in (Attachment, Programme, Appearance, Session, Event, Series, PracticeExample, Speaker):
    model.objects.all().delete()
"""
# Every text with its style and how deep in lists it stands, of all parts but the series: its other events are not
# entered here.
FACTS = """
    () => [...document.querySelectorAll('.title-block, .part:not(.part--reihe)')].flatMap(part => {
        const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), said = []
        while (texts.nextNode()) {
            const element = texts.currentNode.parentElement
            const text = texts.currentNode.data.replace(/\\s+/g, ' ').trim()
            let depth = 0
            if (element.localName === 'script') continue
            for (let item = element.closest('li'); item; item = item.parentElement.closest('li')) depth++
            if (text) said.push(`${depth} ${element.closest('[class]').className}: ${text}`)
        }
        return said
    })
"""


@pytest.fixture
def bare_site(own_site) -> Portal:
    """Municipalities, topics, required pages and accounts: the content of a portal before its first event."""
    own_site.shell(CLEAR)
    return own_site


@pytest.fixture
def editor(new_context, sign_in, bare_site) -> tuple[Page, Effort]:
    """Signed in as `freigabe`; counted from here on."""
    page = new_context(fresh=True).new_page()
    sign_in(page, "freigabe", bare_site)
    return page, interaction.count(page.context)


def test_the_real_event_entered_by_hand_shows_visitors_the_same_as_the_demo(
    editor, bare_site, site, new_context, capsys
):
    page, effort = editor
    enter_examples(page, bare_site, effort)
    enter_event(page, bare_site)
    enter_programme(page, effort)
    enter_attachments(page, effort)
    enter_texts(page, bare_site, effort)
    release(page, bare_site)
    publish(page, bare_site, effort)

    visitor = new_context().new_page()
    visitor.goto(f"{bare_site.url}/veranstaltungen/")
    visitor.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    visitor.wait_for_load_state()
    entered = visitor.evaluate(FACTS)
    visitor.goto(site.url + EVENT_PAGE)
    documented = visitor.evaluate(FACTS)
    assert len(documented) > 100
    assert entered == documented
    with capsys.disabled():
        print(f"\n  the real meeting, from nothing to published: {effort}")  # noqa: T201


def enter_examples(page: Page, site: Portal, effort: Effort) -> None:
    """Enters and publishes the practice examples of three municipalities, so that the event can link to them."""
    for municipality, example in zip(MUNICIPALITIES.values(), DEMO.practice_examples.values(), strict=True):
        admin_forms.open_form(page, site, "practice/practiceexample")
        interaction.paste_into(page.locator("#id_title"), example["title"])
        interaction.paste_into(page.locator("#id_summary"), example["summary"])
        interaction.search_and_choose(page.locator(".field-municipalities"), municipality)
        for topic in example["topics"]:
            interaction.search_and_choose(page.locator(".field-topics"), topic)
        interaction.save(page)
    publish_listed(page, effort, "3")


def enter_event(page: Page, site: Portal) -> None:
    admin_forms.open_form(page, site, "events/series")
    interaction.type_into(page.locator("#id_name"), "Lernnetzwerktreffen")
    interaction.save(page)
    admin_forms.open_form(page, site, "events/event")
    interaction.search_and_choose(page.locator(".field-series"), "Lernnetzwerktreffen")
    interaction.type_into(page.locator("#id_title"), TITLE)
    page.locator("#id_is_title_editorial").click()
    interaction.paste_into(page.locator("#id_summary"), EVENT_DATA["summary"])
    for topic in ("Arbeit und Soziales", "Kinder- und Jugendhilfe", "Fachkräfte"):
        interaction.search_and_choose(page.locator(".field-topics"), topic)
    paste_text(page, "review", EVENT_DATA["review"])
    page.locator("input[name=_continue]").first.click()
    admin_forms.expect_saved(page)


def enter_programme(page: Page, effort: Effort) -> None:
    page.locator(".object-tools").get_by_role("link", name="Programm", exact=True).click()
    page.get_by_role("button", name="Neue Zeile").click()
    interaction.paste(page, PROGRAMME)
    expect(page.locator(".row")).to_have_count(9)
    for place in UNTITLED:
        interaction.replace(cell(page, place, "title"))
    for place, kind in KINDS.items():
        interaction.choose(cell(page, place, "kind"), kind, effort)
    for place, words in PARTS.items():
        interaction.type_into(cell(page, place, "day_part"), words)
    cell(page, 4, "is_parallel").click()
    for place, line in SPEAKERS.items():
        add_newcomer(page, place, line)
    save(page)
    add(page, 3, "Person", "Grohs", "Prof. Dr. Stephan Grohs")
    for place, municipality in MUNICIPALITIES.items():
        add(page, place, "Kommune", municipality.lower(), municipality)
    save(page)
    assert [is_under for _title, is_under in rows(page)] == [place in {3, 5, 6, 7} for place in range(9)]


def cell(page: Page, place: int, name: str) -> Locator:
    return page.locator(".row").nth(place).locator(f"[data-name={name}]")


def add_newcomer(page: Page, place: int, line: str) -> None:
    """One line, as programmes have it; how it is taken apart is confirmed."""
    row = page.locator(".row").nth(place)
    interaction.paste_into(row.get_by_role("combobox", name="Person hinzufügen"), line)
    expect(page.get_by_role("option", name="Neu anlegen")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nachname")).to_have_value(re.search(r"(\w+),", line)[1])
    page.keyboard.press("Enter")
    expect(row.locator(".row__appearances .row__chip")).to_have_count(1)


def add(page: Page, place: int, what: str, typed: str, found: str) -> None:
    row = page.locator(".row").nth(place)
    interaction.type_into(row.get_by_role("combobox", name=f"{what} hinzufügen"), typed)
    expect(page.locator(SUGGESTIONS).first).to_contain_text(found)
    page.keyboard.press("Enter")
    expect(row.locator(".row__chip", has_text=found)).to_have_count(1)


def enter_attachments(page: Page, effort: Effort) -> None:
    """Uploads two files at once and enters a reason for absence for each session without an attachment."""
    page.get_by_role("link", name="Tage und Eckdaten").click()
    page.get_by_role("link", name="Dateien hochladen", exact=True).click()
    files = {
        "Knuth.pdf": (FILES / "platzhalter-aktivieren-oder-befaehigen.pdf").read_bytes(),
        "Grohs Fachvortrag.pptx": (FILES / "platzhalter-collaborative-governance.pptx").read_bytes(),
    }
    payloads = [
        FilePayload(name=name, mimeType="application/octet-stream", buffer=content) for name, content in files.items()
    ]
    page.get_by_label("Dateien auswählen, mehrere auf einmal").set_input_files(payloads)
    effort.clicks += 4  # the button, two files, open
    expect(page.locator(".drop__row")).to_have_count(2, timeout=30_000)  # each is read before it is answered
    for file, name in zip(files, (KNUTH, "Fachvortrag von Prof. Dr. Stephan Grohs"), strict=True):
        chosen = page.locator(".drop__row", has=page.get_by_role("link", name=file)).get_by_label("gehört zu")
        if chosen.locator("option:checked").inner_text() != name:
            interaction.choose(chosen, name, effort)
    page.get_by_role("button", name="Übernehmen").click()
    admin_forms.expect_message(page, "Übernommen: 2. Die Materialien sind Entwürfe, bis sie veröffentlicht werden.")
    for words in ("Bildungsbegleiter", "JUGENDberufsagentur", "Kooperation", "Marquardsen"):
        missing = page.locator(".drop__missing", has_text=words)
        missing.get_by_role("button", name="nicht bekannt").click()
        expect(missing.get_by_text("(Entwurf)")).to_be_visible()


def enter_texts(page: Page, site: Portal, effort: Effort) -> None:
    """Fills in the texts that only the forms of the sessions contain, one session after the other."""
    laws = ("SGB II", "SGB III")
    open_session(page, site, KNUTH)
    paste_text(page, "abstract", SESSIONS["aktivieren-oder-befaehigen"]["abstract"])
    choose_topics(page, *laws)
    attachment = admin_forms.add_row(page, "Material")
    interaction.choose(attachment.locator("[name$=kind]"), "Video", effort)
    interaction.choose(attachment.locator("[name$=absence]"), "nicht mehr vorhanden", effort)
    interaction.replace(attachment.locator("[name$=position]"), "1")
    interaction.save(page)
    open_session(page, site, "Fachvortrag von Prof. Dr. Stephan Grohs")
    paste_text(page, "abstract", SESSIONS["collaborative-governance"]["abstract"])
    choose_topics(page, *laws, "Steuerung und Kooperation")
    interaction.save(page)
    for title, slug in (("Diskussion im Plenum", "diskussion-im-plenum"), ("Drei Praxisforen", "praxisforen")):
        open_session(page, site, title)
        page.locator("#id_is_title_editorial").click()
        paste_text(page, "abstract", SESSIONS[slug]["abstract"])
        interaction.save(page)
    for example in DEMO.practice_examples.values():
        open_session(page, site, example["title"])
        interaction.search_and_choose(page.locator(".field-practice_examples"), example["title"][:12])
        choose_topics(page, *example["topics"])
        interaction.save(page)
    open_session(page, site, "Fachvortrag von Prof. Dr. Kai Marquardsen")
    paste_text(page, "abstract", SESSIONS["bildung-und-teilhabe"]["abstract"])
    paste_text(page, "results", SESSIONS["bildung-und-teilhabe"]["results"])
    choose_topics(page, "Bildung und Teilhabe")
    interaction.save(page)


def open_session(page: Page, site: Portal, name: str) -> None:
    """After the first one the list is where saving leads."""
    if not page.url.endswith("/verwaltung/events/session/"):
        page.goto(f"{site.url}/verwaltung/events/session/")
    page.locator("#result_list").get_by_role("link", name=name).first.click()


def choose_topics(page: Page, *names: str) -> None:
    for name in names:
        interaction.search_and_choose(page.locator(".field-topics"), name)


def paste_text(page: Page, field: str, text: str) -> None:
    interaction.paste_into(admin_forms.text_editor(page, field), text, prose(text))


def release(page: Page, site: Portal) -> None:
    page.goto(f"{site.url}/verwaltung/events/event/")
    page.locator("#result_list").get_by_role("link", name=TITLE).click()
    with page.expect_navigation():
        page.locator(".steps").get_by_role("link", name="Freigabe des Programms").click()
    page.get_by_label("endgültig").click()
    interaction.type_into(page.get_by_label("Anmerkung"), "Nachträglich dokumentiert")
    acknowledge(page)
    page.get_by_role("button", name="Programm freigeben").click()
    admin_forms.expect_saved(page)


def acknowledge(page: Page) -> None:
    """What the portal wants to be looked at, where there is something."""
    is_read = page.get_by_label("Ich habe die Hinweise gelesen und gebe trotzdem frei")
    if is_read.count():
        is_read.click()


def publish(page: Page, site: Portal, effort: Effort) -> None:
    """Publishes the event, then everything that belongs to it."""
    page.get_by_role("link", name="Veröffentlichen", exact=True).click()
    page.get_by_role("button", name="Ja, so machen").click()
    admin_forms.expect_message(page, "Veröffentlicht: 1.")
    page.goto(f"{site.url}/verwaltung/events/attachment/")
    publish_listed(page, effort, "7")


def publish_listed(page: Page, effort: Effort, number: str) -> None:
    page.wait_for_load_state()  # before its scripts run, the box selects nothing
    page.locator("#action-toggle").click()
    interaction.choose(page.locator("select[name=action]"), "Veröffentlichen (sofort)", effort)
    page.get_by_role("button", name="Ausführen").click()
    page.get_by_role("button", name="Ja, so machen").click()
    admin_forms.expect_message(page, f"Veröffentlicht: {number}.")
