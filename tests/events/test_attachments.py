import pytest

from events.models import Attachment
from events.models.attachment import counts_by_kind
from tests.factories import (
    DRAFT,
    HIDDEN,
    WITHDRAWN,
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_speaker,
    make_visible_session,
    rewrite,
)
from tests.reading import body, document, links, main, texts

pytestmark = pytest.mark.django_db


def talk(**fields):
    session = make_visible_session(**{"title": "Aktivieren oder befähigen?", **fields})
    make_appearance(session, make_speaker(academic_title="Prof. Dr.", first_name="Matthias", last_name="Knuth"))
    return session


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "name", "label", "subject"),
    [
        (
            lambda: {"session": talk()},
            "Präsentation von Prof. Dr. Matthias Knuth",
            "Präsentation von Prof. Dr. Matthias Knuth",
            "Aktivieren oder befähigen?",
        ),
        (
            lambda: {"session": talk(), "title": "Folien, zweiter Teil"},
            "Folien, zweiter Teil",
            "Präsentation „Folien, zweiter Teil“",
            "Folien, zweiter Teil",
        ),
        (
            lambda: {
                "session": make_visible_session(title="", kind="forum", municipalities=[make_municipality(name="Hamm")])
            },
            "Präsentation zu „Praxisforum Hamm“",
            "Präsentation",
            "Praxisforum Hamm",
        ),
        (lambda: {"event": make_event(title="Treffen")}, "Präsentation zu „Treffen“", "Präsentation", "Treffen"),
        (
            lambda: {"practice_example": make_example(title="Beispiel")},
            "Präsentation zu „Beispiel“",
            "Präsentation",
            "Beispiel",
        ),
        (dict, "Präsentation", "Präsentation", "Präsentation"),
        (lambda: {"title": "Handbuch"}, "Handbuch", "Präsentation „Handbuch“", "Handbuch"),
    ],
    ids=["of people", "titled", "of a town", "of a meeting", "of an example", "of nobody", "of nobody, titled"],
)
def test_an_attachment_is_named_by_its_title_or_by_kind_and_speakers(make, name, label, subject):
    attachment = make_attachment(**make())

    assert (attachment.name, attachment.label, attachment.subject) == (name, label, subject)


@pytest.mark.parametrize(
    ("fields", "availability"),
    [
        ({"url": "https://ort.example/"}, "externe Seite"),
        ({"absence": "requested"}, "angefragt"),
        ({"absence": "not_released"}, "nicht freigegeben"),
        ({"absence": "not_recorded"}, "nicht aufgezeichnet"),
        ({"absence": "lost"}, "nicht mehr vorhanden"),
        ({"absence": "undocumented"}, "nicht bekannt"),
    ],
)
def test_an_attachment_states_its_location_or_the_reason_for_its_absence(fields, availability):
    assert make_attachment(**fields).availability == availability


def test_a_file_shows_type_pages_and_size():
    attachment = make_attachment(stored_file=make_file(b"x" * 240_000, page_count=8))

    assert attachment.availability == "PDF, 8 Seiten, 240 kB"


def test_holdings_count_each_kind_in_german():
    kinds = ["slides", "video", "slides", "handout", "audio", "documentation", "agenda", "agenda", "link"]

    assert counts_by_kind([Attachment(kind=kind) for kind in kinds]) == (
        "2 Präsentationen, 1 Video, 1 Handout, 1 Audio, 1 Dokumentation, 2 Agenden, 1 Link"
    )
    assert counts_by_kind([]) == ""


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_download_name_describes_the_file():
    attachment = make_attachment(session=talk(), stored_file=make_file(name="final_v7 (2).pdf"))

    assert attachment.filename == "Knuth_Praesentation_Aktivieren-oder-befaehigen.pdf"


def test_a_title_never_decides_the_type(client):
    attachment = make_attachment(title="x.html", stored_file=make_file(b"<script>alert(1)</script>"))

    response = client.get(attachment.get_download_url())

    assert attachment.filename == "Praesentation_x-html.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'attachment; filename="Praesentation_x-html.pdf"'
    assert body(response) == b"<script>alert(1)</script>"


@pytest.mark.parametrize("header", ["If-None-Match", "If-Match", "Range"])
def test_a_withdrawn_file_is_not_found_even_with_a_cached_copy(client, header):
    attachment = make_attachment(stored_file=make_file())
    first = client.get(attachment.get_download_url())
    body(first)
    value = "bytes=0-3" if header == "Range" else first["ETag"]

    rewrite(attachment, **WITHDRAWN)
    response = client.get(attachment.get_download_url(), headers={header: value})

    assert response.status_code == 404
    assert "ETag" not in response


