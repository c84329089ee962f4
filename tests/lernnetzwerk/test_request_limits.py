"""Requests that no browser sends get a German 400 and never a 500."""

import pytest
from django.test import Client

from lernnetzwerk.operation.server import SMALL_BODY
from tests.factories import make_attachment, make_event, make_file
from tests.reading import document, text, texts

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/veranstaltungen/", "/materialien/", "/verwaltung/login/", "/healthz", "/gibt-es-nicht/"]
QUERIES = {
    "%00": "seite=%00",
    "raw NUL": "seite=\x00",
    "NUL inside": "seite=1%002",
    "no UTF-8": "q=%FF",
    "half a letter": "q=%C3",
    "surrogate": "q=%ED%A0%80",
    "5,000 bytes": f"q={'x' * 5_000}",
    "100,000 bytes": f"q={'x' * 100_000}",
}


def is_refused(response) -> bool:
    return response.status_code == 400 and texts(document(response), tag="h1") == ["Die Anfrage ist ungültig"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_that_is_no_text_or_too_long_is_refused(client, address, query):
    assert is_refused(client.get(address, QUERY_STRING=query)), query


@pytest.mark.parametrize("raw", ["/%00/", "/veranstaltungen/%00/", "/%FF/", "/%C3/", f"/{'x' * 5_000}/", "/%3F%00/"])
def test_an_address_that_is_no_text_or_too_long_is_refused(client, raw):
    """gunicorn passes the address in RAW_URI before it is decoded."""
    assert is_refused(client.get(raw, RAW_URI=raw)), raw


@pytest.mark.parametrize("raw", ["/%00/", f"/{'x' * 100_000}/", "/%3F%00/"])
def test_a_bad_address_is_refused_without_a_raw_uri_too(client, raw):
    assert is_refused(client.get(raw))


@pytest.mark.parametrize("raw", ["/veranstaltungen/?q=a%3Fb", "/veranstaltungen/?q=%C3%A4", "/veranstaltungen/?q=100%"])
def test_valid_addresses_pass(client, raw):
    assert client.get(raw, RAW_URI=raw).status_code == 200


@pytest.mark.parametrize(("length", "status"), [(4_000, 200), (4_001, 400)])
def test_the_limit_of_a_query_is_four_thousand_bytes(client, length, status):
    assert client.get("/veranstaltungen/", QUERY_STRING="q=".ljust(length, "x")).status_code == status


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize(
    "address", ["/", "/veranstaltungen/", "/impressum/", "/materialien/", "/healthz", "/sitemap.xml"]
)
def test_public_pages_accept_only_get_and_head(client, method, address):
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("host", ["fremd.example", "testserver.fremd.example", "fremd.example:80", "a@testserver", ""])
def test_a_foreign_host_is_refused(client, host):
    assert is_refused(client.get("/", HTTP_HOST=host))


def test_a_forwarded_host_is_not_used_in_any_address(client):
    response = client.get("/sitemap.xml", headers={"X-Forwarded-Host": "fremd.example"})

    assert response.status_code == 200
    assert b"fremd.example" not in response.content


@pytest.mark.parametrize(
    "junk",
    ["abc", "-1", "0", "1.5", str(10**9), "9" * 3_000, "", "%20", "1e3", "٣", "²", "None", "'--", "1&seite=2"],
)
@pytest.mark.parametrize(
    "address",
    [
        "/materialien/",
        "/personen/",
        *(
            pytest.param(other, marks=pytest.mark.walk)
            for other in ("/praxis/", "/veranstaltungen/", "/kommunen/", "/")
        ),
    ],
)
def test_a_junk_page_number_shows_a_page(client, address, junk):
    make_attachment()

    assert client.get(address, {"seite": junk}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/materialien/keine-uuid/",
        "/materialien/00000000-0000-0000-0000-000000000000/",
        "/materialien/00000000-0000-0000-0000-000000000000/../../etc/passwd",
        "/materialien/00000000-0000-0000-0000-000000000000/%2e%2e%2fetc%2fpasswd",
        "/veranstaltungen/ä/",
        "/veranstaltungen/" + "x" * 500 + "/",
        "/veranstaltungen/x/" + "y" * 500 + "/",
        "/praxis/'; drop table events_event; --/",
        "/personen/%F0%9F%92%A9/",
        "/kommunen/\u202egnp.exe/",
    ],
)
def test_strange_addresses_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_any_name_of_a_download_redirects_to_the_right_one(client):
    attachment = make_attachment(title="Folien", stored_file=make_file())

    for name in ("x" * 500, "ä.pdf", "%0d%0aSet-Cookie: a=b", "a\\b", "..", '"', "?"):
        response = client.get(f"/materialien/{attachment.uuid}/{name}".replace("?", "%3F"))
        assert (response.status_code, response["Location"]) == (302, attachment.get_download_url()), name


