"""Upload links: what speakers can do with a link, its expiry and limits, and invalid links."""

from datetime import timedelta
from threading import BoundedSemaphore

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.invitations import links, receiving
from events.invitations.letters import letter
from events.models import Attachment, HandedIn, Invitation
from lernnetzwerk.files import check as files_check
from lernnetzwerk.files.check import check
from lernnetzwerk.files.facts import format_size
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.types import BY_EXTENSION
from lernnetzwerk.previews import links as preview_links
from lernnetzwerk.reading.models import Reading
from tests.administration import nothing_changes, sign_in
from tests.concurrency import at_once
from tests.factories import (
    DRAFT,
    make_appearance,
    make_attachment,
    make_event,
    make_file,
    make_reading,
    make_rendition,
    make_session,
    make_speaker,
    make_user,
    make_visible_session,
    rewrite,
)
from tests.files import samples
from tests.files.samples import pdf
from tests.reading import attribute, body, document, elements, text, texts

pytestmark = pytest.mark.django_db
PDFS = {pages: pdf(pages) for pages in (1, 2)}  # made once: two calls would give different files


@pytest.fixture
def invitation():
    session = make_session(make_event(**DRAFT), title="Aktivieren oder befähigen?")
    make_appearance(session, make_speaker(last_name="Knuth"))
    return links.create(session, make_user(email="anna@ort.example"), days=14, recipient="Prof. Knuth")


def path(invitation, *words):
    return "/".join([f"/hochladen/{links.token(invitation)}", *words, ""])


def upload(pages=1, name="folien.pdf"):
    return SimpleUploadedFile(name, PDFS[pages], "application/pdf")


def hand_in(client, invitation, *files):
    return client.post(path(invitation), {"datei": list(files)})


def release(client, invitation, **values):
    given = {"licence": "cc-by-4.0", "name": "Matthias Knuth", "agreed": "on", **values}
    return client.post(path(invitation, "freigeben"), given)


def answer(address, client=None):
    response = (client or Client()).get(address)
    return response.status_code, response.content, dict(response.headers)


# --- uploading --------------------------------------------------------------------------------------------------------


def test_a_speaker_uploads_files_without_an_account(client, invitation):
    response = hand_in(client, invitation, upload(1, "Folien Knuth.pdf"), upload(2, "handout.pdf"))

    assert (response.status_code, response["Location"]) == (302, f"{path(invitation)}?neu=2#angekommen")
    attachments = Attachment.objects.order_by("pk")
    assert [(one.kind, one.state, one.stored_file.original_name) for one in attachments] == [
        ("slides", "draft", "Folien Knuth.pdf"),
        ("handout", "draft", "handout.pdf"),
    ]
    assert {one.session for one in attachments} == {invitation.session}


def test_the_page_shows_uploaded_files_their_previews_and_findings(client, invitation):
    hand_in(client, invitation, upload())
    stored_file = StoredFile.objects.get()
    make_reading("Text", stored_file=stored_file, is_tagged=False)
    make_rendition(stored_file)

    page = document(client.get(path(invitation)))

    (name,) = elements(page, style="handed-in__name")
    assert text(name) == "folien.pdf"
    (picture,) = [one for one in elements(page, tag="img") if attribute(one, "alt") == "Seite 1"]
    assert body(client.get(attribute(picture, "src")))
    assert "Vorleseprogramme" in " ".join(texts(page, tag="li"))


def test_an_uploaded_file_opens_only_through_its_link(client, invitation):
    hand_in(client, invitation, upload())
    attachment = Attachment.objects.get()

    assert body(client.get(path(invitation, str(attachment.uuid), "datei"))) == PDFS[1]
    assert client.get(attachment.get_download_url()).status_code == 404
    assert client.get(attachment.get_absolute_url()).status_code == 404


