"""Opens every URL of the portal as a visitor and as each group; a URL that is not listed here fails a test."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import product

import pytest
from django.contrib.auth.models import Group
from django.contrib.redirects.models import Redirect
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from events.invitations import links as invitations
from events.invitations import participants
from events.models import HandedIn, Track
from events.programme.structure import working_version
from lernnetzwerk.barriers.models import BarrierReport
from lernnetzwerk.previews import links
from lernnetzwerk.search.models import MissedQuery, Synonyms
from tests.administration import rows, signed_in, superuser_client
from tests.factories import (
    GROUPS,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_page,
    make_picture,
    make_reading,
    make_rendition,
    make_series,
    make_topic,
    make_user,
    make_visible_session,
    make_visible_speaker,
)
from tests.reading import body
from tests.shared import made_once

pytestmark = pytest.mark.django_db

SPEAKERS = ("visitor", *GROUPS)
HIDDEN_FIELDS = re.compile(rb'<input type="hidden"[^>]*>|\?form_key=\w+')  # tokens and keys differ in every response

# Expected status codes for visitor, Redaktion, Freigabe and Verwaltung; public pages are the same for all of them.
PUBLIC = {
    "home": 200,
    "events:list": 200,
    "events:detail": 200,
    "events:image": 200,
    "events:image_in_size": 200,
    "events:all_events_calendar": 200,
    "events:calendar": 200,
    "events:session_calendar": 404,  # without a begin
    "events:changes": 200,
    "events:following": 200,
    "events:now": 200,
    "events:my_programme": 200,
    "events:my_calendar": 404,  # nothing chosen
    "events:events_feed": 200,
    "events:changes_feed": 200,
    "events:attachments_feed": 200,
    "events:examples_feed": 200,
    "events:topic_feed": 200,
    "events:municipality_feed": 200,
    "events:release": 200,
    "events:attachments_zip": 200,
    "events:series": 200,
    "events:series_list": 302,
    "events:session": 200,
    "events:attachment_list": 200,
    "events:attachment": 200,
    "events:page_picture": 200,
    "events:download": 200,
    "events:poster": 200,
    "events:chapters": 200,
    "events:track": 200,
    "events:participants": 404,  # after the event
    "events:invitation": 200,
    "events:invitation_release": 405,
    "events:invitation_take_back": 405,
    "events:invitation_file": 200,
    "events:invitation_picture": 200,
    "speakers:list": 200,
    "speakers:detail": 200,
    "speakers:photo": 200,
    "speakers:photo_in_size": 200,
    "practice:municipality_list": 200,
    "practice:municipality": 200,
    "practice:example_list": 200,
    "practice:example": 200,
    "practice:topic_list": 200,
    "practice:topic": 200,
    "search:search": 200,
    "search:suggestions": 200,
    "search:opensearch": 200,
    "pages:detail": 200,
    "pages:video": 200,
    "previews:draft": 200,
    "previews:part": 200,
    "barriers:report": 200,
    "barriers:thanks": 200,
    "healthz": 200,
    "readyz": 200,
    "robots": 200,
    "sitemap": 200,
    "sitemap_lists": 200,
    "sitemap_file": 200,
    "security": 200,
}

# Visitors are redirected to the sign-in page. A change page with 200 may be read-only, which
# tests/lernnetzwerk/test_permissions.py checks.
ALL = (302, 200, 200, 200)
RELEASING = (302, 403, 200, 200)
RULING = (302, 403, 403, 200)
NOBODY = (302, 403, 403, 403)
ONWARD = (302, 302, 302, 302)
BY_POST = (302, 405, 405, 405)
NOTHING = (302, 404, 404, 404)  # the object has no file with pages

# For each model the status codes of the pages list, add, history, delete and change of a public object.
OWN = {
    "events_event": (ALL, ALL, ALL, RELEASING, ALL),
    "events_series": (ALL, ALL, ALL, RELEASING, ALL),
    "events_session": (ALL, ALL, ALL, RELEASING, ALL),
    "events_appearance": (ALL, ALL, ALL, RELEASING, ALL),
    "events_attachment": (ALL, ALL, ALL, RELEASING, ALL),
    "events_programme": (ALL, NOBODY, ALL, NOBODY, ALL),
    "speakers_speaker": (ALL, ALL, ALL, RELEASING, ALL),
    "practice_municipality": (ALL, RELEASING, ALL, RELEASING, ALL),
    "practice_topic": (ALL, RELEASING, ALL, RELEASING, ALL),
    "practice_practiceexample": (ALL, ALL, ALL, RELEASING, ALL),
    "pages_page": (ALL, ALL, ALL, RELEASING, ALL),
    "search_synonyms": (ALL, RELEASING, ALL, RELEASING, ALL),
    "search_missedquery": (ALL, NOBODY, ALL, NOBODY, ALL),
    "barriers_barrierreport": (ALL, NOBODY, ALL, RULING, ALL),
    "files_storedfile": (RULING, NOBODY, RULING, NOBODY, RULING),
    "auth_user": (RULING, RULING, RULING, RULING, RULING),
    "auth_group": (RULING, NOBODY, RULING, NOBODY, RULING),
    "redirects_redirect": (RULING, RULING, RULING, RULING, RULING),
}
ACTIONS = {
    "events_event_programm": ONWARD,
    "events_event_vorlage": ALL,
    "events_event_ordnen": ALL,
    "events_event_hochladen": ALL,
    "events_event_ablegen": BY_POST,
    "events_event_zuordnen": BY_POST,
    "events_event_begruenden": BY_POST,
    "events_event_zuruecknehmen": BY_POST,
    "events_event_bild": ALL,
    "events_event_vorschau": ALL,
    "events_event_vorschau-teil": NOTHING,
    "events_event_vorschau-links": ALL,
    "events_event_vorschau-link-neu": BY_POST,
    "events_event_vorschau-link-zurueckziehen": BY_POST,
    "events_event_was-fehlt": ONWARD,
    "events_event_vorlegen": RELEASING,
    "events_event_veroeffentlichen": RELEASING,
    "events_event_zurueckziehen": RELEASING,
    "events_programme_freigeben": RELEASING,
    "events_programme_editor": ALL,
    "events_programme_zeilen": ALL,
    "events_programme_hinweise": BY_POST,
    "events_programme_personen": ALL,
    "events_programme_kommunen": ALL,
    "events_programme_namen": ALL,
    "events_programme_abgleich": BY_POST,
    "events_session_ordnen": ALL,
    "events_session_upload-links": ALL,
    "events_session_upload-link-zurueckziehen": BY_POST,
    "events_session_hochladen": ALL,
    "events_session_ablegen": BY_POST,
    "events_session_zuordnen": BY_POST,
    "events_session_begruenden": BY_POST,
    "events_session_zuruecknehmen": BY_POST,
    "events_session_vorschau": ALL,
    "events_session_vorschau-teil": NOTHING,
    "events_session_vorschau-links": ALL,
    "events_session_vorschau-link-neu": BY_POST,
    "events_session_vorschau-link-zurueckziehen": BY_POST,
    "events_attachment_datei": ALL,
    "events_attachment_fassung": ALL,
    "events_attachment_vorschau": ALL,
    "events_attachment_vorschau-teil": ALL,
    "events_attachment_hinweise": ALL,
    "events_attachment_vorschau-links": ALL,
    "events_attachment_vorschau-link-neu": BY_POST,
    "events_attachment_vorschau-link-zurueckziehen": BY_POST,
    "events_attachment_vorlegen": RELEASING,
    "events_attachment_veroeffentlichen": RELEASING,
    "events_attachment_zurueckziehen": RELEASING,
    "speakers_speaker_bild": ALL,
    "speakers_speaker_zusammenfuehren": RELEASING,
    "practice_practiceexample_ordnen": ALL,
    "practice_practiceexample_vorschau": ALL,
    "practice_practiceexample_vorschau-teil": NOTHING,
    "practice_practiceexample_vorschau-links": ALL,
    "practice_practiceexample_vorschau-link-neu": BY_POST,
    "practice_practiceexample_vorschau-link-zurueckziehen": BY_POST,
    "practice_practiceexample_vorlegen": RELEASING,
    "practice_practiceexample_veroeffentlichen": RELEASING,
    "practice_practiceexample_zurueckziehen": RELEASING,
    "pages_page_vorschau": ALL,
    "pages_page_vorschau-teil": NOTHING,
    "pages_page_vorschau-links": ALL,
    "pages_page_vorschau-link-neu": BY_POST,
    "pages_page_vorschau-link-zurueckziehen": BY_POST,
    "pages_page_vorlegen": RELEASING,
    "pages_page_veroeffentlichen": RELEASING,
    "pages_page_zurueckziehen": RELEASING,
    "auth_user_password_change": RULING,
    "missing": ALL,
    "index": ALL,
    "login": (200, 302, 302, 302),
    "logout": (302, 405, 405, 405),
    "password_change": ALL,
    "password_change_done": ALL,
    "autocomplete": NOBODY,
    "jsi18n": ALL,
    "app_list": ALL,
}
PICTURE = {"number": 1, "size": "klein"}
PART = "seiten/1-klein.webp"
PLACES = ("changelist", "add", "history", "delete", "change")
EXPECTED: dict[str, tuple[int, ...]] = {
    **{name: (status,) * 4 for name, status in PUBLIC.items()},
    **{
        f"admin:{instance}_{place}": status
        for instance, row in OWN.items()
        for place, status in zip(PLACES, row, strict=True)
    },
    **{f"admin:{name}": statuses for name, statuses in ACTIONS.items()},
    **{f"verwaltung/{instance.replace('_', '/')}/<path:object_id>/": ONWARD for instance in OWN},
    "editors_search": ALL,
    "verwaltung/(?P<url>.*)$": (302, 404, 404, 404),
}


def patterns(resolver: URLResolver, namespace: str = "", route: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, inner, here)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else here, pattern


NAMES = dict(patterns(get_resolver()))


class Portal:
    """One public object of each model, and the URL arguments that lead to it."""

    def __init__(self) -> None:
        self.session = make_visible_session(
            make_event(image=make_picture(), image_alt="Saal", series=make_series(), starts_on="2018-05-01")
        )
        self.event = self.session.event
        self.event.participant_information = "<p>Einwahl</p>"
        self.event.save()
        self.speaker = make_visible_speaker(photo=make_picture(), photo_alt="Porträt")
        deck = make_rendition(make_reading("Text").stored_file).source
        self.attachment = make_attachment(stored_file=deck, poster=make_picture(), chapters="0:00 Beginn")
        subtitles = make_file(b"WEBVTT", "de.vtt", media_type="text/vtt")
        Track.objects.create(attachment=self.attachment, stored_file=subtitles, language="de")
        for _n in range(2):  # a single file is offered without a ZIP
            make_attachment(stored_file=make_file(), event=self.event)
        version = self.attachment.versions.create(stored_file=make_file())
        # Arguments of URLs below the URL of an object in the administration.
        self.inner = {"version": version.pk, "part": PART}
        self.colleague = make_user()
        self.invitation = invitations.create(self.session, self.colleague, days=1)
        self.handed_in = make_attachment(session=self.session, stored_file=deck)
        HandedIn.objects.create(attachment=self.handed_in, invitation=self.invitation)
        self.example, self.page = make_example(), make_page(video=make_file(media_type="video/webm"))
        self.municipality, self.topic = make_municipality(), make_topic()
        self.redirect = Redirect.objects.create(site_id=1, old_path="/alt/", new_path="/")
        self.shared = links.address(links.create(self.attachment, self.colleague))
        self.missed = MissedQuery.objects.create(words="hilfen", day="2026-11-01", number=2)
        self.report = BarrierReport.objects.create(description="Der Kontrast ist zu gering.")

    @cached_property
    def instances(self) -> dict[str, object]:
        return {
            "events_event": self.event,
            "events_series": self.event.series,
            "events_session": self.session,
            "events_appearance": self.speaker.appearances.get(),
            "events_attachment": self.attachment,
            "events_programme": working_version(self.event),
            "speakers_speaker": self.speaker,
            "practice_municipality": self.municipality,
            "practice_topic": self.topic,
            "practice_practiceexample": self.example,
            "pages_page": self.page,
            "search_synonyms": Synonyms.objects.all()[0],
            "search_missedquery": self.missed,
            "barriers_barrierreport": self.report,
            "files_storedfile": self.attachment.stored_file,
            "auth_user": self.colleague,
            "auth_group": Group.objects.get(name="Redaktion"),
            "redirects_redirect": self.redirect,
        }

    def keys(self, name: str) -> dict[str, object]:
        token = invitations.token(self.invitation)
        known = {
            "events:detail": {"event": self.event.slug},
            "events:image": {"event": self.event.slug},
            "events:image_in_size": {"event": self.event.slug, "size": "klein"},
            "events:calendar": {"event": self.event.slug},
            "events:changes": {"event": self.event.slug},
            "events:participants": {"token": participants.address(self.event).rstrip("/").rpartition("/")[2]},
            "events:now": {"event": self.event.slug},
            "events:my_programme": {"event": self.event.slug},
            "events:my_calendar": {"event": self.event.slug},
            "events:changes_feed": {"event": self.event.slug},
            "events:topic_feed": {"slug": self.topic.slug},
            "events:municipality_feed": {"slug": self.municipality.slug},
            "events:release": {"event": self.event.slug, "number": 1},
            "events:attachments_zip": {"event": self.event.slug},
            "events:series": {"slug": self.event.series.slug},
            "events:session": {"event": self.event.slug, "session": self.session.slug},
            "events:session_calendar": {"event": self.event.slug, "session": self.session.slug},
            "events:attachment": {"uuid": self.attachment.uuid},
            "events:page_picture": {"uuid": self.attachment.uuid, **PICTURE},
            "events:download": {"uuid": self.attachment.uuid, "filename": self.attachment.filename},
            "events:poster": {"uuid": self.attachment.uuid},
            "events:chapters": {"uuid": self.attachment.uuid},
            "events:track": {"uuid": self.attachment.uuid, "name": "de"},
            "events:invitation": {"token": token},
            "events:invitation_release": {"token": token},
            "events:invitation_take_back": {"token": token, "uuid": self.handed_in.uuid},
            "events:invitation_file": {"token": token, "uuid": self.handed_in.uuid},
            "events:invitation_picture": {"token": token, "uuid": self.handed_in.uuid, "number": 1},
            "speakers:detail": {"slug": self.speaker.slug},
            "speakers:photo": {"slug": self.speaker.slug},
            "speakers:photo_in_size": {"slug": self.speaker.slug, "size": "gross"},
            "practice:municipality": {"slug": self.municipality.slug},
            "practice:example": {"slug": self.example.slug},
            "practice:topic": {"slug": self.topic.slug},
            "pages:detail": {"slug": self.page.slug},
            "pages:video": {"slug": self.page.slug},
            "previews:draft": {"token": self.shared.split("/")[-2]},
            "previews:part": {"token": self.shared.split("/")[-2], "part": PART},
            "sitemap_file": {"name": "event", "number": "1"},
            "admin:app_list": {"app_label": "events"},
        }
        return known.get(name) or {}

    def address(self, name: str) -> str:
        if name == "verwaltung/(?P<url>.*)$":
            return "/verwaltung/gibt/es/nicht/"
        if "<path:object_id>/" in name:
            return "/" + name.replace("<path:object_id>", str(self.instances["_".join(name.split("/")[1:3])].pk))
        if name.startswith("admin:") and (instance := self.instances.get("_".join(name[6:].split("_")[:2]))):
            converters = NAMES[name].pattern.converters
            return reverse(name, kwargs={key: str(self.inner.get(key, instance.pk)) for key in converters})
        return reverse(name, kwargs=self.keys(name))


def visit(client: Client, address: str) -> int:
    response = client.get(address)
    body(response)
    return response.status_code


class Visits:
    """Opens a URL once for each group and caches status and content of the responses."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.clients = [signed_in(who) for who in SPEAKERS]
        self.answers: dict[str, list[tuple[int, bytes]]] = {}

    def __getitem__(self, name: str) -> list[tuple[int, bytes]]:
        if name not in self.answers:
            responses = [client.get(self.portal.address(name)) for client in self.clients]
            self.answers[name] = [(one.status_code, HIDDEN_FIELDS.sub(b"", body(one))) for one in responses]
        return self.answers[name]


