"""Stills that the form takes from a film; tests/browser/test_stills.py tests the part that runs in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import Attachment
from lernnetzwerk.files import delivery
from tests.administration import address, complaints, fill, nothing_changes, sign_in, signed_in
from tests.factories import DRAFT, make_attachment, make_file, make_film
from tests.files.samples import image, webm
from tests.reading import attribute, body, document, elements, texts

pytestmark = pytest.mark.django_db


def offered(response):
    return elements(document(response), style="still")


def test_the_form_shows_the_film_below_the_field_of_its_still(client):
    sign_in(client, "redaktion")
    film = make_film(**DRAFT)

    response = client.get(address(film))

    (place,) = offered(response)
    (video,) = elements(place, tag="video")
    assert attribute(place, "data-still") == "id_poster"
    assert (attribute(video, "src"), attribute(video, "preload")) == (address(film, "datei"), "metadata")
    assert texts(place, tag="button") == ["Dieses Bild als Standbild verwenden", "Verwerfen"]
    page = response.content.decode()
    assert page.index("<template>") < page.index("<video") < page.index("</template>")
    assert page.index('name="poster"') < page.index("data-still") < page.index('name="chapters"')


@pytest.mark.parametrize(
    "source", [{}, {"absence": "lost"}, {"stored_file": ("ton.mp3", "audio/mpeg")}, {"stored_file": ("a.pdf", None)}]
)
def test_the_form_shows_no_film_without_a_stored_film(client, source):
    sign_in(client, "redaktion")
    if "stored_file" in source:
        name, media_type = source["stored_file"]
        source = {"stored_file": make_file(b"x", name, media_type=media_type or "application/pdf")}
    attachment = make_attachment(kind="video", **source, **DRAFT)

    assert offered(client.get(address(attachment))) == []
    assert offered(client.get(address(Attachment, "add"))) == []


def test_the_form_shows_no_film_without_the_permission_to_change(client):
    sign_in(client, "redaktion")
    film = make_film()

    response = client.get(address(film))

    assert (response.status_code, offered(response)) == (200, [])


def test_a_film_in_a_refused_form_is_not_shown(client):
    sign_in(client, "redaktion")
    link = make_attachment(kind="video", **DRAFT)
    upload = SimpleUploadedFile("film.webm", webm(), "video/webm")

    with nothing_changes():
        response = fill(client, address(link), stored_file=upload)

    assert (len(complaints(response)), offered(response)) == (1, [])


def test_only_staff_with_the_permission_get_the_film():
    film = make_film(**DRAFT)

    statuses = {}
    for who in ("visitor", "signed-in", "staff", "redaktion"):
        answer = signed_in(who).get(address(film, "datei"))
        statuses[who] = (body(answer), answer.status_code)[1]

    assert statuses == {"visitor": 302, "signed-in": 302, "staff": 403, "redaktion": 200}


def test_the_portal_sends_the_film_itself_even_with_a_bucket(client, settings, monkeypatch):
    """Browsers play a film of another origin, but refuse to read its pictures."""
    sign_in(client, "redaktion")
    monkeypatch.setattr(
        delivery, "redirect_to_store", lambda stored_file, shown_as: delivery.HttpResponseRedirect("/anderswo")
    )
    settings.FILES_HANDOVER = "s3"
    film, paper = make_film(**DRAFT), make_attachment(stored_file=make_file(), **DRAFT)

    answers = [client.get(address(instance, "datei"), headers={"range": "bytes=0-3"}) for instance in (film, paper)]

    assert [answer.status_code for answer in answers] == [206, 302]
    assert body(answers[0]) == webm()[:4]


def test_a_captured_frame_is_checked_like_any_upload(client):
    sign_in(client, "redaktion")
    film = make_film(**DRAFT)
    name = "Standbild bei 0-42.jpg"

    with nothing_changes():
        refused = fill(client, address(film), poster=SimpleUploadedFile(name, webm(), "image/jpeg"))
    assert complaints(refused) == ["Die Datei endet auf „.jpg“, ihr Inhalt hat aber ein anderes Format."]

    fill(client, address(film), poster=SimpleUploadedFile(name, image(), "image/jpeg"))
    film.refresh_from_db()
    assert (film.poster.original_name, film.poster.media_type) == (name, "image/jpeg")
