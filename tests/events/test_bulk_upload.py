"""Bulk upload to an event or a session: each file is checked, stored as a draft and assigned by an editor."""

import hashlib
from threading import BoundedSemaphore

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.attachments.assignment import Assignment, unassigned
from events.models import Attachment, Event
from lernnetzwerk.files import check
from lernnetzwerk.files.checksum import sha256
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.previews.links import create
from lernnetzwerk.previews.models import PreviewLink
from tests.administration import EVERYONE, address, form_on, nothing_changes, sign_in, signed_in
from tests.concurrency import at_once
from tests.factories import (
    DRAFT,
    make_appearance,
    make_attachment,
    make_event,
    make_file,
    make_municipality,
    make_reading,
    make_session,
    make_speaker,
    make_user,
    rewrite,
)
from tests.files import samples
from tests.reading import document, elements, texts

pytestmark = pytest.mark.django_db
PDF = samples.pdf()  # made once: a PDF contains its date, so a second one would have other content
POSTS = ("ablegen", "zuordnen", "begruenden", "zuruecknehmen")


@pytest.fixture
def event():
    """A public event with a talk by Knuth and a forum of Lünen."""
    event = make_event(title="Treffen")
    make_appearance(make_session(event, title=""), make_speaker(first_name="Matthias", last_name="Knuth"))
    make_session(event, kind="forum", title="Kooperation", municipalities=[make_municipality(name="Lünen")])
    return event


@pytest.fixture
def talk(event):
    return event.sessions.get(kind="talk")


@pytest.fixture
def forum(event):
    return event.sessions.get(kind="forum")


@pytest.fixture
def editor(client):
    sign_in(client, "redaktion")
    return client