def test_one_bad_file_does_not_stop_the_others(client, invitation):
    response = hand_in(client, invitation, upload(1, "gut.pdf"), SimpleUploadedFile("virus.exe", b"MZ"))

    assert response.status_code == 422
    (notice,) = texts(document(response), style="notice--danger")
    assert notice.startswith("Nicht alles wurde angenommen virus.exe : Dateien mit der Endung „.exe“ werden hier nicht")
    assert Attachment.objects.get().stored_file.original_name == "gut.pdf"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?neu=1", ["1 Datei ist angekommen"]),
        ("?neu=2", []),
        ("?neu=0", []),
        ("?neu=%C2%B2", []),
        ("?neu=" + "9" * 5_000, []),
        ("", []),
    ],
)
def test_the_page_confirms_an_upload(client, invitation, query, said):
    hand_in(client, invitation, upload())

    page = document(client.get(f"{path(invitation)}{query}"))

    assert [text(one) for one in elements(page, tag="h2") if attribute(one, "id") == "angekommen"] == said


def test_an_upload_without_an_accepted_file_says_so(client, invitation):
    response = hand_in(client, invitation, SimpleUploadedFile("virus.exe", b"MZ"))

    assert texts(document(response), style="notice--danger")[0].startswith("Nichts wurde angenommen virus.exe")


def test_subtitles_alone_are_no_attachment(client, invitation):
    captions = SimpleUploadedFile("film.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nGuten Tag\n", "text/vtt")

    response = hand_in(client, invitation, captions)

    assert receiving.SUBTITLES_REFUSED in text(document(response))
    assert not StoredFile.objects.exists()
    (field,) = [one for one in elements(document(response), tag="input") if attribute(one, "id") == "datei"]
    assert ".vtt" not in attribute(field, "accept")


@pytest.mark.parametrize("state", ["", "running"])
def test_a_file_still_being_read_says_so(client, invitation, state):
    hand_in(client, invitation, upload())
    Reading.objects.all().delete()
    if state:
        make_reading(stored_file=StoredFile.objects.get(), state=state)

    page = text(document(client.get(path(invitation))))

    assert "Die Vorschau wird gerade erstellt" in page
    assert "Die Prüfung ergab keine Hinweise" not in page


def test_slides_without_pictures_show_their_text(client, invitation):
    slides = make_file(name="folien.pptx", media_type=BY_EXTENSION[".pptx"].media_type)
    attachment = make_attachment(session=invitation.session, stored_file=slides, **DRAFT)
    HandedIn.objects.create(invitation=invitation, attachment=attachment)
    reading = make_reading(stored_file=attachment.stored_file)
    reading.pages.create(number=1, title="Aktivieren", text="Was das heißt")
    reading.pages.create(number=3, text="Ende")

    page = document(client.get(path(invitation)))

    (shown,) = elements(page, style="handed-in__text")
    assert texts(shown, tag="li") == ["Folie 1: Aktivieren Was das heißt", "Folie 3 Ende"]


def test_an_upload_without_a_chosen_file_is_reported(client, invitation):
    response = client.post(path(invitation))

    assert response.status_code == 422
    assert "Bitte wählen Sie mindestens eine Datei aus." in text(document(response))


def test_the_link_limits_the_number_of_files(client, invitation):
    rewrite(invitation, most_files=1)

    hand_in(client, invitation, upload(1), upload(2))

    assert Attachment.objects.count() == 1
    assert "Über diesen Link sind keine weiteren Dateien möglich." in text(document(client.get(path(invitation))))


