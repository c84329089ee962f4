"""Files below the address of a preview (film, still, subtitles, chapters, pages, cover): only its users get them."""

from datetime import timedelta
from urllib.parse import urljoin
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import DownloadCount, Track
from events.models.page_links import PAGES_PER_BLOCK
from events.programme.structure import working_version, write_programme
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.previews import links as preview_links
from lernnetzwerk.previews.models import PreviewLink
from lernnetzwerk.previews.views import PRIVATE
from tests.administration import address, nothing_changes, signed_in
from tests.factories import (
    DRAFT,
    PUBLISHED,
    as_entry,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_picture,
    make_read_file,
    make_reading,
    make_session,
    make_user,
)
from tests.files.samples import webm
from tests.reading import attribute, body, document, elements, links, text, texts

pytestmark = pytest.mark.django_db

FILM = webm() + bytes(range(256))
SPOKEN = b"WEBVTT\n\n00:01.000 --> 00:04.000\nGr\xc3\xbc\xc3\x9f Gott.\n"
PLAYED = ("datei", "standbild", "untertitel/de.vtt", "untertitel/kapitel.vtt")
NOWHERE = "/gibt-es-nicht/gar-nicht/"
JUNK = [
    "x",
    "datei/",
    "datei/x",
    "../datei",
    "seiten/0-gross.webp",
    "seiten/9-x.webp",
    f"seiten/{'9' * 1500}-gross.webp",
]
JUNK += ["untertitel/xx.vtt", f"untertitel/{'x' * 1500}.vtt", "titelbilder/x", "bild/riesig", "bild", "%C3%A4%20"]


def make_film(content=FILM, **fields):
    """A draft with everything a player shows."""
    file = make_file(content, "film.webm", media_type="video/webm")
    values = {"kind": "video", "title": "Vortrag", "language": "de", "chapters": "0:00 Beginn", **DRAFT, **fields}
    film = make_attachment(stored_file=file, poster=make_picture(), **values)
    subtitles = make_file(SPOKEN, "film.vtt", media_type="text/vtt")
    Track.objects.create(attachment=film, stored_file=subtitles, language="de")
    return film


def make_paper(**fields):
    return make_attachment(title="Entwurf", stored_file=make_file(PAPER), **{**DRAFT, **fields})


def shared(instance):
    """The path of a new preview link."""
    return preview_links.address(preview_links.create(instance, make_user())).removeprefix("http://testserver")


def seen_by(who, instance):
    """A client and the address of a preview: for an editor in the administration, or for a visitor with a link."""
    if who == "editor":
        return signed_in("redaktion"), address(instance, "vorschau")
    return Client(), shared(instance)


by_both_ways = pytest.mark.parametrize("who", ["editor", "link"])


def sources(page):
    """All addresses that a browser loads together with the page."""
    found = [attribute(one, name) for one in elements(page) for name in ("src", "poster")]
    return [source for source in found if source and not source.startswith("/static/")]


def content(stored_file):
    with stored_file.open() as file:
        return file.read()


def status(client, path, **headers):
    response = client.get(path, headers=headers)
    body(response)
    return response.status_code


# --- recordings -------------------------------------------------------------------------------------------------------


@by_both_ways
def test_a_draft_film_plays_with_all_its_parts_in_its_preview(who):
    client, here = seen_by(who, make_film())

    page = document(client.get(here))

    (video,) = elements(page, tag="video")
    assert (attribute(video, "src"), attribute(video, "poster")) == ("datei", "standbild")
    tracks = [(attribute(one, "kind"), attribute(one, "src")) for one in elements(video, tag="track")]
    assert tracks == [("subtitles", "untertitel/de.vtt"), ("chapters", "untertitel/kapitel.vtt")]
    assert texts(page, style="player__chapters") == ["0:00 Beginn"]
    assert texts(page, style="transcript__paragraph") == ["0:01 Grüß Gott."]
    assert "datei#t=1" in links(page)
    answers = [client.get(urljoin(here, source)) for source in sources(page)]
    assert {answer.status_code for answer in answers} == {200}
    subtitles = ["text/vtt; charset=utf-8"] * 2
    assert sorted(answer["Content-Type"] for answer in answers) == ["image/png", *subtitles, "video/webm"]
    for answer in answers:
        body(answer)


@by_both_ways
def test_a_recording_can_be_downloaded_from_its_preview(who):
    film = make_film()
    client, here = seen_by(who, film)

    (button,) = elements(document(client.get(here)), tag="a", style="kern-btn--primary")
    response = client.get(urljoin(here, attribute(button, "href")))

    assert attribute(button, "href") == "datei?herunterladen"
    assert (body(response), response["Content-Disposition"]) == (FILM, f'attachment; filename="{film.filename}"')