@pytest.fixture(scope="module")
def visits(django_db_setup, django_db_blocker, tmp_path_factory):
    with made_once(django_db_blocker, tmp_path_factory) as folder:
        with override_settings(FILES_ROOT=folder):
            portal = Portal()
            portal.folder = folder
            visits = Visits(portal)
        yield visits


@pytest.fixture
def portal(visits, settings, db):
    settings.FILES_ROOT = visits.portal.folder
    return visits.portal


def section(name: str) -> str:
    """Returns the part of the portal that a URL belongs to: a public app or a model of the administration."""
    instance = "_".join(name.removeprefix("admin:").split("_")[:2])
    if name.startswith("admin:"):
        return f"admin:{instance}" if instance in OWN else "admin"
    return name.partition(":")[0] if ":" in name else "site"


def test_every_address_has_an_expected_status():
    assert set(NAMES) - set(EXPECTED) == set()
    assert set(EXPECTED) - set(NAMES) == set()


@pytest.mark.parametrize("part", sorted({section(name) for name in EXPECTED}))
def test_every_address_gives_each_group_the_expected_status(visits, portal, part):
    names = [name for name in EXPECTED if section(name) == part]

    found = {name: tuple(status for status, _content in visits[name]) for name in names}

    assert found == {name: EXPECTED[name] for name in names}


