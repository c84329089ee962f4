"""The picture of an event or a speaker: described or decorative, cropped to its focus, delivered in two sizes."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from events.models import Event
from lernnetzwerk.files.check import check
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.pictures.focus import Focus
from speakers.models import Speaker
from tests.administration import address, fill, signed_in
from tests.factories import (
    DRAFT,
    make_event,
    make_picture,
    make_rendition,
    make_speaker,
    make_visible_speaker,
)
from tests.files import samples
from tests.reading import attribute, body, document, elements, texts

pytestmark = pytest.mark.django_db

STYLES = Path("lernnetzwerk/styles/components/_figure.scss")
UNDESCRIBED = "Bitte in einem Satz beschreiben, was zu sehen ist, oder „schmückend“ ankreuzen."
BOTH = "Bitte entweder beschreiben oder „schmückend“ ankreuzen, nicht beides."


def etag(client, url):
    response = client.get(url)
    body(response)
    return response["ETag"]


def image_of(client, instance):
    (figure,) = elements(document(client.get(instance.get_absolute_url())), tag="figure")
    (image,) = elements(figure, tag="img")
    return figure, image


def test_screen_readers_skip_a_decorative_picture(client):
    event = make_event(image=make_picture(), image_is_decorative=True)
    speaker = make_visible_speaker(photo=make_picture(), photo_is_decorative=True)

    for instance in (event, speaker):
        _figure, image = image_of(client, instance)
        assert dict(image.attributes)["alt"] == ""


def test_a_cropped_picture_keeps_its_focus(client):
    event = make_event(image=make_picture(), image_alt="Saal", image_focus="top-left")
    speaker = make_visible_speaker(photo=make_picture(), photo_alt="Porträt")

    assert attribute(image_of(client, event)[1], "class") == "focus-top-left"
    assert attribute(image_of(client, speaker)[1], "class") == "focus-center"


def test_the_stylesheet_has_a_class_for_every_focus():
    known = set(re.findall(r"\.focus-([a-z-]+) \{", STYLES.read_text()))

    assert known == set(Focus.values) - {"center"}  # browsers crop to the centre without a rule


def test_phones_get_the_small_picture_of_an_event_and_others_the_large_one(client):
    event = make_event(image=make_picture(), image_alt="Saal")
    figure, image = image_of(client, event)
    (source,) = elements(figure, tag="source")

    assert attribute(source, "srcset") == f"{event.get_absolute_url()}bild/klein"
    assert attribute(source, "media") == "(max-width: 40rem)"
    assert attribute(image, "src") == f"{event.get_absolute_url()}bild/gross"
    assert (attribute(image, "width"), attribute(image, "height")) == ("8", "6")
    assert attribute(image, "loading") == "lazy"


def test_a_portrait_is_small_and_loaded_without_delay(client):
    speaker = make_visible_speaker(photo=make_picture(), photo_alt="Porträt", photo_credit="Max Muster")
    figure, image = image_of(client, speaker)

    assert elements(figure, tag="source") == []
    assert attribute(image, "src") == f"{speaker.get_absolute_url()}foto/klein"
    assert attribute(image, "loading") == ""
    assert texts(figure, style="figure__credit") == ["Foto: Max Muster"]


def test_each_address_delivers_its_rendition(client):
    event = make_event(image=make_picture(), image_alt="Saal")
    speaker = make_visible_speaker(photo=make_picture(), photo_alt="Porträt")
    for source, base in (
        (event.image, f"{event.get_absolute_url()}bild"),
        (speaker.photo, f"{speaker.get_absolute_url()}foto"),
    ):
        small = make_rendition(source, size="small", picture=make_picture("a.webp")).picture
        large = make_rendition(source, size="large", picture=make_picture("b.webp")).picture

        tags = {end: etag(client, f"{base}{end}") for end in ("", "/klein", "/gross")}
        assert tags == {"": f'"{large.sha256}"', "/klein": f'"{small.sha256}"', "/gross": f'"{large.sha256}"'}


def test_the_original_is_sent_until_a_rendition_exists(client):
    event = make_event(image=make_picture(), image_alt="Saal")
    base = f"{event.get_absolute_url()}bild"

    for end in ("", "/klein", "/gross"):
        assert etag(client, f"{base}{end}") == f'"{event.image.sha256}"'

    large = make_rendition(event.image, size="large", picture=make_picture("b.webp")).picture
    assert etag(client, f"{base}/klein") == f'"{large.sha256}"'


@pytest.mark.parametrize("end", ["/mittel", "/", "/klein/", "/KLEIN", "/small", "/%00", f"/{'x' * 5000}"])
def test_other_sizes_are_not_found(client, end):
    event = make_event(image=make_picture(), image_alt="Saal")

    assert client.get(f"{event.get_absolute_url()}bild{end}").status_code in {400, 404}


def test_picture_addresses_accept_no_post(client):
    event = make_event(image=make_picture(), image_alt="Saal")

    assert client.post(f"{event.get_absolute_url()}bild/klein").status_code == 405


@pytest.mark.parametrize(
    ("alt", "is_decorative", "sentence"),
    [
        ("Saal", False, None),
        ("", True, None),
        ("", False, UNDESCRIBED),
        ("  ", False, UNDESCRIBED),
        ("Saal", True, BOTH),
    ],
)
def test_the_form_needs_a_description_or_the_mark_decorative(alt, is_decorative, sentence):
    client = signed_in("redaktion")
    speaker = make_speaker()
    picture = SimpleUploadedFile("foto.jpg", samples.image("JPEG", (40, 20)))
    ticked = {"photo_is_decorative": "on"} if is_decorative else {}

    response = fill(client, address(speaker), photo=picture, photo_alt=alt, photo_focus="bottom-right", **ticked)

    speaker.refresh_from_db()
    if sentence is None:
        assert response.status_code == 302
        assert (speaker.photo_alt, speaker.photo_is_decorative, speaker.photo_focus) == (
            alt,
            is_decorative,
            "bottom-right",
        )
    else:
        assert response.context["adminform"].form.errors == {"photo_alt": [sentence]}
        assert speaker.photo is None


@pytest.mark.parametrize("focus", ["", "Mitte", "center'\"><script>", "\x00", "x" * 100_000])
def test_a_junk_focus_is_refused(focus):
    client = signed_in("redaktion")
    speaker = make_speaker()

    response = fill(client, address(speaker), photo_focus=focus)

    assert response.status_code in {200, 400}
    speaker.refresh_from_db()
    assert speaker.photo_focus == "center"


def test_the_form_shows_the_focus_grid_over_the_picture_of_a_draft():
    event = make_event(image=make_picture(), image_alt="Saal", image_focus="bottom", **DRAFT)
    client = signed_in("redaktion")

    page = document(client.get(address(event)))
    (grid,) = elements(page, style="focus-grid")
    (image,) = elements(grid, tag="img")

    assert texts(grid, tag="label") == Focus.labels
    assert texts(grid, tag="legend") == ["wichtigste Stelle"]
    chosen = [attribute(one, "value") for one in elements(grid, tag="input") if "checked" in dict(one.attributes)]
    assert chosen == ["bottom"]
    assert etag(client, attribute(image, "src")) == f'"{event.image.sha256}"'


def test_the_focus_grid_without_a_picture_shows_a_note():
    page = document(signed_in("redaktion").get(address(Speaker, "add")))

    (grid,) = elements(page, style="focus-grid")
    assert elements(grid, tag="img") == []
    assert texts(grid, style="focus-grid__note") == ["Nach dem Speichern liegt das Raster über dem Bild."]


def test_only_permitted_users_get_the_picture_in_the_administration():
    event = make_event(image=make_picture(), image_alt="Saal", **DRAFT)
    bare = make_event()
    at = address(event, "bild")

    assert [signed_in(who).get(at).status_code for who in ("visitor", "signed-in", "staff")] == [302, 302, 403]
    assert signed_in("redaktion").get(address(bare, "bild")).status_code == 404
    assert signed_in("redaktion").post(at).status_code == 405


def test_a_photo_taken_with_a_turned_camera_stands_upright_on_the_page(client):
    upload = SimpleUploadedFile("quer.jpg", samples.photo_with_position(orientation=6))
    event = Event(title="Treffen", image_alt="Saal", state="published", published_from="2001-01-01T00:00Z")
    event.image = StoredFile.unsaved(check(upload, "image"))
    event.save()
    _figure, image = image_of(client, event)

    assert (attribute(image, "width"), attribute(image, "height")) == ("20", "40")
    with event.image.open() as file, Image.open(file) as stored:
        assert (stored.size, dict(stored.getexif())) == ((20, 40), {})