def file(name: str = "Knuth.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF if content is None else content)


def drop(client: Client, event: Event, upload: object):
    return client.post(address(event, "ablegen"), {"datei": upload} if upload else {})


def refusal(client: Client, event: Event, upload: object) -> str:
    response = drop(client, event, upload)
    assert response.status_code == 422
    return response.json()["message"]


def uploaded(client: Client, event: Event, *names: str) -> list[Attachment]:
    for pages, name in enumerate(names, start=1):
        assert drop(client, event, file(name, samples.pdf(pages))).status_code == 200
    return unassigned(event)


def place(client: Client, event: Event, **values: object):
    sent = form_on(client.get(address(event, "hochladen")))
    return client.post(address(event, "zuordnen"), {**sent, **values})


def message(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def facts(attachment: Attachment) -> tuple:
    attachment.refresh_from_db()
    return attachment.event, attachment.session, attachment.kind, attachment.title, attachment.state


# --- uploading --------------------------------------------------------------------------------------------------------


def test_an_uploaded_file_becomes_a_hidden_draft_of_the_event(editor, event):
    response = drop(editor, event, file("Handout Knuth.pdf"))

    attachment = Attachment.objects.get()
    assert response.status_code == 200
    assert facts(attachment) == (event, None, "handout", "", "draft")
    assert attachment.stored_file.original_name == "Handout Knuth.pdf"
    assert Client().get(attachment.get_absolute_url()).status_code == 404


def test_the_content_of_an_uploaded_file_is_hashed_once(editor, event, monkeypatch):
    hashed = []
    monkeypatch.setattr(check, "sha256", lambda content: hashed.append(content.name) or sha256(content))

    drop(editor, event, file("Knuth.pdf"))

    assert (hashed, StoredFile.objects.get().sha256) == (["Knuth.pdf"], hashlib.sha256(PDF).hexdigest())


def test_the_response_is_the_row_of_the_list_with_a_suggestion(editor, event, talk):
    row = drop(editor, event, file()).json()["row"]

    assert f'<option value="{talk.pk}" selected>' in row
    assert "Vorschlag: Nachname Knuth im Dateinamen." in row


def test_one_bad_file_does_not_stop_the_others_in_an_upload_without_scripts(editor, event):
    files = [file("Knuth.pdf"), file("Kaputt.pdf", b"MZ\x90 ein Programm"), file("Lünen.pdf", samples.pdf(3))]

    response = editor.post(address(event, "hochladen"), {"datei": files})

    assert [str(attachment.stored_file) for attachment in unassigned(event)] == ["Knuth.pdf", "Lünen.pdf"]
    assert texts(document(response), style="drop__upload--error") == [
        "Kaputt.pdf Die Datei endet auf „.pdf“, ihr Inhalt hat aber ein anderes Format."
    ]
    assert texts(document(response), style="drop__hint")[2:4] == [
        "Vorschlag: Nachname Knuth im Dateinamen.",
        "Vorschlag: Ort Lünen im Dateinamen.",
    ]


@pytest.mark.parametrize(
    ("owner", "sentence"), [("event", "Beim Treffen hochgeladen."), ("talk", "Beim Beitrag hochgeladen.")]
)
def test_files_whose_upload_was_logged_in_former_words_still_wait(request, editor, owner, sentence):
    owner = request.getfixturevalue(owner)
    [attachment] = uploaded(editor, owner, "Knuth.pdf")
    LogEntry.objects.filter(object_id=str(attachment.pk)).update(change_message=sentence)

    assert unassigned(owner) == [attachment]


def test_an_upload_without_a_file_is_reported(editor, event):
    with nothing_changes():
        assert refusal(editor, event, None) == "Bitte wählen Sie eine Datei aus."
        response = editor.post(address(event, "hochladen"))

    assert texts(document(response), style="drop__upload--error") == [
        "Keine Datei Bitte wählen Sie mindestens eine Datei aus."
    ]


@pytest.mark.both_databases
def test_the_same_content_twice_is_reported_and_stored_once(editor, event, forum):
    drop(editor, event, file("Knuth.pdf"))

    assert refusal(editor, event, file("Ganz anders.pdf")) == (
        "Diese Datei ist schon da: Präsentation, hochgeladen als „Knuth.pdf“. Nichts wurde gespeichert."
    )
    assert StoredFile.objects.count() == 1
    Attachment.objects.update(event=None, session=forum)
    assert "schon da" in refusal(editor, event, file("Noch anders.pdf"))


def test_another_event_may_have_the_same_content(editor, event):
    other = make_event()

    assert drop(editor, event, file()).status_code == 200
    assert drop(editor, other, file()).status_code == 200


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("C:\\Users\\x\\Knuth.pdf", "einen Pfad"),
        ("Kn\x01uth\x00.pdf", "Steuerzeichen"),
        ("Knuth\u202efdp.pdf", "Steuerzeichen"),
        ("ä" * 300 + ".pdf", "zu lang"),
    ],
)
def test_hostile_names_are_refused(editor, event, name, reason):
    with nothing_changes():
        assert reason in refusal(editor, event, file_named(name))


def file_named(name: str) -> SimpleUploadedFile:
    """An upload with this exact name; SimpleUploadedFile would shorten it to its last part."""
    upload = file()
    upload._name = name
    return upload


def test_a_file_name_never_becomes_markup(editor, event):
    response = drop(editor, event, file("<script>alert(1)<.pdf"))

    assert StoredFile.objects.get().original_name == "<script>alert(1)<.pdf"
    assert "<script>" not in response.json()["row"]
    assert "<script>alert" not in editor.get(address(event, "hochladen")).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("leer.pdf", b"", "Die Datei ist leer."),
        ("virus.pdf", b"MZ\x90\x00", "Die Datei endet auf „.pdf“, ihr Inhalt hat aber ein anderes Format."),
        ("virus.exe.pdf", None, "Der Dateiname hat zwei Endungen („.exe.pdf“)"),
        ("virus.exe", b"MZ\x90\x00", "Dateien mit der Endung „.exe“ werden hier nicht angenommen."),
        ("ohne", b"x", "Dateien ohne Endung werden hier nicht angenommen."),
    ],
)
def test_a_forbidden_file_is_refused_with_a_message(editor, event, name, content, sentence):
    with nothing_changes():
        assert refusal(editor, event, file(name, content)).startswith(sentence)


