"""The ZIP export of all files that the page of an event offers."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.attachments.zip_index import contents
from events.attachments.zip_paths import LONGEST_PATH, free_path, units
from events.models import DownloadCount
from lernnetzwerk.files.storage import files_storage
from tests.factories import (
    HIDDEN,
    SPOKEN,
    make_appearance,
    make_attachment,
    make_event,
    make_file,
    make_film,
    make_municipality,
    make_release,
    make_session,
    make_speaker,
    make_track,
    rewrite,
)
from tests.reading import body, document, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """An event with a file, two talks (entered in reverse order) and a forum without speakers."""
    event = make_event(title="Armut und Gesundheit", slug="armut")
    second = make_session(event, title="Kinderarmut")
    first = make_session(event, title="Aktivieren oder befähigen?")
    forum = make_session(event, title="Kita-Einstieg", kind="forum", municipalities=[make_municipality(name="Lünen")])
    knuth = make_speaker(first_name="Matthias", last_name="Knuth")
    make_appearance(first, knuth, academic_title="Prof. Dr.", organisation="Universität Duisburg-Essen")
    make_release(event, [first, second, forum])
    attach(session=first, stored_file=make_file(b"%PDF-1.7 Knuth"))
    attach(session=second, stored_file=make_file(b"%PDF-1.7 Kinderarmut"), title="Folien")
    attach(session=second, absence="not_recorded", kind="video")
    attach(session=forum, url="https://ort.example/kita", kind="link", title="Projektseite")
    attach(session=forum, stored_file=make_file(b"%PDF-1.7 Kita"))
    attach(event=event, stored_file=make_file(b"%PDF-1.7 Agenda"), kind="agenda")
    return event


def attach(**fields):
    return make_attachment(**fields)


def fetch(client, event, **headers):
    return client.get(reverse("events:attachments_zip", args=[event.slug]), headers=headers)


def members(response):
    with ZipFile(BytesIO(body(response))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_files_are_in_folders_in_the_order_of_the_programme(client, event):
    found = members(fetch(client, event))

    del found["INHALT.txt"]
    assert found == {
        "Agenda_Armut-und-Gesundheit.pdf": b"%PDF-1.7 Agenda",
        "01_Knuth_Aktivieren-oder-befaehigen/Knuth_Praesentation_Aktivieren-oder-befaehigen.pdf": b"%PDF-1.7 Knuth",
        "02_Kinderarmut/Praesentation_Folien.pdf": b"%PDF-1.7 Kinderarmut",
        "03_Luenen_Kita-Einstieg/Luenen_Praxisforum_Praesentation_Kita-Einstieg.pdf": b"%PDF-1.7 Kita",
    }


def test_the_table_of_contents_names_speakers_sources_and_licences(client, event, settings):
    attachment = event.sessions.get(title="Aktivieren oder befähigen?").attachments.get()
    rewrite(attachment, licence="cc-by-4.0", language="de")

    text = members(fetch(client, event))["INHALT.txt"].decode()

    assert text.startswith("Materialien: Armut und Gesundheit\r\n")
    assert text.split("\r\n")[2] == f"{settings.SITE_URL}{event.get_absolute_url()}"
    assert f"\r\n{settings.SITE_URL}{attachment.session.get_absolute_url()}\r\n" in text
    assert "Prof. Dr. Matthias Knuth, Universität Duisburg-Essen\r\n" in text
    assert "  Lizenz:  CC BY 4.0\r\n" in text
    assert f"  Quelle:  {settings.SITE_URL}/materialien/{attachment.uuid}/\r\n" in text
    assert "  Adresse: https://ort.example/kita\r\n" in text
    assert "  Fehlt:   nicht aufgezeichnet\r\n" in text


@pytest.mark.parametrize("state", HIDDEN)
def test_only_public_files_are_included(client, event, state):
    hidden = attach(event=event, stored_file=make_file(b"%PDF-1.7 geheim"), title="Geheimes", **HIDDEN[state])

    found = members(fetch(client, event))

    assert b"%PDF-1.7 geheim" not in found.values()
    assert b"Geheimes" not in found["INHALT.txt"]
    assert str(hidden.uuid).encode() not in found["INHALT.txt"]


@pytest.mark.parametrize("state", HIDDEN)
def test_a_hidden_event_has_no_archive(client, event, state):
    rewrite(event, **HIDDEN[state])

    assert fetch(client, event).status_code == 404


def test_sessions_removed_from_the_programme_are_not_in_the_archive(client, event):
    make_release(event, [event.sessions.get(title="Kinderarmut")])

    assert sorted(members(fetch(client, event))) == [
        "01_Kinderarmut/Praesentation_Folien.pdf",
        "Agenda_Armut-und-Gesundheit.pdf",
        "INHALT.txt",
    ]


def test_the_length_is_known_before_the_archive_is_written(client, event):
    response = fetch(client, event)

    assert int(response["Content-Length"]) == len(body(response))


def test_a_head_request_returns_the_length_and_no_body(client, event):
    response = client.head(reverse("events:attachments_zip", args=[event.slug]))

    assert response.content == b""
    assert int(response["Content-Length"]) == len(body(fetch(client, event)))


def test_an_unchanged_archive_is_not_sent_again(client, event):
    etag = fetch(client, event)["ETag"]

    again = fetch(client, event, if_none_match=etag)

    assert (again.status_code, again["ETag"]) == (304, etag)


def test_another_file_changes_the_etag(client, event):
    before = fetch(client, event)["ETag"]
    attach(event=event, stored_file=make_file(b"%PDF-1.7 Nachtrag"), title="Nachtrag")

    assert fetch(client, event, if_none_match=before).status_code == 200


def test_another_licence_changes_the_etag(client, event):
    before = fetch(client, event)["ETag"]
    rewrite(event.attachments.get(), licence="cc0-1.0")

    assert fetch(client, event, if_none_match=before).status_code == 200


def test_an_old_address_of_the_event_redirects_to_the_archive(client, event):
    event.slug = "kinderarmut-2018"
    event.save()

    response = client.get("/veranstaltungen/armut/materialien.zip")

    assert (response.status_code, response["Location"]) == (302, "/veranstaltungen/kinderarmut-2018/materialien.zip")


def test_an_event_with_a_single_file_has_no_archive(client):
    event = make_event(slug="klein")
    attach(event=event, stored_file=make_file())

    assert fetch(client, event).status_code == 404
    assert "materialien.zip" not in body(client.get(event.get_absolute_url())).decode()


def test_the_page_states_number_and_size_of_the_files(client, event):
    page = document(client.get(event.get_absolute_url()))

    assert "Alles herunterladen (ZIP, 4 Dateien, 62 Bytes)" in texts(page, tag="a")


def test_a_lost_file_does_not_prevent_the_others(client, event):
    lost = event.attachments.get()
    files_storage().delete(lost.stored_file.key)

    response = fetch(client, event)
    found = members(response)

    assert len(found) == 4
    assert "Datei:   lässt sich zurzeit nicht laden" in found["INHALT.txt"].decode()


def test_two_files_with_the_same_name_are_both_included(client, event):
    attach(event=event, stored_file=make_file(b"%PDF-1.7 zweite"), kind="agenda")

    found = members(fetch(client, event))

    assert found["Agenda_Armut-und-Gesundheit_2.pdf"] == b"%PDF-1.7 zweite"


LONG = "Kommunale Präventionsketten und ihre Wirkung im Sozialraum der großen Städte an Rhein und Ruhr " * 2


def extracted(response) -> list[str]:
    """The paths after extraction on Windows, which makes a folder of the ZIP's name."""
    folder = response["Content-Disposition"].partition('filename="')[2].removesuffix('.zip"')
    return [f"{folder}/{name}" for name in members(response)]


