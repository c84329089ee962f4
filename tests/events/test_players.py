"""Pages of recordings: subtitles, chapters, transcript, external videos, and permissions for each of these files."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from events.attachments.providers import embedding
from events.attachments.transcript import Paragraph, paragraphs, transcript
from events.models import Track
from events.models.chapters import chapter_track, chapters, clock
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.formats.subtitles.webvtt import Cue, parse
from tests.administration import address, complaints, fill, fill_inline, sign_in, signed_in
from tests.factories import (
    DRAFT,
    HIDDEN,
    SPOKEN,
    make_attachment,
    make_event,
    make_file,
    make_film,
    make_picture,
    make_track,
)
from tests.reading import attribute, body, document, elements, links, texts


def vtt(*lines):
    return "\n".join(["WEBVTT", *lines, ""]).encode()


# --- the text to read along ---------------------------------------------------------------------------------------


def test_paragraphs_end_at_pauses_voice_changes_and_long_sentences():
    long = "Wort " * 50 + "Ende."
    cues = [
        Cue(0, 1000, "Eins,"),
        Cue(1000, 2000, "zwei."),
        Cue(4000, 5000, "Nach der Pause."),
        Cue(5000, 6000, "Nein!", "Ada"),
        Cue(6000, 7000, long, "Ada"),
        Cue(7000, 8000, "Danach", "Ada"),
        Cue(8000, 9000, "", "Ada"),
    ]

    assert list(paragraphs(cues)) == [
        Paragraph(0, "Eins, zwei."),
        Paragraph(4, "Nach der Pause."),
        Paragraph(5, f"Nein! {long}", "Ada"),
        Paragraph(7, "Danach", "Ada"),
    ]


# --- chapters -----------------------------------------------------------------------------------------------------


def test_each_line_is_one_chapter():
    found = chapters("0:00 Begrüßung\r\n\n12:30  Fragen\n1:02:03 Fazit & <Dank>")

    assert [(chapter.begin, chapter.clock, chapter.title) for chapter in found] == [
        (0, "0:00", "Begrüßung"),
        (750, "12:30", "Fragen"),
        (3723, "1:02:03", "Fazit & <Dank>"),
    ]
    assert [cue.text for cue in parse(chapter_track(found).encode())] == ["Begrüßung", "Fragen", "Fazit & <Dank>"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Begrüßung", "Zeile 1: Bitte Zeit und Titel angeben, etwa „0:00 Begrüßung“ oder „1:02:03 Fazit“."),
        ("0:00 A\n0:61 B", "Zeile 2: Bitte Zeit und Titel angeben, etwa „0:00 Begrüßung“ oder „1:02:03 Fazit“."),
        ("0:00 A\n\n0:00 B", "Zeile 3: 0:00 liegt nicht nach 0:00."),
        ("1:60:00 A", "Zeile 1: Eine Stunde hat höchstens 59 volle Minuten."),
        ("0:00 " + "x" * 201, "Zeile 1: Der Titel ist länger als 200 Zeichen."),
        ("\n".join(f"{clock(second)} x" for second in range(201)), "Höchstens 200 Kapitel sind möglich."),
    ],
)
def test_a_mistake_in_chapters_is_named_with_its_line(text, sentence):
    with pytest.raises(ValidationError) as refused:
        chapters(text)

    assert refused.value.messages == [sentence]


@given(st.integers(0, 359_999))
def test_a_time_is_parsed_as_it_is_shown(seconds):
    assert [chapter.begin for chapter in chapters(f"{clock(seconds)} Titel")] == [seconds]


# --- external videos ----------------------------------------------------------------------------------------------

TUBE = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0"


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=10", TUBE),
        ("http://youtu.be/aqz-KE-bpKQ", TUBE),
        ("https://m.youtube.com/shorts/aqz-KE-bpKQ", TUBE),
        ("https://vimeo.com/1084537", "https://player.vimeo.com/video/1084537?dnt=1"),
        ("https://vimeo.com/1084537/0a1b2c", "https://player.vimeo.com/video/1084537?dnt=1&h=0a1b2c"),
        ("https://www.youtube.com/watch?v=aqz-KE-bpK%22", None),
        ("https://www.youtube.com/@kanal", None),
        ("https://www.youtube.com:8443/watch?v=aqz-KE-bpKQ", None),
        ("https://jemand@youtu.be/aqz-KE-bpKQ", None),
        ("https://youtube.com.example/watch?v=aqz-KE-bpKQ", None),
        ("javascript:alert(1)", None),
        ("https://mediathek.nrw.de/film", None),
        ("https://[", None),
    ],
)
def test_only_videos_of_known_providers_are_framed(url, frame):
    found = embedding(url)

    assert (found and found.address) == frame


@pytest.mark.django_db
def test_an_external_video_names_provider_and_country_and_waits_for_a_click(client):
    video = make_attachment(kind="video", title="Film", url="https://youtu.be/aqz-KE-bpKQ", poster=make_picture())

    response = client.get(video.get_absolute_url())

    page = document(response)
    assert "Das Video liegt bei YouTube (Google, USA)." in " ".join(texts(page, tag="p"))
    assert texts(*elements(page, style="embed"), tag="button") == ["Von YouTube laden und abspielen"]
    assert elements(page, tag="iframe") == []
    assert [attribute(place, "src") for place in elements(page, style="embed__poster")] == ["standbild"]
    assert "frame-src https://www.youtube-nocookie.com;" in f"{response['Content-Security-Policy']};"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [{"url": "https://mediathek.nrw.de/film"}, {"url": "https://youtu.be/aqz-KE-bpKQ", "kind": "link"}],
    ids=["an unknown host", "a mere link"],
)
def test_other_external_attachments_are_links_and_no_frame_is_allowed(client, fields):
    response = client.get(make_attachment(**{"kind": "video", **fields}).get_absolute_url())

    assert fields["url"] in links(document(response))
    assert elements(document(response), style="embed") == []
    assert "frame-src" not in response["Content-Security-Policy"]


# --- the page -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_captions_can_be_told_from_subtitles(client):
    film = make_film()
    spoken, captioned = SPOKEN, SPOKEN.replace("Grüß Gott", "[Applaus] Grüß Gott")
    make_track(film, spoken)
    make_track(film, captioned, kind="captions")

    page = document(client.get(film.get_absolute_url()))

    tracks = elements(page, tag="track")
    assert [(attribute(one, "kind"), attribute(one, "label"), attribute(one, "srclang")) for one in tracks] == [
        ("captions", "Untertitel für Gehörlose Deutsch", "de"),
        ("subtitles", "Untertitel Deutsch", "de"),
    ]
    files = [body(client.get(film.get_absolute_url() + attribute(one, "src"))).decode() for one in tracks]
    assert files == [captioned, spoken]
    assert "mit Untertiteln (Deutsch für Gehörlose, Deutsch)" in texts(page, tag="dd")
    assert "[Applaus] Grüß Gott." in texts(page, style="transcript__paragraph")[0]


@pytest.mark.django_db
def test_captions_keep_the_address_by_language_where_there_are_no_other_subtitles(client):
    film = make_film()
    make_track(film, kind="captions")

    assert body(client.get(f"{film.get_absolute_url()}untertitel/de.vtt")).decode() == SPOKEN


@pytest.mark.django_db
def test_the_page_plays_the_file_with_subtitles_chapters_and_transcript(client):
    film = make_film(chapters="0:00 Begrüßung\n0:10 <b>Dank", poster=make_picture())
    make_track(film, "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "en")
    make_track(film)

    page = document(client.get(film.get_absolute_url()))

    (video,) = elements(page, tag="video")
    assert attribute(video, "src") == film.get_download_url()
    assert [(attribute(one, "kind"), attribute(one, "src")) for one in elements(video, tag="track")] == [
        ("subtitles", "untertitel/de.vtt"),
        ("subtitles", "untertitel/en.vtt"),
        ("chapters", "untertitel/kapitel.vtt"),
    ]
    assert texts(page, style="player__chapters") == ["0:00 Begrüßung 0:10 <b>Dank"]
    assert texts(page, style="transcript__paragraph") == ["0:01 Grüß Gott.", "0:10 Ada: Bis bald & danke"]
    assert [attribute(one, "id") for one in elements(page, style="transcript__paragraph")] == ["t=1", "t=10"]
    assert [attribute(one, "href") for one in elements(page, style="transcript__time")] == [
        f"{film.get_download_url()}#t=1",
        f"{film.get_download_url()}#t=10",
    ]


@pytest.mark.django_db
def test_text_of_subtitles_never_becomes_markup(client):
    film = make_film()
    make_track(film, "WEBVTT\n\n00:01.000 --> 00:02.000\n&lt;script>alert(1)&lt;/script>\n")

    page = client.get(film.get_absolute_url()).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.django_db
def test_the_page_works_if_a_subtitle_file_is_lost(client):
    film = make_film()
    track = make_track(film)
    files_storage().delete(track.stored_file.key)

    response = client.get(film.get_absolute_url())

    assert response.status_code == 200
    assert transcript(track) == ()


@pytest.mark.django_db
def test_audio_has_a_player_and_a_document_has_none(client):
    sound = make_attachment(kind="audio", stored_file=make_file(b"ID3", "ton.mp3", media_type="audio/mpeg"))

    assert len(elements(document(client.get(sound.get_absolute_url())), tag="audio")) == 1
    paper = make_attachment(stored_file=make_file())
    assert elements(document(client.get(paper.get_absolute_url())), style="player") == []


@pytest.mark.django_db
@pytest.mark.parametrize("absence", ["not_recorded", "not_released"])
def test_the_pages_state_why_a_video_is_absent(client, absence):
    event = make_event()
    film = make_attachment(kind="video", absence=absence, event=event)

    said = f"Video: {film.get_absence_display()}"

    for place in (event, film):
        assert said in " ".join(texts(document(client.get(place.get_absolute_url())), tag="main"))
    assert elements(document(client.get(film.get_absolute_url())), style="cover") == []


# --- addresses ----------------------------------------------------------------------------------------------------


def furnished(**fields):
    film = make_film(chapters="0:00 Begrüßung", poster=make_picture(), **fields)
    make_track(film)
    return film


def public_addresses(film):
    here = film.get_absolute_url()
    return [f"{here}standbild", f"{here}untertitel/de.vtt", f"{here}untertitel/kapitel.vtt"]


@pytest.mark.django_db
def test_still_subtitles_and_chapters_are_served_with_their_types(client):
    film = furnished()

    answers = [client.get(place) for place in public_addresses(film)]

    assert [(answer.status_code, answer["Content-Type"]) for answer in answers] == [
        (200, "image/png"),
        (200, "text/vtt; charset=utf-8"),
        (200, "text/vtt; charset=utf-8"),
    ]
    assert body(answers[1]) == SPOKEN.encode()
    body(answers[0])


@pytest.mark.django_db
@pytest.mark.parametrize("state", HIDDEN)
def test_parts_of_a_hidden_recording_are_not_found(client, state):
    hidden, below = furnished(**HIDDEN[state]), furnished(event=make_event(**HIDDEN[state]))

    for place in (*public_addresses(hidden), *public_addresses(below)):
        assert client.get(place).status_code == 404, place


@pytest.mark.django_db
def test_missing_parts_of_a_recording_are_not_found(client):
    bare = make_film()

    for place in (*public_addresses(bare), f"{bare.get_absolute_url()}untertitel/xx.vtt"):
        assert client.get(place).status_code == 404, place


@pytest.mark.django_db
def test_staff_with_permission_see_the_parts_of_a_draft():
    film = furnished(**DRAFT)
    here = address(film, "vorschau")
    places = [f"{here}standbild", f"{here}untertitel/de.vtt", f"{here}untertitel/kapitel.vtt"]

    statuses = {}
    for who in ("visitor", "staff", "redaktion"):
        answers = [signed_in(who).get(place) for place in places]
        statuses[who] = {(body(answer), answer.status_code)[1] for answer in answers}

    assert statuses == {"visitor": {302}, "staff": {403}, "redaktion": {200}}


# --- editors ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_wrong_subtitles_are_reported_to_the_editor(client):
    sign_in(client, "redaktion")
    film = make_film(**DRAFT)
    wrong = SimpleUploadedFile("film.vtt", vtt("", "00:02.000 --> 00:01.000", "x"))
    right = SimpleUploadedFile("film.vtt", SPOKEN.encode())

    values = {"kind": "subtitles", "language": "de"}
    one = {"tracks-TOTAL_FORMS": 1}
    refused = fill(client, address(film), **one, **fill_inline("tracks", 0, stored_file=wrong, **values))
    assert complaints(refused) == ["Der Untertitel, der bei 00:00:02.000 beginnt, endet vor seinem Beginn."]
    assert Track.objects.count() == 0

    response = fill(client, address(film), **one, **fill_inline("tracks", 0, stored_file=right, **values))
    assert response.status_code == 302
    assert [(track.language, str(track)) for track in film.tracks.all()] == [("de", "Untertitel Deutsch")]
