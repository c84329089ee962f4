"""From an empty form to a page that a visitor reads: who does what, and what is seen when."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import admin_forms, stages
from tests.browser.files import three_pages
from tests.browser.pages import EVENT_PAGE, fetch
from tools.portal import Portal

TITLE = "Frühe Hilfen im Quartier"
ADDRESS = "/veranstaltungen/fruehe-hilfen-im-quartier/"
EVENT, SESSION, ATTACHMENT = "events/event", "events/session", "events/attachment"


def begins(stage: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("own_seed", [stage], indirect=True)


@pytest.fixture
def administration_of(new_context, sign_in, own_site):
    """A browser of one's own, signed in on the test's own portal."""

    def of(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, name, own_site)
        return page

    return of


def test_redaktion_can_read_but_not_save_public_content(site, page, sign_in):
    sign_in(page, "redaktion")

    admin_forms.open_form(page, site, EVENT, 1)

    expect(page.get_by_role("heading", level=1)).to_have_text("Treffen ansehen")
    expect(page.locator(".field-title .readonly")).to_have_text(
        "Jobcenter, Arbeitsagentur und Sozialamt in der Präventionskette"
    )
    expect(page.locator("#content-main input:not([type=hidden]), #content-main textarea")).to_have_count(0)
    expect(page.locator(".object-tools a")).to_have_text(
        [
            "Programm",
            "Dateien hochladen",
            "Materialien ordnen",
            "Was fehlt noch?",
            "Vorschau",
            "Vorschau-Link",
            "Als Vorlage für ein neues Treffen",
            "Geschichte",
        ]
    )


def test_redaktion_enters_an_event_and_a_speaker(own_site, administration_of):
    redaktion = administration_of("redaktion")

    prepare_event(redaktion, own_site)

    redaktion.goto(f"{own_site.url}/verwaltung/{EVENT}/?q=Quartier")
    expect(redaktion.locator("#result_list .field-name")).to_have_text([TITLE])
    assert fetch(own_site.url + ADDRESS).status == 404


@begins(stages.ANNOUNCED)
def test_redaktion_enters_a_talk_with_its_slides(own_site, administration_of):
    redaktion = administration_of("redaktion")

    prepare_talk(redaktion, own_site, three_pages())

    expect(redaktion.locator("#result_list")).to_contain_text("Was im Quartier wirkt")
    assert fetch(own_site.url + ADDRESS).status == 404


@begins(stages.ENTERED)
def test_redaktion_arranges_the_programme_and_submits_the_event(own_site, administration_of):
    redaktion = administration_of("redaktion")

    arrange_programme(redaktion, own_site)
    hand_in(redaktion, own_site)

    assert fetch(own_site.url + ADDRESS).status == 404


@begins(stages.HANDED_IN)
def test_freigabe_publishes_a_submitted_event_and_a_visitor_reads_it(own_site, administration_of, new_context):
    freigabe = administration_of("freigabe")

    publish_everything(freigabe, own_site)

    visitor = new_context().new_page()
    find_event(visitor, own_site)
    expect(visitor.locator("ol.programme > li .session__title").locator("visible=true")).to_have_text(
        ["Was im Quartier wirkt", "Fragen an die Referentin", "Mittagspause"]
    )
    expect(visitor.locator(".session__children .session__title")).to_have_text(["Fragen an die Referentin"])
    expect(visitor.locator("ol.programme time")).to_have_text(["10:00", "12:30"])
    expect(visitor.locator(".speaker").first).to_contain_text("Dr. Ada Überall")
    expect(visitor.locator(".speaker__affiliation").first).to_have_text("Gesundheitsamt, Stadt Musterhausen")
    assert download(visitor) == ("Ueberall_Praesentation_Was-im-Quartier-wirkt.pdf", three_pages())


def prepare_event(page: Page, site: Portal) -> None:
    admin_forms.open_form(page, site, EVENT)
    admin_forms.fill(page, title=TITLE, summary="Was Familien vor der Haustür brauchen.", starts_on="14.03.2030")
    page.locator("#id_precision").select_option(label="auf den Tag")
    admin_forms.save(page)
    admin_forms.expect_saved(page)
    admin_forms.open_form(page, site, "speakers/speaker")
    admin_forms.fill(page, academic_title="Dr.", first_name="Ada", last_name="Überall")
    admin_forms.fill(page, unit="Gesundheitsamt", organisation="Stadt Musterhausen")
    admin_forms.save(page)
    admin_forms.expect_saved(page)


def prepare_talk(page: Page, site: Portal, slides: bytes) -> None:
    admin_forms.open_form(page, site, SESSION)
    admin_forms.choose(page.locator(".field-event"), TITLE)
    page.locator("#id_kind").select_option(label="Fachvortrag")
    admin_forms.fill(page, title="Was im Quartier wirkt")
    admin_forms.write(page, "abstract", "Fünf Jahre Familienzentrum, ein Rückblick.")
    appearance = admin_forms.add_row(page, "Mitwirkung")
    admin_forms.choose(appearance.locator(".field-speaker"), "Überall")
    attachment = admin_forms.add_row(page, "Material")
    attachment.locator("[name$=kind]").select_option(label="Präsentation")
    admin_forms.upload(attachment, "Überall - Folien (final).pdf", slides)
    admin_forms.save(page)
    admin_forms.expect_saved(page)


def arrange_programme(page: Page, site: Portal) -> None:
    """Enters rows in another order than shown; their position decides."""
    open_event(page, site)
    page.locator(".object-tools").get_by_role("link", name="Programm", exact=True).click()
    page.get_by_role("link", name="Einfaches Formular").click()
    rows = page.locator("#slots-group tr.form-row:not(.empty-form)")
    rows.nth(0).locator("[name$=place]").fill("3")
    rows.nth(0).locator("[name$=title]").fill("Mittagspause")
    rows.nth(0).locator("[name$=begins_at]").fill("12:30")
    rows.nth(1).locator("[name$=place]").fill("1")
    rows.nth(1).locator("[name$=session]").select_option(label="Was im Quartier wirkt")
    rows.nth(1).locator("[name$=begins_at]").fill("10:00")
    rows.nth(2).locator("[name$=place]").fill("2")
    rows.nth(2).locator("[name$=indent]").check()
    rows.nth(2).locator("[name$=session]").select_option(label="Fragen an die Referentin")
    admin_forms.save(page)
    admin_forms.expect_saved(page)


def hand_in(page: Page, site: Portal) -> None:
    admin_forms.do_to_all(page, site, ATTACHMENT, "Quartier", "Zur Freigabe vorlegen", "Zur Freigabe vorgelegt: 1.")
    open_event(page, site)
    expect(page.get_by_role("link", name="Veröffentlichen", exact=True)).to_have_count(0)
    admin_forms.do(page, "Zur Freigabe vorlegen", "Zur Freigabe vorgelegt: 1.")
    admin_forms.expect_state(page, "vorgelegt")


def publish_everything(page: Page, site: Portal) -> None:
    admin_forms.do_to_all(page, site, ATTACHMENT, "Quartier", "Veröffentlichen (sofort)", "Veröffentlicht: 1.")
    open_event(page, site)
    admin_forms.do(page, "Veröffentlichen", "Veröffentlicht: 1.")
    page.locator(".object-tools").get_by_role("link", name="Programm", exact=True).click()
    page.get_by_role("link", name="Unterschiede und Freigabe").click()
    expect(page.locator(".release li")).to_contain_text(["Das ist die erste Freigabe dieses Programms"])
    page.get_by_role("button", name="Programm freigeben").click()
    expect(page).to_have_url(f"{site.url}{ADDRESS}")


def open_event(page: Page, site: Portal) -> None:
    admin_forms.open_form(page, site, EVENT, admin_forms.number(site, EVENT, title=TITLE))


def find_event(page: Page, site: Portal) -> None:
    """The way a visitor goes: from the home page over the list."""
    page.goto(site.url)
    page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Treffen").click()
    page.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def download(page: Page) -> tuple[str, bytes]:
    """Name and bytes of the slides that a visitor downloads from the page of the event."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Präsentation von Dr. Ada Überall herunterladen: PDF, 3 Seiten").first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_freigabe_rewrites_a_text_of_the_real_event_and_visitors_read_it(own_site, administration_of, new_context):
    freigabe = administration_of("freigabe")
    freigabe.goto(f"{own_site.url}/verwaltung/{SESSION}/?q=Aktivieren")
    freigabe.get_by_role("link", name="Aktivieren oder befähigen?").click()

    admin_forms.write(freigabe, "abstract", "Ein Amt ist ")
    freigabe.keyboard.press("ControlOrMeta+b")
    freigabe.keyboard.type("kein")
    freigabe.keyboard.press("ControlOrMeta+b")
    freigabe.keyboard.type(" Gegner:")
    freigabe.keyboard.press("Enter")
    freigabe.locator(".field-abstract [data-name=bulletList]").click()
    expect(admin_forms.text_editor(freigabe, "abstract").locator("li")).to_have_count(1)
    expect(admin_forms.text_editor(freigabe, "abstract")).to_be_focused()
    freigabe.keyboard.type("zuhören")
    freigabe.keyboard.press("Enter")
    freigabe.keyboard.type("nachfragen")
    admin_forms.save(freigabe)
    admin_forms.expect_saved(freigabe)

    written = (
        "<p>Ein Amt ist <strong>kein</strong> Gegner:</p><ul><li><p>zuhören</p></li><li><p>nachfragen</p></li></ul>"
    )
    visitor = new_context().new_page()
    for address in (EVENT_PAGE, f"{EVENT_PAGE}aktivieren-oder-befaehigen/"):
        visitor.goto(own_site.url + address)
        text = visitor.locator(".prose", has_text="Ein Amt ist")
        expect(text).to_be_visible()
        assert text.inner_html().strip() == written, address