def test_audio_plays_in_its_preview(client):
    file = make_file(b"ID3 Ton", "ton.mp3", media_type="audio/mpeg")
    here = shared(make_attachment(kind="audio", stored_file=file, **DRAFT))

    (sound,) = elements(document(client.get(here)), tag="audio")

    assert body(client.get(urljoin(here, attribute(sound, "src")))) == b"ID3 Ton"


@by_both_ways
def test_a_preview_answers_range_requests_for_its_film(who):
    client, here = seen_by(who, make_film())

    part = client.get(f"{here}datei", headers={"Range": "bytes=10-19"})

    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 10-19/{len(FILM)}")
    assert body(part) == FILM[10:20]
    assert body(client.get(f"{here}datei")) == FILM
    assert status(client, f"{here}datei", Range=f"bytes={len(FILM)}-") == 416


@pytest.mark.parametrize("part", PLAYED)
def test_files_behind_a_preview_link_are_neither_cached_nor_indexed(client, part):
    response = client.get(f"{shared(make_film())}{part}")

    body(response)
    assert response.status_code == 200
    assert PRIVATE == {
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }
    assert {name: response[name] for name in PRIVATE} == PRIVATE
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.cookies == {}


@pytest.mark.parametrize(("make", "part"), [*((make_film, part) for part in PLAYED), (make_paper, "datei")])
def test_files_behind_a_revoked_preview_link_are_not_found(make, part):
    attachment = make()
    taken_back, over, gone = shared(attachment), shared(attachment), shared(make())
    links_there = dict(zip(("taken back", "over", "gone"), PreviewLink.objects.order_by("created_at"), strict=True))
    assert {status(Client(), f"{path}{part}") for path in (taken_back, over, gone)} == {200}

    preview_links.revoke(attachment, links_there["taken back"].uuid)
    earlier = timezone.now() - timedelta(days=15)
    PreviewLink.objects.filter(pk=links_there["over"].pk).update(created_at=earlier, expires_at=timezone.now())
    type(attachment).objects.exclude(pk=attachment.pk).delete()

    nowhere = Client().get(NOWHERE)
    for path in (taken_back, over, gone):
        answer = Client().get(f"{path}{part}")
        assert (answer.status_code, answer.content, dict(answer.headers)) == (
            404,
            nowhere.content,
            dict(nowhere.headers),
        )


@pytest.mark.parametrize("part", PLAYED)
def test_only_permitted_staff_reach_the_parts_in_the_administration(part):
    here = address(make_film(), "vorschau")

    statuses = {who: status(signed_in(who), f"{here}{part}") for who in ("visitor", "staff", "redaktion", "verwaltung")}

    assert statuses == {"visitor": 302, "staff": 403, "redaktion": 200, "verwaltung": 200}


@by_both_ways
def test_a_preview_accepts_no_post(who):
    client, here = seen_by(who, make_film())

    with nothing_changes():
        assert [client.post(f"{here}{part}").status_code for part in PLAYED] == [405] * 4


# --- files to be downloaded -------------------------------------------------------------------------------------------

PAPER = b"%PDF-1.7 noch geheim"


@by_both_ways
def test_the_button_of_a_draft_document_downloads_it_from_the_preview(who):
    attachment = make_paper()
    client, here = seen_by(who, attachment)

    (button,) = elements(document(client.get(here)), tag="a", style="kern-btn--primary")
    response = client.get(urljoin(here, attribute(button, "href")))

    assert text(button) == f"Herunterladen ({attachment.availability})"
    assert urljoin(here, attribute(button, "href")) == f"{here}datei"
    assert (response.status_code, body(response)) == (200, PAPER)


def test_a_draft_has_the_headers_of_a_public_download_and_is_not_cached_by_proxies(client):
    draft, public = make_paper(), make_paper(**PUBLISHED)

    previewed, downloaded = client.get(f"{shared(draft)}datei"), client.get(public.get_download_url())

    body(previewed)
    body(downloaded)
    same = ("Content-Type", "Content-Length", "Content-Disposition", "Content-Security-Policy")
    assert {name: previewed[name] for name in same} == {name: downloaded[name] for name in same}
    assert previewed["X-Content-Type-Options"] == "nosniff"
    assert previewed["Content-Disposition"] == 'attachment; filename="Praesentation_Entwurf.pdf"'
    assert {name: previewed[name] for name in PRIVATE} == PRIVATE
    assert previewed.cookies == {}


