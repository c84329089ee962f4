"""The page of an attachment: its facts, its citation, and the pictures and text of each page of its file."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from events.attachments.citation import citation
from events.attachments.reader import reader
from events.attachments.subtitles import accessibility
from events.models import Attachment, Track
from events.models.page_links import PAGES_PER_BLOCK
from lernnetzwerk.files.facts import format_duration
from lernnetzwerk.previews import links as preview_links
from lernnetzwerk.reading.models import FilePage, Reading
from tests.factories import (
    DRAFT,
    HIDDEN,
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_picture,
    make_read_file,
    make_reading,
    make_rendition,
    make_session,
    make_speaker,
    make_topic,
    make_track,
    make_user,
    make_visible_session,
    rewrite,
)
from tests.reading import attribute, body, document, elements, links, main, text, texts

pytestmark = pytest.mark.django_db

OFFICE = "application/vnd.openxmlformats-officedocument"
PPTX, DOCX = f"{OFFICE}.presentationml.presentation", f"{OFFICE}.wordprocessingml.document"
BOTH = ("klein", "gross")


def show(client, attachment, query=""):
    return document(client.get(f"{attachment.get_absolute_url()}{query}"))


def reader_pages(page):
    return elements(page, tag="li", style="leaf")


def content(leaf):
    """The text of one page of the file, without the button beside it."""
    return re.sub(r" (?:Seite|Folie) \d+ zitieren$", "", text(leaf))


def picture_addresses(attachment):
    return [f"{attachment.get_absolute_url()}seiten/1-{size}.webp" for size in BOTH]


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_pdf_is_read_page_by_page_each_with_picture_text_and_a_link_to_itself(client):
    attachment = make_attachment(stored_file=make_read_file("Erste Worte", "Zweite Worte"))

    page = show(client, attachment)

    assert [attribute(page, "id") for page in reader_pages(page)] == ["seite-1", "seite-2"]
    assert [content(page) for page in reader_pages(page)] == ["Seite 1 von 2 Erste Worte", "Seite 2 von 2 Zweite Worte"]
    second = reader_pages(page)[1]
    (picture,) = elements(second, tag="img")
    assert links(second) == ["seiten/2-gross.webp", "#seite-2"]
    assert dict(picture.attributes) == {
        "src": "seiten/2-gross.webp",
        "srcset": "seiten/2-klein.webp 8w, seiten/2-gross.webp 8w",
        "sizes": "(min-width: 64rem) 30rem, (min-width: 48rem) 55vw, 92vw",
        "alt": "Seite 2 als Bild",
        "width": "8",
        "height": "6",
        "loading": "lazy",
        "decoding": "async",
    }


def test_every_picture_named_on_a_page_exists(client):
    attachment = make_attachment(stored_file=make_read_file("Eins", "Zwei"))
    page = show(client, attachment)

    named = {attribute(one, "src") for one in elements(page, tag="img")} | {
        address for address in links(page) if address.startswith("seiten/")
    }

    assert named == {"seiten/1-gross.webp", "seiten/2-gross.webp"}
    for address in named:
        answer = client.get(f"{attachment.get_absolute_url()}{address}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        body(answer)


def test_slides_are_called_slides_and_read_without_pictures(client):
    stored_file = make_file(name="folien.pptx", media_type=PPTX, page_count=2)
    reading = make_reading("Erste\neins", stored_file=stored_file)
    FilePage.objects.create(reading=reading, number=2, title="Zwei Logiken", text="Zwei Logiken\nim Gespräch")

    page = show(client, make_attachment(stored_file=stored_file))

    assert [attribute(page, "id") for page in reader_pages(page)] == ["folie-1", "folie-2"]
    assert content(reader_pages(page)[1]) == "Folie 2 von 2 Zwei Logiken im Gespräch"
    assert "Folie für Folie" in texts(page, tag="h2")


@pytest.mark.parametrize(
    ("outlined", "said", "titles"),
    [
        ("Zwei Gesetze", "Zwei Gesetze\nDer Vortrag ging von ihnen aus.", ["Zwei Gesetze"]),
        ("Zwei  Gesetze ", "Zwei\nGesetze\nDer Vortrag ging von ihnen aus.", ["Zwei  Gesetze "]),
        ("Zwei Gesetze", "Zwei Gesetze", ["Zwei Gesetze"]),
        ("Zwei", "Zwei Gesetze\nDer Vortrag ging von ihnen aus.", []),
        ("(Zwei|.*)", "Zwei Gesetze\nDer Vortrag ging von ihnen aus.", []),
        (" ", "Zwei Gesetze", []),
    ],
)
def test_a_title_in_the_outline_is_set_apart_from_the_text(client, outlined, said, titles):
    reading = make_reading(said, stored_file=make_file(name="brief.docx", media_type=DOCX))
    entries = [{"level": 1, "title": outlined, "page": 1}, {"level": 2, "title": "Gesetze", "page": 1}]
    rewrite(reading, outline=entries)

    (page,) = reader_pages(show(client, make_attachment(stored_file=reading.stored_file)))

    assert texts(page, style="leaf__title") == [" ".join(title.split()) for title in titles]
    assert text(page) == " ".join(said.split())


def test_a_letter_is_one_text_without_page_numbers(client):
    stored_file = make_file(name="brief.docx", media_type=DOCX)
    make_reading("Erster Absatz.\n\nZweiter Absatz.", stored_file=stored_file)

    page = show(client, make_attachment(stored_file=stored_file))

    assert "Text der Datei" in texts(page, tag="h2")
    assert [content(page) for page in reader_pages(page)] == ["Erster Absatz. Zweiter Absatz."]
    assert texts(reader_pages(page)[0], tag="p") == ["Erster Absatz.", "Zweiter Absatz."]


def test_a_page_without_text_says_so(client):
    page = show(client, make_attachment(stored_file=make_read_file("Text", "")))

    assert content(reader_pages(page)[1]) == "Seite 2 von 2 Kein Text erkannt."


def test_a_hidden_slide_is_left_out_and_the_others_keep_their_numbers(client):
    reading = make_reading("Eins", "", "Drei", stored_file=make_file(name="a.pptx", media_type=PPTX, page_count=3))
    reading.pages.filter(number=2).delete()

    page = show(client, make_attachment(stored_file=reading.stored_file))

    assert [content(one) for one in reader_pages(page)] == ["Folie 1 von 3 Eins", "Folie 3 von 3 Drei"]


def test_a_page_with_a_picture_only_is_shown_too(client):
    stored_file = make_file(page_count=1)
    make_reading(stored_file=stored_file)
    make_rendition(stored_file, 1, "small")

    page = show(client, make_attachment(stored_file=stored_file))

    assert [attribute(one, "src") for one in elements(reader_pages(page)[0], tag="img")] == ["seiten/1-klein.webp"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            {"state": "running"},
            "Die Vorschau wird gerade erstellt. Sie können die Datei schon herunterladen.",
        ),
        (
            {"state": "failed", "reason": "Die Datei ist <verschlüsselt>."},
            "Keine Vorschau. Die Datei ist <verschlüsselt>. Sie können die Datei trotzdem herunterladen.",
        ),
    ],
)
def test_without_a_preview_the_download_stands_first_and_the_page_says_why(client, state, said):
    attachment = make_attachment(stored_file=make_file())
    Reading.objects.create(stored_file=attachment.stored_file, **state)

    page = show(client, attachment)

    assert texts(page, style="empty") == [said]
    assert texts(main(page), style="kern-btn--primary") == ["Herunterladen (PDF, 26 Bytes)"]
    assert reader_pages(page) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: {"url": "https://ort.example/"},
        lambda: {"absence": "lost"},
        lambda: {"stored_file": make_file()},
        lambda: {"stored_file": make_reading().stored_file},
        lambda: {"stored_file": make_reading("Text", stored_file=make_picture()).stored_file},
    ],
    ids=["address", "absent", "not looked into", "nothing found", "image"],
)
def test_an_attachment_with_nothing_to_read_does_not_mention_reading(client, make):
    page = show(client, make_attachment(**make()))

    assert elements(page, style="reader") == []
    assert elements(page, style="jump-list") == []


def test_an_image_is_its_own_cover_and_has_words(client):
    picture = make_picture()
    make_rendition(picture, 1, "large")

    page = show(client, make_attachment(title="Plakat", kind="handout", stored_file=picture))

    (cover,) = elements(page, tag="img")
    assert (attribute(cover, "src"), attribute(cover, "alt")) == ("seiten/1-gross.webp", "Plakat")


def test_the_cover_comes_first_and_at_once(client):
    page = show(client, make_attachment(stored_file=make_read_file("Text")))

    cover = elements(page, tag="img")[0]
    assert attribute(cover, "fetchpriority") == "high"
    assert (attribute(cover, "alt"), attribute(cover, "loading")) == ("", "")
    assert (attribute(cover, "width"), attribute(cover, "height")) == ("8", "6")


def test_text_of_a_file_never_becomes_markup(client):
    evil = "<script>alert(1)</script> {{ request }} & \"'<img src=x onerror=alert(1)>"
    stored_file = make_file(page_count=1)
    outline = [{"level": 1, "title": evil, "page": 1}]
    reading = make_reading(stored_file=stored_file, title=evil, language='de" onclick="x', outline=outline)
    FilePage.objects.create(reading=reading, number=1, title=evil, text=f"{evil}\n\n{evil}")

    answer = client.get(make_attachment(title=evil, stored_file=stored_file).get_absolute_url())

    html = answer.content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'onclick="' not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4


# --- long files -------------------------------------------------------------------------------------------------------


def test_the_outline_links_to_pages_in_other_parts_too(client):
    outline = [
        {"level": 1, "title": "Anfang", "page": 1},
        {"level": 9, "title": "Mitte", "page": 61},
        {"level": 1, "title": "Ohne Seite", "page": 0},
        {"level": 1, "title": " ", "page": 2},
        {"level": 1, "title": "Zu weit", "page": 63},
    ]
    reading = make_reading(*["Text"] * 62, outline=outline)
    attachment = make_attachment(stored_file=reading.stored_file)

    (first,), (later,) = (elements(show(client, attachment, query), style="outline") for query in ("", "?ab=61"))

    assert links(first) == ["#seite-1", "?ab=61#seite-61"]
    assert links(later) == ["?ab=1#seite-1", "#seite-61"]
    assert texts(first, tag="a") == ["Anfang", "Mitte"]


@pytest.mark.parametrize(
    ("wanted", "first", "number"),
    [
        ("", 1, 60),
        ("61", 61, 60),
        ("75", 61, 60),
        ("120", 61, 60),
        ("121", 121, 3),
        ("9999", 121, 3),
        ("0", 1, 60),
        ("-1", 1, 60),
        ("x", 1, 60),
        ("²", 1, 60),
        ("9" * 300, 1, 60),
    ],
)
def test_a_long_file_is_shown_in_parts_and_a_junk_part_shows_the_first(client, wanted, first, number):
    attachment = make_attachment(stored_file=make_reading(*["Text"] * 123).stored_file)

    page = show(client, attachment, f"?ab={wanted}")

    assert attribute(reader_pages(page)[0], "id") == f"seite-{first}"
    assert len(reader_pages(page)) == number
    assert texts(elements(page, style="blocks")[0], tag="li") == ["1–60", "61–120", "121–123"]


@pytest.mark.parametrize(("pages", "scripts"), [(60, 0), (61, 1)])
def test_an_address_of_a_page_leads_to_its_part(client, pages, scripts):
    page = show(client, make_attachment(stored_file=make_reading(*["Text"] * pages).stored_file))

    assert [attribute(one, "src") for one in elements(page, tag="script")].count("/static/events/reader.js") == scripts
    assert len([one for one in elements(page, tag="section") if attribute(one, "data-long") == "seite"]) == scripts


def test_a_file_that_is_shown_at_once_has_no_parts(client):
    page = show(client, make_attachment(stored_file=make_reading(*["Text"] * PAGES_PER_BLOCK).stored_file))

    assert elements(page, style="blocks") == []
    assert len(reader_pages(page)) == PAGES_PER_BLOCK


@pytest.mark.parametrize(
    ("number", "tail"), [(1, "#seite-1"), (60, "#seite-60"), (61, "?ab=61#seite-61"), (130, "?ab=121#seite-130")]
)
def test_each_page_has_an_address(number, tail):
    attachment = make_attachment(stored_file=make_file())

    assert attachment.get_page_url(number) == f"{attachment.get_absolute_url()}{tail}"


def test_a_reader_needs_a_file():
    assert reader(None) is None


# --- pictures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("who", ["visitor", "verwaltung"])
def test_pictures_of_hidden_attachments_are_not_found(client, who, state):
    if who != "visitor":
        client.force_login(make_user(who))
    hidden = make_attachment(stored_file=make_read_file("Text"), **state)
    below = make_attachment(event=make_event(**state), stored_file=make_read_file("Text"))
    unreleased = make_attachment(session=make_session(), stored_file=make_read_file("Text"))
    unknown = client.get("/materialien/00000000-0000-4000-8000-000000000000/seiten/1-klein.webp")

    for attachment in (hidden, below, unreleased):
        for address in picture_addresses(attachment):
            answer = client.get(address)
            assert (answer.status_code, answer.content) == (404, unknown.content)


def test_a_withdrawn_picture_is_not_found_even_with_a_cached_copy(client):
    attachment = make_attachment(stored_file=make_read_file("Text"))
    first = client.get(attachment.get_cover_url())
    body(first)
    again = client.get(attachment.get_cover_url(), headers={"If-None-Match": first["ETag"]})

    rewrite(attachment, **DRAFT)
    gone = client.get(attachment.get_cover_url(), headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, gone.status_code) == (200, 304, 404)
    assert first["Content-Disposition"].startswith("inline; ")
    assert first["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("tail", ["0-klein", "3-klein", "1-riesig", "1-small", f"{'9' * 30}-klein", "x-klein", "1"])
def test_other_picture_addresses_are_not_found(client, tail):
    attachment = make_attachment(stored_file=make_read_file("Eins", "Zwei"))

    assert client.get(f"{attachment.get_absolute_url()}seiten/{tail}.webp").status_code == 404


def test_a_picture_accepts_only_get_and_head(client):
    attachment = make_attachment(stored_file=make_read_file("Text"))

    assert client.post(attachment.get_cover_url()).status_code == 405


def test_an_attachment_without_a_file_has_no_pictures(client):
    assert client.get(make_attachment().get_cover_url()).status_code == 404


def test_editors_see_the_pictures_of_a_draft_in_its_preview_and_visitors_do_not(client):
    attachment = make_attachment(stored_file=make_read_file("Geheim"), **DRAFT)
    preview = reverse("admin:events_attachment_vorschau", args=[attachment.pk])
    picture = f"{preview}seiten/1-gross.webp"
    visitor = client.get(picture)

    client.force_login(make_user("redaktion"))
    page, answer = document(client.get(preview)), client.get(picture)

    assert (visitor.status_code, answer.status_code) == (302, 200)
    assert "no-store" in answer["Cache-Control"]
    assert attribute(elements(page, tag="img")[0], "src") == "seiten/1-gross.webp"
    assert body(answer).startswith(b"\x89PNG")
    assert client.get(f"{preview}seiten/2-gross.webp").status_code == 404


def test_staff_without_a_role_get_no_picture(client):
    attachment = make_attachment(stored_file=make_read_file("Geheim"), **DRAFT)
    nobody = make_user("redaktion")
    nobody.groups.clear()
    client.force_login(nobody)

    answer = client.get(f"{reverse('admin:events_attachment_vorschau', args=[attachment.pk])}seiten/1-klein.webp")

    assert answer.status_code == 403


def test_a_preview_link_shows_pictures_until_it_is_revoked(client):
    attachment = make_attachment(stored_file=make_read_file("Geheim"), **DRAFT)
    link = preview_links.create(attachment, make_user())
    address = preview_links.address(link).removeprefix("http://testserver")

    page, answer = document(client.get(address)), client.get(f"{address}seiten/1-gross.webp")
    preview_links.revoke(attachment, link.uuid)

    assert attribute(elements(page, tag="img")[0], "src") == "seiten/1-gross.webp"
    assert (answer.status_code, answer["Cache-Control"], answer["Referrer-Policy"]) == (
        200,
        "private, no-store",
        "no-referrer",
    )
    body(answer)
    assert client.get(f"{address}seiten/1-gross.webp").status_code == 404


def test_a_preview_link_to_something_else_shows_no_pictures(client):
    link = preview_links.create(make_example(**DRAFT), make_user())

    answer = client.get(f"{preview_links.address(link).removeprefix('http://testserver')}seiten/1-gross.webp")

    assert answer.status_code == 404


# --- covers elsewhere -------------------------------------------------------------------------------------------------


def test_lists_show_the_real_cover_or_else_a_drawn_one(client):
    event = make_event(host=make_municipality())
    session = make_visible_session(event, municipalities=[event.host])
    speaker = make_speaker()
    make_appearance(session, speaker)
    attachment = make_attachment(session=session, stored_file=make_read_file("Text"))
    make_attachment(session=session, title="Film", kind="video")

    for address in ("/", "/materialien/", *(one.get_absolute_url() for one in (event, event.host, speaker))):
        page = document(client.get(address))
        covers = [attribute(one, "src") for one in elements(page, tag="img") if "seiten/" in attribute(one, "src")]
        assert covers == [attachment.get_cover_url()], address
        assert texts(page, style="cover__title") == ["Film"], address


def test_programme_and_session_pages_show_the_number_of_pages(client):
    session = make_visible_session()
    make_attachment(session=session, stored_file=make_file(b"x" * 2_400_000, page_count=24))

    for address in (session.event.get_absolute_url(), session.get_absolute_url()):
        assert texts(document(client.get(address)), style="chip") == [
            "Präsentation Präsentation herunterladen: PDF, 24 Seiten, 2,4 MB"
        ]


def test_wherever_material_stands_its_name_leads_to_its_page_and_the_arrow_to_its_file(client):
    event = make_event(host=make_municipality())
    session = make_visible_session(event, municipalities=[event.host], topics=[make_topic()])
    speaker = make_speaker(last_name="Wolf")
    make_appearance(session, speaker)
    film = make_file(b"film", name="film.mp4", media_type="video/mp4")
    saved = make_attachment(session=session, stored_file=film, kind="video").get_save_url()
    page_address = Attachment.objects.get().get_absolute_url()
    make_attachment(session=session, url="https://ort.example/folien")

    owners = (event, session, event.host, speaker, session.topics.get())
    for address in ("/", "/materialien/", "/materialien/?ansicht=liste", *(one.get_absolute_url() for one in owners)):
        page = document(client.get(address))
        downloads = [(attribute(one, "href"), text(one)) for one in elements(page, tag="a", style="download")]
        assert set(downloads) == {
            (saved, "Video von Ada Wolf herunterladen: MP4, 4 Bytes"),
            ("https://ort.example/folien", "Präsentation von Ada Wolf öffnen: ort.example"),
        }, address
        assert page_address in links(page), address


def test_the_attachment_list_is_filtered_by_accessibility(client):
    for level in ("good", "good", "poor"):
        make_attachment(title=level, stored_file=make_reading("Text", accessibility=level).stored_file)
    make_attachment(title="Link")

    page = document(client.get("/materialien/?barrierefreiheit=barrierearm"))

    assert texts(page, style="attachment__title") == ["good", "good"]
    (select,) = [one for one in elements(page, tag="select") if attribute(one, "name") == "barrierefreiheit"]
    assert texts(select, tag="option") == ["Alle", "barrierearm (2)", "nicht barrierefrei (1)"]


# --- facts ------------------------------------------------------------------------------------------------------------


def facts(page):
    return dict(zip(texts(page, tag="dt"), texts(page, tag="dd"), strict=True))


def test_the_page_describes_accessibility_in_words(client):
    reading = make_reading("Text", is_tagged=True, has_headings=True, language="de-DE", figures=4, figures_described=3)

    page = show(client, make_attachment(stored_file=reading.stored_file))

    assert facts(page)["Barrierefreiheit"] == (
        "PDF mit Struktur für Vorleseprogramme, deutsch, mit Überschriften; 3 von 4 Abbildungen beschrieben"
    )


def test_a_file_without_data_on_accessibility_counts_as_unchecked(client):
    stored_file = make_file(name="brief.docx", media_type=DOCX)
    make_reading("Text", stored_file=stored_file)

    assert facts(show(client, make_attachment(stored_file=stored_file)))["Barrierefreiheit"] == "nicht geprüft"


def test_a_recording_shows_its_length(client):
    film = make_file(b"film", "film.mp4", media_type="video/mp4")
    make_reading(stored_file=film, seconds=3_900)

    page = show(client, make_attachment(kind="video", stored_file=film))

    assert facts(page)["Dauer"] == "1 Stunde 5 Minuten"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, ""),
        (1, "1 Sekunde"),
        (72, "1 Minute 12 Sekunden"),
        (120, "2 Minuten"),
        (599, "9 Minuten 59 Sekunden"),
        (600, "10 Minuten"),
        (7_170, "2 Stunden"),
    ],
)
def test_the_length_of_short_recordings_is_in_seconds(seconds, said):
    assert format_duration(seconds) == said


def make_subtitled(*languages, **fields):
    film = make_file(b"film", "film.mp4", media_type="video/mp4")
    make_reading(stored_file=film, width=1280, height=720)
    attachment = make_attachment(kind="video", stored_file=film, **fields)
    for language in languages:
        make_track(attachment, language=language)
    return attachment


def test_a_recording_shows_its_subtitles_and_frame_size(client):
    film, silent = make_subtitled("de", "en"), make_subtitled()

    assert facts(show(client, film))["Barrierefreiheit"] == "mit Untertiteln (Deutsch, Englisch)"
    assert facts(show(client, silent))["Barrierefreiheit"] == "ohne Untertitel"
    assert facts(show(client, film))["Datei"] == "MP4, 4 Bytes, 1280 × 720 Pixel"


def test_a_recording_with_findings_is_not_called_accessible(client):
    late, unplayed, good = make_subtitled("de"), make_subtitled("de"), make_subtitled("de")
    Reading.objects.filter(stored_file=late.stored_file).update(seconds=5)
    Track.objects.filter(attachment=late).update(last_second=60)
    Reading.objects.filter(stored_file=unplayed.stored_file).update(open_findings=1)

    found = {one.pk: one.level for one in Attachment.objects.annotate(level=accessibility())}

    assert found == {late.pk: "partial", unplayed.pk: "partial", good.pk: "good"}


@pytest.mark.parametrize(
    ("spoken", "languages", "level"),
    [
        ("de", ["de", "en"], "barrierearm"),
        ("", ["en"], "barrierearm"),
        ("de", ["en"], "eingeschränkt"),
        ("de", [], "nicht barrierefrei"),
    ],
)
def test_recordings_are_as_accessible_as_their_subtitles(client, spoken, languages, level):
    make_subtitled(*languages, language=spoken)
    make_attachment(stored_file=make_reading("Text", accessibility="unknown").stored_file)

    page = document(client.get("/materialien/"))

    (select,) = [one for one in elements(page, tag="select") if attribute(one, "name") == "barrierefreiheit"]
    assert texts(select, tag="option") == ["Alle", f"{level} (1)", "nicht geprüft (1)"]


def test_only_visible_practice_examples_of_the_session_are_shown(client):
    examples = [make_example(title="Offen"), make_example(title="Entwurf", **DRAFT)]
    session = make_visible_session(examples=examples)

    page = show(client, make_attachment(session=session))

    assert "Praxisbeispiel" in texts(page, tag="h2")
    assert texts(page, style="listing__title") == ["Offen"]


# --- citation ---------------------------------------------------------------------------------------------------------


def cited(**fields):
    attachment = make_attachment(**fields)
    rewrite(attachment, changed_at=datetime(2024, 5, 3, 22, 30, tzinfo=UTC))
    return citation(attachment).replace(str(attachment.uuid), "uuid")


TAIL = "Lernnetzwerk Präventionsketten NRW, http://testserver/materialien/uuid/ (Stand: 4. Mai 2024)."


def test_a_citation_names_all_known_facts():
    event = make_event(title="Armut", starts_on="2018-11-29", ends_on="2018-11-30")
    session = make_visible_session(event, title="Aktivieren oder befähigen?")
    for position, (first, last, role) in enumerate(
        [("Matthias", "Knuth", "speaker"), ("", "Grohs", "speaker"), ("Eva", "Moderation", "chair")]
    ):
        speaker = make_speaker(academic_title="Prof. Dr.", first_name=first, last_name=last)
        make_appearance(session, speaker, role=role, position=position)

    assert cited(session=session) == (
        "Knuth, Matthias; Grohs: Aktivieren oder befähigen? Präsentation, „Armut“, 29.–30. November 2018. " + TAIL
    )


@pytest.mark.parametrize(
    ("make", "begin"),
    [
        (
            lambda: {"session": make_visible_session(make_event(title="Armut"), title="Vortrag")},
            "Vortrag. Präsentation, „Armut“, ohne Datum. ",
        ),
        (
            lambda: {
                "session": make_visible_session(
                    make_event(title="Armut"), title="Forum", municipalities=[make_municipality(name="Hamm")]
                )
            },
            "Hamm: Forum. Präsentation, „Armut“, ohne Datum. ",
        ),
        (lambda: {"event": make_event(title="Armut")}, "Armut. Präsentation, ohne Datum. "),
        (
            lambda: {"event": make_event(title="Armut"), "title": "Agenda", "kind": "agenda"},
            "Agenda. Agenda, „Armut“, ohne Datum. ",
        ),
        (
            lambda: {"practice_example": make_example(title="Lotsinnen"), "title": "Bericht"},
            "Bericht. Präsentation, zum Praxisbeispiel „Lotsinnen“. ",
        ),
        (lambda: {"title": "Handbuch …"}, "Handbuch … Präsentation. "),
        (dict, "Präsentation. Präsentation. "),
    ],
    ids=["nobody, no date", "a town", "a meeting", "titled, of a meeting", "an example", "of nobody", "untitled"],
)
def test_a_citation_omits_unknown_facts(make, begin):
    assert cited(**make()) == begin + TAIL


def test_the_page_shows_the_citation_unless_the_attachment_is_absent(client):
    attachment = make_attachment(title="<b>Fett</b>")
    page = show(client, attachment)

    assert texts(page, style="citation") == [citation(attachment)]
    assert texts(show(client, make_attachment(absence="lost")), style="citation") == []


@pytest.mark.parametrize(
    ("pages", "wanted", "within"),
    [
        (2, None, "#seite-{Nummer}"),
        (PAGES_PER_BLOCK + 1, f"{PAGES_PER_BLOCK + 1}", f"?ab={PAGES_PER_BLOCK + 1}#seite-{{Nummer}}"),
    ],
)
def test_each_page_of_a_file_has_a_button_that_cites_it(client, pages, wanted, within):
    attachment = make_attachment(title="Bericht", stored_file=make_read_file(*["Text"] * pages))

    page = document(client.get(attachment.get_absolute_url(), {"ab": wanted} if wanted else {}))

    (leaves,) = elements(page, style="leaves")
    assert attribute(leaves, "data-page-citation") == citation(attachment, "Seite {Nummer}", within)
    assert "Präsentation, Seite {Nummer}. Lernnetzwerk" in citation(attachment, "Seite {Nummer}", within)
    buttons = elements(leaves, tag="button")
    assert text(buttons[-1]) == f"Seite {pages} zitieren"
    assert attribute(buttons[-1], "data-cites") == str(pages)


def test_a_title_with_quotation_marks_is_quoted_with_other_marks():
    film = make_attachment(kind="video", title="Trickfilm „Big Buck Bunny“")

    assert film.label == "Video „Trickfilm ‚Big Buck Bunny‘“"