def test_the_link_limits_the_number_of_bytes(client, invitation, monkeypatch):
    monkeypatch.setattr("events.models.invitation.MEGABYTE", 1)
    rewrite(invitation, most_megabytes=len(PDFS[1]) + 10)

    hand_in(client, invitation, upload(1))
    response = hand_in(client, invitation, upload(2))

    assert "über diesen Link passen zusammen" in text(document(response))
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("megabytes", "said"),
    [(200, "zusammen höchstens 200 MB."), (500, "zusammen höchstens 500 MB, davon auf einmal höchstens 205 MB.")],
)
def test_the_form_states_the_limits_in_total_and_for_each_upload(client, invitation, megabytes, said):
    rewrite(invitation, most_megabytes=megabytes)

    hint = texts(document(client.get(path(invitation))), style="kern-hint")[0]

    assert hint.startswith(f"Präsentation, PDF, Handout, Video. Noch 5 Dateien, {said} Große Dateien")


def test_a_link_that_is_full_says_so(client, invitation, monkeypatch):
    monkeypatch.setattr("events.models.invitation.MEGABYTE", 1)
    rewrite(invitation, most_megabytes=len(PDFS[1]))

    hand_in(client, invitation, upload(1))

    assert "Über diesen Link sind keine weiteren Dateien möglich." in text(document(client.get(path(invitation))))


def test_the_remaining_limits_count_uploaded_but_not_deleted_files(client, invitation, monkeypatch):
    monkeypatch.setattr("events.models.invitation.MEGABYTE", 1000)
    rewrite(invitation, most_megabytes=8)

    def said():
        return texts(document(client.get(path(invitation))), style="kern-hint")[0].partition(" Große")[0]

    hand_in(client, invitation, upload(1))
    left = format_size(8000 - len(PDFS[1]))
    assert said() == f"Präsentation, PDF, Handout, Video. Noch 4 Dateien, zusammen höchstens {left}."
    client.post(path(invitation, str(Attachment.objects.get().uuid), "loeschen"))
    assert said() == "Präsentation, PDF, Handout, Video. Noch 5 Dateien, zusammen höchstens 8 kB."


def test_the_same_file_twice_is_noticed(client, invitation):
    hand_in(client, invitation, upload(1, "eins.pdf"))

    response = hand_in(client, invitation, upload(1, "zwei.pdf"))

    assert "Diese Datei haben Sie schon hochgeladen, als „eins.pdf“." in text(document(response))
    assert StoredFile.objects.count() == 1


FULL = (
    "Dieser Link nimmt höchstens 1 Datei an, und so viele sind schon da. Löschen Sie zuerst eine andere Datei, oder "
    "schreiben Sie uns."
)


@pytest.mark.both_databases
@pytest.mark.parametrize("name", ["foto.jpg", "foto.heic"])
def test_a_photo_on_a_full_link_is_refused_with_a_way_out_and_nothing_is_stored(client, invitation, name):
    """The number is the reason, also for a file whose type would be refused; room is made by deleting."""
    rewrite(invitation, most_files=1)
    hand_in(client, invitation, upload())

    def send_photo():
        return hand_in(client, invitation, SimpleUploadedFile(name, samples.image("JPEG")))

    with nothing_changes():
        response = send_photo()

    (notice,) = texts(document(response), style="notice--danger")
    assert (response.status_code, notice) == (422, f"Nichts wurde angenommen {name} : {FULL}")
    client.post(path(invitation, str(Attachment.objects.get().uuid), "loeschen"))
    assert send_photo().status_code == (302 if name == "foto.jpg" else 422)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_concurrent_uploads_keep_the_limit_of_the_link(invitation):
    rewrite(invitation, most_files=1)

    refused = at_once(*[lambda number=number: receiving.receive_file(invitation, upload(number)) for number in (1, 2)])

    assert [error.messages for error in refused] == [[FULL]]
    assert Attachment.objects.count() == 1


def test_the_number_of_files_is_counted_before_a_file_is_checked(client, invitation, monkeypatch):
    rewrite(invitation, most_files=1)
    checked = []
    monkeypatch.setattr(receiving, "check", lambda upload: checked.append(upload.name) or check(upload))

    hand_in(client, invitation, upload(1, "eins.pdf"), upload(2, "zwei.pdf"))

    assert checked == ["eins.pdf"]