def test_the_size_limit_is_reported(editor, event, settings):
    settings.FILES_MAX_SIZE = 100

    assert "zu groß" in refusal(editor, event, file())


@pytest.mark.parametrize("word", ["event", "talk"])
def test_the_form_states_the_limits_of_an_upload_without_scripts(editor, request, word):
    instance = request.getfixturevalue(word)

    hint = texts(document(editor.get(address(instance, "hochladen"))), style="drop__hint")[0]

    assert "Eine Datei hat höchstens 200 MB" in hint
    assert "alle zusammen höchstens 205 MB" in hint


def test_more_than_sixty_files_at_once_are_refused_one_by_one(editor, event):
    files = [file(f"{number}.pdf", b"") for number in range(62)]

    response = editor.post(address(event, "hochladen"), {"datei": files})

    lines = texts(document(response), style="drop__upload--error")
    assert lines[59:] == [
        "59.pdf Die Datei ist leer.",
        "60.pdf Nur 60 Dateien auf einmal.",
        "61.pdf Nur 60 Dateien auf einmal.",
    ]


def test_a_request_with_more_files_than_a_request_may_have_is_no_server_error(editor, event):
    with nothing_changes():
        assert editor.post(address(event, "hochladen"), {"datei": [file()] * 101}).status_code == 400


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_concurrent_uploads_of_the_same_file_store_it_once(event):
    clients = [signed_in("redaktion"), signed_in("freigabe")]
    answers = []

    errors = at_once(
        *[lambda client=client: answers.append(drop(client, event, file()).status_code) for client in clients]
    )

    assert (errors, sorted(answers)) == ([], [200, 422])
    assert Attachment.objects.count() == 1


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_concurrent_reasons_for_absence_store_one(event, talk):
    clients = [signed_in("redaktion"), signed_in("freigabe")]
    sent = {"session": talk.pk, "grund": "lost"}

    errors = at_once(*[lambda client=client: client.post(address(event, "begruenden"), sent) for client in clients])

    assert errors == []
    assert Attachment.objects.count() == 1


# --- assigning --------------------------------------------------------------------------------------------------------


def test_confirming_the_list_assigns_every_file(editor, event, talk, forum):
    slides, notes, agenda = uploaded(editor, event, "Knuth.pdf", "Luenen Protokoll.pdf", "Tagesordnung.pdf")

    response = place(editor, event, **{f"m{notes.pk}-title": "Was Lünen tut"})

    assert response.status_code == 302
    assert facts(slides) == (None, talk, "slides", "", "draft")
    assert facts(notes) == (None, forum, "documentation", "Was Lünen tut", "draft")
    assert facts(agenda) == (event, None, "agenda", "", "draft")
    page = editor.get(address(event, "hochladen"))
    assert message(page) == ["Übernommen: 3. Die Materialien sind Entwürfe, bis sie veröffentlicht werden."]
    assert elements(document(page), style="drop__row") == []


def test_an_unconfirmed_file_stays_in_the_list(editor, event):
    uploaded(editor, event, "Knuth.pdf")

    assert len(elements(document(signed_in("freigabe").get(address(event, "hochladen"))), style="drop__row")) == 1


def test_several_matching_sessions_are_listed_first(editor, event, forum, talk):
    hamm = make_session(event, kind="forum", title="Hand", municipalities=[make_municipality(name="Hamm")])
    uploaded(editor, event, "Lünen Hamm.pdf")

    page = document(editor.get(address(event, "hochladen")))
    options = [dict(option.attributes) for option in elements(elements(page, tag="select")[0], tag="option")]
    assert [option["value"] for option in options] == ["", str(forum.pk), str(hamm.pk), str(talk.pk)]
    assert [option["value"] for option in options if "selected" in option] == [""]