def test_extracted_paths_stay_below_180_characters(client):
    event = make_event(title=LONG)
    sessions = [make_session(event, title=LONG) for _ in range(2)]
    for session in sessions:
        make_appearance(session, make_speaker(last_name="Müller-Lüdenscheidt-Kloebner-von-Wartenburg"))
    make_release(event, sessions)
    for session in sessions * 2:
        attach(session=session, stored_file=make_file(), title=LONG, kind="documentation")
        make_track(make_film(session=session, title=LONG), language="en")

    paths = extracted(fetch(client, event))

    assert len(paths) == 1 + 3 * 4 == len({path.lower() for path in paths})
    assert max(len(path.encode("utf-16-le")) // 2 for path in paths) < 180
    assert {path.split("/")[1][:3] for path in paths[1:]} == {"01_", "02_"}
    assert {path.rpartition(".")[2] for path in paths[1:]} == {"pdf", "webm", "vtt"}
    films = {path.removesuffix(".webm") for path in paths if path.endswith(".webm")}
    assert {path.removesuffix(".en.vtt") for path in paths if path.endswith(".vtt")} == films


@given(
    name=st.text("ab-_ä😀", min_size=1, max_size=300),
    folder=st.sampled_from(["", "01_Knuth/"]),
    times=st.integers(1, 12),
)
@settings(max_examples=50)
def test_any_name_fits_and_stays_unique(name, folder, times):
    taken = set()

    paths = [free_path(f"{folder}{name}.pdf", taken, reserved=9) for _ in range(times)]

    assert len(taken) == times
    assert all(path.startswith(folder) and path.endswith(".pdf") and units(path) <= LONGEST_PATH - 9 for path in paths)


@pytest.fixture
def link():
    return attach(event=make_event(title="T", slug=None), url="https://ort.example/")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=60))
