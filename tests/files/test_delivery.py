import logging
import os
from wsgiref.util import FileWrapper

import pytest
from csp.middleware import CSPMiddleware
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import RequestFactory

from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.files.store import store_bytes
from tests.factories import make_file
from tests.files import samples
from tests.reading import document, texts

pytestmark = pytest.mark.django_db

SLIDES = samples.pdf(2)
SIZE = len(SLIDES)


@pytest.fixture
def slides():
    return make_file(SLIDES)


def ask(stored_file, method="GET", name="folien.pdf", inline=None, **headers):
    request = RequestFactory().generic(method, "/", headers=headers)
    return deliver(request, stored_file, name, inline=inline)


def body(response):
    content = b"".join(response) if response.streaming else response.content
    response.close()
    return content


def test_a_request_without_a_range_gets_the_whole_file(slides):
    response = ask(slides)

    assert (response.status_code, body(response)) == (200, SLIDES)
    assert dict(response.items()) == {
        "Content-Type": "application/pdf",
        "Content-Length": str(SIZE),
        "Content-Disposition": 'attachment; filename="folien.pdf"',
        "ETag": f'"{slides.sha256}"',
        "Last-Modified": response["Last-Modified"],
        "Cache-Control": "no-cache",
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def test_the_policy_of_a_film_opened_alone_allows_its_own_media():
    response = ask(store_bytes(samples.webm(), "film.webm"))
    response.close()

    assert response["Content-Security-Policy"] == "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'"


def test_the_site_s_policy_does_not_replace_the_sandbox(slides):
    response = CSPMiddleware(lambda request: ask(slides))(RequestFactory().get("/"))

    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    response.close()


def test_a_head_request_returns_the_length_and_no_body(slides):
    response = ask(slides, "HEAD", Range="bytes=0-1")

    assert (response.status_code, response["Content-Length"], body(response)) == (200, str(SIZE), b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(slides, method):
    response = ask(slides, method)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("header", "expected", "content_range"),
    [
        ("bytes=0-9", SLIDES[:10], f"bytes 0-9/{SIZE}"),
        ("bytes=100-", SLIDES[100:], f"bytes 100-{SIZE - 1}/{SIZE}"),
        ("bytes=-5", SLIDES[-5:], f"bytes {SIZE - 5}-{SIZE - 1}/{SIZE}"),
        ("bytes=0-99999999", SLIDES, f"bytes 0-{SIZE - 1}/{SIZE}"),
    ],
)
def test_a_range_request_returns_a_part(slides, header, expected, content_range):
    response = ask(slides, Range=header)

    assert (response.status_code, response["Content-Range"]) == (206, content_range)
    assert response["Content-Length"] == str(len(expected))
    assert body(response) == expected


def test_a_range_beyond_the_end_is_unsatisfiable(slides):
    response = ask(slides, Range=f"bytes={SIZE}-")

    assert (response.status_code, response["Content-Range"], body(response)) == (416, f"bytes */{SIZE}", b"")


@pytest.mark.parametrize("header", ["bytes=a-b", "bytes=9-1", "bytes=0-1,4-5", "pages=1-2"])
def test_an_invalid_range_gets_the_whole_file(slides, header):
    response = ask(slides, Range=header)

    assert (response.status_code, "Content-Range" in response, body(response)) == (200, False, SLIDES)


def test_if_range_continues_only_the_same_file(slides):
    same = ask(slides)
    same.close()
    validators = {
        same["ETag"]: 206,
        same["Last-Modified"]: 206,
        '"another"': 200,
        f"W/{same['ETag']}": 200,
        "Sat, 01 Jan 2000 00:00:00 GMT": 200,
        "junk": 200,
    }

    for validator, status in validators.items():
        response = ask(slides, Range="bytes=0-1", **{"If-Range": validator})
        response.close()
        assert (validator, response.status_code) == (validator, status)


def test_an_unchanged_file_is_not_sent_again(slides):
    first = ask(slides)
    first.close()
    fresh = [
        {"If-None-Match": first["ETag"]},
        {"If-None-Match": f'"old", W/{first["ETag"]}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": first["Last-Modified"]},
        {"If-None-Match": first["ETag"], "Range": "bytes=0-1"},
    ]
    stale = [{"If-None-Match": '"old"', "If-Modified-Since": first["Last-Modified"]}, {"If-Modified-Since": "junk"}]

    for headers in fresh:
        response = ask(slides, **headers)
        assert (response.status_code, body(response), response["ETag"]) == (304, b"", first["ETag"])
    for headers in stale:
        response = ask(slides, **headers)
        assert (response.status_code, body(response)) == (200, SLIDES)


def test_if_match_of_another_file_fails(slides):
    assert ask(slides, **{"If-Match": '"old"'}).status_code == 412


def test_names_are_encoded_as_in_rfc_8187(slides):
    response = ask(slides, name="Präventionsketten – Größe 100 %.pdf")
    response.close()

    assert response["Content-Disposition"] == (
        'attachment; filename="Praeventionsketten - Groesse 100 _.pdf"; '
        "filename*=UTF-8''Pr%C3%A4ventionsketten%20%E2%80%93%20Gr%C3%B6%C3%9Fe%20100%20%25.pdf"
    )


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("x.html", "x.html.pdf"),
        ("x.PDF", "x.PDF"),
        ('a"; filename="b.exe', "a_; filename=_b.exe.pdf"),
        ("a\r\nSet-Cookie: b", "a Set-Cookie_ b.pdf"),
        ("../../x.pdf", "x.pdf"),
        ("", "Datei.pdf"),
    ],
)
def test_a_title_decides_neither_type_nor_header(slides, name, sent):
    response = ask(slides, name=name)
    response.close()

    assert response["Content-Disposition"].split("; filename*")[0] == f'attachment; filename="{sent}"'
    assert response["Content-Type"] == "application/pdf"
    assert "Set-Cookie" not in response


