"""A speaker hands in slides by a link, on a phone; staff are asked, publish, and everybody can read them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import admin_forms, axe
from tests.browser.stages import RELEASED_BY_SPEAKER
from tools.demo_files.pdfs import sample_pdf

SLIDES = sample_pdf("Folien", "Bildung und Teilhabe", ["Was Familien brauchen", "Was wir tun"], "Kai Marquardsen")
ATTACHMENT = "events/attachment"
PHONE = {"viewport": {"width": 360, "height": 740}}


def invite(page: Page, on) -> str:
    """An editor makes the link; its address."""
    admin_forms.open_form(
        page, on, "events/session", admin_forms.number(on, "events/session", slug="bildung-und-teilhabe")
    )
    page.get_by_role("link", name="Upload-Link für Vortragende").click()
    page.get_by_label("Für wen").fill("Prof. Marquardsen")
    page.get_by_role("button", name="Link erstellen").click()
    admin_forms.expect_message(page, "Upload-Link erstellt. Kopieren Sie den Text in eine E-Mail.")
    return page.get_by_label("Für Prof. Marquardsen").input_value()


def hand_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Ihre Dateien").set_input_files(
        {"name": "Folien.pdf", "mimeType": "application/pdf", "buffer": SLIDES}
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Hochladen").click()


def test_a_speaker_uploads_and_releases_a_file_through_the_link(new_context, own_site, sign_in, tolerated):
    tolerated.append("status of 422")
    editor, speaker = new_context().new_page(), new_context(**PHONE).new_page()
    sign_in(editor, "redaktion", own_site)
    address = invite(editor, own_site)

    hand_in(speaker, address)
    expect(speaker.get_by_role("img", name="Seite 3")).to_be_visible()
    assert speaker.get_by_role("img", name="Seite 1").evaluate("picture => picture.decode().then(() => true)")
    expect(speaker.get_by_text("Dieser PDF fehlen Tags")).to_be_visible()
    speaker.get_by_role("button", name="1 Datei freigeben").click()
    expect(speaker.get_by_role("link", name="Bitte nennen Sie Ihren Namen.")).to_be_visible()
    speaker.get_by_label("CC BY 4.0").check()
    speaker.get_by_label("Ihr Name").fill("Kai Marquardsen")
    speaker.get_by_label("Ich darf diese Dateien weitergeben").check()
    speaker.get_by_role("button", name="1 Datei freigeben").click()
    expect(speaker.get_by_role("heading", name="Freigegeben. Vielen Dank!")).to_be_visible()
    speaker.wait_for_load_state()
    assert speaker.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]


@pytest.mark.parametrize("own_seed", [RELEASED_BY_SPEAKER], indirect=True)
def test_what_a_speaker_released_is_published(new_context, own_site, sign_in):
    publisher = new_context().new_page()
    sign_in(publisher, "freigabe", own_site)
    admin_forms.open_form(publisher, own_site, ATTACHMENT, admin_forms.number(own_site, ATTACHMENT, state="submitted"))
    publisher.get_by_role("link", name="Veröffentlichen").click()
    expect(publisher.locator(".cautions")).to_contain_text("Dieser PDF fehlen Tags")
    publisher.get_by_role("button", name="Ja, so machen").click()
    publisher.locator(".field-public_link a").first.click()
    expect(publisher.get_by_role("img", name="Seite 2").first).to_be_attached()
    expect(publisher.get_by_text("CC BY 4.0")).to_be_visible()


@pytest.mark.walk
def test_axe_finds_nothing_on_the_page_of_the_link(new_context, own_site, sign_in):
    editor, speaker = new_context().new_page(), new_context().new_page()
    sign_in(editor, "redaktion", own_site)
    findings = axe.Findings()
    hand_in(speaker, invite(editor, own_site))
    axe.inspect_everywhere(speaker, findings)
    axe.inspect(editor, findings, 1280)
    assert findings.lines() == []


def test_the_upload_works_without_javascript(new_context, own_site, sign_in):
    editor, speaker = new_context().new_page(), new_context(java_script_enabled=False).new_page()
    sign_in(editor, "redaktion", own_site)

    hand_in(speaker, invite(editor, own_site))
    expect(speaker.get_by_role("button", name="Ja, löschen")).to_be_hidden()
    speaker.get_by_text("Wieder löschen").click()
    speaker.get_by_role("button", name="Ja, löschen").click()

    expect(speaker.get_by_label("Ihre Dateien")).to_be_visible()
    expect(speaker.get_by_role("heading", name="Ihre hochgeladenen Dateien")).to_have_count(0)
