"""The confirmation page of an action: changes since it was shown, and the message after the action."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Attachment, Event, EventDay, Track
from lernnetzwerk.previews import links
from lernnetzwerk.previews.models import PreviewLink
from tests.administration import address, complaints, fill, form_on, from_list, nothing_changes, sign_in, signed_in
from tests.concurrency import at_once
from tests.factories import (
    DRAFT,
    make_appearance,
    make_attachment,
    make_day,
    make_event,
    make_example,
    make_file,
    make_film,
    make_page,
    make_picture,
    make_release,
    make_session,
    make_speaker,
    make_topic,
    make_track,
    make_user,
    rewrite,
)

pytestmark = pytest.mark.django_db
AGAIN = "Bitte noch einmal ansehen."


def whole_event(**fields) -> Event:
    event = make_event(**{"title": "Frühe Hilfen", **DRAFT, **fields})
    make_day(event)
    talk = make_session(event, title="Vortrag")
    make_appearance(talk, make_speaker(last_name="Knuth"))
    make_release(event, [talk])
    make_track(make_attachment(session=talk, stored_file=make_file(), kind="video"))
    return event


def of_whole_event(model):
    return lambda event: model.objects.get()


CHANGES = {
    "title": (lambda event: rewrite(event, title="Heimlich"), "Titel"),
    "two texts": (lambda event: rewrite(event, summary="Anders", motto="Neu"), "Motto, Kurzfassung"),
    "picture": (lambda event: rewrite(event, image=make_picture(), image_alt="Ein Saal"), "Bild, Bildbeschreibung"),
    "topic": (lambda event: event.topics.add(make_topic()), "Themen"),
    "state": (lambda event: rewrite(event, state="withdrawn"), "Stand"),
    "day": (lambda event: rewrite(EventDay.objects.first(), date="2031-05-04"), "Tage"),
    "session": (lambda event: rewrite(event.sessions.get(), abstract="<p>Neu</p>"), "Beiträge"),
    "session's topic": (lambda event: event.sessions.get().topics.add(make_topic()), "Beiträge"),
    "affiliation": (
        lambda event: rewrite(event.sessions.get().appearances.get(), organisation="Neu"),
        "Mitwirkende",
    ),
    "person": (lambda event: rewrite(event.sessions.get().appearances.get().speaker, biography="<p>N</p>"), "Personen"),
    "person's link": (
        lambda event: (
            event.sessions.get().appearances.get().speaker.links.create(label="Seite", url="https://a.example")
        ),
        "Links der Personen",
    ),
    "file": (lambda event: rewrite(Attachment.objects.get(), stored_file=make_file(b"%PDF-1.7 neu")), "Materialien"),
    "attachment added": (lambda event: make_attachment(event=event), "Materialien"),
    "subtitles": (lambda event: rewrite(Track.objects.get(), stored_file=make_file(b"WEBVTT")), "Untertitel"),
    "release": (
        lambda event: make_release(event, [make_session(event, title="Neu")]),
        "veröffentlichtes Programm, Beiträge, Mitwirkende, Personen, Materialien, Untertitel",
    ),
}


@pytest.mark.parametrize(("change", "names"), CHANGES.values(), ids=CHANGES)
def test_nothing_is_published_that_changed_since_it_was_shown(client, change, names):
    event = whole_event()
    sign_in(client, "freigabe")
    form = form_on(client.get(address(event, "veroeffentlichen")))
    change(event)

    with nothing_changes():
        page = client.post(address(event, "veroeffentlichen"), {**form, "published_from": ""})

    assert complaints(page) == [f"Inzwischen geändert: {names}. {AGAIN}"]
    assert client.post(address(event, "veroeffentlichen"), form_on(page)).status_code == 302
    event.refresh_from_db()
    assert event.state == "published"


OTHERS = {
    "attachment": (
        lambda: make_attachment(stored_file=make_file(), **DRAFT),
        lambda one: rewrite(one, stored_file=make_file(b"%PDF-1.7 neu")),
        "Datei",
    ),
    "recording": (lambda: make_film(**DRAFT), make_track, "Untertitel, Hinweise"),
    "example": (
        lambda: make_example(**DRAFT),
        lambda one: rewrite(one, contact_email="a@b.example"),
        "Postfach der Stelle",
    ),
    "example's attachment": (
        lambda: make_example(**DRAFT),
        lambda one: make_attachment(practice_example=one),
        "Materialien",
    ),
    "page": (lambda: make_page(**DRAFT), lambda one: rewrite(one, body="<p>Neu</p>"), "Text"),
}


@pytest.mark.parametrize(("make", "change", "names"), OTHERS.values(), ids=OTHERS)
def test_every_kind_of_content_is_compared(client, make, change, names):
    instance = make()
    sign_in(client, "freigabe")
    form = form_on(client.get(address(instance, "veroeffentlichen")))
    change(instance)

    with nothing_changes():
        page = client.post(address(instance, "veroeffentlichen"), form)

    assert complaints(page) == [f"Inzwischen geändert: {names}. {AGAIN}"]


@pytest.mark.parametrize("seen", ["", "x", "[]", "[[", '{"1": 1}', "{}", "[" * 50_000])
def test_nothing_is_published_without_the_mark_of_its_page(client, seen):
    event = make_event(**DRAFT)
    sign_in(client, "freigabe")

    with nothing_changes():
        page = client.post(address(event, "veroeffentlichen"), {"seen": seen})

    assert complaints(page) == ["Bitte erst prüfen, dann bestätigen."]


def test_a_chosen_moment_stays_on_the_page_that_comes_back(client):
    event = make_event(**DRAFT)
    sign_in(client, "freigabe")
    form = form_on(client.get(address(event, "veroeffentlichen")))
    rewrite(event, title="Heimlich")

    page = client.post(address(event, "veroeffentlichen"), {**form, "published_from": "2099-07-01T09:30"})

    assert form_on(page)["published_from"] == ["2099-07-01T09:30"]


def test_a_list_publishes_none_of_its_rows_when_one_has_changed(client):
    same, other = make_event(title="Gleich", **DRAFT), make_event(title="Anders", **DRAFT)
    sign_in(client, "freigabe")
    chosen = {"action": "publish_selected", "_selected_action": [same.pk, other.pk]}
    form = form_on(client.post(address(Event, "changelist"), chosen))
    rewrite(other, summary="Neu")

    with nothing_changes():
        page = client.post(address(Event, "changelist"), form)

    assert complaints(page) == [f"Inzwischen geändert: „Anders“ (Kurzfassung). {AGAIN}"]
    client.post(address(Event, "changelist"), form_on(page))
    assert set(Event.objects.values_list("state", flat=True)) == {"published"}


NOTHING = {
    "submit_selected": ({}, "Nichts vorgelegt: Alles Gewählte ist schon vorgelegt oder veröffentlicht."),
    "publish_selected": (
        {},
        "Nichts veröffentlicht: Alles Gewählte ist schon veröffentlicht oder dafür vorgemerkt.",
    ),
    "withdraw_selected": (DRAFT, "Nichts zurückgezogen: Nichts vom Gewählten ist veröffentlicht."),
}


@pytest.mark.parametrize(("action", "state", "said"), [(name, *one) for name, one in NOTHING.items()], ids=NOTHING)
def test_an_action_without_result_says_why(client, action, state, said):
    event = make_event(**state)
    sign_in(client, "freigabe")

    with nothing_changes():
        answer = from_list(client, Event, action, [event.pk])

    told = list(client.get(answer["Location"]).context["messages"])
    assert [(message.level_tag, str(message)) for message in told] == [("warning", said)]


@pytest.mark.parametrize("place", ["veroeffentlichen", "changelist"])
def test_a_second_click_is_answered_like_the_first(client, place):
    event = whole_event()
    sign_in(client, "freigabe")
    url = address(event, place)
    chosen = {"action": "publish_selected", "_selected_action": [event.pk]}
    form = form_on(client.post(url, chosen) if place == "changelist" else client.get(url))
    first = client.post(url, form)

    with nothing_changes():
        second = client.post(url, form)

    assert (second.status_code, second["Location"]) == (first.status_code, first["Location"])
    told = [str(message) for message in client.get(second["Location"]).context["messages"]]
    assert told == ["Veröffentlicht: 1."]


def test_a_page_sent_again_after_a_change_is_asked_again(client):
    event = whole_event()
    sign_in(client, "freigabe")
    form = form_on(client.get(address(event, "veroeffentlichen")))
    client.post(address(event, "veroeffentlichen"), form)
    client.post(address(event, "zurueckziehen"), form_on(client.get(address(event, "zurueckziehen"))))

    with nothing_changes():
        page = client.post(address(event, "veroeffentlichen"), form)

    assert complaints(page) == [f"Inzwischen geändert: Stand. {AGAIN}"]


# --- preview links ----------------------------------------------------------------------------------------------------


def linked_event() -> Event:
    event = whole_event(state="published")
    links.create(event, make_user())
    links.create(event.sessions.get(), make_user())
    links.create(make_event(), make_user())
    return event


def valid() -> int:
    return PreviewLink.objects.valid().count()


def test_withdrawing_names_and_ends_the_preview_links(client):
    event = linked_event()
    sign_in(client, "freigabe")

    page = client.get(address(event, "zurueckziehen"))
    answer = client.post(address(event, "zurueckziehen"), form_on(page))

    assert "Auch 2 Vorschau-Links beenden" in page.content.decode()
    (said,) = client.get(answer["Location"]).context["messages"]
    assert str(said) == "Zurückgezogen: 1. Beendete Vorschau-Links: 2."
    assert valid() == 1


def test_withdrawing_keeps_the_preview_links_if_asked_to(client):
    event = linked_event()
    sign_in(client, "freigabe")

    answer = fill(client, address(event, "zurueckziehen"), ends_links=None)

    (said,) = client.get(answer["Location"]).context["messages"]
    assert str(said) == "Zurückgezogen: 1. Weiter gültige Vorschau-Links: 2."
    assert valid() == 3


def test_withdrawing_from_the_list_ends_the_preview_links(client):
    event = linked_event()
    sign_in(client, "freigabe")

    from_list(client, Event, "withdraw_selected", [event.pk])

    assert valid() == 1


# --- concurrent users -------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.parametrize("place", ["event", "session"])
@pytest.mark.django_db(transaction=True)
def test_a_concurrent_change_is_either_seen_or_refused(place):
    event = whole_event()
    instance = event if place == "event" else event.sessions.get()
    publisher, editor = signed_in("freigabe"), signed_in("redaktion")
    url = address(event, "veroeffentlichen")
    form, change = form_on(publisher.get(url)), form_on(editor.get(address(instance)))
    change = {name: value for name, value in change.items() if "__prefix__" not in name}

    errors = at_once(
        lambda: publisher.post(url, form),
        lambda: editor.post(address(instance), {**change, "title": "Heimlich"}),
    )

    assert errors == []
    event.refresh_from_db()
    instance.refresh_from_db()
    assert (event.state, instance.title) in {
        ("published", "Frühe Hilfen"),
        ("published", "Vortrag"),
        ("draft", "Heimlich"),
    }


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_concurrent_publishers_publish_once():
    event = make_event(**DRAFT)
    clients = [signed_in("freigabe"), signed_in("freigabe")]
    url = address(event, "veroeffentlichen")
    forms = [form_on(client.get(url)) for client in clients]

    errors = at_once(
        *[lambda client=client, form=form: client.post(url, form) for client, form in zip(clients, forms, strict=True)]
    )

    assert errors == []
    said = [str(one) for client in clients for one in client.get(address(event)).context["messages"]]
    assert sorted(message.split(":")[0] for message in said) == ["Nichts veröffentlicht", "Veröffentlicht"]


def test_the_mark_takes_a_fixed_number_of_queries(client):
    event = whole_event()
    sign_in(client, "freigabe")

    def number() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address(event, "veroeffentlichen"))
        return len(queries)

    number()
    before = number()
    talks = [make_session(event, topics=(make_topic(),)) for _ in range(3)]
    for talk in talks:
        make_appearance(talk)
        make_attachment(session=talk)
    make_release(event, [*talks, event.sessions.first()])

    assert number() == before
