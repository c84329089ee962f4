"""Bulk upload to an event in a real browser: progress, messages, a list to confirm, a broken connection."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import admin_forms, axe
from tests.files import samples

PDF = samples.pdf()


@pytest.fixture
def page(new_context, sign_in, own_site) -> Page:
    """Signed in as `redaktion`, on the upload page of the documented demo event."""
    page = new_context().new_page()
    sign_in(page, "redaktion", own_site)
    page.goto(f"{own_site.url}/verwaltung/events/event/1/hochladen/")
    return page


def payload(name: str, content: bytes = PDF) -> FilePayload:
    return FilePayload(name=name, mimeType="application/pdf", buffer=content)


def choose(page: Page, *files: FilePayload) -> None:
    page.get_by_label("Dateien auswählen, mehrere auf einmal").set_input_files(list(files))


def expect_uploads(page: Page, *lines: str) -> None:
    expect(page.locator(".drop__upload")).to_have_text(list(lines))


def test_each_file_is_accepted_or_refused_alone_and_the_list_is_confirmed(page, tolerated):
    tolerated.append("status of 422")
    expect(page.get_by_text("alle zusammen höchstens")).to_be_hidden()
    choose(page, payload("Knuth.pdf"))
    expect_uploads(page, "Knuth.pdf hochgeladen, unten zuordnen")

    choose(page, payload("Kaputt.pdf", b"MZ"), payload("Nochmal Knuth.pdf"), payload("Luenen.pdf", samples.pdf(3)))

    expect(page.locator(".drop__upload--error")).to_have_count(2)
    expect(page.locator(".drop__upload--error").nth(0)).to_contain_text("ihr Inhalt hat aber ein anderes Format")
    expect(page.locator(".drop__upload--error").nth(1)).to_contain_text("Diese Datei ist schon da")
    expect(page.locator(".drop__row")).to_have_count(2)
    page.get_by_label("Titel").last.fill("Was Lünen tut")
    page.get_by_role("button", name="Übernehmen").click()
    admin_forms.expect_message(page, "Übernommen: 2. Die Materialien sind Entwürfe, bis sie veröffentlicht werden.")
    expect(page.locator(".drop__row")).to_have_count(0)


def test_files_are_dropped_with_the_mouse(page):
    data = page.evaluate_handle(
        """bytes => {
            const data = new DataTransfer()
            data.items.add(new File([new Uint8Array(bytes)], 'Hamm.pdf', { type: 'application/pdf' }))
            return data
        }""",
        list(PDF),
    )

    expect(page.locator(".drop__invitation")).to_be_visible()  # a file dropped before would be opened by the browser
    page.dispatch_event(".drop__area", "drop", {"dataTransfer": data})

    expect_uploads(page, "Hamm.pdf hochgeladen, unten zuordnen")


def test_a_broken_connection_is_reported_and_the_upload_can_be_retried(page, tolerated):
    tolerated.append("ERR_CONNECTION_RESET")
    page.route("**/ablegen/", lambda route: route.abort("connectionreset"))
    page.reload()  # Chromium lets a request through that comes right after it was asked to intercept
    choose(page, payload("Knuth.pdf"))
    expect(page.locator(".drop__upload")).to_contain_text("Die Verbindung ist abgebrochen")

    page.unroute("**/ablegen/")
    page.get_by_role("button", name="Noch einmal: Knuth.pdf").click()

    expect_uploads(page, "Knuth.pdf hochgeladen, unten zuordnen")


@pytest.mark.walk
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, scheme, tolerated):
    tolerated.append("status of 422")
    page.emulate_media(color_scheme=scheme)
    choose(page, payload("Knuth.pdf"), payload("Kaputt.pdf", b"MZ"))
    expect(page.locator(".drop__row")).to_have_count(1)
    expect(page.locator(".drop__upload--error")).to_have_count(1)

    findings = axe.Findings()
    axe.inspect_everywhere(page, findings)

    assert findings.lines() == [], str(findings)
