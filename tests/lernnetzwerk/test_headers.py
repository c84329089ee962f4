import re

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import include, path

from lernnetzwerk.urls import handler400, handler403, handler404, handler500  # noqa: F401 - as Django looks for them
from tests.factories import (
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_page,
    make_picture,
    make_topic,
    make_user,
    make_visible_session,
    make_visible_speaker,
)
from tests.reading import body

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def fail_with(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("", include("lernnetzwerk.urls")),
    path("pruefung/400/", fail_with(SuspiciousOperation("canary"))),
    path("pruefung/403/", fail_with(PermissionDenied("canary"))),
    path("pruefung/500/", fail_with(ZeroDivisionError("canary"))),
    path("pruefung/503/", fail_with(OperationalError("canary"))),
    path("pruefung/ok/", lambda request: HttpResponse("ok")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def client(client):
    client.raise_request_exception = False
    return client


def everything() -> dict[str, int]:
    """One address for each kind of response, with its status code."""
    session, speaker = make_visible_session(), make_visible_speaker(photo=make_picture(), photo_alt="Porträt")
    event = make_event(image=make_picture(), image_alt="Saal")
    attachment, example, page = make_attachment(stored_file=make_file()), make_example(), make_page()
    old = make_event()
    old_address = old.get_absolute_url()
    old.slug = "neue-adresse"
    old.save()
    instances = [session, speaker, event, attachment, example, page, make_municipality(), make_topic()]
    return {
        **{instance.get_absolute_url(): 200 for instance in instances},
        "/": 200,
        "/veranstaltungen/": 200,
        "/materialien/": 200,
        "/personen/": 200,
        "/kommunen/": 200,
        "/praxis/": 200,
        "/themen/": 200,
        "/healthz": 200,
        "/readyz": 200,
        "/robots.txt": 200,
        "/sitemap.xml": 200,
        "/.well-known/security.txt": 200,
        "/verwaltung/login/": 200,
        attachment.get_download_url(): 200,
        f"{event.get_absolute_url()}bild": 200,
        f"{speaker.get_absolute_url()}foto": 200,
        old_address: 302,
        f"/materialien/{attachment.uuid}/anders.pdf": 302,
        "/veranstaltungen": 301,
        "/verwaltung/": 302,
        "/verwaltung/events/event/": 302,
        "/gibt-es-nicht/": 404,
        "/?q=%00": 400,
        "/pruefung/400/": 400,
        "/pruefung/403/": 403,
        "/pruefung/500/": 500,
        "/pruefung/503/": 503,
    }


def test_every_response_has_the_security_headers(client):
    for address, status in everything().items():
        response = client.get(address)
        body(response)

        policy = response["Content-Security-Policy"]
        assert response.status_code == status, address
        assert "unsafe-" not in policy, address
        assert "default-src 'none'" in policy, address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin", address
        assert "geolocation=()" in response["Permissions-Policy"], address
        assert response["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", address


def test_pages_have_one_policy_and_files_a_stricter_one(client):
    attachment = make_attachment(stored_file=make_file())

    page, file = client.get("/"), client.get(attachment.get_download_url())
    body(file)

    assert set(page["Content-Security-Policy"].split("; ")) == POLICY
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_no_visitor_gets_a_cookie_from_any_public_address(client):
    for address in everything():
        if address.startswith("/verwaltung/"):
            continue
        response = client.get(address)
        body(response)

        assert response.cookies == {}, address
        assert "Cookie" not in response.get("Vary", ""), address
    assert client.cookies == {}


def test_no_page_loads_anything_from_another_host(client):
    for address in everything():
        response = client.get(address)
        if response["Content-Type"].startswith("text/html"):
            text = response.content.decode()
            assert 'src="http' not in text, address
            # Data for search engines is no script, though it stands in such an element.
            inline = re.sub(
                r'<script type="(module" src="/static/[^"]+">|application/ld\+json">[^<]*)</script>', "", text
            )
            assert "<script" not in inline or address.startswith("/verwaltung/"), address
            assert "<style" not in text, address
            assert " style=" not in text, address
            assert " onclick=" not in text, address
        body(response)


@pytest.mark.parametrize(
    "address", ["/pruefung/500/", "/pruefung/503/", "/pruefung/400/", "/pruefung/403/", "/nichts/"]
)
def test_an_error_page_shows_no_internal_details(client, address):
    text = client.get(address).content.decode()

    assert "canary" not in text
    assert "Traceback" not in text
    assert "/pruefung/" not in text


@pytest.mark.parametrize("address", ["/verwaltung/login/", "/verwaltung/", "/verwaltung/events/event/"])
def test_pages_of_the_administration_are_not_cached(client, address):
    client.force_login(make_user("freigabe"))

    assert client.get(address)["Cache-Control"] == "no-store"


def test_the_sign_in_cookie_is_limited_to_the_administration_and_hidden_from_scripts(client):
    client.get("/verwaltung/login/")
    client.post("/verwaltung/login/", {"username": make_user().username, "password": "ein langes Passwort"})

    assert set(client.cookies) == {"csrftoken", "sessionid"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert {name: cookie["path"] for name, cookie in client.cookies.items()} == {
        "csrftoken": "/",
        "sessionid": "/verwaltung/",
    }


def test_the_administration_cannot_be_framed(client):
    assert client.get("/verwaltung/login/")["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "next_address",
    ["https://fremd.example/", "//fremd.example/", "/\\fremd.example/", "javascript:alert(1)", "https:fremd.example"],
)
def test_signing_in_redirects_to_no_other_site(client, next_address):
    response = client.post(
        f"/verwaltung/login/?next={next_address}",
        {"username": make_user().username, "password": "ein langes Passwort", "next": next_address},
    )

    assert response.status_code == 302
    assert "fremd" not in response["Location"]
    assert "script" not in response["Location"]


def test_pages_are_compressed_and_files_are_not(client):
    attachment = make_attachment(stored_file=make_file(b"a" * 5_000))

    page = client.get("/", headers={"Accept-Encoding": "gzip"})
    file = client.get(attachment.get_download_url(), headers={"Accept-Encoding": "gzip"})

    assert page["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in file
    assert body(file) == b"a" * 5_000


@pytest.mark.parametrize("address", ["/", "/gibt-es-nicht/", "/healthz", "/pruefung/500/"])
def test_a_head_request_returns_the_headers_of_get_and_no_content(client, address):
    got, head = client.get(address), client.head(address)

    assert head.content == b""
    assert head.status_code == got.status_code
    assert head["Content-Length"] == str(len(got.content))
    assert head["Content-Type"] == got["Content-Type"]


def test_the_tests_run_without_debug():
    assert django_settings.DEBUG is False