class Unread:
    """A request body that fails the test when it is read."""

    def read(self, *_arguments):
        raise AssertionError("the body was read")

    readline = read


def post_unread(invitation, *words, **headers):
    body = {"wsgi.input": Unread(), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    client = Client(enforce_csrf_checks=True)
    return client.post(path(invitation, *words), CONTENT_LENGTH="169000000", **body, **headers)


def test_an_expired_link_refuses_a_body_before_it_is_read(invitation):
    rewrite(invitation, expires_at=timezone.now())

    response = post_unread(invitation)

    assert response.status_code == 404
    assert texts(document(response), tag="h1") == ["Dieser Link gilt nicht mehr"]


def test_a_full_link_refuses_a_body_before_it_is_read(client, invitation):
    rewrite(invitation, most_files=1)
    hand_in(client, invitation, upload())

    response = post_unread(invitation)

    assert response.status_code == 422
    assert texts(document(response), style="notice--danger") == [f"Nichts wurde angenommen {FULL}"]


def test_a_second_click_on_a_large_upload_is_answered_as_the_first(client, invitation, monkeypatch):
    monkeypatch.setattr("events.views.invitations.SMALL_BODY", 600)
    rewrite(invitation, most_files=2)
    (form,) = elements(document(client.get(path(invitation))), style="form", tag="form")
    address = attribute(form, "action")
    size = len(PDFS[1]) + len(PDFS[2])

    first = client.post(address, {"datei": [upload(1), upload(2)]})

    assert first["Location"] == f"{path(invitation)}?neu=2#angekommen"
    sent = {"wsgi.input": Unread(), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    second, longer, other = (
        client.post(url, CONTENT_LENGTH=str(length), **sent)
        for url, length in ((address, size + 500), (address, size + 700), (f"{address}0", size + 500))
    )
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert (longer.status_code, other.status_code) == (422, 422)


def test_a_body_larger_than_the_rest_of_the_link_is_refused_before_it_is_read(invitation):
    rewrite(invitation, most_megabytes=100)

    response = post_unread(invitation)

    assert response.status_code == 422
    assert "über diesen Link passen zusammen 100 MB" in texts(document(response), style="notice--danger")[0]


@pytest.mark.parametrize("words", [["freigeben"], ["00000000-0000-0000-0000-000000000000", "loeschen"]])
def test_forms_without_files_refuse_a_large_body_before_it_is_read(invitation, words):
    assert post_unread(invitation, *words).status_code == 413


def test_files_without_the_cookie_are_refused_before_they_are_read_and_the_page_goes_on(invitation):
    response = post_unread(invitation)

    assert response.status_code == 403
    assert_goes_on(response, invitation)


def test_a_form_whose_cookie_is_gone_keeps_what_was_typed_and_goes_on(client, invitation):
    hand_in(client, invitation, upload())
    speaker = Client(enforce_csrf_checks=True)

    response = release(speaker, invitation, name="Matthias Knuth")

    page = document(response)
    assert response.status_code == 403
    assert [attribute(one, "value") for one in elements(page, tag="input") if attribute(one, "name") == "name"] == [
        "Matthias Knuth"
    ]
    checked = {attribute(one, "name") for one in elements(page, tag="input") if "checked" in dict(one.attributes)}
    assert checked == {"licence", "agreed"}
    token = next(attribute(one, "value") for one in elements(page, tag="input") if is_token(one))
    assert release(speaker, invitation, csrfmiddlewaretoken=token).status_code == 302
    assert Attachment.objects.get().state == "submitted"


@pytest.mark.parametrize("words", [[], ["freigeben"], ["00000000-0000-0000-0000-000000000000", "loeschen"]])
def test_every_form_of_the_link_goes_on_without_the_cookie(invitation, words):
    response = Client(enforce_csrf_checks=True).post(path(invitation, *words))

    assert response.status_code == 403
    assert_goes_on(response, invitation)


def test_an_expired_link_without_the_cookie_says_that_it_is_over(invitation):
    rewrite(invitation, expires_at=timezone.now())

    response = Client(enforce_csrf_checks=True).post(path(invitation))

    assert texts(document(response), tag="h1") == ["Dieser Link gilt nicht mehr"]


def is_token(one):
    return attribute(one, "name") == "csrfmiddlewaretoken"


def assert_goes_on(response, invitation):
    page = document(response)
    assert texts(page, tag="h1") == ["Dateien hochladen"]
    assert texts(page, style="notice__title") == ["Die Angaben sind unvollständig"]
    assert path(invitation) in [attribute(one, "action").partition("?")[0] for one in elements(page, tag="form")]
    assert [one for one in elements(page, tag="input") if is_token(one)]
    assert response.cookies["csrftoken"].value
    assert response["Cache-Control"] == "private, no-store"


# --- many at once -----------------------------------------------------------------------------------------------------


def test_files_beyond_those_checked_at_once_are_refused_with_a_time(client, invitation, monkeypatch):
    monkeypatch.setattr(files_check, "CONCURRENT_CHECKS", BoundedSemaphore(1))

    with files_check.limited_concurrency():
        response = hand_in(client, invitation, upload())

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert files_check.TOO_MANY in text(document(response))
    assert hand_in(client, invitation, upload()).status_code == 302


# --- deleting and releasing -------------------------------------------------------------------------------------------


def test_a_file_not_released_yet_can_be_deleted(client, invitation):
    hand_in(client, invitation, upload())

    client.post(path(invitation, str(Attachment.objects.get().uuid), "loeschen"))

    assert not Attachment.objects.exists()


def test_each_form_of_the_page_carries_its_token(client, invitation):
    hand_in(client, invitation, upload())

    page = document(client.get(path(invitation)))

    forms = [one for one in elements(page, tag="form") if attribute(one, "method") == "post"]
    tokens = [one for one in elements(page, tag="input") if attribute(one, "name") == "csrfmiddlewaretoken"]
    assert len(forms) == len(tokens) == 3


def test_a_released_file_cannot_be_deleted(client, invitation):
    hand_in(client, invitation, upload())
    release(client, invitation)

    client.post(path(invitation, str(Attachment.objects.get().uuid), "loeschen"))

    assert Attachment.objects.count() == 1


def test_a_file_submitted_by_staff_cannot_be_deleted(client, invitation):
    hand_in(client, invitation, upload())
    attachment = rewrite(Attachment.objects.get(), state="submitted")

    client.post(path(invitation, str(attachment.uuid), "loeschen"))

    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("change", [{"title": "Ein Titel"}, {"stored_file": "other"}])
def test_a_file_changed_by_staff_cannot_be_deleted(client, invitation, change):
    hand_in(client, invitation, upload())
    attachment = Attachment.objects.get()
    for name, value in change.items():
        setattr(attachment, name, make_file() if value == "other" else value)
    attachment.save()

    response = client.post(path(invitation, str(attachment.uuid), "loeschen"))

    assert response.status_code == 409
    assert texts(document(response), style="notice--danger") == [f"Nicht gelöscht {receiving.ALREADY_USED}"]
    assert not [one for one in texts(document(response), tag="button") if one == "Wieder löschen"]
    assert Attachment.objects.count() == 1


def test_deleting_twice_is_no_error(client, invitation):
    hand_in(client, invitation, upload())
    uuid = str(Attachment.objects.get().uuid)

    assert [client.post(path(invitation, uuid, "loeschen")).status_code for _n in range(2)] == [302, 302]


def test_a_file_submitted_by_staff_can_still_be_released(client, invitation):
    hand_in(client, invitation, upload())
    attachment = rewrite(Attachment.objects.get(), state="submitted")

    release(client, invitation)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.licence, attachment.handed_in.released_by) == (
        "submitted",
        "cc-by-4.0",
        "Matthias Knuth",
    )


def test_a_release_does_not_change_the_state_of_a_public_attachment(client, invitation):
    hand_in(client, invitation, upload())
    attachment = rewrite(Attachment.objects.get(), state="published", published_from="2001-01-01T00:00Z")

    release(client, invitation)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.licence, attachment.handed_in.released_by) == (
        "published",
        "",
        "Matthias Knuth",
    )