def test_a_second_click_on_the_list_is_answered_like_the_first(editor, event):
    uploaded(editor, event, "Knuth.pdf", "Luenen Protokoll.pdf")
    sent = form_on(editor.get(address(event, "hochladen")))
    editor.post(address(event, "zuordnen"), sent)

    with nothing_changes():
        editor.post(address(event, "zuordnen"), sent)

    said = "Übernommen: 2. Die Materialien sind Entwürfe, bis sie veröffentlicht werden."
    assert message(editor.get(address(event, "hochladen"))) == [said, said]


def test_a_session_renamed_meanwhile_is_asked_about_again(editor, event, talk, forum):
    slides, notes = uploaded(editor, event, "Knuth.pdf", "Luenen Protokoll.pdf")
    sent = form_on(editor.get(address(event, "hochladen")))
    rewrite(talk, title="Etwas ganz anderes")

    response = editor.post(address(event, "zuordnen"), sent)

    assert texts(document(response), style="errorlist") == [
        "Dieser Beitrag heißt inzwischen „Etwas ganz anderes“. Bitte noch einmal ansehen."
    ]
    assert (facts(slides)[:2], facts(notes)[:2]) == ((event, None), (None, forum))
    assert editor.post(address(event, "zuordnen"), form_on(response)).status_code == 302
    assert facts(slides)[:2] == (None, talk)


def test_assigning_says_which_preview_links_it_ends(editor, event, talk):
    slides, agenda = uploaded(editor, event, "Knuth.pdf", "Tagesordnung.pdf")
    for attachment in (slides, slides, agenda):
        create(attachment, make_user())

    place(editor, event)

    assert message(editor.get(address(event, "hochladen"))) == [
        "Übernommen: 2. Die Materialien sind Entwürfe, bis sie veröffentlicht werden.",
        "Die Zuordnung wurde geändert. Beendete Vorschau-Links: 2.",
    ]
    assert [link.opens(slides) for link in PreviewLink.objects.of(slides)] == [True, True]
    slides.refresh_from_db()
    assert [link.opens(slides) for link in PreviewLink.objects.of(slides)] == [False, False]


@pytest.mark.parametrize("what", ["public", "submitted", "elsewhere", "not dropped", "gone", "junk"])
def test_ids_of_other_attachments_are_reported_and_not_changed(editor, event, what):
    attachment = uploaded(editor, event, "Knuth.pdf")[0]
    changes = {"public": {"state": "published", "published_from": event.published_from}, "submitted": {"state": what}}
    if what in changes:
        Attachment.objects.update(**changes[what])
    elif what == "elsewhere":
        Attachment.objects.update(event=make_event())
    elif what == "not dropped":
        attachment = make_attachment(event=event, **DRAFT)
    key = {"gone": 987654, "junk": "9" * 30}.get(what, attachment.pk)
    sent = {"attachment": key, f"m{key}-kind": "video", f"m{key}-seen_at": attachment.changed_at.isoformat()}

    with nothing_changes():
        response = editor.post(address(event, "zuordnen"), sent)

    assert response.status_code == 302
    if what != "junk":
        assert message(editor.get(address(event, "hochladen"))) == [
            "Nicht mehr zuzuordnen: 1. Die Dateien sind schon zugeordnet oder gehören nicht hierher."
        ]


