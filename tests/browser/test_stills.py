"""The still of a film, chosen in a real browser from the film that lies here."""

from base64 import b64decode
from io import BytesIO
from urllib.parse import urljoin

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import FilePayload, Page, expect

from events.models.chapters import clock
from tests.browser import admin_forms, axe
from tests.browser.pages import fetch
from tests.files import samples
from tools.demo_files import film
from tools.demo_files.files import content
from tools.portal import Portal

TITLE = "Platzhalter mit Untertiteln, Kapiteln und Text"
TAKE = "Dieses Bild als Standbild verwenden"
READY = "() => { const film = document.querySelector('.still video'); return film?.readyState >= 2 && !film.seeking }"
SEEK = "second => { document.querySelector('.still video').currentTime = second }"
SEEK_AND_TAKE = """
    second => {
        document.querySelector('.still video').currentTime = second
        document.querySelector('[data-take]').click()
    }
"""
DRAWN = "() => document.querySelector('.still canvas').toDataURL('image/png')"
CHOSEN = "() => [...document.getElementById('id_poster').files].map(file => [file.name, file.type])"
GROW = """
    ([width, height]) => {
        const film = document.querySelector('.still video')
        Object.defineProperties(film, { videoWidth: { value: width }, videoHeight: { value: height } })
    }
"""
SIZE = "() => { const { width, height } = document.querySelector('canvas'); return [width, height] }"
COLOURS = "() => new Set(document.querySelector('canvas').getContext('2d').getImageData(0, 0, 640, 360).data).size"


@pytest.fixture
def page(page: Page, sign_in, site) -> Page:
    """On the form of the demo's film; nothing is saved here."""
    sign_in(page, "freigabe")
    open_film(page, site)
    return page


def open_film(page: Page, on: Portal) -> None:
    page.goto(f"{on.url}/verwaltung/events/attachment/?q=Platzhalter+mit+Untertiteln")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator(".still")).to_be_visible()


def nearest_second(picture: bytes) -> int:
    """Which of the film's pictures it is."""
    seen = Image.open(BytesIO(picture)).convert("RGB")

    def distance(second: int) -> float:
        return sum(ImageStat.Stat(ImageChops.difference(seen, originals[second].resize(seen.size))).mean)

    originals = film.pictures(content()["film"]["scenes"])
    return min(range(len(originals)), key=distance)


def take(page: Page, second: int) -> None:
    page.wait_for_function(READY)
    page.evaluate(SEEK, second)
    page.get_by_role("button", name=TAKE).click()
    expect(page.locator(".still [role=status]")).to_have_text(
        f"Bild bei {clock(second)} übernommen. Es wird mit dem Formular gespeichert."
    )


def test_the_current_frame_of_the_film_becomes_its_still(new_context, sign_in, own_site):
    page = new_context().new_page()
    sign_in(page, "freigabe", own_site)
    open_film(page, own_site)

    take(page, 43)
    preview = page.get_by_role("img", name="Bild des Videos bei 0:43")
    expect(preview).to_be_visible()
    assert page.evaluate(COLOURS) > 10
    assert page.evaluate(CHOSEN) == [["Standbild bei 0-43.jpg", "image/jpeg"]]

    admin_forms.save(page)
    admin_forms.expect_saved(page)

    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator(".field-poster .stored-upload p").first).to_contain_text(
        "Standbild bei 0-43.jpg (JPEG, 640 × 360"
    )
    page.goto(urljoin(own_site.url, page.locator(".field-public_link a").get_attribute("href")))
    assert page.locator("video").get_attribute("poster") == "standbild"
    still = fetch(urljoin(page.url, "standbild"))
    assert (still.status, nearest_second(still.body)) == (200, 43)


def test_a_click_while_the_film_seeks_waits_for_the_frame(page):
    page.wait_for_function(READY)

    page.evaluate(SEEK_AND_TAKE, 43)

    expect(page.get_by_role("img", name="Bild des Videos bei 0:43")).to_be_visible()
    assert nearest_second(b64decode(page.evaluate(DRAWN).partition(",")[2])) == 43


def test_another_frame_replaces_the_first_and_can_be_discarded(page):
    take(page, 5)
    take(page, 65)
    assert page.evaluate(CHOSEN) == [["Standbild bei 1-05.jpg", "image/jpeg"]]

    page.get_by_role("button", name="Verwerfen").click()

    expect(page.locator(".still canvas")).to_be_hidden()
    expect(page.locator(".still [role=status]")).to_have_text("Das Bild wurde verworfen.")
    expect(page.get_by_role("button", name=TAKE)).to_be_focused()
    assert page.evaluate(CHOSEN) == []


def test_a_frame_of_a_large_film_is_scaled_down(page):
    page.wait_for_function(READY)
    page.evaluate(GROW, [2560, 1441])

    take(page, 5)

    assert page.evaluate(SIZE) == [1280, 721]


def test_an_uploaded_picture_replaces_the_frame(page):
    take(page, 5)

    page.locator("#id_poster").set_input_files(FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=samples.image()))

    expect(page.locator(".still canvas")).to_be_hidden()
    assert page.evaluate(CHOSEN) == [["a.jpg", "image/jpeg"]]


def test_taking_a_frame_unticks_removing_the_old_still(page):
    page.get_by_label("Datei entfernen").last.check()

    take(page, 5)

    expect(page.locator("#poster-clear_id")).not_to_be_checked()


def test_a_film_the_browser_cannot_play_shows_a_message(page):
    page.route("**/datei/", lambda route: route.fulfill(body=b"no film", content_type="video/webm"))
    page.reload()

    expect(page.locator(".still [role=status]")).to_have_text(
        "Ihr Browser kann dieses Video nicht abspielen. Bitte laden Sie oben ein Bild hoch."
    )
    expect(page.get_by_role("button", name=TAKE)).to_be_hidden()
    expect(page.locator("#id_poster")).to_be_visible()


def test_without_scripts_the_upload_stays_and_no_film_is_fetched(page, new_context):
    plain = new_context(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    asked = []
    plain.on("request", lambda request: asked.append(request.url) if request.url.endswith("/datei/") else None)

    plain.goto(page.url)

    expect(plain.locator("#id_poster")).to_be_visible()
    assert (plain.locator("video").count(), plain.get_by_role("button", name=TAKE).count(), asked) == (0, 0, [])


@pytest.mark.walk
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, scheme):
    page.emulate_media(color_scheme=scheme)
    take(page, 5)

    findings = axe.Findings()
    axe.inspect_everywhere(page, findings)

    assert findings.lines() == [], str(findings)