def test_the_history_records_uploads_and_consent(client, invitation):
    hand_in(client, invitation, upload())

    release(client, invitation)

    entries = LogEntry.objects.order_by("pk")
    assert {entry.user for entry in entries} == {invitation.created_by}
    assert [(entry.action_flag, entry.get_change_message()) for entry in entries] == [
        (ADDITION, "Über einen Upload-Link: Datei „folien.pdf“ hochgeladen."),
        (CHANGE, "Über einen Upload-Link: Freigegeben von Matthias Knuth: CC BY 4.0."),
    ]


def test_a_link_still_accepts_files_after_its_creator_is_deleted(client, invitation):
    invitation.created_by.delete()

    hand_in(client, invitation, upload())
    release(client, invitation)

    assert Attachment.objects.get().state == "submitted"


def test_a_release_records_name_and_licence_and_publishes_nothing(client, invitation):
    hand_in(client, invitation, upload())

    release(client, invitation, name="  Matthias   Knuth ")

    attachment = Attachment.objects.get()
    assert (attachment.state, attachment.licence) == ("submitted", "cc-by-4.0")
    assert attachment.handed_in.released_by == "Matthias Knuth"
    assert client.get(attachment.get_download_url()).status_code == 404
    assert "Freigegeben. Vielen Dank!" in text(document(client.get(path(invitation))))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"licence": ""}, "Bitte wählen Sie eine Lizenz für Ihre Dateien."),
        ({"name": " "}, "Bitte nennen Sie Ihren Namen."),
        ({"agreed": ""}, "Ohne Ihre Zustimmung können wir die Dateien nicht veröffentlichen."),
    ],
)
def test_an_incomplete_release_is_reported(client, invitation, values, sentence):
    hand_in(client, invitation, upload())

    response = release(client, invitation, **values)

    assert response.status_code == 422
    assert sentence in text(document(response))
    assert Attachment.objects.get().state == "draft"


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_staff_are_mailed_after_the_commit(client, invitation, settings):
    settings.REPORTS_TO = "portal@ort.example"
    hand_in(client, invitation, upload(1, "Folien.pdf"))

    release(client, invitation)

    (letter,) = mail.outbox
    assert letter.to == ["anna@ort.example", "portal@ort.example"]
    assert letter.subject == "Dateien zur Freigabe"
    assert reverse("admin:events_attachment_change", args=[Attachment.objects.get().pk]) in letter.body
    assert links.token(invitation) not in letter.body


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_an_upload_succeeds_if_the_mail_server_fails(client, invitation, settings, monkeypatch):
    settings.REPORTS_TO = "portal@ort.example"
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda _self: 1 / 0)
    hand_in(client, invitation, upload())

    assert release(client, invitation).status_code == 302
    assert Attachment.objects.get().state == "submitted"