def test_a_concurrent_change_is_reported_and_the_other_files_are_assigned(editor, event, talk):
    first, second = uploaded(editor, event, "Knuth.pdf", "Knuth 2.pdf")
    sent = form_on(editor.get(address(event, "hochladen")))
    first.title = "Von jemand anderem"
    first.save()

    response = editor.post(address(event, "zuordnen"), sent)

    assert texts(document(response), style="errorlist") == [
        "Jemand anderes hat das inzwischen geändert. Bitte die Seite neu laden."
    ]
    assert facts(first) == (event, None, "slides", "Von jemand anderem", "draft")
    assert facts(second) == (None, talk, "slides", "", "draft")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("session", "foreign"),
        ("session", "9" * 30),
        ("session", "\x00"),
        ("kind", "x"),
        ("kind", ""),
        ("title", "a\x00"),
        ("title", "x" * 100_000),
        ("seen_at", ""),
    ],
)
def test_junk_in_a_row_is_answered_with_a_message(editor, event, field, value):
    attachment = uploaded(editor, event, "Knuth.pdf")[0]
    value = make_session().pk if value == "foreign" else value

    response = place(editor, event, **{f"m{attachment.pk}-{field}": value})

    assert response.status_code == 200
    assert response.context["rows"][0].form.errors
    assert facts(attachment) == (event, None, "slides", "", "draft")


def test_the_page_needs_as_many_queries_for_many_files_as_for_one(editor, event):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            editor.get(address(event, "hochladen"))
        return len(captured)

    uploaded(editor, event, "Knuth.pdf")
    one = queries()
    uploaded(editor, event, "a.pdf", "b.pdf", "c.pdf", "d.pdf")
    for _ in range(3):
        make_appearance(make_session(event, title=""))

    assert queries() == one


# --- at one session ---------------------------------------------------------------------------------------------------


def test_a_file_uploaded_to_a_session_becomes_its_draft(editor, talk):
    response = drop(editor, talk, file("Handout Lünen.pdf"))

    attachment = Attachment.objects.get()
    assert facts(attachment) == (None, talk, "handout", "", "draft")
    assert [unassigned(talk), unassigned(talk.event)] == [[attachment], []]
    assert f"m{attachment.pk}-session" not in response.json()["row"]
    assert f"m{attachment.pk}-kind" in response.json()["row"]
    assert Client().get(attachment.get_absolute_url()).status_code == 404


def test_the_list_of_a_session_sets_kind_and_title_and_moves_nothing(editor, talk, forum):
    attachment = uploaded(editor, talk, "Luenen Protokoll.pdf")[0]

    response = place(
        editor, talk, **{f"m{attachment.pk}-title": "Was Lünen tut", f"m{attachment.pk}-session": forum.pk}
    )

    assert response.status_code == 302
    assert facts(attachment) == (None, talk, "documentation", "Was Lünen tut", "draft")
    assert unassigned(talk) == []


def test_a_bad_file_at_a_session_does_not_stop_the_others(editor, talk):
    files = [file("Knuth.pdf"), file("Kaputt.pdf", b"MZ\x90 ein Programm")]

    response = editor.post(address(talk, "hochladen"), {"datei": files})

    assert [str(attachment.stored_file) for attachment in unassigned(talk)] == ["Knuth.pdf"]
    assert len(texts(document(response), style="drop__upload--error")) == 1


def test_a_session_refuses_content_that_its_event_already_has(editor, event, talk, forum):
    other = samples.pdf(2)
    drop(editor, event, file("Knuth.pdf"))
    drop(editor, forum, file("Lünen.pdf", other))

    with nothing_changes():
        assert "schon da" in refusal(editor, talk, file("Ganz anders.pdf"))
        assert "schon da" in refusal(editor, talk, file("Noch anders.pdf", other))


def test_a_file_of_another_session_is_not_assigned_here(editor, talk, forum):
    attachment = uploaded(editor, forum, "Lünen.pdf")[0]
    sent = {"attachment": attachment.pk, f"m{attachment.pk}-kind": "video"}

    with nothing_changes():
        editor.post(address(talk, "zuordnen"), {**sent, f"m{attachment.pk}-seen_at": attachment.changed_at.isoformat()})

    assert message(editor.get(address(talk, "hochladen")))[0].startswith("Nicht mehr zuzuordnen: 1.")