def test_a_resumed_download_checks_the_link_again(client):
    attachment = make_paper()
    here = shared(attachment)
    whole = client.get(f"{here}datei")
    assert (body(whole), etag := whole["ETag"]) == (PAPER, f'"{attachment.stored_file.sha256}"')
    assert status(client, f"{here}datei", Range="bytes=5-", If_Range=etag) == 206
    assert status(client, f"{here}datei", If_None_Match=etag) == 304

    preview_links.revoke(attachment, PreviewLink.objects.get().uuid)

    assert status(client, f"{here}datei", Range="bytes=5-", If_Range=etag) == 404
    assert status(client, f"{here}datei", If_None_Match=etag) == 404


@by_both_ways
def test_a_preview_delivers_only_its_own_file(who):
    event = make_event(**DRAFT)
    session = make_session(event)
    write_programme(working_version(event), [as_entry(session)])
    own, other = make_paper(session=session), make_paper(session=session)
    earlier = own.stored_file
    own.stored_file = make_file(b"%PDF-1.7 neue Fassung")
    own.save()
    previews = {instance: seen_by(who, instance) for instance in (own, event, session)}
    guesses = [
        "datei",
        "datei?herunterladen",
        *(f"{uuid}{end}" for uuid in (own.uuid, other.uuid) for end in ("", "/", f"/{other.filename}", "/datei")),
        *(f"datei/{one}" for one in (other.pk, other.uuid, other.filename, earlier.pk, earlier.key)),
        *(f"datei?{word}={other.uuid}" for word in ("uuid", "pk", "attachment")),
        f"fassung/{own.versions.get().pk}/",
    ]

    for instance, (client, here) in previews.items():
        found = {body(response) for guess in guesses if (response := client.get(f"{here}{guess}")).status_code == 200}
        assert found == ({b"%PDF-1.7 neue Fassung"} if instance == own else set())


def test_a_preview_counts_no_downloads(client):
    assert status(client, f"{shared(make_paper(**PUBLISHED))}datei") == 200

    assert DownloadCount.objects.count() == 0


@by_both_ways
def test_a_picture_is_shown_and_downloaded_from_its_preview(who):
    client, here = seen_by(who, make_attachment(stored_file=make_picture(), **DRAFT))

    buttons = [attribute(one, "href") for one in elements(document(client.get(here)), tag="a", style="kern-btn")]
    shown = {button: client.get(urljoin(here, button)) for button in buttons}

    assert {button: one["Content-Disposition"].partition(";")[0] for button, one in shown.items()} == {
        "datei?herunterladen": "attachment",
        "datei": "inline",
    }
    for answer in shown.values():
        body(answer)


@by_both_ways
@pytest.mark.parametrize("fields", [{"absence": "requested"}, {"url": "https://ort.example/", "kind": "link"}])
def test_an_attachment_without_a_file_delivers_none(who, fields):
    client, here = seen_by(who, make_attachment(**fields, **DRAFT))

    assert (status(client, here), status(client, f"{here}datei")) == (200, 404)
    assert "datei" not in links(document(client.get(here)))


def test_only_permitted_staff_download_a_draft_in_the_administration():
    here = address(make_paper(), "vorschau")

    statuses = {who: status(signed_in(who), f"{here}datei") for who in ("visitor", "staff", "redaktion", "verwaltung")}

    assert statuses == {"visitor": 302, "staff": 403, "redaktion": 200, "verwaltung": 200}


@by_both_ways
def test_a_draft_with_a_lost_file_says_so(who):
    attachment = make_paper()
    client, here = seen_by(who, attachment)
    files_storage().delete(attachment.stored_file.key)

    assert (status(client, here), status(client, f"{here}datei")) == (200, 503)


# --- what is lost or junk ---------------------------------------------------------------------------------------------


@by_both_ways
def test_a_lost_film_says_so_and_its_page_works(who):
    film = make_film()
    client, here = seen_by(who, film)
    files_storage().delete(film.stored_file.key)

    assert (status(client, here), status(client, f"{here}datei")) == (200, 503)


@by_both_ways
@pytest.mark.parametrize("make", [make_film, lambda: make_event(**DRAFT), lambda: make_example(**DRAFT)])
def test_junk_addresses_below_a_preview_are_not_found(who, make):
    client, here = seen_by(who, make())

    assert {part: status(client, f"{here}{part}") for part in JUNK} == dict.fromkeys(JUNK, 404)
    assert status(client, f"{here}{'a' * 100_000}") == 400
    assert status(client, f"{here}%00") == 400


@by_both_ways
def test_an_external_video_waits_for_a_click_in_its_preview_too(who):
    video = make_attachment(kind="video", url="https://youtu.be/aqz-KE-bpKQ", poster=make_picture(), **DRAFT)
    client, here = seen_by(who, video)

    response = client.get(here)

    assert texts(*elements(document(response), style="embed"), tag="button") == ["Von YouTube laden und abspielen"]
    assert elements(document(response), tag="iframe") == []
    assert "frame-src https://www.youtube-nocookie.com;" in f"{response['Content-Security-Policy']};"
    assert status(client, f"{here}standbild") == 200


