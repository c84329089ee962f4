"""Reordering attachments: with buttons, without scripts, saved in one step, with a warning of concurrent changes."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.attachments.assignment import next_position
from events.models import Attachment
from events.programme.structure import Entry, working_version, write_programme
from tests.administration import EVERYONE, address, form_on, nothing_changes, sign_in, signed_in
from tests.concurrency import at_once
from tests.factories import DRAFT, make_attachment, make_event, make_example, make_session
from tests.reading import document, elements, texts

pytestmark = pytest.mark.django_db
OWNERS = {"event": make_event, "session": make_session, "practice_example": make_example}


@pytest.fixture(params=["event", "session", pytest.param("practice_example", marks=pytest.mark.walk)])
def owner(request):
    """A public event, a session or a practice example with three drafts."""
    owner = OWNERS[request.param]()
    for title in ("A", "B", "C"):
        make_attachment(**{request.param: owner}, title=title, **DRAFT)
    return owner


@pytest.fixture
def editor(client):
    sign_in(client, "redaktion")
    return client


def titles(owner) -> list[str]:
    return [attachment.title for attachment in owner.attachments.order_by("position", "pk")]


def key(title: str) -> str:
    return str(Attachment.objects.get(title=title).pk)


def page(client: Client, owner) -> dict:
    return form_on(client.get(address(owner, "ordnen")))


def arrange(client: Client, owner, wanted: str, **values: object):
    sent = {**page(client, owner), "zeile": [key(title) for title in wanted], **values}
    return client.post(address(owner, "ordnen"), sent)


def shown(response) -> list[str]:
    return [row.title for group in response.context["groups"] for row in group.rows]


def messages_on(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# --- saving -----------------------------------------------------------------------------------------------------------


def test_the_submitted_order_is_saved(editor, owner):
    response = arrange(editor, owner, "CAB")

    assert response.status_code == 302
    assert titles(owner) == ["C", "A", "B"]
    assert messages_on(editor.get(address(owner, "ordnen"))) == ["Die Reihenfolge ist gespeichert."]


def test_saving_the_same_order_again_changes_nothing(editor, owner):
    arrange(editor, owner, "CAB")

    with nothing_changes():
        assert arrange(editor, owner, "CAB").status_code == 302


@pytest.mark.parametrize(
    ("word", "title", "order"), [("hoch", "C", "ACB"), ("runter", "A", "BAC"), ("hoch", "A", "ABC")]
)
def test_a_button_without_scripts_moves_a_row_without_saving(editor, owner, word, title, order):
    with nothing_changes():
        response = arrange(editor, owner, "ABC", **{word: key(title)})

    assert shown(response) == list(order)
    assert texts(document(response), style="reorder__state") == ["Noch nicht gespeichert."]
    pressed = [dict(button.attributes) for button in elements(document(response), tag="button")]
    assert [(one["name"], one["value"]) for one in pressed if "autofocus" in one] == [(word, key(title))]

    editor.post(address(owner, "ordnen"), form_on(response))
    assert titles(owner) == list(order)


def test_a_list_shows_kind_name_origin_and_state(editor):
    event = make_event()
    make_attachment(event=event, title="Plan", kind="agenda", absence="lost", **DRAFT)

    response = editor.get(address(event, "ordnen"))

    assert texts(document(response), style="reorder__what") == ["Agenda Plan nicht mehr vorhanden, Entwurf"]


def test_an_event_lists_attachments_of_its_sessions_in_programme_order(editor):
    event = make_event()
    last, first, unplaced = (make_session(event, title=title) for title in ("Letzter", "Erster", "Ohne Platz"))
    write_programme(working_version(event), [Entry(first), Entry(last)])
    for session in (unplaced, last, first):
        make_attachment(session=session, title=f"{session} 1")
    make_attachment(session=first, title="Erster 2")
    make_attachment(event=event, title="Ganzes")
    make_attachment(session=make_session(), title="Fremd")

    response = editor.get(address(event, "ordnen"))

    assert texts(document(response), tag="h2")[-4:] == ["Zum ganzen Treffen", "Erster", "Letzter", "Ohne Platz"]
    assert shown(response) == ["Ganzes", "Erster 1", "Erster 2", "Letzter 1", "Ohne Platz 1"]


def test_no_attachment_moves_from_one_list_to_another(editor):
    event = make_event()
    session = make_session(event)
    make_attachment(event=event, title="A", **DRAFT)
    make_attachment(session=session, title="B", **DRAFT)
    make_attachment(session=session, title="C", **DRAFT)

    arrange(editor, event, "CAB")

    assert (titles(event), titles(session)) == (["A"], ["C", "B"])


def test_an_empty_list_says_so(editor):
    response = editor.get(address(make_event(), "ordnen"))

    assert "Hier gibt es noch nichts zu ordnen." in response.content.decode()


# --- concurrent changes -----------------------------------------------------------------------------------------------


def test_a_concurrent_order_is_reported_and_the_submitted_order_stays_on_the_page(editor, owner):
    sent = page(editor, owner)
    arrange(signed_in("freigabe"), owner, "CBA")

    with nothing_changes():
        response = editor.post(address(owner, "ordnen"), {**sent, "zeile": [key(title) for title in "BAC"]})

    assert texts(document(response), style="errornote")[0].startswith(
        "Jemand anderes hat die Liste inzwischen geändert."
    )
    assert shown(response) == ["B", "A", "C"]
    editor.post(address(owner, "ordnen"), form_on(response))
    assert titles(owner) == ["B", "A", "C"]


@pytest.mark.parametrize("what", ["new", "gone"])
def test_attachments_added_or_deleted_meanwhile_are_reported(editor, owner, what):
    sent = page(editor, owner)
    if what == "new":
        make_attachment(**{owner._meta.model_name.replace("practicee", "practice_e"): owner}, title="D", **DRAFT)
    else:
        Attachment.objects.get(title="B").delete()

    with nothing_changes():
        response = editor.post(address(owner, "ordnen"), sent)

    assert shown(response) == (["A", "B", "C", "D"] if what == "new" else ["A", "C"])
    assert texts(document(response), style="errornote")[0].startswith("Jemand anderes")


def test_a_form_opened_before_does_not_restore_the_old_order(client, owner):
    sign_in(client, "freigabe")
    attachment = Attachment.objects.get(title="C")
    form = form_on(client.get(address(attachment)))
    arrange(client, owner, "CAB")

    response = client.post(address(attachment), form)

    assert response.status_code == 200
    assert titles(owner) == ["C", "A", "B"]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_concurrent_saves_leave_one_complete_order(owner):
    clients = [signed_in("redaktion"), signed_in("freigabe")]
    forms = [page(client, owner) for client in clients]
    orders = ["CBA", "BCA"]
    sent = [{**form, "zeile": [key(title) for title in order]} for form, order in zip(forms, orders, strict=True)]
    answers = []

    errors = at_once(
        *[
            lambda client=client, data=data: answers.append(client.post(address(owner, "ordnen"), data).status_code)
            for client, data in zip(clients, sent, strict=True)
        ]
    )

    assert (errors, sorted(answers)) == ([], [200, 302])
    assert "".join(titles(owner)) in orders


# --- what is public ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "is_saved"), [("redaktion", False), ("freigabe", True), ("verwaltung", True)])
def test_only_publishers_can_reorder_public_attachments(client, owner, who, is_saved):
    sign_in(client, who)
    Attachment.objects.exclude(title="B").update(state="published", published_from=owner.created_at)

    response = arrange(client, owner, "CBA")

    assert titles(owner) == (["C", "B", "A"] if is_saved else ["A", "B", "C"])
    if not is_saved:
        assert texts(document(response), style="errornote") == [
            "Dieser Eintrag ist öffentlich. Ändern darf ihn nur, wer veröffentlichen darf."
        ]
        assert shown(response) == ["C", "B", "A"]


def test_an_editor_puts_a_draft_between_public_ones(editor, owner):
    Attachment.objects.exclude(title="C").update(state="published", published_from=owner.created_at)

    arrange(editor, owner, "ACB")

    assert titles(owner) == ["A", "C", "B"]


# --- junk and permissions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("junk", ["foreign", "987654", "x", "\x00", "9" * 100_000, "", "twice", "missing"])
def test_a_list_of_other_attachments_is_reported_and_nothing_is_written(editor, owner, junk):
    keys = [key(title) for title in "CBA"]
    foreign = str(make_attachment(**DRAFT).pk)
    wanted = {"twice": [*keys, keys[0]], "missing": keys[1:], "foreign": [*keys, foreign]}.get(junk, [*keys, junk])

    with nothing_changes():
        response = arrange(editor, owner, "ABC", zeile=wanted)

    assert texts(document(response), style="errornote") == [
        "Die Liste enthält falsche Einträge. Es wurde nichts gespeichert."
    ]


@pytest.mark.parametrize("junk", ["x", "\x00", "9" * 100_000, ""])
def test_junk_in_a_button_or_version_field_moves_nothing(editor, owner, junk):
    with nothing_changes():
        assert shown(arrange(editor, owner, "ABC", hoch=junk)) == ["A", "B", "C"]
        assert arrange(editor, owner, "CBA", gesehen=junk).status_code == 200


@pytest.mark.parametrize("who", EVERYONE)
def test_only_the_three_groups_can_reorder(owner, who):
    client = signed_in(who)
    is_allowed = who in ("redaktion", "freigabe", "verwaltung")
    refused = 403 if who == "staff" else 302

    assert client.get(address(owner, "ordnen")).status_code == (200 if is_allowed else refused)
    if not is_allowed:
        with nothing_changes():
            sent = {"zeile": [key(title) for title in "CBA"]}
            assert client.post(address(owner, "ordnen"), sent).status_code == refused


def test_reordering_needs_the_permission_to_change_attachments(client, owner):
    user = User.objects.create_user("fast", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename=f"change_{owner._meta.model_name}"))
    client.force_login(user)

    assert client.get(address(owner, "ordnen")).status_code == 403
    assert "Materialien ordnen" not in client.get(address(owner)).content.decode()


def test_a_request_without_its_token_is_refused(owner):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "redaktion")

    assert client.post(address(owner, "ordnen"), {"zeile": [key(title) for title in "CBA"]}).status_code == 403


def test_the_form_of_the_owner_links_to_the_page(editor, owner):
    assert f'href="{address(owner, "ordnen")}"' in editor.get(address(owner)).content.decode()


def test_the_page_needs_as_many_queries_for_many_attachments_as_for_three(editor, owner):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor.get(address(owner, "ordnen"))
        return len(captured)

    three = queries()
    name = owner._meta.model_name.replace("practicee", "practice_e")
    for number in range(5):
        make_attachment(**{name: owner}, title=f"Nr. {number}")

    assert queries() == three


@pytest.mark.parametrize("make", [make_event, make_session])
def test_an_attachment_uploaded_later_is_last(editor, make):
    owner = make()
    for title in ("A", "B"):
        make_attachment(**{owner._meta.model_name: owner}, title=title, **DRAFT)
    assert next_position(owner) == 0

    arrange(editor, owner, "BA")

    assert next_position(owner) == 3