def test_a_reason_for_absence_is_entered_and_removed_on_the_page_of_a_session(editor, talk, forum):
    assert editor.post(address(talk, "begruenden"), {"session": forum.pk, "grund": "lost"}).status_code == 404
    response = editor.post(address(talk, "begruenden"), {"session": talk.pk, "grund": "lost"})

    attachment = Attachment.objects.get()
    assert response["Location"] == f"{address(talk, 'hochladen')}#ohne-material"
    assert texts(document(editor.get(address(talk, "hochladen"))), tag="h3") == [str(talk)]
    editor.post(address(forum, "zuruecknehmen"), {"attachment": attachment.pk})
    assert Attachment.objects.exists()
    editor.post(address(talk, "zuruecknehmen"), {"attachment": attachment.pk})
    assert not Attachment.objects.exists()


def test_the_form_of_a_session_links_to_its_upload_page(editor, talk):
    assert f'href="{address(talk, "hochladen")}"' in editor.get(address(talk)).content.decode()


@pytest.mark.parametrize("who", EVERYONE)
def test_only_the_three_groups_reach_the_page_of_a_session(talk, who):
    client = signed_in(who)
    is_allowed = who in ("redaktion", "freigabe", "verwaltung")
    refused = 403 if who == "staff" else 302

    assert client.get(address(talk, "hochladen")).status_code == (200 if is_allowed else refused)
    if not is_allowed:
        with nothing_changes():
            for word in ("hochladen", *POSTS):
                assert client.post(address(talk, word), {"datei": file()}).status_code == refused


@pytest.mark.parametrize("missing", ["change_session", "add_attachment", "change_attachment"])
def test_the_page_of_a_session_needs_each_permission(client, talk, missing):
    user = User.objects.create_user("fast", is_staff=True)
    names = {"view_session", "change_session", "change_event", "add_attachment", "change_attachment"} - {missing}
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)

    with nothing_changes():
        assert drop(client, talk, file()).status_code == 403
        assert client.get(address(talk, "hochladen")).status_code == 403


def test_the_page_of_a_session_needs_as_many_queries_for_many_files_as_for_one(editor, talk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor.get(address(talk, "hochladen"))
        return len(captured)

    uploaded(editor, talk, "Knuth.pdf")
    one = queries()
    uploaded(editor, talk, "a.pdf", "b.pdf", "c.pdf", "d.pdf")

    assert queries() == one


# --- reasons ----------------------------------------------------------------------------------------------------------


def test_one_click_enters_a_reason_for_absence_and_another_removes_it(editor, event, talk):
    editor.post(address(event, "begruenden"), {"session": talk.pk, "grund": "requested"})

    attachment = Attachment.objects.get()
    assert (facts(attachment), attachment.absence) == ((None, talk, "slides", "", "draft"), "requested")
    page = editor.get(address(event, "hochladen"))
    assert message(page) == ["Fachvortrag von Matthias Knuth: angefragt. Als Entwurf angelegt."]
    assert f'name="attachment" value="{attachment.pk}"' in page.content.decode()

    editor.post(address(event, "zuruecknehmen"), {"attachment": attachment.pk})

    assert not Attachment.objects.exists()


def test_a_second_click_adds_nothing(editor, event, talk):
    editor.post(address(event, "begruenden"), {"session": talk.pk, "grund": "requested"})

    with nothing_changes():
        editor.post(address(event, "begruenden"), {"session": talk.pk, "grund": "lost"})


def test_sessions_with_an_attachment_are_not_listed_for_a_reason(editor, event, talk):
    make_attachment(session=talk, **DRAFT)

    assert texts(document(editor.get(address(event, "hochladen"))), tag="h3") == ["Kooperation"]


@pytest.mark.parametrize("session", ["foreign", "x", "9" * 30, "", "\x00"])
def test_a_reason_for_a_session_of_another_event_is_not_found(editor, event, session):
    key = make_session().pk if session == "foreign" else session

    with nothing_changes():
        assert editor.post(address(event, "begruenden"), {"session": key, "grund": "lost"}).status_code == 404


@pytest.mark.parametrize("reason", ["", "weil", "\x00", "x" * 100_000])
def test_an_unknown_reason_is_not_found(editor, event, talk, reason):
    with nothing_changes():
        assert editor.post(address(event, "begruenden"), {"session": talk.pk, "grund": reason}).status_code == 404


def test_only_a_draft_of_a_reason_at_this_event_is_removed(editor, event, talk):
    kept = [
        make_attachment(session=talk, absence="lost"),
        make_attachment(session=talk, **DRAFT),
        make_attachment(session=make_session(), absence="lost", **DRAFT),
    ]

    for key in [*(attachment.pk for attachment in kept), "x", "9" * 30, "\x00"]:
        with nothing_changes():
            assert editor.post(address(event, "zuruecknehmen"), {"attachment": key}).status_code == 302


# --- permissions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYONE)
def test_only_the_three_groups_reach_the_page(event, who):
    client = signed_in(who)
    is_allowed = who in ("redaktion", "freigabe", "verwaltung")
    refused = 403 if who == "staff" else 302

    assert client.get(address(event, "hochladen")).status_code == (200 if is_allowed else refused)
    for word in POSTS:
        assert client.get(address(event, word)).status_code == (405 if is_allowed else refused)
    if not is_allowed:
        with nothing_changes():
            for word in ("hochladen", *POSTS):
                assert client.post(address(event, word), {"datei": file()}).status_code == refused


@pytest.mark.parametrize("missing", ["change_event", "add_attachment", "change_attachment"])
def test_the_page_needs_each_permission(client, event, missing):
    user = User.objects.create_user("fast", is_staff=True)
    names = {"view_event", "change_event", "add_attachment", "change_attachment"} - {missing}
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)

    with nothing_changes():
        assert drop(client, event, file()).status_code == 403
        assert client.get(address(event, "hochladen")).status_code == 403


