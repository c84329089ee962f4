"""Chapters and subtitles after the end of their recording: the form refuses them; a new recording makes findings."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.attachments.recording_times import time_findings
from events.missing import overrun_recordings, unsubtitled_recordings
from events.models import Attachment
from events.models.chapters import last_beginning
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.reading.findings import accept, still_open
from tests.administration import address, complaints, fill, fill_inline, nothing_changes, sign_in, signed_in
from tests.factories import (
    DRAFT,
    WITHDRAWN,
    make_attachment,
    make_event,
    make_file,
    make_film,
    make_reading,
    make_track,
    make_user,
    rewrite,
)
from tests.files.samples import webm
from tests.reading import attribute, document, elements, links, text, texts

pytestmark = pytest.mark.django_db

GAPS = "/verwaltung/was-fehlt/"


def make_read_film(seconds=72, **fields):
    """A draft with a recording whose length was read."""
    film = make_film(**{**DRAFT, **fields})
    make_reading(stored_file=film.stored_file, seconds=seconds)
    return film


def subtitles_until(end):
    return f"WEBVTT\n\n00:01.000 --> {end}\nLang\n\n00:02.000 --> 00:03.000\nKurz\n"


def missing_row(client, group="zeiten"):
    """Text and link of the row in the list of missing information; the group must have exactly one."""
    groups = elements(document(client.get(GAPS)), style="missing-group")
    found = [one for one in groups if attribute(one, "id") == group]
    return [text(one) for one in found], [link for one in found for link in links(one) if "/change/" in link]


# --- in the form ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("late", ["1:12", "1:13", "99:59:59"])
def test_a_chapter_at_or_after_the_end_is_refused(client, late):
    sign_in(client, "redaktion")
    film = make_read_film()

    with nothing_changes():
        response = fill(client, address(film), chapters=f"0:00 Beginn\n\n{late} Fazit")

    assert complaints(response) == [f"Zeile 3: Bei {late} ist die Aufnahme schon zu Ende; sie dauert 1:12."]


def test_a_chapter_in_the_last_second_is_accepted(client):
    sign_in(client, "redaktion")
    film = make_read_film()

    fill(client, address(film), chapters="0:00 Beginn\n1:11 Fazit")

    film.refresh_from_db()
    assert (film.chapters.replace("\r", ""), film.last_chapter) == ("0:00 Beginn\n1:11 Fazit", 71)


@pytest.mark.parametrize("text", ["Beginn", "1:00 Eins\n0:30 Zwei", "9:99 x", "\0" * 10, "2:00 " + "x" * 100_000])
def test_an_invalid_chapter_is_reported_once(client, text):
    sign_in(client, "redaktion")
    film = make_read_film()

    with nothing_changes():
        response = fill(client, address(film), chapters=text)

    assert len(complaints(response)) == 1


def test_without_a_known_length_nothing_is_refused(client):
    sign_in(client, "redaktion")
    unread, link = make_film(**DRAFT), make_attachment(kind="video", **DRAFT)

    answers = [fill(client, address(film), chapters="9:00:00 Fazit") for film in (unread, link)]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_old_chapters_do_not_block_other_changes(client):
    sign_in(client, "redaktion")
    film = make_read_film(chapters="2:00 Fazit")

    assert fill(client, address(film), title="Neuer Titel").status_code == 302


def test_new_chapters_are_not_checked_against_the_replaced_film(client):
    sign_in(client, "redaktion")
    film = make_read_film()
    longer = SimpleUploadedFile("lang.webm", webm(), "video/webm")

    response = fill(client, address(film), stored_file=longer, chapters="2:00 Fazit")

    assert response.status_code == 302


# --- beside the file, before it becomes public, among what is missing -------------------------------------------


def test_a_film_without_subtitles_is_a_finding_until_it_has_some(client):
    sign_in(client, "freigabe")
    film = make_read_film()
    said = "Zu dieser Aufnahme gibt es keine Untertitel."

    assert texts(document(client.get(address(film))), style="hints")[0].startswith(said)
    assert said in client.get(address(film, "veroeffentlichen")).content.decode()

    make_track(film)
    assert texts(document(client.get(address(film))), style="hints") == []
    assert said not in client.get(address(film, "veroeffentlichen")).content.decode()


def test_a_shorter_film_makes_chapters_a_finding(client):
    sign_in(client, "freigabe")
    film = make_read_film(chapters="0:00 Beginn\n1:00 Fazit", title="Vortrag", event=make_event(title="Treffen"))
    assert time_findings(film) == []
    film.stored_file = make_file(webm() + b"\0", "kurz.webm", media_type="video/webm")
    film.save()
    make_reading(stored_file=film.stored_file, seconds=45)
    sentence = "Das letzte Kapitel beginnt bei 1:00, die Aufnahme dauert aber nur 0:45."

    assert [(one.key, one.sentence) for one in time_findings(film)] == [("chapters-60", sentence)]
    form = document(client.get(address(film)))
    assert texts(form, style="hints")[0].startswith(sentence)
    question = document(client.get(address(film, "veroeffentlichen")))
    assert texts(question, style="cautions")[0].count(sentence) == 1
    said, ways = missing_row(client)
    assert sentence in said[0]
    assert ways == [f"{address(film)}#field-chapters"]


@pytest.mark.parametrize(("end", "is_found"), [("01:17.999", False), ("01:18.000", True), ("02:00:00.000", True)])
def test_subtitles_may_end_slightly_after_the_film(client, end, is_found):
    sign_in(client, "redaktion")
    film = make_read_film()
    track = make_track(film, subtitles_until(end))

    assert [one.key for one in time_findings(film)] == [f"subtitles-{track.pk}-{track.last_second}"] * is_found
    assert list(overrun_recordings()) == [film] * is_found
    assert missing_row(client)[1] == [f"{address(film)}#tracks-group"] * is_found


def test_a_chapter_at_the_very_end_is_found():
    film, before = make_read_film(10, chapters="0:10 Fazit"), make_read_film(10, chapters="0:09 Fazit")

    assert [[one.key for one in time_findings(instance)] for instance in (film, before)] == [["chapters-10"], []]
    assert list(overrun_recordings()) == [film]


def test_the_finding_names_its_track():
    film = make_read_film(seconds=5)
    make_track(film, language="en", label="English")
    make_track(film)

    assert [one.sentence for one in time_findings(film)] == [
        "Die Spur „Untertitel Deutsch“ reicht bis 0:12, die Aufnahme dauert aber nur 0:05.",
        "Die Spur „English“ reicht bis 0:12, die Aufnahme dauert aber nur 0:05.",
    ]


def test_an_editor_may_upload_subtitles_that_do_not_fit(client):
    sign_in(client, "redaktion")
    film = make_read_film()
    upload = SimpleUploadedFile("film.vtt", subtitles_until("09:00.000").encode())
    row = fill_inline("tracks", 0, stored_file=upload, kind="subtitles", language="de")

    assert fill(client, address(film), **{"tracks-TOTAL_FORMS": 1}, **row).status_code == 302

    track = film.tracks.get()
    assert track.last_second == 540
    assert [one.key for one in time_findings(film)] == [f"subtitles-{track.pk}-540"]


def test_replaced_subtitles_are_checked_again():
    film = make_read_film()
    track = make_track(film, subtitles_until("09:00.000"))

    track.stored_file = make_file(subtitles_until("00:09.000").encode(), "neu.vtt", media_type="text/vtt")
    track.save()

    assert time_findings(film) == []


def leave(client, film, key, reason="So gewollt."):
    return client.post(address(film, "hinweise"), {"hinweis": key, "grund": reason})


def test_late_chapters_can_be_accepted_with_a_reason_until_they_change(client):
    sign_in(client, "redaktion")
    film = make_read_film(seconds=5, chapters="0:05 Abspann")
    make_track(film, subtitles_until("00:11.000"))

    assert leave(client, film, "chapters-5", "Der Abspann fehlt in dieser Fassung.").status_code == 302

    page = document(client.get(address(film, "hinweise")))
    assert "Begründung: Der Abspann fehlt in dieser Fassung." in text(page)
    (beside,) = texts(document(client.get(address(film))), style="hints")
    assert beside.startswith("Die Spur „Untertitel Deutsch“ reicht bis 0:11")
    assert "Kapitel beginnt" not in beside + missing_row(client)[0][0]
    rewrite(film, chapters="0:06 Abspann", last_chapter=6)
    assert "Das letzte Kapitel beginnt bei 0:06" in missing_row(client)[0][0]


def test_long_subtitles_can_be_accepted_until_they_change(client):
    sign_in(client, "redaktion")
    film = make_read_film(seconds=5)
    track = make_track(film, subtitles_until("00:12.000"))
    key = f"subtitles-{track.pk}-12"

    leave(client, film, key)

    assert list(overrun_recordings()) == []
    client.post(address(film, "hinweise"), {"wieder": key})
    assert list(overrun_recordings()) == [film]
    leave(client, film, key)
    rewrite(track, last_second=13)
    assert list(overrun_recordings()) == [film]


def test_an_accepted_track_does_not_hide_another():
    film = make_read_film(seconds=5)
    left, other = make_track(film), make_track(film, language="en", label="English")

    assert accept(film.stored_file.reading, f"subtitles-{left.pk}-12", "Darum", make_user(), time_findings(film))

    assert list(overrun_recordings()) == [film]
    assert [one.key for one in still_open(film.stored_file.reading, time_findings(film))] == [
        f"subtitles-{other.pk}-12"
    ]


def test_a_recording_without_speech_needs_no_subtitles(client):
    sign_in(client, "redaktion")
    film = make_read_film(title="Rundgang")
    said, ways = missing_row(client, "untertitel")
    assert "Rundgang" in said[0]
    assert ways == [f"{address(film)}#tracks-group"]

    leave(client, film, "no_subtitles", "Es wird nicht gesprochen.")

    assert missing_row(client, "untertitel") == ([], [])
    assert texts(document(client.get(address(film))), style="hints") == []
    assert "Zu dieser Aufnahme" not in client.get(address(film, "veroeffentlichen")).content.decode()


def test_recordings_of_any_kind_need_subtitles():
    film, sound = make_film(), make_attachment(stored_file=make_file(b"x", "a.mp3", media_type="audio/mpeg"))
    make_film(**WITHDRAWN)
    make_attachment(stored_file=make_file())
    make_track(make_film(), language="en")
    make_track(twice := make_film())
    make_track(twice, language="en")

    assert list(unsubtitled_recordings()) == [sound, film]


def test_a_finding_that_a_recording_does_not_have_cannot_be_accepted(client):
    sign_in(client, "redaktion")
    film = make_read_film(chapters="0:05 Abspann")
    make_track(film)

    for key in ("chapters-5", "no_subtitles", "subtitles-1-12"):
        leave(client, film, key)

    assert not film.stored_file.reading.accepted_findings.exists()


def test_lost_subtitles_cause_no_finding():
    film = make_read_film(seconds=5)
    track = make_track(film)
    files_storage().delete(track.stored_file.key)

    track.save()

    assert (track.last_second, time_findings(film)) == (None, [])


def test_withdrawn_and_unread_recordings_are_not_found():
    make_read_film(seconds=5, chapters="0:10 Fazit", **WITHDRAWN)
    make_film(chapters="0:10 Fazit")
    make_attachment(chapters="0:10 Fazit", kind="video")

    assert list(overrun_recordings()) == []


def test_unchecked_chapters_cause_no_error(client):
    sign_in(client, "redaktion")
    film = rewrite(make_read_film(), chapters="Murks")

    film.save()

    assert (film.last_chapter, time_findings(film), last_beginning("")) == (None, [], None)
    assert client.get(address(film)).status_code == 200


def test_saving_only_the_chapters_stores_the_last_one():
    film = make_read_film(chapters="0:00 Beginn")

    film.chapters = "0:30 Fazit"
    film.save(update_fields=["chapters"])

    assert Attachment.objects.get().last_chapter == 30


@pytest.mark.parametrize("who", ["redaktion", "freigabe", "verwaltung"])
def test_many_findings_need_as_many_queries_as_one(who):
    client = signed_in(who)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(GAPS)
        return len(queries)

    def one():
        film = make_read_film(seconds=5, chapters="0:10 Fazit", event=make_event())
        make_track(film)

    one()
    client.get(GAPS)
    before = cost()
    for _n in range(2):
        one()

    assert cost() == before
    assert len(overrun_recordings()) == 3


def test_the_migration_stores_the_last_chapter_of_existing_attachments():
    film = rewrite(make_read_film(chapters="0:00 Beginn\n0:30 Fazit"), last_chapter=None)
    broken = rewrite(make_film(), chapters="Murks")

    migration = import_module("events.migrations.0010_recording_times")
    migration.note_last_chapters(apps, SimpleNamespace(connection=connection))

    film.refresh_from_db()
    broken.refresh_from_db()
    assert (film.last_chapter, broken.last_chapter) == (30, None)
