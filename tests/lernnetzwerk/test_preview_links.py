"""Preview links for readers without an account: what a link opens, its expiry, and invalid links."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lernnetzwerk.previews import links
from lernnetzwerk.previews.models import PreviewLink
from lernnetzwerk.visibility import tokens
from tests.administration import EVERYONE, address, fill, is_turned_away, nothing_changes, sign_in, signed_in
from tests.factories import (
    DRAFT,
    HIDDEN,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_page,
    make_session,
    make_user,
    make_visible_session,
    rewrite,
)
from tests.reading import attribute, document, elements, text, texts
from tests.reading import links as links_on

pytestmark = pytest.mark.django_db

EDITORS = {"redaktion", "freigabe", "verwaltung"}
INSTANCES = {
    "event": lambda: make_event(title="Noch geheim", **DRAFT),
    "session": lambda: make_session(make_event(**DRAFT), title="Noch geheim"),
    "attachment": lambda: make_attachment(title="Noch geheim", **DRAFT),
    "example": lambda: make_example(title="Noch geheim", **DRAFT),
    "page": lambda: make_page(title="Noch geheim", **DRAFT),
}
every_instance = pytest.mark.parametrize("make", INSTANCES.values(), ids=INSTANCES)
NOWHERE = "/gibt-es-nicht/gar-nicht/"


def shared(instance) -> str:
    """The path of a new preview link."""
    return links.address(links.create(instance, make_user())).removeprefix("http://testserver")


def token_of(path: str) -> str:
    return path.split("/")[2]


def answer(path: str, client: Client | None = None) -> tuple:
    response = (client or Client()).get(path)
    return response.status_code, response.content, dict(response.headers)


def leads_nowhere(path: str) -> bool:
    """Whether the response equals that of an unknown address, headers included."""
    return answer(path) == answer(NOWHERE)


# --- what a link opens ------------------------------------------------------------------------------------------------


@every_instance
def test_a_link_shows_what_editors_see_and_is_not_cached_by_proxies(client, make):
    instance = make()

    response = client.get(shared(instance))

    assert response.status_code == 200
    assert "Noch geheim" in " ".join(texts(document(response), tag="h1"))
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    robots = [element for element in elements(document(response), tag="meta") if attribute(element, "name") == "robots"]
    assert [attribute(element, "content") for element in robots] == ["noindex"]
    assert response.cookies == {}


@every_instance
def test_the_page_states_its_purpose_expiry_and_recipient(client, make):
    path = shared(make())
    PreviewLink.objects.update(expires_at="2999-12-06T13:30:00Z")

    (banner,) = elements(document(client.get(path)), style="notice--preview")

    assert text(banner) == (
        "Vorschau Sie sehen einen Entwurf. Der Link gilt bis zum "
        "6. Dezember 2999, 14:30 Uhr und ist nur für Sie bestimmt; bitte geben Sie ihn nicht weiter. Links zu Seiten, "
        "die noch nicht öffentlich sind, öffnen sich nicht."
    )


@every_instance
def test_the_page_has_no_links_to_the_administration_or_to_itself(client, make):
    path = shared(make())

    response = client.get(path)

    assert [link for link in links_on(document(response)) if link.startswith("/verwaltung")] == []
    assert token_of(path) not in response.content.decode()


@pytest.mark.both_databases
def test_the_page_is_the_same_whoever_is_signed_in():
    path = shared(make_event(**DRAFT))

    assert len({signed_in(who).get(path).content for who in EVERYONE}) == 1


def test_the_page_accepts_only_get_and_head():
    path, wrong = shared(make_event(**DRAFT)), f"/vorschau/{'0' * 32}.{'a' * 43}/"
    client = Client(enforce_csrf_checks=True)

    head = client.head(path)
    assert (head.status_code, head.content, head["Cache-Control"]) == (200, b"", "private, no-store")
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(path).status_code == method(wrong).status_code != 200


def test_a_link_opens_only_its_own_draft(client):
    """Neither the page nor its links lead to other drafts."""
    event = make_event(title="Das gezeigte Treffen", **DRAFT)
    make_event(title="Ein anderes Treffen", series=event.series, **DRAFT)
    session = make_session(event, title="Beitrag dazu")
    make_attachment(session=session, title="Material dazu", stored_file=make_file(b"%PDF-1.7 geheim"), **DRAFT)
    make_example(title="Ein anderes Praxisbeispiel", **DRAFT)

    response = client.get(shared(event))

    assert "Ein anderes" not in response.content.decode()
    targets = [link for link in links_on(document(response)) if link.startswith("/")]
    drafts = [link for link in targets if client.get(link).status_code == 200 and "geheim" in page(client, link)]
    assert drafts == []


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_a_preview_does_not_link_to_the_public_address_of_its_attachment(client, state):
    attachment = make_attachment(stored_file=make_file(b"%PDF-1.7 geheim"), **state)

    targets = [link for link in links_on(document(client.get(shared(attachment)))) if str(attachment.uuid) in link]

    assert targets == []
    assert leads_nowhere(attachment.get_download_url())


def test_a_link_to_a_public_session_shows_its_next_version(client):
    session = make_visible_session()
    path = shared(session)
    rewrite(session, title="Neuer Titel")

    assert "Neuer Titel" in page(client, path)


# --- invalid links ----------------------------------------------------------------------------------------------------


def test_a_token_with_any_changed_character_is_not_found():
    """The reader of tokens gets up to eight changes at each position, the page one of them."""
    path = shared(make_event(**DRAFT))
    token, nowhere = token_of(path), answer(NOWHERE)[:2]
    assert tokens.unsign(links.PURPOSE, token) is not None

    for place, sign in enumerate(token):
        others = {"0", "a", "A", "-", "_", ".", "~", sign.swapcase()} - {sign}
        forged = [token[:place] + other + token[place + 1 :] for other in sorted(others)]
        assert [one for one in forged if tokens.unsign(links.PURPOSE, one) is not None] == []
        assert answer(f"/vorschau/{forged[place % len(forged)]}/")[:2] == nowhere, forged
    for forged in (token[:-1], token[1:], f"{token}a", f"a{token}", token[:32], token[33:], f"{token}.{token[33:]}"):
        assert leads_nowhere(f"/vorschau/{forged}/"), forged


def test_the_signature_of_one_link_does_not_open_another():
    first, second = token_of(shared(make_event(**DRAFT))), token_of(shared(make_example(**DRAFT)))

    assert leads_nowhere(f"/vorschau/{first[:32]}.{second[33:]}/")
    assert leads_nowhere(f"/vorschau/{second[:32]}.{first[33:]}/")


def test_a_signature_made_for_another_purpose_or_with_another_key_opens_nothing():
    link = links.create(make_event(**DRAFT), make_user())

    others = (
        Signer(sep="."),
        Signer(sep=".", salt="anderer"),
        Signer(sep=".", key="x" * 50, salt="lernnetzwerk.previews"),
    )
    for signer in others:
        assert leads_nowhere(f"/vorschau/{signer.sign(link.uuid.hex)}/")


def test_a_valid_signature_of_an_unknown_link_opens_nothing():
    for word in ("0" * 32, "1", ""):
        signed = Signer(sep=".", salt="lernnetzwerk.previews").sign(word)
        assert answer(f"/vorschau/{signed}/")[:2] == answer(NOWHERE)[:2]


def test_a_link_expires_exactly_at_its_moment():
    path = shared(make_event(**DRAFT))
    link = PreviewLink.objects.get()

    assert link.expires_at - link.created_at == timedelta(days=14)
    assert PreviewLink.objects.valid(link.expires_at - timedelta(microseconds=1)).exists()
    assert not PreviewLink.objects.valid(link.expires_at).exists()
    PreviewLink.objects.update(created_at=timezone.now() - timedelta(days=14), expires_at=timezone.now())
    assert leads_nowhere(path)


@every_instance
def test_a_revoked_link_is_not_found(make):
    instance = make()
    path, kept = shared(instance), shared(instance)

    assert links.revoke(instance, token_of(path)[:32])

    assert leads_nowhere(path)
    assert answer(kept)[0] == 200


@every_instance
def test_a_link_to_a_deleted_object_is_not_found(make):
    instance = make()
    path = shared(instance)
    type(instance).objects.filter(pk=instance.pk).delete()

    assert leads_nowhere(path)


def test_a_link_to_a_removed_model_is_not_found():
    path = shared(make_event(**DRAFT))
    link = PreviewLink.objects.get()
    link.kind.model = "abgeschafft"
    link.kind.save()

    assert leads_nowhere(path)


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"is_staff": False}, None], ids=["inactive", "no staff", "gone"]
)
def test_a_link_stays_valid_after_its_creator_is_deleted(change):
    """Speakers keep the access they were given, and other editors can still revoke the link."""
    instance = make_event(**DRAFT)
    path = shared(instance)
    creators = User.objects.filter(pk=PreviewLink.objects.get().created_by_id)

    creators.update(**change) if change else creators.get().delete()

    assert answer(path)[0] == 200
    assert links_shown(signed_in("redaktion"), instance) == [f"http://testserver{path}"]


JUNK = [
    "x",
    "ä",
    "☃" * 50,
    "a" * 1_900,
    ".",
    "..%2f",
    "%20",
    "-" * 43,
    f"{'0' * 32}.",
    f".{'a' * 43}",
    "a.b.c.d",
    "1:2:3",
]


@pytest.mark.parametrize("token", JUNK)
def test_a_junk_token_is_not_found_and_needs_no_extra_query(client, token):
    with CaptureQueriesContext(
        connection,
    ) as wrong:
        client.get(NOWHERE)
    with CaptureQueriesContext(connection) as junk:
        response = client.get(f"/vorschau/{token}/")

    assert (response.status_code, response.content) == answer(NOWHERE)[:2]
    assert len(junk) == len(wrong)


@pytest.mark.parametrize("junk", ["a" * 100_000, "%00", f"{'0' * 32}.%00"])
def test_requests_that_no_browser_sends_are_refused(junk):
    assert answer(f"/vorschau/{junk}/") == answer(f"/gibt-es-nicht/{junk}/")
    assert answer(f"/vorschau/{junk}/")[0] == 400


# --- in the administration --------------------------------------------------------------------------------------------


def links_shown(client: Client, instance) -> list[str]:
    fields = elements(document(client.get(address(instance, "vorschau-links"))), style="preview-links__address")
    assert all("readonly" in dict(field.attributes) for field in fields)
    return [attribute(field, "value") for field in fields]


@every_instance
def test_only_editors_create_list_and_revoke_links_and_only_by_post(make):
    instance = make()
    own = links.create(instance, make_user())
    clients = {who: signed_in(who) for who in EVERYONE}

    with nothing_changes():
        for who, client in clients.items():
            listing = client.get(address(instance, "vorschau-links"))
            assert listing.status_code == 200 if who in EDITORS else is_turned_away(listing)
            for word in ("vorschau-link-neu", "vorschau-link-zurueckziehen"):
                assert client.get(address(instance, word)).status_code in {302, 405}
                if who not in EDITORS:
                    assert is_turned_away(client.post(address(instance, word), {"link": str(own.uuid)}))

    for who in sorted(EDITORS):
        client = clients[who]
        assert client.post(address(instance, "vorschau-link-neu")).status_code == 302
        assert len(links_shown(client, instance)) == 2
        newest = PreviewLink.objects.valid().order_by("created_at").last()
        assert client.post(address(instance, "vorschau-link-zurueckziehen"), {"link": newest.uuid}).status_code == 302
        assert links_shown(client, instance) == [links.address(own)]


def test_users_with_view_permission_cannot_create_links(client):
    instance = make_event(**DRAFT)
    user = sign_in(client, "staff")
    user.user_permissions.add(Permission.objects.get(codename="view_event"))

    with nothing_changes():
        assert client.get(address(instance, "vorschau")).status_code == 200
        assert client.get(address(instance, "vorschau-links")).status_code == 403
        assert client.post(address(instance, "vorschau-link-neu")).status_code == 403
        assert client.post(address(instance, "vorschau-link-zurueckziehen")).status_code == 403
    assert "Vorschau-Link" not in [name for _, name in client.get(address(instance)).context["object_actions"]]


def test_an_editor_can_share_the_next_version_of_public_content(client):
    instance = make_event()
    sign_in(client, "redaktion")

    client.post(address(instance, "vorschau-link-neu"))

    assert len(links_shown(client, instance)) == 1


def test_a_post_without_its_token_is_refused():
    instance = make_event(**DRAFT)
    own = links.create(instance, make_user())
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "redaktion")
    client.get(address(instance, "vorschau-links"))

    with nothing_changes():
        assert client.post(address(instance, "vorschau-link-neu")).status_code == 403
        assert client.post(address(instance, "vorschau-link-zurueckziehen"), {"link": own.uuid}).status_code == 403


def test_the_history_records_links_without_their_token(client):
    instance = make_event(**DRAFT)
    user = sign_in(client, "redaktion")

    client.post(address(instance, "vorschau-link-neu"))
    link = PreviewLink.objects.get()
    client.post(address(instance, "vorschau-link-zurueckziehen"), {"link": link.uuid})

    said = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    until = timezone.localtime(link.expires_at)
    assert said[0].startswith(f"Vorschau-Link erstellt, gültig bis {until.day}. ")
    assert said[1:] == ["Vorschau-Link zurückgezogen. Er gilt ab sofort nicht mehr."]
    assert {entry.user_id for entry in LogEntry.objects.all()} == {user.pk}
    assert link.uuid.hex not in "".join(said)


@pytest.mark.parametrize("sent", ["", "x", "\0", "0" * 32, "a" * 100_000, "-1", "7" * 40])
def test_junk_revokes_nothing_and_is_reported(client, sent):
    instance = make_event(**DRAFT)
    links.create(instance, make_user())
    sign_in(client, "redaktion")

    with nothing_changes():
        response = client.post(address(instance, "vorschau-link-zurueckziehen"), {"link": sent}, follow=True)

    said = "Diesen Link gibt es nicht mehr: Er ist abgelaufen oder schon zurückgezogen."
    assert [str(message) for message in response.context["messages"]] == [said]


def test_a_link_is_revoked_only_on_the_page_of_its_own_object(client):
    instance, other = make_event(**DRAFT), make_event(**DRAFT)
    same_number = make_example(pk=instance.pk, **DRAFT)
    link = links.create(instance, make_user())
    sign_in(client, "verwaltung")

    with nothing_changes():
        client.post(address(other, "vorschau-link-zurueckziehen"), {"link": link.uuid})
        client.post(address(same_number, "vorschau-link-zurueckziehen"), {"link": link.uuid})
    assert links_shown(client, same_number) == []


def test_revoking_twice_keeps_the_first_moment_and_is_reported_once():
    instance = make_event(**DRAFT)
    link = links.create(instance, make_user())

    assert links.revoke(instance, link.uuid) is True
    first = PreviewLink.objects.get().revoked_at
    assert links.revoke(instance, link.uuid) is False
    assert PreviewLink.objects.get().revoked_at == first


def test_expired_links_are_hidden_and_deleted_with_the_next_new_link(client):
    instance, other = make_event(**DRAFT), make_example(**DRAFT)
    old = links.create(other, make_user())
    long_ago = timezone.now() - timedelta(days=20)
    PreviewLink.objects.update(created_at=long_ago, expires_at=long_ago + timedelta(days=14))
    sign_in(client, "redaktion")
    assert links_shown(client, other) == []

    client.post(address(instance, "vorschau-link-neu"))

    assert not PreviewLink.objects.filter(pk=old.pk).exists()
    assert PreviewLink.objects.count() == 1


def test_many_links_need_as_many_queries_as_one(client):
    instance = make_event(**DRAFT)
    sign_in(client, "redaktion")
    counts = []

    for _round in range(2):
        for _link in range(3):
            links.create(instance, make_user())
        with CaptureQueriesContext(connection) as queries:
            client.get(address(instance, "vorschau-links"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_hostile_names_stay_text(client):
    evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
    instance = make_event(title=evil, **DRAFT)
    sign_in(client, "redaktion")

    administration = client.post(address(instance, "vorschau-link-neu"), follow=True).content.decode()
    shown = client.get(shared(instance)).content.decode()

    for answered in (administration, shown):
        assert "<script>alert" not in answered
        assert "<img src=x" not in answered


# --- what happens to the object afterwards ----------------------------------------------------------------------------


def test_a_link_ends_when_its_attachment_moves_and_editors_are_told(client):
    attachment = make_attachment(session=make_session(make_event(**DRAFT)), title="Noch geheim", **DRAFT)
    other = make_session(make_event(**DRAFT))
    link = shared(attachment)
    sign_in(client, "redaktion")
    assert client.get(link).status_code == 200

    response = fill(client, address(attachment), session=other.pk)

    assert response.status_code == 302
    assert leads_nowhere(link)
    said = [str(message) for message in client.get(address(attachment)).context["messages"]]
    assert "Die Zuordnung wurde geändert. Beendete Vorschau-Links: 1." in said
    page = document(client.get(address(attachment, "vorschau-links")))
    assert "Ein früherer Link öffnet sich nicht mehr, weil die Seite seitdem verschoben wurde: 1." in text(page)
    assert "Zurzeit gibt es keinen gültigen Link." in text(page)


def test_a_link_stays_when_its_object_changes_in_place(client):
    attachment = make_attachment(session=make_session(make_event(**DRAFT)), title="Noch geheim", **DRAFT)
    link = shared(attachment)

    rewrite(attachment, title="Neuer Titel")

    assert "Neuer Titel" in client.get(link).content.decode()


def test_a_link_from_before_places_were_stored_stays_valid(client):
    attachment = make_attachment(session=make_session(make_event(**DRAFT)), **DRAFT)
    link = shared(attachment)
    PreviewLink.objects.update(place=PreviewLink._meta.get_field("place").default)

    assert client.get(link).status_code == 200