# --- page by page -----------------------------------------------------------------------------------------------------


def numbers(page):
    return [attribute(page, "id") for page in elements(page, tag="li", style="leaf")]


@by_both_ways
def test_every_part_of_a_long_file_opens_in_its_preview(who):
    last = PAGES_PER_BLOCK + 5
    reading = make_reading(*[f"Text {number}" for number in range(1, last + 1)])
    client, here = seen_by(who, make_attachment(stored_file=reading.stored_file, **DRAFT))

    first = document(client.get(here))
    (way, _again) = [link for link in links(first) if "ab=" in link]
    second = document(client.get(urljoin(here, way)))

    assert numbers(first) == [f"seite-{number}" for number in range(1, PAGES_PER_BLOCK + 1)]
    assert way == f"?ab={PAGES_PER_BLOCK + 1}#lesen"
    assert numbers(second) == [f"seite-{number}" for number in range(PAGES_PER_BLOCK + 1, last + 1)]
    for junk in ("x", "0", "-1", "9" * 30, "%D9%A3"):
        assert numbers(document(client.get(f"{here}?ab={junk}"))) in (numbers(first), numbers(second)), junk


# --- events -----------------------------------------------------------------------------------------------------------


def pictures_of(page):
    return [attribute(one, "src") for one in elements(page, tag="img")]


@by_both_ways
def test_the_preview_of_an_event_shows_the_real_covers_of_drafts(who):
    event = make_event(**DRAFT)
    session = make_session(event)
    write_programme(working_version(event), [as_entry(session)])
    deck = make_attachment(event=event, stored_file=make_read_file("Text"), **DRAFT)
    film = make_film(session=session)
    make_attachment(event=event, title="Gezeichnet", stored_file=make_file(), **DRAFT)
    client, here = seen_by(who, event)

    page = document(client.get(here))

    assert pictures_of(page) == [f"titelbilder/{deck.uuid}", f"titelbilder/{film.uuid}"]
    assert texts(page, style="cover__title") == ["Gezeichnet"]
    first = deck.stored_file.renditions.get(number=1, size="small").picture
    assert body(client.get(f"{here}titelbilder/{deck.uuid}")) == content(first)
    assert body(client.get(f"{here}titelbilder/{film.uuid}")) == content(film.poster)


@by_both_ways
def test_the_preview_of_a_draft_event_shows_its_picture(who):
    event = make_event(image=make_picture(), image_alt="Saal", **DRAFT)
    client, here = seen_by(who, event)

    (picture,) = elements(document(client.get(here)), tag="img")

    assert (attribute(picture, "src"), attribute(picture, "alt")) == ("bild/gross", "Saal")
    for size in ("klein", "gross"):
        assert body(client.get(f"{here}bild/{size}")) == content(event.image)
    assert status(Client(), event.picture_url) == 404


def test_the_public_page_of_an_event_uses_its_public_pictures(client):
    event = make_event(image=make_picture(), image_alt="Saal")
    deck = make_attachment(event=event, stored_file=make_read_file("Text"))

    found = pictures_of(document(client.get(event.get_absolute_url())))

    assert found == [f"{event.picture_url}/gross", deck.get_cover_url()]


@by_both_ways
def test_a_preview_of_an_event_delivers_only_its_own_covers(who):
    event, other = make_event(**DRAFT), make_event(**DRAFT)
    file = make_read_file("Text")
    strangers = [
        make_attachment(event=other, stored_file=file, **DRAFT),
        make_attachment(session=make_session(other), stored_file=file, **DRAFT),
        make_attachment(session=make_session(event), stored_file=file, **DRAFT),  # its session is in no programme
        make_attachment(practice_example=make_example(), stored_file=file, **DRAFT),
        make_attachment(stored_file=file),
        make_attachment(event=event, stored_file=make_file(), **DRAFT),  # its file has no picture
        make_attachment(event=event, absence="requested", **DRAFT),
    ]
    client, here = seen_by(who, event)

    found = {status(client, f"{here}titelbilder/{uuid}") for uuid in [*(one.uuid for one in strangers), uuid4()]}

    assert found == {404}
    assert status(client, f"{here}bild/klein") == 404


def test_the_preview_needs_as_many_queries_for_three_covers_as_for_one():
    event = make_event(**DRAFT)
    client, here = seen_by("editor", event)
    counts = []

    for added in (1, 2):
        for _n in range(added):
            make_attachment(event=event, stored_file=make_read_file("Text"), **DRAFT)
        with CaptureQueriesContext(connection) as queries:
            client.get(here)
        counts.append(len(queries))

    assert counts[0] == counts[1]
