"""`make handbook`: enters an event in a temporary portal and takes the screenshots of docs/redaktion.md."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Page, ViewportSize, expect

from tools.demo_files.pdfs import sample_pdf
from tools.steps import ROOT, command, step
from tools.visits import PASTE, VISITOR, chromium_browser, demo_portal, sign_in

FOLDER = ROOT / "docs" / "redaktion"
WINDOW: ViewportSize = {"width": 1180, "height": 820}
COLOURS = 64  # enough for a page without photographs, a third of the bytes
PROGRAMME = """09:30–10:00 Ankommen
10:00–10:15 Begrüßung
10:15–11:00 Was Kinder stark macht
11:15–12:30 Forenphase
\tPraxisforum Hamm
\tPraxisforum Lünen
12:30 Mittagspause"""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with demo_portal() as site, chromium_browser() as browser, step("Pictures of the handbook"):
        context = browser.new_context(viewport=WINDOW, color_scheme="light", **VISITOR)
        page = context.new_page()
        sign_in(page, site.url, "freigabe", site.password)
        picture(page, "01-start")
        enter_event(page, site.url)
        enter_programme(page)
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Vorschau (neues Fenster)").click()
        opened.value.wait_for_load_state("networkidle")
        picture(opened.value, "05-vorschau")
        page.get_by_role("link", name="Unterschiede und Freigabe").click()
        picture(page, "06-freigabe")
        bring_attachments(page, site.url)
    print(f"\n  {FOLDER.relative_to(ROOT)}/*.png")


def enter_event(page: Page, url: str) -> None:
    page.goto(f"{url}/verwaltung/events/event/add/")
    page.locator("#id_title").fill("Was Kinder stark macht")
    page.locator("input[name=_continue]").first.click()
    page.wait_for_load_state("networkidle")
    picture(page, "02-treffen")


def enter_programme(page: Page) -> None:
    page.locator(".object-tools").get_by_role("link", name="Programm", exact=True).click()
    page.get_by_role("button", name="Neue Zeile").click()
    page.locator(".row__title input").last.evaluate(PASTE, PROGRAMME)
    page.get_by_role("combobox", name="Person hinzufügen").nth(2).click()
    page.keyboard.insert_text("Prof. Dr. Ada Beispiel, FH Musterstadt")
    expect(page.get_by_role("option", name="Neu anlegen")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nachname")).to_be_visible()
    picture(page, "04-person")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Gespeichert. Öffentlich wird es mit der Freigabe.")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    picture(page, "03-programm")


def bring_attachments(page: Page, url: str) -> None:
    page.goto(f"{url}/verwaltung/events/event/?q=Was+Kinder+stark+macht")
    page.locator("#result_list .field-name a").first.click()
    page.get_by_role("link", name="Dateien hochladen", exact=True).click()
    files = [(name, sample_pdf("Folien", name, ["Was hilft"])) for name in ("Hamm.pdf", "Beispiel_Vortrag.pdf")]
    chosen = [FilePayload(name=name, mimeType="application/pdf", buffer=pdf) for name, pdf in files]
    page.get_by_label("Dateien auswählen, mehrere auf einmal").set_input_files(chosen)
    expect(page.locator(".drop__row")).to_have_count(len(files))
    picture(page, "07-hochladen")
    page.goto(f"{url}/verwaltung/events/session/?q=Was+Kinder+stark+macht")
    page.locator("#result_list .field-name a").first.click()
    page.get_by_role("link", name="Upload-Link für Vortragende").click()
    page.get_by_label("Für wen").fill("Prof. Dr. Ada Beispiel")
    page.get_by_role("button", name="Link erstellen").click()
    page.get_by_text("Text für eine E-Mail").click()
    picture(page, "08-upload-link")


def picture(page: Page, name: str) -> None:
    """Saves a screenshot of the window, with few colours to keep the repository small."""
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    command(main)