@pytest.mark.parametrize("part", sorted({section(name) for name in PUBLIC}))
def test_public_pages_are_the_same_for_every_group(visits, portal, part):
    names = [name for name in PUBLIC if section(name) == part]

    assert [name for name in names if len({content for _status, content in visits[name]}) != 1] == []


def test_visitors_are_redirected_to_sign_in_and_back(client):
    for address in ("/verwaltung/", "/verwaltung/events/event/add/"):
        assert client.get(address)["Location"] == f"/verwaltung/login/?next={address}"


def test_a_signed_in_user_without_staff_status_is_treated_as_a_visitor(client):
    client.force_login(make_user(is_staff=False))

    assert visit(client, "/verwaltung/events/event/") == 302


def test_staff_without_a_group_see_nothing(portal):
    client = signed_in("staff")

    for name, statuses in EXPECTED.items():
        if name.startswith("admin:") and statuses in (ALL, RELEASING, RULING) and "_" in name:
            if name in {"admin:password_change", "admin:password_change_done"}:
                continue
            assert visit(client, portal.address(name)) in {403, 404}, name


NO_KEYS = ("99999", "9" * 30, "-1", "0", "x", "1_2D", "%00", "ä", "1/change/1")
KEYED = (
    "change",
    "delete",
    "history",
    "vorschau",
    "vorschau-links",
    "veroeffentlichen",
    "freigeben",
    "datei",
    "password",
)


