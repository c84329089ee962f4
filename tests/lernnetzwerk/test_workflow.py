"""Actions in the administration: submit, publish, withdraw, release, preview, open a file."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from events.programme.structure import Entry, working_version, write_programme
from tests.administration import (
    EVERYONE,
    address,
    complaints,
    fill,
    form_on,
    from_list,
    is_turned_away,
    nothing_changes,
    sign_in,
    signed_in,
    superuser_client,
)
from tests.factories import (
    DRAFT,
    HIDDEN,
    SCHEDULED,
    WITHDRAWN,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_page,
    make_release,
    make_session,
)
from tests.reading import body

pytestmark = pytest.mark.django_db

EDITORS = {"redaktion", "freigabe", "verwaltung"}
PUBLISHERS = {"freigabe", "verwaltung"}
MAKERS = {"event": make_event, "example": make_example, "page": make_page, "attachment": make_attachment}
publishable = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def programme_with_a_line(**state):
    event = make_event(**state)
    programme = working_version(event)
    write_programme(programme, [Entry(make_session(event))])
    return programme


def outcome(instance) -> tuple:
    instance.refresh_from_db()
    return instance.state, instance.published_from is not None


# --- submitting, publishing, withdrawing ------------------------------------------------------------------------------

ACTIONS = {  # last part of the address: state before, permitted users, state after
    "vorlegen": (DRAFT, EDITORS, ("submitted", False)),
    "veroeffentlichen": (DRAFT, PUBLISHERS, ("published", True)),
    "zurueckziehen": ({}, PUBLISHERS, ("withdrawn", False)),
}
object_actions = pytest.mark.parametrize(
    ("word", "state", "doing", "after"), [(w, *d) for w, d in ACTIONS.items()], ids=ACTIONS
)


@publishable
@object_actions
def test_only_permitted_groups_run_an_action_and_only_by_post(make, word, state, doing, after):
    instance = make(**state)
    refused = [signed_in(who) for who in EVERYONE if who not in doing]
    allowed = signed_in(sorted(doing)[-1])

    with nothing_changes():
        for client in refused:
            assert is_turned_away(client.get(address(instance, word)))
            assert is_turned_away(client.post(address(instance, word)))
        assert allowed.get(address(instance, word)).status_code == 200

    assert fill(allowed, address(instance, word)).status_code == 302
    assert outcome(instance) == after
    assert LogEntry.objects.get().object_id == str(instance.pk)


@publishable
@object_actions
def test_an_action_without_its_token_is_refused(make, word, state, doing, after):
    instance = make(**state)
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "freigabe")
    page = client.get(address(instance, word))

    with nothing_changes():
        assert client.post(address(instance, word)).status_code == 403
        assert client.post(address(instance, word), {"csrfmiddlewaretoken": "a" * 64}).status_code == 403
    assert client.post(address(instance, word), form_on(page)).status_code == 302


@pytest.mark.parametrize("word", ["vorlegen", "zurueckziehen", "veroeffentlichen"])
def test_a_repeated_action_changes_nothing(client, word):
    state, _, _ = ACTIONS[word]
    instance = make_event(**state)
    sign_in(client, "freigabe")
    form = form_on(client.get(address(instance, word)))
    client.post(address(instance, word), form)

    with nothing_changes():
        response = client.post(address(instance, word), {**form, "form_key": "another"}, follow=True)

    assert [str(message) for message in response.context["messages"]][-1].startswith("Nichts ")


def test_an_editor_cannot_submit_public_content(client):
    instance = make_event()
    sign_in(client, "redaktion")

    with nothing_changes():
        assert client.post(address(instance, "vorlegen")).status_code == 403


def test_a_later_moment_is_read_in_german_time(client):
    instance = make_event(**DRAFT)
    sign_in(client, "freigabe")

    fill(client, address(instance, "veroeffentlichen"), published_from="2099-07-01T09:30")

    instance.refresh_from_db()
    assert instance.published_from == datetime(2099, 7, 1, 7, 30, tzinfo=UTC)
    assert not instance.is_visible()
    assert instance.is_released()


IMPLAUSIBLE = ["0001-01-01T00:00", "1999-12-31T23:00", "2100-02-01T00:00", "9999-12-31T23:59"]


@pytest.mark.parametrize("moment", [*IMPLAUSIBLE, "morgen", "2027-03-28T02:30"])
def test_an_implausible_moment_is_refused(client, moment):
    instance = make_event(**DRAFT)
    sign_in(client, "freigabe")

    with nothing_changes():
        response = client.post(address(instance, "veroeffentlichen"), {"published_from": moment})

    assert response.status_code == 200
    assert len(complaints(response)) == 1


def test_the_state_cannot_be_submitted_with_an_action(client):
    instance = make_event(**DRAFT, published_from=None)
    sign_in(client, "redaktion")

    fill(client, address(instance, "vorlegen"), state="published", published_from="2001-01-01T00:00")

    assert outcome(instance) == ("submitted", False)


# --- list actions -----------------------------------------------------------------------------------------------------


@publishable
@pytest.mark.parametrize("action", ["publish_selected", "withdraw_selected", "submit_selected"])
@pytest.mark.parametrize("state", [{}, DRAFT, SCHEDULED, WITHDRAWN], ids=["public", "draft", "scheduled", "withdrawn"])
def test_an_editor_can_only_submit_from_the_list(client, make, action, state):
    instance = make(**{"published_from": None, **state} if state in (DRAFT, WITHDRAWN) else state)
    before = outcome(instance)
    sign_in(client, "redaktion")

    client.post(address(type(instance), "changelist"), {"action": action, "_selected_action": [instance.pk]})

    handed_in = action == "submit_selected" and state in (DRAFT, WITHDRAWN)
    assert outcome(instance) == (("submitted", False) if handed_in else before)


@publishable
def test_a_publisher_publishes_and_withdraws_from_the_list_and_it_is_logged(client, make):
    instances = [make(**DRAFT)] if make is make_page else [make(**DRAFT), make(**DRAFT)]
    chosen = [instance.pk for instance in instances]
    sign_in(client, "freigabe")

    from_list(client, type(instances[0]), "publish_selected", chosen)
    assert {outcome(instance) for instance in instances} == {("published", True)}

    from_list(client, type(instances[0]), "withdraw_selected", chosen)
    assert {outcome(instance) for instance in instances} == {("withdrawn", False)}
    assert LogEntry.objects.count() == 2 * len(instances)


def test_a_list_action_without_its_token_is_refused(client):
    instance = make_event(**DRAFT)
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "freigabe")

    with nothing_changes():
        sent = {"action": "publish_selected", "_selected_action": [instance.pk]}
        assert client.post(address(type(instance), "changelist"), sent).status_code == 403


# --- releasing a programme --------------------------------------------------------------------------------------------


def test_only_publishers_release_a_programme():
    programme = programme_with_a_line()
    refused = [signed_in(who) for who in EVERYONE if who not in PUBLISHERS]
    publisher = signed_in("freigabe")

    with nothing_changes():
        for client in refused:
            assert is_turned_away(client.get(address(programme, "freigeben")))
            assert is_turned_away(client.post(address(programme, "freigeben"), {"note": "Heimlich"}))
        assert publisher.get(address(programme, "freigeben")).status_code == 200

    assert fill(publisher, address(programme, "freigeben"), note="Erste", is_read="on").status_code == 302
    programme.event.refresh_from_db()
    assert (programme.event.current_release.number, programme.event.current_release.note) == (1, "Erste")


def test_a_programme_is_not_released_without_the_token_of_the_page():
    programme = programme_with_a_line()
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "freigabe")

    with nothing_changes():
        assert client.post(address(programme, "freigeben")).status_code == 403


def test_neither_a_release_nor_an_empty_programme_can_be_released(client):
    event = make_event()
    release = make_release(event, ["Pause"])
    empty = working_version(make_event())
    sign_in(client, "freigabe")

    with nothing_changes():
        assert client.post(address(release, "freigeben")).status_code == 403
        response = client.post(address(empty, "freigeben"))

    assert complaints(response) == ["Das Programm ist leer und kann nicht freigegeben werden."]


# --- looking without publishing ---------------------------------------------------------------------------------------

PREVIEWS = {
    "event": lambda: programme_with_a_line(**DRAFT).event,
    "event without a programme": lambda: make_event(**DRAFT),
    "session": lambda: programme_with_a_line(**DRAFT).slots.get().session,
    "example": lambda: make_example(**DRAFT),
    "page": lambda: make_page(**DRAFT),
    "attachment": lambda: make_attachment(**DRAFT),
}


@pytest.mark.parametrize("make", PREVIEWS.values(), ids=PREVIEWS)
def test_only_editors_see_a_preview(make):
    instance = make()
    clients = {who: signed_in(who) for who in EVERYONE}

    with nothing_changes():
        for who, client in clients.items():
            response = client.get(address(instance, "vorschau"))
            if who in EDITORS:
                assert response.status_code == 200
                assert "no-store" in response["Cache-Control"]
            else:
                assert is_turned_away(response)


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_only_editors_open_a_file_that_is_not_public(state):
    attachment = make_attachment(stored_file=make_file(b"%PDF-1.7 geheim"), **state)

    for who in EVERYONE:
        response = signed_in(who).get(address(attachment, "datei"))
        if who in EDITORS:
            assert (response.status_code, body(response)) == (200, b"%PDF-1.7 geheim")
            assert "no-store" in response["Cache-Control"]
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Content-Security-Policy"].startswith("sandbox")
        else:
            assert is_turned_away(response)
            assert b"geheim" not in body(response)


@pytest.mark.parametrize("word", ["datei", "vorschau", "veroeffentlichen", "vorlegen", "zurueckziehen"])
@pytest.mark.parametrize("key", ["0", "999999", "9" * 40, "9" * 5000])
def test_an_action_on_an_unknown_object_is_not_found(client, word, key):
    sign_in(client, "verwaltung")

    assert client.get(f"/verwaltung/events/attachment/{key}/{word}/", follow=True).status_code in {200, 400, 404}
    assert client.post(f"/verwaltung/events/attachment/{key}/{word}/").status_code in {302, 400, 404}


def test_an_attachment_without_a_file_has_no_file_to_open(client):
    attachment = make_attachment(absence="lost")
    sign_in(client, "redaktion")

    assert client.get(address(attachment, "datei")).status_code == 404


def test_only_permitted_actions_are_offered():
    instance = make_event(**DRAFT)
    public = make_event()

    def offered(who, of):
        return [name for _, name in signed_in(who).get(address(of)).context["object_actions"]]

    draft = [
        "Programm",
        "Dateien hochladen",
        "Materialien ordnen",
        "Was fehlt noch?",
        "Vorschau",
        "Vorschau-Link",
        "Zur Freigabe vorlegen",
    ]
    copy = "Als Vorlage für ein neues Treffen"
    assert offered("redaktion", instance) == [*draft, copy]
    assert offered("freigabe", instance) == [*draft, "Veröffentlichen", copy]
    assert offered("redaktion", public) == [*draft[:6], copy]
    assert offered("freigabe", public) == [*draft[:6], "Zurückziehen", copy]


def test_a_draft_form_can_be_saved_after_a_publication_and_withdrawal(client):
    """The form is opened while the object is a draft, and sent after its publication and withdrawal."""
    instance = make_event(**DRAFT)
    sign_in(client, "redaktion")
    form = {**form_on(client.get(address(instance))), "motto": "alt"}
    publisher = signed_in("freigabe")
    fill(publisher, address(instance, "veroeffentlichen"))
    fill(publisher, address(instance, "zurueckziehen"))

    with nothing_changes():
        assert client.post(address(instance), form).status_code == 200


def test_superusers_cannot_change_releases():
    release = make_release(make_event(), ["Pause"])
    client = superuser_client()

    with nothing_changes():
        assert client.post(address(release), {"note": "geändert"}).status_code == 403


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_public_addresses_hide_drafts_from_signed_in_users_too(client, state):
    instance = make_event(**state)
    sign_in(client, "verwaltung")

    assert client.get(instance.get_absolute_url()).status_code == 404