def test_no_title_breaks_a_line_of_the_table_of_contents(link, title):
    link.title = title

    lines = contents("Kopf", [link], {}).split("\r\n")

    assert len(lines) == 13
    assert all(line == " ".join(line.splitlines()) for line in lines)


def test_each_file_of_an_archive_counts_as_a_download(client, event):
    for _time in range(2):
        members(fetch(client, event))

    assert sorted(DownloadCount.objects.values_list("number", flat=True)) == [2, 2, 2, 2]


# --- subtitles --------------------------------------------------------------------------------------------------------


FILM = "01_Knuth_Aktivieren-oder-befaehigen/Knuth_Video_Aktivieren-oder-befaehigen"


@pytest.fixture
def film(event):
    """A film with subtitles in two languages; its session is the first talk, which also has slides."""
    talk = event.sessions.get(title="Aktivieren oder befähigen?")
    film = make_film(session=talk, title="", position=1)
    make_track(film)
    make_track(film, SPOKEN.replace("Grüß Gott", "Hello"), language="en", kind="captions")
    return film


def test_subtitles_are_beside_their_film_with_its_name(client, event, film):
    found = members(fetch(client, event))

    assert [name for name in found if name.startswith(FILM)] == [
        f"{FILM}.webm",
        f"{FILM}.de.vtt",
        f"{FILM}.en-gehoerlose.vtt",
    ]
    assert found[f"{FILM}.de.vtt"] == SPOKEN.encode()
    assert found[f"{FILM}.en-gehoerlose.vtt"] == SPOKEN.replace("Grüß Gott", "Hello").encode()


def test_the_table_of_contents_names_subtitles_below_their_film(client, event, film):
    lines = members(fetch(client, event))["INHALT.txt"].decode().split("\r\n")
    place = lines.index(f"  Datei:   {FILM}.webm")

    assert lines[place + 2 : place + 4] == [
        f"  Untertitel (Deutsch): {FILM}.de.vtt",
        f"  Untertitel für Gehörlose (Englisch): {FILM}.en-gehoerlose.vtt",
    ]


def test_the_length_is_known_with_subtitles_too(client, event, film):
    response = fetch(client, event)

    assert int(response["Content-Length"]) == len(body(response))