@pytest.mark.both_databases
@pytest.mark.parametrize("key", NO_KEYS)
def test_invalid_keys_cause_no_server_error(key):
    """Opens the form of each model and every page of an event; the long run opens every page of each model."""
    client = superuser_client()

    for instance in OWN:
        assert visit(client, f"{root(instance)}{key}/change/") in {302, 400, 403, 404}, instance
    for place in KEYED:
        assert visit(client, f"{root('events_event')}{key}/{place}/") in {302, 400, 403, 404}, place


@pytest.mark.walk
@pytest.mark.parametrize("key", NO_KEYS)
def test_invalid_keys_cause_no_server_error_on_any_page(key):
    client = superuser_client()

    for instance, place in product(OWN, KEYED):
        assert visit(client, f"{root(instance)}{key}/{place}/") in {302, 400, 403, 404}, (instance, place)


def root(instance: str) -> str:
    return reverse(f"admin:{instance}_changelist")


@pytest.mark.walk
@pytest.mark.parametrize("instance", OWN)
def test_lists_of_the_administration_ignore_invalid_query_strings(portal, instance):
    client, address = superuser_client(), root(instance)

    for query in ("q=Haus", "q='", "p=abc", "p=999999", "all=", "o=99.-99", "state__exact=x", "gibt_es__nicht=1"):
        assert visit(client, f"{address}?{query}") in {200, 302}, f"{address}?{query}"


@pytest.mark.parametrize("part", sorted({section(name) for name in PUBLIC}))
def test_no_public_address_changes_the_database(client, portal, part):
    """Only the download counters may change."""
    before = rows()

    for name in PUBLIC:
        if section(name) == part:
            visit(client, portal.address(name))

    after = rows()
    assert {model for model in after if after[model] != before[model]} <= {"events.DownloadCount"}
