"""An address stored without validation, as by an import, never becomes a link."""

import re

import pytest
from django.apps import apps
from django.db.models import URLField

from lernnetzwerk.text.web_addresses import web_address
from speakers.models import SpeakerLink
from tests.administration import address, sign_in
from tests.factories import make_attachment, make_event, make_visible_session, make_visible_speaker, rewrite
from tests.project.test_templates import TEMPLATES
from tests.reading import document, links

HARMFUL = [
    "javascript:alert(1)",
    "JavaScript://ort.example/%0aalert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    " javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "blob:https://ort.example/1",
    "file:///etc/passwd",
    "//ort.example/",
    "https:",
    "https:///pfad",
    "https://[",
    "ort.example",
    "",
]


@pytest.mark.parametrize("url", HARMFUL)
def test_only_addresses_of_the_web_are_linked(url):
    assert web_address(url) == ""


@pytest.mark.parametrize("url", ["https://ort.example/a?b=c#d", "http://ort.example:8000", "HTTPS://ORT.example/"])
def test_addresses_of_the_web_are_linked(url):
    assert web_address(url) == url


def addresses() -> set[str]:
    return {
        field.name for model in apps.get_models() for field in model._meta.get_fields() if isinstance(field, URLField)
    }


def test_every_template_checks_a_stored_address_of_another_site():
    unchecked = re.compile(rf"""(?:href|src|action)=["']?\{{\{{ ?[\w.]*\.(?:{"|".join(addresses())}) ?\}}\}}""")

    found = {name for name, path in TEMPLATES.items() if unchecked.search(path.read_text(encoding="utf-8"))}

    assert not found


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["javascript:alert(1)", "JavaScript://ort.example/%0aalert(1)", "https://["])
def test_an_unchecked_address_is_no_link_on_any_page(client, url):
    event = rewrite(make_event(starts_on="2098-01-01"), registration_url=url)
    attachment = rewrite(make_attachment(session=make_visible_session(event), url="https://a.example/"), url=url)
    link = SpeakerLink.objects.create(speaker=make_visible_speaker(), label="Profil", url=url)
    sign_in(client, "redaktion")

    pages = [
        "/",
        *(instance.get_absolute_url() for instance in (event, attachment, link.speaker)),
        *(address(instance) for instance in (event, attachment, link.speaker)),
        f"{event.get_absolute_url()}programm.ics",
    ]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert page.endswith(".ics") or not [one for one in links(document(response)) if one.startswith(url)], page
    assert b"Profil" in client.get(link.speaker.get_absolute_url()).content
    assert b"alert" not in client.get(pages[-1]).content