def test_content_scheduled_for_tomorrow_is_hidden_today(own_site, administration_of):
    tomorrow = timezone.localtime() + timedelta(days=1)
    freigabe = administration_of("freigabe")
    admin_forms.open_form(freigabe, own_site, EVENT)
    admin_forms.fill(freigabe, title=TITLE)
    admin_forms.save(freigabe)
    admin_forms.expect_saved(freigabe)
    open_event(freigabe, own_site)

    freigabe.get_by_role("link", name="Veröffentlichen", exact=True).click()
    freigabe.get_by_label("Öffentlich ab:").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    freigabe.get_by_role("button", name="Ja, so machen").click()

    admin_forms.expect_state(freigabe, "veröffentlicht")
    expect(freigabe.locator(".field-public_link .readonly")).to_have_text("noch nicht zu sehen")
    assert fetch(own_site.url + ADDRESS).status == 404
    assert TITLE not in fetch(f"{own_site.url}/veranstaltungen/").body.decode()


def test_a_withdrawn_event_is_hidden_with_everything_below_it(own_site, administration_of):
    attachment = attachment_address(own_site)
    freigabe = administration_of("freigabe")
    admin_forms.open_form(freigabe, own_site, EVENT, 1)

    admin_forms.do(freigabe, "Zurückziehen", "Zurückgezogen: 1.")

    gone = [EVENT_PAGE, f"{EVENT_PAGE}begruessung/", attachment, "/personen/matthias-knuth/"]
    assert [fetch(own_site.url + address).status for address in gone] == [404, 404, 404, 404]


def attachment_address(site: Portal) -> str:
    """The address of a file that visitors can download now."""
    code = "from events.models import Attachment; print(Attachment.objects.available().first().get_download_url())"
    address = site.shell(code).strip()
    assert fetch(site.url + address).status == 200
    return address
