"""Permissions in the administration, object by object, and concurrent changes of two editors on one form."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.redirects.models import Redirect
from django.db import connection
from django.test import Client

from events.models import Appearance, Attachment, Event, Programme, Series, Session
from events.programme.structure import Entry, working_version, write_programme
from lernnetzwerk.pages.models import Page
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker, SpeakerLink
from tests.administration import (
    EVERYONE,
    address,
    complaints,
    fill,
    fill_inline,
    form_on,
    is_turned_away,
    nothing_changes,
    sign_in,
    signed_in,
    superuser_client,
)
from tests.factories import (
    DRAFT,
    SCHEDULED,
    SUBMITTED,
    WITHDRAWN,
    make_appearance,
    make_attachment,
    make_day,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_page,
    make_release,
    make_series,
    make_session,
    make_speaker,
    make_topic,
    make_user,
    make_visible_session,
    make_visible_speaker,
    numbers,
    rewrite,
)

pytestmark = pytest.mark.django_db

EDITORS = {"redaktion", "freigabe", "verwaltung"}
PUBLISHERS = {"freigabe", "verwaltung"}
ADMINISTRATORS = {"verwaltung"}
NOBODY = set()


def an_event(**state) -> Event:
    event = make_event(**state)
    make_release(event, [make_session(event)])
    return event


def scheduled_session() -> Session:
    return make_visible_session(make_event(**SCHEDULED))


def scheduled_speaker() -> Speaker:
    speaker = make_speaker()
    make_appearance(scheduled_session(), speaker)
    return speaker


def series_of(**state) -> Series:
    return make_event(series=make_series(), **state).series


def make_link(speaker: Speaker) -> SpeakerLink:
    return SpeakerLink.objects.create(speaker=speaker, label="Profil", url="https://hochschule.example/")


def draft_session() -> Session:
    return make_session(make_event(**DRAFT))


# Public rows are deleted only if nothing depends on them; programmes are deleted only with their event.
RIGHTS = {  # name: how to create the object; who may view, change and delete it in the administration
    "draft event": (lambda: make_event(**DRAFT), EDITORS, EDITORS, EDITORS),
    "submitted event": (lambda: make_event(**SUBMITTED), EDITORS, EDITORS, EDITORS),
    "withdrawn event": (lambda: make_event(**WITHDRAWN), EDITORS, EDITORS, EDITORS),
    "withdrawn event with releases": (lambda: an_event(**WITHDRAWN), EDITORS, EDITORS, PUBLISHERS),
    "scheduled event": (lambda: an_event(**SCHEDULED), EDITORS, PUBLISHERS, PUBLISHERS),
    "public event": (an_event, EDITORS, PUBLISHERS, PUBLISHERS),
    "session of a draft": (draft_session, EDITORS, EDITORS, EDITORS),
    "staged session of a public event": (lambda: make_session(an_event()), EDITORS, EDITORS, EDITORS),
    "scheduled session": (scheduled_session, EDITORS, PUBLISHERS, NOBODY),
    "public session": (make_visible_session, EDITORS, PUBLISHERS, NOBODY),
    "appearance in a draft": (lambda: make_appearance(draft_session()), EDITORS, EDITORS, EDITORS),
    "scheduled appearance": (lambda: make_appearance(scheduled_session()), EDITORS, PUBLISHERS, PUBLISHERS),
    "public appearance": (lambda: make_appearance(make_visible_session()), EDITORS, PUBLISHERS, PUBLISHERS),
    "draft attachment of a public session": (
        lambda: make_attachment(session=make_visible_session(), **DRAFT),
        EDITORS,
        EDITORS,
        EDITORS,
    ),
    "approved attachment of a draft": (
        lambda: make_attachment(session=draft_session()),
        EDITORS,
        PUBLISHERS,
        PUBLISHERS,
    ),
    "scheduled attachment": (lambda: make_attachment(**SCHEDULED), EDITORS, PUBLISHERS, PUBLISHERS),
    "public attachment": (make_attachment, EDITORS, PUBLISHERS, PUBLISHERS),
    "draft example": (lambda: make_example(**DRAFT), EDITORS, EDITORS, EDITORS),
    "scheduled example": (lambda: make_example(**SCHEDULED), EDITORS, PUBLISHERS, PUBLISHERS),
    "public example": (make_example, EDITORS, PUBLISHERS, PUBLISHERS),
    "draft page": (lambda: make_page(**DRAFT), EDITORS, EDITORS, EDITORS),
    "public page": (make_page, EDITORS, PUBLISHERS, PUBLISHERS),
    "speaker nobody sees": (make_speaker, EDITORS, EDITORS, EDITORS),
    "speaker of a scheduled event": (scheduled_speaker, EDITORS, PUBLISHERS, NOBODY),
    "unlisted speaker, shown by name": (lambda: make_visible_speaker(is_listed=False), EDITORS, PUBLISHERS, NOBODY),
    "public speaker": (make_visible_speaker, EDITORS, PUBLISHERS, NOBODY),
    "series nobody sees": (make_series, EDITORS, EDITORS, EDITORS),
    "series of a scheduled event": (lambda: series_of(**SCHEDULED), EDITORS, PUBLISHERS, NOBODY),
    "public series": (series_of, EDITORS, PUBLISHERS, NOBODY),
    "municipality": (make_municipality, EDITORS, PUBLISHERS, PUBLISHERS),
    "topic": (make_topic, EDITORS, PUBLISHERS, PUBLISHERS),
    "working version of a public event": (lambda: working_version(an_event()), EDITORS, EDITORS, NOBODY),
    "working version of a draft": (lambda: working_version(make_event(**DRAFT)), EDITORS, EDITORS, NOBODY),
    "release of a draft": (lambda: an_event(**DRAFT).current_release, EDITORS, NOBODY, NOBODY),
    "current release": (lambda: an_event().current_release, EDITORS, NOBODY, NOBODY),
    "redirect": (
        lambda: Redirect.objects.create(site_id=1, old_path="/alt/", new_path="/"),
        ADMINISTRATORS,
        ADMINISTRATORS,
        ADMINISTRATORS,
    ),
    "account": (make_user, ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
    "superuser": (lambda: User.objects.create_superuser(f"betrieb-{next(numbers)}"), ADMINISTRATORS, NOBODY, NOBODY),
    "group": (lambda: Group.objects.get(name="Redaktion"), ADMINISTRATORS, NOBODY, NOBODY),
}
TEXT = {  # the field that the tests change in a form
    Event: "motto",
    Session: "subtitle",
    Appearance: "organisation",
    Attachment: "title",
    PracticeExample: "summary",
    Page: "title",
    Speaker: "unit",
    Series: "description",
    Municipality: "name",
    Topic: "description",
    Programme: "note",
    Redirect: "new_path",
    User: "first_name",
    Group: "name",
}
RELEASED = [name for name, (_, _, changing, _) in RIGHTS.items() if changing == PUBLISHERS]
# These rows repeat the model of another row in another state; the state decides who changes and deletes.
ALIKE = {
    "submitted event",
    "withdrawn event",
    "withdrawn event with releases",
    "scheduled event",
    "staged session of a public event",
    "scheduled session",
    "scheduled appearance",
    "approved attachment of a draft",
    "scheduled attachment",
    "scheduled example",
    "speaker of a scheduled event",
    "unlisted speaker, shown by name",
    "series of a scheduled event",
    "working version of a draft",
    "release of a draft",
}


def unless_alike(name: str, *values: object):
    """A parameter that runs only in the long run if another row of the table covers the same rule."""
    return pytest.param(*values, id=name, marks=pytest.mark.walk if name in ALIKE else ())


seen_instances = pytest.mark.parametrize(("make", "seeing"), [unless_alike(name, *RIGHTS[name][:2]) for name in RIGHTS])
changed_instances = pytest.mark.parametrize(("make", "changing"), [row[0::2] for row in RIGHTS.values()], ids=RIGHTS)
deleted_instances = pytest.mark.parametrize(("make", "deleting"), [row[0::3] for row in RIGHTS.values()], ids=RIGHTS)
released_instances = pytest.mark.parametrize("make", [unless_alike(name, RIGHTS[name][0]) for name in RELEASED])


# --- the table --------------------------------------------------------------------------------------------------------


@seen_instances
def test_only_permitted_groups_see_a_row(make, seeing):
    instance = make()

    for who in EVERYONE:
        response = signed_in(who).get(address(instance))
        assert response.status_code == 200 if who in seeing else is_turned_away(response), who


@pytest.mark.parametrize("make", [an_event, make_user], ids=["event", "speaker"])
def test_only_permitted_groups_read_the_history(make):
    instance = make()
    seeing = ADMINISTRATORS if make is make_user else EDITORS

    for who in EVERYONE:
        response = signed_in(who).get(address(instance, "history"))
        assert response.status_code == 200 if who in seeing else is_turned_away(response), who


@changed_instances
def test_only_permitted_groups_change_a_row(make, changing):
    instance = make()
    field = TEXT[type(instance)]
    form = form_on(superuser_client().get(address(instance)))

    refused = [signed_in(who) for who in EVERYONE if who not in changing]

    with nothing_changes():
        for client in refused:
            assert is_turned_away(client.post(address(instance), {**form, field: "/anders/"}))
    for who in sorted(changing):
        seen = {"seen_at": instance.changed_at.isoformat()} if hasattr(instance, "changed_at") else {}
        response = signed_in(who).post(address(instance), {**form, **seen, field: f"/von-{who}/"})
        instance.refresh_from_db()
        assert (response.status_code, getattr(instance, field)) == (302, f"/von-{who}/")


@deleted_instances
def test_only_permitted_groups_delete_a_row(make, deleting):
    instance = make()
    refused = [signed_in(who) for who in EVERYONE if who not in deleting]

    with nothing_changes():
        for client in refused:
            response = client.post(address(instance, "delete"), {"post": "yes"})
            assert is_turned_away(response) or response.context["protected"]
    for who in sorted(deleting):
        assert signed_in(who).post(address(instance, "delete"), {"post": "yes"}).status_code == 302
        assert not type(instance)._base_manager.filter(pk=instance.pk).exists()
        instance = make()


NEW = {  # model: the required fields of its form; who may send it
    Event: ({"title": "Neu"}, EDITORS),
    Session: ({"kind": "talk", "title": "Neu"}, EDITORS),
    Speaker: ({"last_name": "Neu"}, EDITORS),
    Series: ({"name": "Neu"}, EDITORS),
    PracticeExample: ({"title": "Neu"}, EDITORS),
    Attachment: ({"kind": "link", "url": "https://ort.example/"}, EDITORS),
    Appearance: ({"role": "talk"}, EDITORS),
    Page: ({"slug": "impressum", "title": "Neu"}, EDITORS),
    Municipality: ({"name": "Neu", "kind": "city", "key": "05999", "region": "koeln"}, PUBLISHERS),
    Topic: ({"name": "Neu", "kind": "field"}, PUBLISHERS),
    Programme: ({"note": "Neu"}, NOBODY),
    Redirect: ({"old_path": "/alt/", "new_path": "/", "site": 1}, ADMINISTRATORS),
    User: ({"username": "neu", "password1": "ein langes Passwort", "password2": "ein langes Passwort"}, ADMINISTRATORS),
    Group: ({"name": "Neu"}, NOBODY),
}
LINKED = {
    Session: {"event": lambda: make_event(**DRAFT).pk},
    Appearance: {"session": lambda: draft_session().pk, "speaker": lambda: make_speaker().pk},
    PracticeExample: {"municipalities": lambda: [make_municipality().pk]},
}
PUBLIC_FROM_BIRTH = {Municipality, Topic, Redirect, User}


@pytest.mark.parametrize("model", NEW, ids=lambda model: model.__name__)
def test_only_permitted_groups_add_a_row_and_it_is_not_public(model):
    Page.objects.all().delete()
    values, adding = NEW[model]
    values = {**values, **{name: make() for name, make in LINKED.get(model, {}).items()}}
    form = form_on(superuser_client().get(address(model, "add"))) if adding else {}

    refused = [signed_in(who) for who in EVERYONE if who not in adding]

    with nothing_changes():
        for client in refused:
            assert is_turned_away(client.post(address(model, "add"), {**form, **values}))
    for who in sorted(adding):
        client = signed_in(who)
        before = set(model._base_manager.values_list("pk", flat=True))
        assert fill(client, address(model, "add"), **values).status_code == 302
        added = model._base_manager.exclude(pk__in=before).get()
        assert getattr(added, "state", "draft") == "draft"
        assert model in PUBLIC_FROM_BIRTH or not added.is_released()
        added.delete()


# --- ways around the table --------------------------------------------------------------------------------------------


@released_instances
def test_an_editor_cannot_delete_public_rows_in_bulk(client, make):
    instance = make()
    sign_in(client, "redaktion")

    with nothing_changes():
        response = client.post(
            address(type(instance), "changelist"),
            {"action": "delete_selected", "_selected_action": [instance.pk], "select_across": "0", "post": "yes"},
        )

    assert response.status_code == 403 or response.context.get("protected")


@released_instances
def test_an_editor_cannot_change_a_public_row_through_any_form_address(client, make):
    instance = make()
    sign_in(client, "redaktion")
    form = {**form_on(superuser_client().get(address(instance))), TEXT[type(instance)]: "/anders/", "_popup": "1"}

    with nothing_changes():
        for trick in ("?_popup=1", "?_to_field=id", "?_changelist_filters=state"):
            assert client.post(address(instance) + trick, form).status_code == 403


@released_instances
def test_a_list_cannot_be_edited(client, make):
    instance = make()
    sign_in(client, "redaktion")
    sent = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": instance.pk, "_save": "Sichern"}
    sent |= {f"form-0-{name}": "anders" for name in (TEXT[type(instance)], "state", "slug")}

    with nothing_changes():
        client.post(address(type(instance), "changelist"), sent)


def test_save_as_new_of_a_public_attachment_creates_only_a_draft(client):
    attachment = make_attachment(title="Folien", session=make_visible_session())
    before = Attachment.objects.filter(pk=attachment.pk).values().get()
    sign_in(client, "redaktion")
    form = form_on(superuser_client().get(address(attachment)))

    client.post(address(attachment), {**form, "_saveasnew": "1", "state": "published"})

    assert Attachment.objects.filter(pk=attachment.pk).values().get() == before
    assert set(Attachment.objects.exclude(pk=attachment.pk).values_list("state", flat=True)) <= {"draft"}


@pytest.mark.parametrize("trick", ["", "?_popup=1"])
def test_save_as_new_of_a_municipality_needs_the_permission_to_add(client, trick):
    municipality = make_municipality()
    sign_in(client, "redaktion")
    form = {**form_on(superuser_client().get(address(municipality))), "key": "05998", "slug": "", "_saveasnew": "1"}

    with nothing_changes():
        assert client.post(address(municipality) + trick, form).status_code == 403


WORKFLOW = {
    "state": "published",
    "published_from": "2001-01-01 00:00",
    "published_from_0": "2001-01-01",
    "published_from_1": "00:00",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "created_at": "2001-01-01 00:00",
    "number": "7",
    "released_at": "2001-01-01 00:00",
    "snapshot": "{}",
    "current_release": "1",
    "sort_name": "aaa",
    "pk": "1",
    "id": "1",
}
KEPT = ("state", "published_from", "uuid", "created_at", "released_at", "snapshot", "current_release_id", "pk")


@pytest.mark.parametrize(
    "make",
    [
        lambda: make_event(**DRAFT, published_from=None),
        lambda: make_attachment(**DRAFT, published_from=None),
        lambda: make_example(**DRAFT, published_from=None),
        lambda: make_page(**DRAFT, published_from=None),
        lambda: working_version(an_event()),
    ],
    ids=["event", "attachment", "example", "page", "programme"],
)
def test_workflow_fields_cannot_be_submitted_with_a_form(client, make):
    instance = make()
    before = {name: getattr(instance, name) for name in KEPT if hasattr(instance, name)}
    sign_in(client, "redaktion")

    response = fill(client, address(instance), **{**WORKFLOW, "number": None if isinstance(instance, Event) else "7"})

    assert response.status_code == 302
    instance.refresh_from_db()
    assert {name: getattr(instance, name) for name in before} == before
    assert isinstance(instance, Event) or getattr(instance, "number", None) is None


def test_a_draft_appearance_cannot_be_moved_to_a_public_session(client):
    appearance, public = make_appearance(draft_session()), make_visible_session()
    sign_in(client, "redaktion")

    with nothing_changes():
        response = fill(client, address(appearance), session=public.pk)

    assert complaints(response) == ["Dieser Eintrag ist öffentlich. Ändern darf ihn nur, wer veröffentlichen darf."]


def test_a_public_appearance_cannot_be_moved_away(client):
    appearance, draft = make_appearance(make_visible_session()), draft_session()
    sign_in(client, "redaktion")
    form = {**form_on(superuser_client().get(address(appearance))), "session": draft.pk}

    with nothing_changes():
        assert client.post(address(appearance), form).status_code == 403


@pytest.mark.parametrize("make", [make_visible_session, scheduled_session])
def test_an_editor_cannot_add_an_appearance_to_a_public_session(client, make):
    session, speaker = make(), make_speaker()
    sign_in(client, "redaktion")

    with nothing_changes():
        response = fill(client, address(Appearance, "add"), session=session.pk, speaker=speaker.pk, role="talk")

    assert complaints(response) == ["Dieser Eintrag ist öffentlich. Ändern darf ihn nur, wer veröffentlichen darf."]


def test_a_publisher_adds_an_appearance_to_a_public_session(client):
    session, speaker = make_visible_session(), make_speaker()
    sign_in(client, "freigabe")

    fill(client, address(Appearance, "add"), session=session.pk, speaker=speaker.pk, role="talk")

    assert [appearance.speaker for appearance in session.appearances.all()] == [speaker]


def test_a_session_cannot_be_moved_to_another_event(client):
    session, other = draft_session(), an_event()
    sign_in(client, "redaktion")

    fill(client, address(session), event=other.pk)

    session.refresh_from_db()
    assert session.event != other


def test_an_editor_cannot_change_links_of_a_public_speaker(client):
    speaker = make_visible_speaker()
    link = SpeakerLink.objects.create(speaker=speaker, label="Profil", url="https://hochschule.example/")
    sign_in(client, "redaktion")
    form = form_on(superuser_client().get(address(speaker)))

    with nothing_changes():
        changed = {**form, **fill_inline("links", 0, url="https://boese.example/")}
        assert client.post(address(speaker), changed).status_code == 403
        assert client.post(address(speaker), {**form, "links-0-DELETE": "on"}).status_code == 403
    assert link.url == "https://hochschule.example/"


def test_an_editor_cannot_change_days_of_a_public_event(client):
    event = an_event(starts_on="2027-03-17")
    sign_in(client, "redaktion")
    form = form_on(superuser_client().get(address(event)))

    with nothing_changes():
        moved = {**form, **fill_inline("days", 0, date="2027-03-18")}
        assert client.post(address(event), moved).status_code == 403


FOREIGN = {
    "link": (
        lambda: (
            make_speaker(),
            "links",
            SpeakerLink.objects.create(speaker=make_visible_speaker(), label="A", url="https://a.example/"),
        ),
        {"label": "Gekapert", "url": "https://boese.example/", "position": 0},
    ),
    "day": (lambda: (make_event(**DRAFT), "days", make_day(an_event())), {"number": 1, "date": "2020-01-01"}),
    "attachment": (
        lambda: (make_event(**DRAFT), "attachments", make_attachment(event=an_event(), title="Echt")),
        {"kind": "link", "title": "Gekapert", "url": "https://boese.example/", "position": 0},
    ),
    "appearance": (
        lambda: (draft_session(), "appearances", make_appearance(make_visible_session())),
        {"role": "chair", "organisation": "Gekapert", "position": 0},
    ),
}


@pytest.mark.parametrize(("make", "values"), FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("deletion", [{}, {"DELETE": "on"}], ids=["change", "delete"])
def test_a_row_of_a_public_parent_cannot_be_changed_through_the_form_of_a_draft(client, make, values, deletion):
    draft, prefix, row = make()
    before = type(row)._base_manager.filter(pk=row.pk).values().get()
    if isinstance(row, Appearance):
        values = {**values, "speaker": row.speaker_id}
    sign_in(client, "redaktion")
    forms = {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 1}
    line = fill_inline(prefix, 0, id=row.pk, **values, **deletion)
    parent = {f"{prefix}-0-{name}": draft.pk for name in ("event", "session", "speaker") if name not in values}

    response = fill(client, address(draft), **forms, **line, **parent)

    assert response.status_code in {200, 302}
    assert type(row)._base_manager.filter(pk=row.pk).values().get() == before


def test_an_approved_attachment_cannot_be_changed_through_the_form_of_its_draft_event(client):
    event = make_event(**DRAFT)
    make_attachment(event=event, title="Geprüft", stored_file=make_file())
    sign_in(client, "redaktion")

    with nothing_changes():
        response = fill(client, address(event), **fill_inline("attachments", 0, title="Anders"))
        assert complaints(response) == ["Dieser Eintrag ist öffentlich. Ändern darf ihn nur, wer veröffentlichen darf."]
        response = fill(client, address(event), **fill_inline("attachments", 0, DELETE="on"))
        assert complaints(response) == ["Dieser Eintrag ist öffentlich. Ändern darf ihn nur, wer veröffentlichen darf."]
        response = fill(client, address(event), **{"attachments-0-stored_file-clear": "on"})
        assert "Dieser Eintrag ist öffentlich. Ändern darf ihn nur, wer veröffentlichen darf." in complaints(response)


def test_an_approved_attachment_does_not_block_its_draft_event(client):
    event = make_event(**DRAFT)
    make_attachment(event=event, title="Geprüft")
    sign_in(client, "redaktion")

    assert fill(client, address(event), motto="Neu").status_code == 302
    assert Event.objects.get(pk=event.pk).motto == "Neu"


# --- editors at work --------------------------------------------------------------------------------------------------


def test_an_editor_enters_an_event_with_days_and_attachments(client):
    sign_in(client, "redaktion")
    days = {"days-TOTAL_FORMS": 2, **fill_inline("days", 0, number=1, date="2027-03-17"), "days-1-number": 2}
    attachments = {"attachments-TOTAL_FORMS": 1, **fill_inline("attachments", 0, kind="agenda", absence="lost")}

    response = fill(client, address(Event, "add"), title="Neu", starts_on="2027-03-17", **days, **attachments)

    event = Event.objects.get(title="Neu")
    assert response.status_code == 302
    assert [(day.number, str(day.date)) for day in event.days.all()] == [(1, "2027-03-17"), (2, "None")]
    assert [(attachment.absence, attachment.state) for attachment in event.attachments.all()] == [("lost", "draft")]
    assert working_version(event).is_working


@pytest.mark.parametrize("who", ["redaktion", "freigabe"])
def test_a_session_is_added_to_a_public_event_without_becoming_public(client, who):
    event, speaker = an_event(), make_speaker()
    sign_in(client, who)
    speakers = {"appearances-TOTAL_FORMS": 1, **fill_inline("appearances", 0, speaker=speaker.pk, role="talk")}

    response = fill(client, address(Session, "add"), event=event.pk, kind="talk", title="Neu", **speakers)

    session = Session.objects.get(title="Neu")
    assert response.status_code == 302
    assert [appearance.speaker for appearance in session.appearances.all()] == [speaker]
    assert session not in Session.objects.published()
    assert client.get(session.get_absolute_url()).status_code == 404


def test_a_session_without_an_event_is_refused_even_with_appearances(client):
    speaker = make_speaker()
    sign_in(client, "redaktion")
    speakers = {"appearances-TOTAL_FORMS": 1, **fill_inline("appearances", 0, speaker=speaker.pk, role="talk")}

    with nothing_changes():
        response = fill(client, address(Session, "add"), kind="talk", **speakers)

    assert complaints(response) == ["Dieses Feld ist zwingend erforderlich."]


def test_an_address_without_a_scheme_becomes_https(client):
    speaker = make_speaker()
    sign_in(client, "redaktion")
    links = {"links-TOTAL_FORMS": 1, **fill_inline("links", 0, label="Profil", url="hochschule.example", position=0)}

    fill(client, address(speaker), **links)

    assert [link.url for link in speaker.links.all()] == ["https://hochschule.example"]


@pytest.mark.parametrize("number", [2, 7])
def test_the_first_day_of_an_event_is_day_one(client, number):
    sign_in(client, "redaktion")
    days = {"days-TOTAL_FORMS": 1, **fill_inline("days", 0, number=number, date="2027-03-17")}

    with nothing_changes():
        response = fill(client, address(Event, "add"), title="Neu", starts_on="2027-03-17", **days)

    assert complaints(response) == ["Der erste Tag trägt die Nummer 1."]


def test_a_day_in_the_programme_cannot_be_deleted(client):
    event = make_event(**DRAFT)
    write_programme(working_version(event), [Entry(title="Pause")])
    sign_in(client, "redaktion")

    with nothing_changes():
        response = fill(client, address(event), **{"days-0-DELETE": "on"})

    assert response.status_code == 200


@pytest.mark.parametrize("missing", ["TOTAL_FORMS", "INITIAL_FORMS"])
@pytest.mark.parametrize("prefix", ["days", "attachments"])
def test_a_form_without_its_management_fields_is_refused(client, prefix, missing):
    event = make_event(**DRAFT)
    sign_in(client, "redaktion")

    with nothing_changes():
        assert fill(client, address(event), **{f"{prefix}-{missing}": None}).status_code == 200


# --- two editors on one form ------------------------------------------------------------------------------------------

CONFLICT = "Jemand anderes hat inzwischen gespeichert."


def test_the_second_of_two_editors_is_warned_and_both_texts_are_kept(client):
    event = make_event(**DRAFT)
    sign_in(client, "redaktion")
    second = {**form_on(client.get(address(event))), "motto": "vom Zweiten"}
    fill(client, address(event), motto="von der Ersten")

    response = client.post(address(event), second)

    event.refresh_from_db()
    assert complaints(response)[0].startswith(CONFLICT)
    assert event.motto == "von der Ersten"
    assert form_on(response)["motto"] == ["vom Zweiten"]

    assert client.post(address(event), form_on(response)).status_code == 302
    event.refresh_from_db()
    assert event.motto == "vom Zweiten"


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_all_but_one_of_several_concurrent_saves_are_warned():
    event = make_event(**DRAFT)
    clients = [signed_in("redaktion") for _ in range(4)]
    form = form_on(clients[0].get(address(event)))

    def save(client: Client, motto: str) -> tuple[int, str]:
        try:
            return client.post(address(event), {**form, "motto": motto}).status_code, motto
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = sorted(pool.map(save, clients, ["eins", "zwei", "drei", "vier"]))

    event.refresh_from_db()
    assert [status for status, _ in answers] == [200, 200, 200, 302]
    assert event.motto == answers[-1][1]


def test_a_third_concurrent_save_causes_another_warning(client):
    event = make_event(**DRAFT)
    sign_in(client, "redaktion")
    second = {**form_on(client.get(address(event))), "motto": "vom Zweiten"}
    fill(client, address(event), motto="von der Ersten")
    told = form_on(client.post(address(event), second))
    fill(client, address(event), motto="von der Dritten")

    response = client.post(address(event), told)

    assert complaints(response)[0].startswith(CONFLICT)
    event.refresh_from_db()
    assert event.motto == "von der Dritten"


@pytest.mark.parametrize("seen_at", [None, "", "egal", "2999-01-01T00:00:00+00:00", "\U0001f600" * 50])
def test_a_form_without_its_version_overwrites_nothing(client, seen_at):
    event = make_event(**DRAFT)
    sign_in(client, "redaktion")

    with nothing_changes():
        response = fill(client, address(event), motto="Neu", seen_at=seen_at)

    assert complaints(response)[0].startswith(CONFLICT)


def test_a_row_published_meanwhile_is_not_overwritten(client):
    event = make_event(**DRAFT)
    sign_in(client, "redaktion")
    form = {**form_on(client.get(address(event))), "motto": "zu spät"}
    rewrite(event, state="published")

    with nothing_changes():
        assert client.post(address(event), form).status_code == 403


def test_an_inline_row_changed_on_its_own_page_is_not_overwritten(client):
    appearance = make_appearance(draft_session(), organisation="am Anfang")
    session = appearance.session
    sign_in(client, "redaktion")
    second = {**form_on(client.get(address(session))), "subtitle": "vom Zweiten"}
    fill(client, address(appearance), organisation="von der Ersten")

    response = client.post(address(session), second)

    appearance.refresh_from_db()
    assert complaints(response)[0].startswith(CONFLICT)
    assert appearance.organisation == "von der Ersten"
    assert form_on(response)["subtitle"] == ["vom Zweiten"]

    assert client.post(address(session), form_on(response)).status_code == 302
    appearance.refresh_from_db()
    assert appearance.organisation == "am Anfang"


def test_an_unchanged_inline_row_is_neither_written_nor_logged(client):
    appearance = make_appearance(draft_session(), organisation="Stadt")
    sign_in(client, "redaktion")

    assert fill(client, address(appearance.session), subtitle="Neu").status_code == 302

    assert Appearance.objects.get(pk=appearance.pk).changed_at == appearance.changed_at


def test_rows_deleted_meanwhile_stay_on_the_form_and_are_restored_by_a_second_save(client):
    speaker = make_speaker()
    for label in ("Eins", "Zwei", "Drei"):
        SpeakerLink.objects.create(speaker=speaker, label=label, url="https://ort.example/")
    sign_in(client, "redaktion")
    second = {**form_on(client.get(address(speaker))), "links-2-label": "Drei, verbessert"}
    fill(client, address(speaker), **{"links-1-DELETE": "on", "links-2-DELETE": "on"})

    response = client.post(address(speaker), second)

    assert complaints(response)[0].startswith(CONFLICT)
    assert form_on(response)["links-2-label"] == ["Drei, verbessert"]
    assert [link.label for link in speaker.links.all()] == ["Eins"]

    assert client.post(address(speaker), form_on(response)).status_code == 302
    assert [link.label for link in speaker.links.all()] == ["Eins", "Zwei", "Drei, verbessert"]


def test_rows_added_meanwhile_are_kept(client):
    speaker = make_speaker()
    sign_in(client, "redaktion")
    second = {**form_on(client.get(address(speaker))), "unit": "vom Zweiten"}
    links = {"links-TOTAL_FORMS": 1, **fill_inline("links", 0, label="Neu", url="https://ort.example/", position=0)}
    fill(client, address(speaker), **links)

    told = client.post(address(speaker), second)
    client.post(address(speaker), form_on(told))

    speaker.refresh_from_db()
    assert (speaker.unit, [link.label for link in speaker.links.all()]) == ("vom Zweiten", ["Neu"])