def test_a_wrong_name_redirects_to_the_right_one(client):
    attachment = make_attachment(title="Folien", stored_file=make_file())

    response = client.get(f"/materialien/{attachment.uuid}/alter-name.pptx")

    assert (response.status_code, response["Location"]) == (
        302,
        f"/materialien/{attachment.uuid}/Praesentation_Folien.pdf",
    )


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_and_unknown_files_get_the_same_response_under_any_name(client, state):
    attachment = make_attachment(title="Geheim", stored_file=make_file(), **HIDDEN[state])

    unknown = client.get("/materialien/00000000-0000-4000-8000-000000000000/falsch.pdf")
    wrong = client.get(f"/materialien/{attachment.uuid}/falsch.pdf")
    right = client.get(attachment.get_download_url())

    for answer in (wrong, right):
        assert (answer.status_code, answer.content) == (404, unknown.content)
        assert answer.headers == unknown.headers
    assert unknown.status_code == 404


@pytest.mark.parametrize("fields", [{"url": "https://ort.example/"}, {"absence": "lost"}])
def test_an_attachment_without_a_file_cannot_be_downloaded(client, fields):
    attachment = make_attachment(**fields)

    assert client.get(f"/materialien/{attachment.uuid}/folien.pdf").status_code == 404


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_page_of_a_file_offers_the_download_and_shows_its_facts(client):
    attachment = make_attachment(
        session=talk(), language="de", licence="cc-by-4.0", stored_file=make_file(b"x" * 2_400, page_count=1)
    )

    page = document(client.get(attachment.get_absolute_url()))

    assert texts(page, tag="h1") == ["Aktivieren oder befähigen?"]
    assert texts(main(page), style="kern-btn--primary") == ["Herunterladen (PDF, 1 Seite, 2 kB)"]
    assert texts(page, tag="dd")[:3] == ["PDF, 1 Seite, 2 kB", "Deutsch", "CC BY 4.0"]
    assert attachment.get_download_url() in links(page)
    assert attachment.session.get_absolute_url() in links(page)


def test_unknown_language_and_licence_are_shown_as_unknown(client):
    page = document(client.get(make_attachment().get_absolute_url()))

    assert texts(page, tag="dt")[-1:] == ["Nicht bekannt"]
    assert texts(page, tag="dd")[-1:] == ["Sprache, Lizenz"]


def test_the_page_of_a_link_names_its_target(client):
    attachment = make_attachment(url="https://ort.example/film")

    page = document(client.get(attachment.get_absolute_url()))

    assert texts(main(page), style="kern-btn--primary") == ["Auf ort.example öffnen"]
    assert "https://ort.example/film" in texts(page, style="quiet")


def test_the_page_of_an_absent_attachment_states_the_reason(client):
    page = document(client.get(make_attachment(absence="lost", kind="video").get_absolute_url()))

    assert texts(page, style="chip--absent") == ["Video: nicht mehr vorhanden"]
    assert texts(main(page), style="kern-btn--primary") == []


def test_the_attachment_list_shows_available_attachments_newest_first(client):
    make_attachment(title="Alt", published_from="2018-01-01T00:00:00Z")
    make_attachment(title="Neu", published_from="2024-01-01T00:00:00Z")
    make_attachment(title="Fehlt", absence="lost")
    make_attachment(title="Entwurf", **DRAFT)

    page = document(client.get("/materialien/"))

    assert texts(page, style="attachment__title") == ["Neu", "Alt"]


def test_an_empty_attachment_list_says_so(client):
    (empty,) = texts(document(client.get("/materialien/")), style="empty")

    assert empty.startswith("Noch sind keine Materialien veröffentlicht.")


def test_an_event_shows_its_own_attachments_first_then_those_of_its_sessions_in_their_order(client):
    event = make_event()
    first, second = make_visible_session(event, title="Erster"), make_visible_session(event, title="Zweiter")
    make_attachment(session=second, title="C")
    make_attachment(session=first, title="B")
    make_attachment(event=event, title="A", position=5)
    make_attachment(event=event, title="Agenda verloren", kind="agenda", absence="lost")

    page = document(client.get(event.get_absolute_url()))

    assert texts(page, style="attachment__title") == ["A", "B", "C"]
    assert texts(page, style="absences") == ["Agenda verloren Agenda: nicht mehr vorhanden"]
