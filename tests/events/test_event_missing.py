"""Finders of missing information about events: what they list and what they leave out."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from events.attachments.request_letters import ask_for_attachment, ask_for_session
from events.invitations import links as links_of_speakers
from events.missing import (
    _not_released,
    forums_without_municipality,
    handed_in_by_speakers,
    long_requested,
    not_released_by_speakers,
    sessions_without_attachment,
    speakers_without_affiliation,
    undescribed_images,
    unfinished_programmes,
)
from events.models import HandedIn, Session
from events.programme.structure import Entry, working_version, write_programme
from tests.administration import address, fill, signed_in
from tests.factories import (
    HIDDEN,
    WITHDRAWN,
    make_appearance,
    make_attachment,
    make_event,
    make_file,
    make_municipality,
    make_picture,
    make_release,
    make_session,
    make_speaker,
    make_visible_session,
    rewrite,
)
from tests.reading import attribute, document, elements, links, text, texts

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/was-fehlt/"
TODAY = date(2027, 3, 17)


def found(queryset) -> list:
    return list(queryset)


@pytest.mark.parametrize("kind", Session.Kind.values)
def test_talks_forums_and_workshops_need_an_attachment(kind):
    session = make_session(kind=kind)

    assert found(sessions_without_attachment()) == ([session] if kind in {"talk", "forum", "workshop"} else [])


@pytest.mark.parametrize("source", [{}, {"absence": "not_recorded"}, {"absence": "requested"}, {"state": "draft"}])
def test_an_attachment_or_a_reason_is_enough(source):
    session, other = make_session(), make_session()
    make_attachment(session=session, **source)
    make_attachment(event=other.event)

    assert found(sessions_without_attachment()) == [other]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("dates", "is_found"),
    [
        ({"starts_on": "2027-03-17"}, True),
        ({"starts_on": "2027-03-16", "ends_on": "2027-03-18"}, True),
        ({"starts_on": "2027-03-18"}, False),
        ({"starts_on": "2027-03-01", "precision": "month"}, False),
        ({"starts_on": "2027-02-01", "precision": "month"}, True),
        ({"starts_on": "2027-01-01", "precision": "year"}, False),
        ({"starts_on": "2026-01-01", "precision": "year"}, True),
        ({}, True),
    ],
)
def test_an_attachment_is_missing_once_the_event_has_begun(dates, is_found):
    session = make_session(make_event(**{name: iso(value) for name, value in dates.items()}))

    assert found(sessions_without_attachment(TODAY)) == ([session] if is_found else [])


def test_an_event_known_to_the_month_has_begun_only_after_that_month():
    session = make_session(make_event(starts_on=date(2027, 3, 1), precision="month"))

    assert found(sessions_without_attachment(date(2027, 3, 31))) == []
    assert found(sessions_without_attachment(date(2027, 4, 1))) == [session]


def iso(value: str) -> object:
    return date.fromisoformat(value) if value[:1] == "2" else value


@pytest.mark.parametrize("course", ["cancelled", "postponed"])
def test_an_event_that_did_not_take_place_needs_no_attachment(course):
    make_session(make_event(course=course))

    assert found(sessions_without_attachment()) == []


def test_a_cancelled_talk_needs_no_attachment():
    event = make_event()
    cancelled, held, changed = make_session(event), make_session(event), make_session(event)
    make_release(event, [Entry(changed, status="cancelled")])
    write_programme(working_version(event), [Entry(cancelled, status="cancelled"), Entry(held), Entry(changed)])

    assert set(sessions_without_attachment()) == {held, changed}


@pytest.mark.parametrize("state", HIDDEN)
def test_drafts_are_checked_as_well(state):
    session = make_session(make_event(**HIDDEN[state]))

    assert found(sessions_without_attachment()) == [session]


def test_the_latest_event_comes_first_and_undated_ones_last():
    undated = make_session()
    sessions = [make_session(make_event(starts_on=date(year, 5, 1))) for year in (2015, 2019, 2017)]

    assert found(sessions_without_attachment()) == [sessions[1], sessions[2], sessions[0], undated]


@pytest.mark.parametrize(
    ("affiliation", "is_found"),
    [({}, True), ({"unit": "Jugendamt"}, False), ({"organisation": "FH Kiel"}, False), ({"place": "Kiel"}, False)],
)
def test_an_appearance_without_an_affiliation_is_found(affiliation, is_found):
    appearance = make_appearance(academic_title="Dr.", **affiliation)

    assert found(speakers_without_affiliation()) == ([appearance] if is_found else [])


def test_a_municipality_counts_as_an_affiliation():
    make_appearance(municipality=make_municipality())

    assert found(speakers_without_affiliation()) == []


def test_a_forum_without_a_municipality_is_found():
    nowhere = make_session(kind="forum")
    make_appearance(nowhere)
    make_session(kind="forum", municipalities=[make_municipality()])
    make_appearance(make_session(kind="forum"), municipality=make_municipality())
    make_session(kind="talk")

    assert found(forums_without_municipality()) == [nowhere]


def test_a_programme_that_was_never_released_is_found():
    event, empty = make_event(), make_event()
    write_programme(working_version(event), [Entry(title="Ankommen")])
    working_version(empty)

    assert found(unfinished_programmes()) == [working_version(event)]


def test_a_released_programme_is_found_again_once_it_is_changed():
    event = make_event(title="Treffen in Hamm")
    make_release(event, ["Ankommen"])
    assert found(unfinished_programmes()) == []

    write_programme(working_version(event), [Entry(title="Ankommen"), Entry(title="Pause")])

    assert found(unfinished_programmes()) == [working_version(event)]
    day = f"{timezone.localdate():%Y}"
    [row] = texts(document(signed_in("redaktion").get(PAGE)), tag="li", style="")[-1:]
    assert row.startswith("Treffen in Hamm Geändert seit der Freigabe vom ")
    assert row.endswith(f"{day} (Fassung 1).")


def test_a_programme_released_again_is_not_found():
    event = make_event()
    make_release(event, ["Ankommen"])
    make_release(event, ["Ankommen", "Pause"])

    assert found(unfinished_programmes()) == []


@pytest.mark.both_databases
def test_an_attachment_requested_four_weeks_ago_is_found():
    asked = make_attachment(session=make_session(), absence="requested")
    lately = make_attachment(session=make_session(), absence="requested")
    lost = make_attachment(session=make_session(), absence="lost")
    for attachment, days in ((asked, 29), (lately, 27), (lost, 29)):
        rewrite(attachment, changed_at=timezone.now() - timedelta(days=days))

    assert found(long_requested()) == [asked]


@pytest.mark.both_databases
def test_a_picture_described_by_its_file_name_is_found():
    event = make_event(image=make_picture(), image_alt="IMG_2041.jpg")
    make_event(image=make_picture(), image_alt="Ein voller Saal")
    make_event()

    assert found(undescribed_images()) == [event]


def knuth_in_hamm() -> Session:
    event = make_event(title="Treffen in Hamm", starts_on=date(2018, 5, 3))
    session = make_session(event, title="Hartz IV und die Folgen")
    knuth = make_speaker(academic_title="Prof. Dr.", first_name="Matthias", last_name="Knuth")
    make_appearance(session, knuth)
    make_appearance(session, knuth, role="panel")
    make_appearance(session, make_speaker(first_name="Ada", last_name="Stahl"), role="chair")
    return session


def test_the_letter_names_speakers_event_talk_date_and_the_requested_attachment():
    attachment = make_attachment(session=knuth_in_hamm(), kind="video", title="Mitschnitt", absence="requested")

    mail = ask_for_attachment(attachment)

    assert mail.subject == "Video zu Ihrem Beitrag beim Treffen „Treffen in Hamm“ (3. Mai 2018)"
    assert mail.text.splitlines()[:5] == [
        "Guten Tag Prof. Dr. Matthias Knuth und Ada Stahl,",
        "",
        "vielen Dank für Ihren Beitrag „Hartz IV und die Folgen“ beim Treffen „Treffen in Hamm“ (3. Mai 2018).",
        "",
        "Für die Dokumentation des Treffens fehlt uns noch: Video „Mitschnitt“.",
    ]


def test_a_letter_invents_neither_date_nor_speakers():
    mail = ask_for_session(make_session(make_event(title="Treffen in Hamm"), title="Teilhabe {vor} Ort"))

    assert mail.subject == "Materialien zu Ihrem Beitrag beim Treffen „Treffen in Hamm“"
    assert mail.text.splitlines()[:3] == [
        "Guten Tag,",
        "",
        "vielen Dank für Ihren Beitrag „Teilhabe {vor} Ort“ beim Treffen „Treffen in Hamm“.",
    ]


def test_an_attachment_without_a_session_has_no_letter():
    assert ask_for_attachment(make_attachment(event=make_event(), absence="requested")) is None


def test_the_letter_stands_on_the_page_ready_to_copy():
    attachment = make_attachment(session=knuth_in_hamm(), absence="requested")
    rewrite(attachment, changed_at="2019-01-01T00:00Z")

    page = document(signed_in("redaktion").get(PAGE))

    [area] = elements(page, tag="textarea")
    [subject] = [field for field in elements(page, tag="input") if "data-copy" in dict(field.attributes)]
    assert text(area).startswith("Guten Tag Prof. Dr. Matthias Knuth und Ada Stahl, vielen Dank")
    assert attribute(subject, "value") == ask_for_attachment(attachment).subject
    assert {"readonly"} <= set(dict(area.attributes)) & set(dict(subject.attributes))
    labelled = {attribute(label, "for") for label in elements(page, tag="label")}
    assert {attribute(area, "id"), attribute(subject, "id")} <= labelled


@pytest.mark.parametrize("who", ["redaktion", "freigabe", "verwaltung"])
def test_an_event_links_to_its_missing_information(who):
    event = make_event()
    client = signed_in(who)

    assert address(event, "was-fehlt") in links(document(client.get(address(event))))
    assert client.get(address(event, "was-fehlt"))["Location"] == f"{PAGE}?treffen={event.pk}"


def test_staff_without_permission_cannot_open_missing_information():
    event = make_event()

    assert signed_in("staff").get(address(event, "was-fehlt")).status_code == 403
    assert signed_in("freigabe").get(f"/verwaltung/events/event/{event.pk + 1}/was-fehlt/").status_code == 404


@pytest.mark.usefixtures("no_pages")
@pytest.mark.parametrize("who", ["redaktion", "freigabe"])
def test_a_reason_is_entered_from_the_row_even_when_the_session_is_public(who):
    session = make_visible_session()
    client = signed_in(who)
    [row] = links(elements(document(client.get(PAGE)), style="missing-group")[0])

    fill(client, row, absence="not_recorded")

    attachment = session.attachments.get()
    assert (attachment.kind, attachment.absence) == ("slides", "not_recorded")
    assert elements(document(client.get(PAGE)), style="missing-group") == []


def test_users_who_may_not_add_attachments_are_not_asked_for_them():
    make_session()
    user = User.objects.create_user("neu", is_staff=True)
    client = Client()
    client.force_login(user)
    user.user_permissions.add(Permission.objects.get(codename="view_session", content_type__app_label="events"))
    assert elements(document(client.get(PAGE)), style="missing-group") == []

    user.user_permissions.add(Permission.objects.get(codename="add_attachment"))

    assert len(elements(document(client.get(PAGE)), style="missing-group")) == 1


def handed_in(name: str = "", **fields: object):
    """An attachment uploaded through a link; `name` is the person who released it."""
    invitation = links_of_speakers.create(make_session(), None, days=14, recipient="Prof. Knuth")
    attachment = make_attachment(session=invitation.session, stored_file=make_file(name="Folien.pdf"), **fields)
    released_at = timezone.now() if name else None
    HandedIn.objects.create(invitation=invitation, attachment=attachment, released_by=name, released_at=released_at)
    return attachment


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_a_file_not_released_by_its_speaker_is_found(state):
    attachment = handed_in(state=state)
    handed_in(**WITHDRAWN)
    make_attachment(state=state, session=make_session())

    assert (found(not_released_by_speakers()), found(handed_in_by_speakers())) == ([attachment], [])


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_a_file_released_by_its_speaker_is_found_until_it_is_public(state):
    attachment = handed_in("Matthias Knuth", state=state)
    handed_in("Matthias Knuth")

    assert (found(not_released_by_speakers()), found(handed_in_by_speakers())) == ([], [attachment])


def test_a_public_file_without_a_release_by_its_speaker_is_found():
    attachment = handed_in()

    assert found(not_released_by_speakers()) == [attachment]


def test_the_row_of_an_uploaded_file_names_it_and_links_to_its_form():
    waiting, released = handed_in(state="draft"), handed_in("Matthias Knuth", state="submitted")

    page = document(signed_in("redaktion").get(PAGE))

    headings = texts(page, tag="h2")
    assert headings[:2] == ["Hochgeladen, nicht freigegeben 1", "Von Vortragenden eingereicht 1"]
    said = text(page)
    assert "„Folien.pdf“, hochgeladen am" in said
    assert "über den Link für Prof. Knuth." in said
    assert "von Matthias Knuth." in said
    assert {address(waiting), address(released)} <= set(links(page))


@pytest.mark.parametrize("rows", [1, 3])
def test_uploads_by_speakers_need_one_query_for_any_number(rows, django_assert_num_queries):
    for _n in range(rows):
        handed_in(state="draft")

    with django_assert_num_queries(3):
        assert len([_not_released(attachment) for attachment in not_released_by_speakers()]) == rows
