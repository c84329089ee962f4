"""A word that occurs only in hidden objects must not be found anywhere on the public site, whoever is signed in."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import reverse

from events.models import Appearance, Attachment, Event, EventDay, Programme, Series, Session, Slot
from lernnetzwerk.pages.models import Page
from practice.models import PracticeExample
from speakers.models import Speaker
from tests.administration import signed_in
from tests.canary import HIDDEN_WORD, SHOWN_WORD, hide_everything, show_everything, words
from tests.factories import PUBLISHED, rewrite
from tests.reading import body
from tests.shared import made_once

pytestmark = pytest.mark.django_db

LISTS = (
    "home",
    "events:list",
    "events:attachment_list",
    "speakers:list",
    "practice:municipality_list",
    "practice:example_list",
    "practice:topic_list",
    "sitemap",
    "robots",
    "security",
    "healthz",
    "readyz",
)


def every_address() -> dict[str, list[str]]:
    """Maps each kind to its public addresses: all pages of lists, and the pages of all rows, hidden ones too."""
    lists = [reverse(name) for name in LISTS]
    found = {"list": [*lists, *(f"{address}?seite={number}" for address in lists for number in (1, 2, 3))]}
    for model in apps.get_models():
        if hasattr(model, "get_absolute_url") and model._meta.app_label in {"events", "speakers", "practice", "pages"}:
            found[model.__name__] = [instance.get_absolute_url() for instance in model._base_manager.all()]
    attachments = Attachment.objects.exclude(stored_file=None)
    found["sitemap"] = [reverse("sitemap_file", args=[name, 1]) for name in ("event", "session", "attachment", "page")]
    found["later pages"] = [f"{attachment.get_absolute_url()}?ab=2" for attachment in attachments]
    found["file"] = [address for attachment in attachments for address in files(attachment)]
    found["file"] += [f"{event.get_absolute_url()}bild" for event in Event.objects.all()]
    found["file"] += [f"{speaker.get_absolute_url()}foto" for speaker in Speaker.objects.all()]
    return found


def files(attachment: Attachment) -> list[str]:
    pictures = [f"{attachment.get_absolute_url()}seiten/1-{size}.webp" for size in ("klein", "gross")]
    return [attachment.get_download_url(), f"/materialien/{attachment.uuid}/anderer-name.pdf", *pictures]


def traces(client: Client, word: str, addresses: Iterable[str]) -> list[str]:
    """Addresses whose response contains the word in body or headers, in upper or lower case."""
    return [address for address in addresses if word.lower() in everything(client.get(address))]


def everything(response: HttpResponseBase) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{response.cookies}\n{body(response).decode('utf-8', 'replace')}".lower()


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker, tmp_path_factory):
    """Creates hidden and visible objects once; returns the folder of their files and the addresses of each kind."""
    with made_once(django_db_blocker, tmp_path_factory) as folder:
        with override_settings(FILES_ROOT=folder):
            hide_everything()
            show_everything()
        yield folder, every_address()


@pytest.fixture(autouse=True)
def addresses(portal, settings, db):
    settings.FILES_ROOT, found = portal
    return found


KINDS = ("list", "Event", "Series", "Session", "Attachment", "Speaker", "Municipality", "PracticeExample", "Topic")
KINDS += ("Page", "sitemap", "later pages", "file")


def test_every_kind_of_address_is_crawled(addresses):
    assert set(addresses) == set(KINDS)
    assert [kind for kind, found in addresses.items() if not found] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["visitor", pytest.param("redaktion", marks=pytest.mark.walk)])
def test_hidden_text_is_found_at_no_public_address(addresses, who, kind):
    assert traces(signed_in(who), HIDDEN_WORD, addresses[kind]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_headers_contain_no_hidden_text(client, addresses, kind):
    """Only file delivery handles HEAD differently, so six pages of each kind represent the others."""
    asked = addresses[kind] if kind == "file" else addresses[kind][:6]

    assert [address for address in asked if HIDDEN_WORD.lower() in everything(client.head(address))] == []


def test_the_crawl_finds_visible_text(client, addresses):
    """The same crawl finds visible text in lists, pages, files and headers."""
    event = Event.objects.get(title__contains=SHOWN_WORD)
    attachment = event.attachments.exclude(stored_file=None)[0]
    expected = {
        *(reverse(name) for name in LISTS[:4]),
        reverse("practice:example_list"),
        reverse("sitemap"),
        event.get_absolute_url(),
        event.sessions.get().get_absolute_url(),
        Speaker.objects.get(last_name__contains=SHOWN_WORD).get_absolute_url(),
        PracticeExample.objects.get(title__contains=SHOWN_WORD).get_absolute_url(),
        Page.objects.get(slug="barriere-melden").get_absolute_url(),
        attachment.get_absolute_url(),
        attachment.get_download_url(),
        f"/materialien/{attachment.uuid}/anderer-name.pdf",
        f"{attachment.get_absolute_url()}seiten/1-klein.webp",
        f"{attachment.get_absolute_url()}seiten/1-gross.webp",
        f"{event.get_absolute_url()}bild",
    }
    assert expected - {address for found in addresses.values() for address in found} == set()
    assert expected - set(traces(client, SHOWN_WORD, expected)) == set()


def test_every_text_field_contains_the_word():
    """Without the word in every field the crawl could not find a leak of that field."""
    silent = {
        f"{model.__name__}.{name}"
        for model in (Appearance, Attachment, Event, Page, PracticeExample, Programme, Series, Session, Slot, Speaker)
        for name in words(model, HIDDEN_WORD)
        if not any(HIDDEN_WORD.lower() in str(value).lower() for value in model.objects.values_list(name, flat=True))
    }

    assert silent == {"Page.slug"} & silent
    assert EventDay.objects.exists()


def test_a_hidden_event_becomes_visible_to_the_same_crawl_once_it_is_published(client, addresses):
    event = Event.objects.filter(state="draft")[0]
    pages = [event.get_absolute_url(), *addresses["list"]]
    assert traces(client, HIDDEN_WORD, pages) == []

    rewrite(event, **PUBLISHED)

    assert {event.get_absolute_url(), "/", "/veranstaltungen/"} <= set(traces(client, HIDDEN_WORD, pages))