# --- invalid links ----------------------------------------------------------------------------------------------------


def test_an_expired_revoked_or_unknown_link_is_not_found(invitation):
    token = links.token(invitation)
    over = links.create(invitation.session, None, days=1)
    rewrite(over, created_at=timezone.now() - timedelta(days=3), expires_at=timezone.now() - timedelta(days=1))
    taken_back = links.create(invitation.session, None, days=1)
    links.revoke(invitation.session, taken_back.uuid)
    other_purpose = preview_links.address(preview_links.create(invitation.session, make_user())).split("/")[-2]

    wrong = [
        path(over),
        path(taken_back),
        f"/hochladen/{token[:-1]}x/",
        f"/hochladen/{other_purpose}/",
        "/hochladen/x/",
    ]

    assert {answer(address)[0] for address in wrong} == {404}
    assert len({answer(address)[1] for address in wrong}) == 1
    page = Client().get(wrong[0])
    assert texts(document(page), tag="h1") == ["Dieser Link gilt nicht mehr"]
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("private, no-store", "noindex")


def test_a_form_sent_after_the_end_of_its_link_is_refused(client, invitation, monkeypatch):
    hand_in(client, invitation, upload())
    monkeypatch.setattr(links, "find", lambda _token: rewrite(invitation, revoked_at=timezone.now()))

    assert texts(document(hand_in(client, invitation, upload(2))), tag="h1") == ["Dieser Link gilt nicht mehr"]
    assert texts(document(release(client, invitation)), tag="h1") == ["Dieser Link gilt nicht mehr"]
    assert Attachment.objects.get().state == "draft"


