"""Concurrent saves by two users, and forms that one user sends twice."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.contrib.redirects.models import Redirect
from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.utils import timezone

from events.models import Appearance, Event, Invitation, Programme, Series, Session
from events.programme.structure import working_version
from lernnetzwerk.administration.models import SentForm
from lernnetzwerk.administration.saving import CONFLICT, conflict_sentence
from lernnetzwerk.administration.sent_forms import find_created, remember
from lernnetzwerk.previews.models import PreviewLink
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker
from tests.administration import address, complaints, fill, form_on, nothing_changes, sign_in, superuser_client
from tests.concurrency import at_once
from tests.factories import (
    DRAFT,
    make_event,
    make_municipality,
    make_release,
    make_series,
    make_session,
    make_speaker,
    make_topic,
    make_user,
)

ADDED = {
    "event's slug": (Event, lambda: {"title": "Treffen", "slug": "gleich"}, "Diese Adresse ist vergeben"),
    "event's number": (
        Event,
        lambda: {"series": make_series().pk, "number": "7", "title": ""},
        "Diese Nummer hat in der Reihe schon ein anderes Treffen",
    ),
    "series": (Series, lambda: {"name": "Gleich"}, "existiert bereits"),
    "session's slug": (
        Session,
        lambda: {"event": make_event(**DRAFT).pk, "kind": "talk", "title": "Vortrag", "slug": "gleich"},
        "Diese Adresse ist vergeben",
    ),
    "appearance": (
        Appearance,
        lambda: {"session": make_session(make_event(**DRAFT)).pk, "speaker": make_speaker().pk, "role": "talk"},
        "Diese Person steht in dieser Rolle schon beim Beitrag.",
    ),
    "speaker's slug": (Speaker, lambda: {"last_name": "Knuth", "slug": "gleich"}, "Diese Adresse ist vergeben"),
    "topic": (Topic, lambda: {"kind": "field", "name": "Gleich", "slug": ""}, "Dieses Thema gibt es schon."),
    "municipality's key": (
        Municipality,
        lambda: {"name": "Hamm", "kind": "city", "region": "arnsberg", "key": "05915000"},
        "existiert bereits",
    ),
    "example's slug": (
        PracticeExample,
        lambda: {"title": "Beispiel", "municipalities": [make_municipality().pk], "slug": "gleich"},
        "Diese Adresse ist vergeben",
    ),
    "username": (
        User,
        lambda: {"username": "gleich", "password1": "ein langes Passwort", "password2": "ein langes Passwort"},
        "Dieser Benutzername ist bereits vergeben.",
    ),
    "redirect": (
        Redirect,
        lambda: {"site": "1", "old_path": "/alt/", "new_path": "/neu/"},
        "existiert bereits",
    ),
    "group": (Group, lambda: {"name": "Gleich"}, "existiert bereits"),
}


OTHERS = {"speaker's slug": {"last_name": "Grohs"}, "municipality's key": {"name": "Lünen"}}  # else namesakes
ALWAYS = {"event's slug", "event's number", "topic", "username"}
every_value = [
    pytest.param(*one, OTHERS.get(name, {}), id=name, marks=() if name in ALWAYS else pytest.mark.walk)
    for name, one in ADDED.items()
]


@pytest.mark.both_databases
@pytest.mark.parametrize(("model", "values", "said", "others"), every_value)
@pytest.mark.django_db(transaction=True)
def test_of_two_equal_values_saved_at_once_one_is_refused_on_its_form(model, values, said, others):
    given = values()
    answers = []
    clients = [superuser_client(), superuser_client()]
    forms = [
        {**form_on(client.get(address(model, "add"))), **given, **different}
        for client, different in zip(clients, [{}, others], strict=True)
    ]
    before = model.objects.count()

    errors = at_once(
        *[
            lambda client=client, form=form: answers.append(client.post(address(model, "add"), form))
            for client, form in zip(clients, forms, strict=True)
        ]
    )

    assert errors == []
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert model.objects.count() == before + 1
    (refused,) = [answer for answer in answers if answer.status_code == 200]
    assert said in " ".join(complaints(refused))
    kept = form_on(refused)
    assert all(
        kept[name] == [str(value)]
        for name, value in given.items()
        if not isinstance(value, list | tuple) and "password" not in name and name not in others
    )


# --- forms that are sent twice ----------------------------------------------------------------------------------------


def messages_of(response) -> list[str]:
    return [re.sub(r"<[^>]+>", "", str(message)) for message in get_messages(response.wsgi_request)]


SENT = {
    "event": (Event, lambda: address(Event, "add"), {"title": "Treffen"}),
    "speaker": (Speaker, lambda: address(Speaker, "add"), {"last_name": "Knuth"}),
    "session with appearance": (
        Session,
        lambda: f"{address(Session, 'add')}?event={make_event(**DRAFT).pk}",
        {"kind": "talk", "title": "Vortrag"},
    ),
    "topic, whose name is unique": (Topic, lambda: address(Topic, "add"), {"kind": "field", "name": "Gleich"}),
    "copy of an event": (Event, lambda: address(make_event(title="Vorbild"), "vorlage"), {"title": "Kopie"}),
    "upload link": (Invitation, lambda: address(make_session(), "upload-links"), {"recipient": "Prof. Knuth"}),
    "release": (
        Programme,
        lambda: address(working_version(make_release(make_event(**DRAFT), ["Pause"]).event), "freigeben"),
        {"is_final": "endgueltig", "note": "Zweite", "is_read": "on"},
    ),
}


@pytest.mark.both_databases
@pytest.mark.parametrize(("model", "at", "values"), SENT.values(), ids=SENT)
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_makes_one_object(model, at, values):
    client, url, answers = superuser_client(), at(), []
    form = {**form_on(client.get(url)), **values}
    before = model.objects.count()

    errors = at_once(*[lambda: answers.append(client.post(url, form))] * 2)

    assert errors == []
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert messages_of(answers[0]) == messages_of(answers[1]) != []
    assert model.objects.count() == before + 1
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize(("model", "at", "values"), SENT.values(), ids=SENT)
@pytest.mark.django_db
def test_a_form_sent_again_later_leads_to_the_same_object(model, at, values):
    client, url = superuser_client(), at()
    form = {**form_on(client.get(url)), **values}
    first = client.post(url, form)

    with nothing_changes():
        second = client.post(url, form)

    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert messages_of(second)[-1] == messages_of(first)[-1]


@pytest.mark.django_db
def test_a_preview_link_is_made_once_by_a_double_click(client):
    event = make_event(**DRAFT)
    sign_in(client, "redaktion")
    form = form_on(client.get(address(event, "vorschau-links")))

    for _ in range(2):
        client.post(address(event, "vorschau-link-neu"), form)
    assert PreviewLink.objects.count() == 1

    client.post(address(event, "vorschau-link-neu"), form_on(client.get(address(event, "vorschau-links"))))
    assert PreviewLink.objects.count() == 2


@pytest.mark.django_db
def test_two_objects_with_equal_content_can_be_added_on_purpose(client):
    sign_in(client, "redaktion")

    assert fill(client, address(Speaker, "add"), last_name="Müller").status_code == 302
    asked = fill(client, address(Speaker, "add"), last_name="Müller")  # asks if it is another person
    assert client.post(address(Speaker, "add"), form_on(asked)).status_code == 302

    assert list(Speaker.objects.values_list("slug", flat=True)) == ["mueller", "mueller-2"]


@pytest.mark.django_db
def test_going_back_and_changing_the_form_adds_another_object(client):
    sign_in(client, "redaktion")
    form = form_on(client.get(address(Speaker, "add")))

    for name in ("Knuth", "Grohs"):
        client.post(address(Speaker, "add"), {**form, "last_name": name})

    assert set(Speaker.objects.values_list("last_name", flat=True)) == {"Knuth", "Grohs"}


@pytest.mark.django_db
def test_a_refused_form_can_be_sent_again_unchanged(client):
    series = make_series()
    other = make_event(series=series, number=7)
    sign_in(client, "redaktion")
    form = {**form_on(client.get(address(Event, "add"))), "series": series.pk, "number": "7"}
    assert client.post(address(Event, "add"), form).status_code == 200
    other.delete()

    assert client.post(address(Event, "add"), form).status_code == 302


@pytest.mark.django_db
def test_a_form_sent_again_after_its_object_was_deleted_makes_another(client):
    sign_in(client, "verwaltung")
    form = {**form_on(client.get(address(Event, "add"))), "title": "Treffen"}
    client.post(address(Event, "add"), form)
    Event.objects.get().delete()

    client.post(address(Event, "add"), form)

    assert Event.objects.count() == 1


@pytest.mark.parametrize("content", [b"%PDF-1.7 eins", b"%PDF-1.7 zwei"])
@pytest.mark.django_db
def test_the_content_of_a_file_belongs_to_the_submission(rf, content):
    request = rf.post("/", {"form_key": "a", "datei": ContentFile(content, name="folien.pdf")})
    same = rf.post("/", {"form_key": "a", "datei": ContentFile(b"%PDF-1.7 eins", name="folien.pdf")})
    request.user = same.user = make_user()
    remember(request, make_topic())

    assert (find_created(same) is not None) == (content == b"%PDF-1.7 eins")
    assert same.FILES["datei"].read() == b"%PDF-1.7 eins"


@pytest.mark.django_db
def test_old_submissions_are_forgotten(client):
    sign_in(client, "redaktion")
    fill(client, address(Speaker, "add"), last_name="Alt")
    SentForm.objects.update(created_at=timezone.now() - timedelta(days=2))

    fill(client, address(Speaker, "add"), last_name="Neu")

    assert SentForm.objects.count() == 1


# --- what no form sees ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_refusal_that_the_form_never_sees_is_told_on_it_with_the_input(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise IntegrityError("UNIQUE constraint failed")

    sign_in(client, "redaktion")
    monkeypatch.setattr(Speaker, "save", refuse)

    page = fill(client, address(Speaker, "add"), last_name="Knuth")

    assert complaints(page) == [CONFLICT]
    assert form_on(page)["last_name"] == ["Knuth"]


def test_a_violated_constraint_is_told_in_its_own_sentence():
    error = IntegrityError('duplicate key value violates unique constraint "topic_is_named_once_per_kind"')

    assert conflict_sentence(error) == "Dieses Thema gibt es schon."