def test_the_page_counts_subtitles_among_the_files(client, event, film):
    size = sum(one.stored_file.size for one in (*event_files(event), *film.tracks.all()))

    page = document(client.get(event.get_absolute_url()))

    assert f"Alles herunterladen (ZIP, 7 Dateien, {size} Bytes)" in texts(page, tag="a")


def event_files(event):
    owned = [*event.attachments.all(), *(one for session in event.sessions.all() for one in session.attachments.all())]
    return [one for one in owned if one.stored_file]


def test_subtitles_do_not_count_as_a_separate_download(client, event, film):
    members(fetch(client, event))

    assert DownloadCount.objects.count() == 5
    assert set(DownloadCount.objects.values_list("number", flat=True)) == {1}


@pytest.mark.parametrize("state", HIDDEN)
def test_subtitles_of_a_hidden_film_stay_hidden(client, event, film, state):
    rewrite(film, **HIDDEN[state])

    found = members(fetch(client, event))

    assert [name for name in found if name.endswith(".vtt")] == []
    assert b"Untertitel" not in found["INHALT.txt"]


def test_only_recordings_have_subtitles(client, event, film):
    film.stored_file = make_file(b"%PDF-1.7 statt des Films")
    film.save()

    assert [name for name in members(fetch(client, event)) if name.endswith(".vtt")] == []


@pytest.mark.parametrize(
    "change",
    [
        lambda track: rewrite(track, stored_file=make_file(b"WEBVTT", media_type="text/vtt")),
        lambda track: rewrite(track, language="nl"),
        lambda track: rewrite(track, kind="captions"),
        lambda track: track.delete(),
    ],
    ids=["file", "language", "kind", "gone"],
)
def test_changed_subtitles_change_the_etag(client, event, film, change):
    before = fetch(client, event)["ETag"]
    assert fetch(client, event, if_none_match=before).status_code == 304

    change(film.tracks.get(language="de"))

    assert fetch(client, event, if_none_match=before).status_code == 200


def test_lost_subtitles_do_not_prevent_their_film(client, event, film):
    files_storage().delete(film.tracks.get(language="de").stored_file.key)

    found = members(fetch(client, event))

    assert [name for name in found if name.startswith(FILM)] == [f"{FILM}.webm", f"{FILM}.en-gehoerlose.vtt"]
    assert f"{FILM}.de.vtt" not in found["INHALT.txt"].decode()


def test_subtitles_of_a_lost_film_are_omitted(client, event, film):
    files_storage().delete(film.stored_file.key)

    response = fetch(client, event)
    found = members(response)

    assert [name for name in found if name.startswith(FILM)] == []
    assert "Datei:   lässt sich zurzeit nicht laden" in found["INHALT.txt"].decode()


def test_two_films_with_the_same_name_keep_their_own_subtitles(client, event, film):
    second = make_film(session=film.session, title="", position=2)
    make_track(second, SPOKEN.replace("Grüß Gott", "Zum Zweiten"))

    found = members(fetch(client, event))

    assert b"Zum Zweiten" in found[f"{FILM}_2.de.vtt"]
    assert b"Zum Zweiten" not in found[f"{FILM}.de.vtt"]


def test_an_invalid_language_cannot_leave_the_folder(client, event, film):
    rewrite(film.tracks.get(language="de"), language="../..")
    rewrite(film.tracks.get(language="en"), language="a/\r\nb")

    response = fetch(client, event)
    found = members(response)

    assert sorted(name for name in found if name.endswith(".vtt")) == [f"{FILM}.a-b-gehoerlose.vtt", f"{FILM}.vtt"]
    assert "\r\nb)" not in found["INHALT.txt"].decode()


def test_any_number_of_subtitles_needs_one_query(client, event, film):
    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(event.get_absolute_url())
        return len(captured)

    one = count()
    second = make_film(session=film.session, title="")
    make_track(second)
    two = count()
    rewrite(film, **HIDDEN["draft"])
    rewrite(second, **HIDDEN["draft"])

    assert (one, two, count()) == (one, one, one - 1)