def test_a_nul_byte_in_the_sign_in_form_is_no_server_error(client):
    response = client.post("/verwaltung/login/", {"username": "a\x00b", "password": "c\x00d"})

    assert response.status_code == 200


def test_a_nul_byte_in_a_search_of_the_administration_is_refused(client, admin_user):
    make_event()
    client.force_login(admin_user)

    assert is_refused(client.get("/verwaltung/events/event/?q=%00"))


@pytest.mark.parametrize(("query", "length"), [("a=%00", "0"), ("", "9" * 20)])
def test_an_early_refusal_has_the_headers_of_every_response(client, query, length):
    refused = client.get("/", QUERY_STRING=query, CONTENT_LENGTH=length)

    assert refused.status_code in {400, 413}
    missing = set(client.get("/healthz").headers) - set(refused.headers)
    assert missing <= {"Cache-Control", "Content-Length", "Last-Modified", "ETag", "Vary"}
    assert refused["X-Frame-Options"] == "DENY"


# --- bodies -----------------------------------------------------------------------------------------------------------


class Unread:
    """A request body that fails the test when it is read."""

    def read(self, *_arguments):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(
    ("address", "most"),
    [("/barriere-melden/", 5_000_000), ("/verwaltung/login/", 205_000_000), ("/hochladen/x/", 205_000_000)],
)
def test_a_body_that_announces_too_much_is_refused_before_it_is_read(client, address, most):
    body = {"CONTENT_LENGTH": str(most + 1), "wsgi.input": Unread(), "CONTENT_TYPE": "multipart/form-data; boundary=x"}

    response = client.post(address, **body)

    assert (response.status_code, response["Connection"]) == (413, "close")
    assert f"höchstens {most // 1_000_000} MB" in text(document(response)).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/barriere-melden/", 413),
        ("/vorschau/x/", 413),
        ("/verwaltung/login/", 302),
        ("/verwaltung/events/event/1/ablegen/", 302),
        ("/hochladen/x/", 404),
        ("/hochladen/x/freigeben/", 404),
    ],
)
def test_a_large_body_of_a_stranger_is_refused_before_it_is_read(address, status):
    body = {"wsgi.input": Unread(), "CONTENT_TYPE": "multipart/form-data; boundary=x"}

    response = Client(enforce_csrf_checks=True).post(address, CONTENT_LENGTH=str(SMALL_BODY + 1), **body)

    assert response.status_code == status


class Stalled:
    """A request body whose client has closed the connection."""

    def read(self, *_arguments):
        raise ConnectionResetError

    readline = read


def test_a_body_that_stops_arriving_is_answered_with_a_sentence(client, admin_user, caplog):
    client.force_login(admin_user)
    body = {"wsgi.input": Stalled(), "CONTENT_LENGTH": "900", "CONTENT_TYPE": "multipart/form-data; boundary=x"}

    response = client.post("/verwaltung/events/event/add/", **body)

    assert response.status_code == 408
    assert texts(document(response), tag="h1") == ["Die Übertragung wurde abgebrochen"]
    assert not caplog.records


@pytest.mark.parametrize("length", ["", "x", "-5", "1e9", "\u0663", "5"])
def test_an_invalid_content_length_is_left_to_the_server(client, length):
    assert client.get("/", CONTENT_LENGTH=length).status_code == 200


def test_a_content_length_of_a_thousand_digits_is_refused(client):
    assert client.get("/", CONTENT_LENGTH="9" * 1000).status_code == 413