def test_embedded_files_are_inline():
    photo = store_bytes(samples.image(), "foto.jpg")
    subtitles = store_bytes(samples.vtt(), "film.vtt")

    sent = [ask(photo, name="foto"), ask(photo, name="foto", inline=False), ask(subtitles, name="film")]

    assert [(response["Content-Disposition"], response["Content-Type"]) for response in sent] == [
        ('inline; filename="foto.jpg"', "image/jpeg"),
        ('attachment; filename="foto.jpg"', "image/jpeg"),
        ('attachment; filename="film.vtt"', "text/vtt; charset=utf-8"),
    ]
    for response in sent:
        response.close()


def test_an_unknown_type_is_sent_as_bytes(slides):
    slides.media_type = "text/html"

    response = ask(slides, name="x.html", inline=False)
    response.close()

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="x.html.bin"'


@pytest.mark.parametrize("damage", ["gone", "shorter"])
def test_a_missing_blob_is_a_503_and_one_log_line(slides, damage, caplog):
    path = files_storage().path(slides.key)
    if damage == "gone":
        files_storage().delete(slides.key)
    else:
        with open(path, "wb") as file:
            file.write(SLIDES[:-1])

    with caplog.at_level(logging.INFO):
        response = ask(slides)

    assert (response.status_code, response["Cache-Control"]) == (503, "no-store")
    assert texts(document(response), tag="h1") == ["Diese Datei lässt sich zurzeit nicht laden"]

    assert [(record.name, record.levelname) for record in caplog.records] == [("lernnetzwerk.files", "ERROR")]
    assert slides.key in caplog.text


def test_the_file_is_closed_however_the_response_ends(slides, monkeypatch):
    opened = []
    monkeypatch.setattr(StoredFile, "open", lambda self: opened.append(files_storage().open(self.key)) or opened[-1])

    body(ask(slides))
    ask(slides).close()  # the client went away before the first byte
    ask(slides, "HEAD").close()
    ask(slides, Range=f"bytes={SIZE}-").close()

    assert [file.closed for file in opened] == [True] * 4


def test_a_file_that_shrinks_while_it_is_sent_breaks_the_connection(slides):
    response = ask(slides)
    with open(files_storage().path(slides.key), "wb"):
        pass

    with pytest.raises(OSError, match="too early"):
        body(response)
    response.close()


@pytest.mark.parametrize(("header", "expected"), [("bytes=5-9", SLIDES[5:10]), ("", SLIDES)])
def test_a_file_on_disk_can_be_sent_with_sendfile(slides, header, expected):
    response = ask(slides, Range=header)
    part = response.file_to_stream
    begin = os.lseek(part.fileno(), 0, os.SEEK_CUR)

    assert os.pread(part.fileno(), int(response["Content-Length"]), begin) == expected
    assert b"".join(iter(lambda: part.read(3), b"")) == expected  # where the system cannot

    part.close = response.close  # as Django does it, before it leaves the closing to the server
    FileWrapper(part).close()
    assert part.file.closed


def test_a_file_from_the_network_is_streamed_by_the_portal(slides, monkeypatch):
    monkeypatch.setattr(StoredFile, "open", lambda self: ContentFile(SLIDES))

    response = ask(slides)

    assert not hasattr(response, "file_to_stream")
    assert body(response) == SLIDES


def test_a_large_file_is_sent_in_chunks():
    film = store_bytes(samples.mp4() + samples.box(b"free", bytes(200_000)), "film.mp4")

    response = ask(film)
    chunks = list(response)
    response.close()

    assert max(map(len, chunks)) == 65_536
    assert sum(map(len, chunks)) == film.size


def test_a_response_is_streamed(slides):
    response = ask(slides)
    response.close()

    assert response.streaming
    assert not isinstance(response, HttpResponse)