def test_a_file_of_another_link_is_not_found(client, invitation):
    other = links.create(invitation.session, None, days=1)
    hand_in(client, invitation, upload())
    attachment = Attachment.objects.get()
    make_rendition(attachment.stored_file)

    assert client.get(path(other, str(attachment.uuid), "datei")).status_code == 404
    assert client.get(path(other, str(attachment.uuid), "seiten", "1")).status_code == 404
    client.post(path(other, str(attachment.uuid), "loeschen"))
    assert Attachment.objects.count() == 1


def test_an_attachment_not_uploaded_through_a_link_is_not_found(client, invitation):
    own = make_attachment(session=invitation.session, stored_file=make_file(), **DRAFT)

    assert client.get(path(invitation, str(own.uuid), "datei")).status_code == 404


def test_the_page_is_neither_cached_nor_indexed(client, invitation):
    response = client.get(path(invitation))

    assert [response[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")] == [
        "private, no-store",
        "noindex",
        "same-origin",
    ]


@pytest.mark.parametrize("words", [(), ("freigeben",), ("00000000-0000-0000-0000-000000000000", "loeschen")])
def test_a_post_without_its_token_is_refused(invitation, words):
    assert Client(enforce_csrf_checks=True).post(path(invitation, *words)).status_code == 403


@pytest.mark.parametrize(("most", "said"), [(1, "nimmt eine Datei an"), (5, "nimmt bis zu 5 Dateien an")])
def test_the_letter_states_the_expiry_and_the_number_of_files(invitation, most, said):
    rewrite(invitation, most_files=most, expires_at="2990-12-01T23:30Z")

    assert f"gilt bis zum 2. Dezember 2990, 00:30 Uhr und {said}." in letter(invitation, "https://ort.example/")


# --- editors ----------------------------------------------------------------------------------------------------------


def test_an_editor_creates_a_link_and_gets_a_letter(client):
    session = make_visible_session(title="Vortrag")
    sign_in(client, "redaktion")
    address = reverse("admin:events_session_upload-links", args=[session.pk])

    client.post(address, {"recipient": "Prof. Knuth", "days": 7, "most_files": 3, "most_megabytes": 50})

    invitation = Invitation.objects.get()
    assert (invitation.most_files, invitation.most_megabytes, invitation.session) == (3, 50, session)
    assert (invitation.expires_at - invitation.created_at).days == 7
    page = text(document(client.get(address)))
    assert "Guten Tag Prof. Knuth" in page
    assert links.address(invitation) in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"days": 0}, "Dieser Wert muss größer oder gleich 1 sein."),
        ({"days": 91}, "Dieser Wert muss kleiner oder gleich 90 sein."),
        ({"most_files": 21}, "Bitte 1 bis 20 Dateien und mindestens 1 Megabyte erlauben."),
        ({"most_megabytes": 0}, "Bitte 1 bis 20 Dateien und mindestens 1 Megabyte erlauben."),
    ],
)
def test_a_link_has_its_limits(client, values, sentence):
    session = make_visible_session()
    sign_in(client, "redaktion")
    given = {"days": 14, "most_files": 5, "most_megabytes": 200, **values}

    response = client.post(reverse("admin:events_session_upload-links", args=[session.pk]), given)

    assert sentence in text(document(response))
    assert not Invitation.objects.exists()