def test_removing_a_reason_needs_the_permission_to_delete(client, event, talk):
    user = User.objects.create_user("fast", is_staff=True)
    names = {"change_event", "add_attachment", "change_attachment"}
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    attachment = make_attachment(session=talk, absence="lost", **DRAFT)

    assert client.post(address(event, "zuruecknehmen"), {"attachment": attachment.pk}).status_code == 403
    assert "Rückgängig" not in client.get(address(event, "hochladen")).content.decode()


def test_a_request_without_its_token_is_refused(event):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())

    for word in ("hochladen", *POSTS):
        with nothing_changes():
            assert client.post(address(event, word), {"datei": file()}).status_code == 403


def test_the_form_of_the_event_links_to_the_upload_page(editor, event):
    assert address(event, "hochladen") in editor.get(address(event)).content.decode()


def test_the_title_inside_a_file_suggests_its_session():
    event = make_event(**DRAFT)
    talk = make_session(event, title="Kinderarmut in Zahlen")
    make_session(event, title="Aktivieren oder befähigen?")
    reading = make_reading(title="Kinderarmut in Zahlen", stored_file=make_file(name="final_v3.pdf"))
    attachment = make_attachment(event=event, stored_file=reading.stored_file, **DRAFT)

    row = Assignment(event).row(attachment)

    assert row.form.initial["session"] == str(talk.pk)
    assert "im Titel der Datei" in row.hint or "aus dem Titel" in row.hint


def test_accessibility_findings_are_shown_at_the_file():
    event = make_event(**DRAFT)
    reading = make_reading("Text", is_tagged=False, title="Titel")
    attachment = make_attachment(event=event, stored_file=reading.stored_file, **DRAFT)

    assert [finding.key for finding in Assignment(event).row(attachment).findings] == ["tags"]


def test_a_file_beyond_those_checked_at_once_may_be_sent_again(editor, event, monkeypatch):
    monkeypatch.setattr(check, "CONCURRENT_CHECKS", BoundedSemaphore(1))
    with check.limited_concurrency():
        response = drop(editor, event, file("folien.pdf", PDF))

    assert (response.status_code, response.json()["message"]) == (503, check.TOO_MANY)
    assert drop(editor, event, file("folien.pdf", PDF)).status_code == 200