def test_an_editor_revokes_a_link(client, invitation):
    sign_in(client, "redaktion")
    address = reverse("admin:events_session_upload-link-zurueckziehen", args=[invitation.session.pk])

    client.post(address, {"link": invitation.uuid})

    assert not Invitation.objects.valid().exists()


def test_a_link_of_another_session_is_not_revoked(client, invitation):
    sign_in(client, "redaktion")
    other = make_session()

    client.post(reverse("admin:events_session_upload-link-zurueckziehen", args=[other.pk]), {"link": invitation.uuid})

    assert Invitation.objects.valid().exists()


# --- what staff do with the files afterwards --------------------------------------------------------------------------


def replaced(attachment):
    attachment.stored_file = make_file(b"%PDF-1.7 von der Redaktion", "intern.pdf")
    attachment.save()


def moved(attachment):
    rewrite(attachment, session=make_session(make_event(**DRAFT)))


def moved_to_the_event(attachment):
    rewrite(attachment, session=None, event=attachment.session.event)


@pytest.mark.parametrize("change", [replaced, moved, moved_to_the_event])
@pytest.mark.parametrize("is_released", [False, True])
def test_a_link_no_longer_shows_what_staff_replaced_or_moved(client, invitation, change, is_released):
    hand_in(client, invitation, upload())
    attachment = Attachment.objects.get()
    make_rendition(attachment.stored_file)
    if is_released:
        release(client, invitation)
    attachment.refresh_from_db()

    change(attachment)

    page = document(client.get(path(invitation)))
    assert "folien.pdf" not in text(page)
    assert "intern.pdf" not in text(page)
    assert "Eine Datei von Ihnen bearbeiten wir bereits." in text(page)
    assert client.get(path(invitation, str(attachment.uuid), "datei")).status_code == 404
    assert client.get(path(invitation, str(attachment.uuid), "seiten", "1")).status_code == 404


@pytest.mark.parametrize("change", [replaced, moved])
def test_nobody_releases_what_staff_replaced_or_moved(client, invitation, change):
    hand_in(client, invitation, upload())
    change(Attachment.objects.get())

    release(client, invitation)

    assert HandedIn.objects.get().released_at is None
    assert Attachment.objects.get().state == "draft"


def test_replaced_files_count_for_the_limits_of_the_link(client, invitation):
    rewrite(invitation, most_files=1)
    hand_in(client, invitation, upload())
    replaced(Attachment.objects.get())

    assert hand_in(client, invitation, upload(2)).status_code == 422
    assert receiving.bytes_left(invitation) == invitation.most_bytes - len(PDFS[1])


def test_the_form_tells_staff_that_the_link_no_longer_shows_the_file(client, invitation):
    hand_in(client, invitation, upload())
    attachment = Attachment.objects.get()
    sign_in(client, "redaktion")
    told = "Upload-Link zeigt das Material nicht mehr"
    form = reverse("admin:events_attachment_change", args=[attachment.pk])
    assert told not in client.get(form).content.decode()

    moved(attachment)

    assert told in client.get(form).content.decode()


def test_a_second_click_on_the_upload_is_no_error(client, invitation):
    rewrite(invitation, most_files=1)

    answers = [client.post(path(invitation), {"datei": upload(), "form_key": "a"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Attachment.objects.count() == 1
    assert client.post(path(invitation), {"datei": upload(), "form_key": "b"}).status_code == 422
