"""Files in a bucket: a real client and a store that speaks its protocol, on this machine."""

import contextlib
import hashlib
import socket
import sys
import tempfile
import time
import tracemalloc
import urllib.request
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.files.store import new_key, store_bytes
from lernnetzwerk.operation.environment import file_store
from tests.factories import WITHDRAWN, make_attachment, make_file, rewrite
from tests.files import samples
from tests.reading import body
from tools.portal import free_port
from tools.supervisor import supervised

pytestmark = pytest.mark.django_db

BUCKET = "lernnetzwerk"
ACCESS = {"AWS_ACCESS_KEY_ID": "portal", "AWS_SECRET_ACCESS_KEY": "geheim"}
CONTENT = bytes(range(256)) * 1_000


@pytest.fixture(scope="module")
def store():
    """A client of a store in a process of its own, whose memory is not ours."""
    port = free_port()
    words = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]
    keys = {"aws_access_key_id": ACCESS["AWS_ACCESS_KEY_ID"], "aws_secret_access_key": ACCESS["AWS_SECRET_ACCESS_KEY"]}
    with supervised(words, Path(tempfile.mkdtemp(prefix="lernnetzwerk-store-"))) as supervisor:
        resource = boto3.resource("s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1", **keys)
        deadline = time.monotonic() + 60
        while not is_there(port):
            assert supervisor.poll() is None, "the store did not start"
            assert time.monotonic() < deadline, "the store does not answer"
            time.sleep(0.1)
        yield resource


@pytest.fixture(scope="module")
def store_url(store):
    return store.meta.client.meta.endpoint_url


def is_there(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


@pytest.fixture
def bucket(store, store_url, settings, monkeypatch):
    for name, value in ACCESS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("FILES_S3_BUCKET", BUCKET)
    monkeypatch.setenv("FILES_S3_ENDPOINT", store_url)
    settings.STORAGES = {**settings.STORAGES, "files": file_store().storage}
    bucket = store.Bucket(BUCKET)
    bucket.create()
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


@pytest.fixture
def handed_over(bucket, settings):
    settings.FILES_HANDOVER = "s3"


@pytest.fixture
def out_of_reach(bucket, settings):
    """Nobody listens there."""
    options = {**settings.STORAGES["files"]["OPTIONS"], "endpoint_url": f"http://127.0.0.1:{free_port()}"}
    settings.STORAGES = {**settings.STORAGES, "files": {**settings.STORAGES["files"], "OPTIONS": options}}


def keys(bucket):
    return sorted(found.key for found in bucket.objects.all())


def ask(stored_file, method="GET", **headers):
    return deliver(RequestFactory().generic(method, "/", headers=headers), stored_file, "Grüße.pdf")


# --- storing and streaming --------------------------------------------------------------------------------------------


def test_an_upload_is_stored_only_in_the_bucket(bucket, settings):
    content = samples.pdf(3)

    stored_file = store_bytes(content, "Folien.pdf")

    assert keys(bucket) == [stored_file.key]
    assert bucket.Object(stored_file.key).get()["Body"].read() == content
    with stored_file.open() as file:
        assert (file.size, file.read()) == (len(content), content)
    assert not settings.FILES_ROOT.exists()


def test_a_name_is_never_written_twice(bucket):
    first, second = (files_storage().save("ab/cd/abcd", ContentFile(text)) for text in (b"first", b"second"))

    assert first != second
    assert bucket.Object(first).get()["Body"].read() == b"first"


def test_a_blob_is_read_from_any_position(bucket):
    stored_file = make_file(CONTENT)

    with stored_file.open() as file:
        file.seek(1_000)
        assert file.read(10) == CONTENT[1_000:1_010]
        file.seek(-5, 2)
        assert file.read() == CONTENT[-5:]
        file.seek(0)
        assert b"".join(file.chunks(100_000)) == CONTENT
        assert file.read(1) == b""


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [("", 200, slice(None)), ("bytes=1000-1999", 206, slice(1000, 2000)), ("bytes=-7", 206, slice(-7, None))],
)
def test_the_portal_streams_from_the_bucket_without_handover(bucket, asked, status, part):
    response = ask(make_file(CONTENT), **({"Range": asked} if asked else {}))

    assert (response.status_code, body(response)) == (status, CONTENT[part])
    response.close()


def test_streaming_from_the_bucket_needs_little_memory(bucket):
    size = 24_000_000
    stored_file = make_file(b"x" * size)
    response = ask(stored_file)
    chunks = iter(response.streaming_content)
    length = len(next(chunks))  # the store on this machine has made its answer by now, which is all in its memory

    tracemalloc.start()
    length += sum(len(chunk) for chunk in chunks)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    response.close()

    assert length == size
    assert peak < 2_000_000


# --- signed addresses -------------------------------------------------------------------------------------------------


def fetch(address, **headers):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
        return answer.status, answer.headers, answer.read()


def test_a_download_redirects_to_an_address_valid_for_five_minutes(handed_over, client, store_url):
    attachment = make_attachment(title="Grüße", stored_file=make_file(CONTENT))

    response = client.get(attachment.get_download_url())

    address = urlsplit(response["Location"])
    asked = parse_qs(address.query)
    assert (response.status_code, response.content) == (302, b"")
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{store_url}/{BUCKET}/{attachment.stored_file.key}"
    assert asked["X-Amz-Expires"] == ["300"]
    assert asked["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert "geheim" not in response["Location"]


def test_the_store_sends_our_type_and_disposition(handed_over, client):
    attachment = make_attachment(title="Grüße <x>", stored_file=make_file(CONTENT))
    signed = client.get(attachment.get_download_url())["Location"]

    status, headers, content = fetch(signed)

    assert (status, content) == (200, CONTENT)
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'attachment; filename="Praesentation_Gruesse-x.pdf"'
    assert fetch(signed, Range="bytes=5-9")[2] == CONTENT[5:10]


def test_the_store_sends_a_picture_inline(handed_over):
    picture = make_file(CONTENT, "bild.png", media_type="image/png", width=8, height=6)

    _status, headers, _content = fetch(ask(picture)["Location"])

    assert headers["Content-Type"] == "image/png"
    assert headers["Content-Disposition"].startswith("inline; ")


def test_hidden_and_unknown_files_get_the_same_404(handed_over, client):
    attachment = make_attachment(stored_file=make_file())
    rewrite(attachment, **WITHDRAWN)

    hidden = client.get(attachment.get_download_url())
    unknown = client.get(f"/materialien/00000000-0000-4000-8000-000000000000/{attachment.filename}")

    assert (hidden.status_code, hidden.content) == (404, unknown.content)
    assert "Location" not in hidden


@pytest.mark.parametrize("handover", ["s3", ""])
def test_a_missing_blob_is_a_503(bucket, settings, client, handover):
    settings.FILES_HANDOVER = handover
    attachment = make_attachment(stored_file=make_file())
    bucket.objects.all().delete()

    assert client.get(attachment.get_download_url()).status_code == 503


def test_downloads_from_the_store_are_counted(handed_over, client):
    attachment = make_attachment(stored_file=make_file())

    assert client.get(attachment.get_download_url()).status_code == 302
    assert [one.number for one in attachment.download_counts.all()] == [1]


@pytest.mark.parametrize("handover", ["s3", ""])
def test_an_unreachable_store_is_a_503_until_it_returns(bucket, settings, client, handover, request):
    settings.FILES_HANDOVER = handover
    attachment = make_attachment(stored_file=make_file())
    request.getfixturevalue("out_of_reach")
    client.raise_request_exception = False

    response = client.get(attachment.get_download_url())

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert client.get("/readyz").status_code == 503


def test_the_portal_is_ready_when_the_bucket_answers(bucket, client, settings):
    assert client.get("/readyz").status_code == 200
    assert not settings.FILES_ROOT.exists()


# --- maintenance ------------------------------------------------------------------------------------------------------


def test_unused_blobs_are_removed_from_the_bucket(bucket):
    used, left = make_file(CONTENT), make_file(CONTENT)
    make_attachment(stored_file=used)
    files_storage().save(new_key(), ContentFile(b"nobody's"))

    call_command("gc_media", "--days=0", stdout=StringIO())

    assert keys(bucket) == [used.key]
    assert not StoredFile.objects.filter(pk=left.pk).exists()


def test_damage_in_the_bucket_is_found(bucket):
    whole, gone, other = (make_file(CONTENT, name) for name in ("whole.pdf", "gone.pdf", "other.pdf"))
    bucket.Object(gone.key).delete()
    bucket.Object(other.key).put(Body=CONTENT[::-1])
    complaints = StringIO()

    with pytest.raises(CommandError):
        call_command("check_consistency", stdout=StringIO(), stderr=complaints)

    message = complaints.getvalue()
    assert (whole.key in message, gone.key in message, other.key in message) == (False, True, True)
    assert hashlib.sha256(CONTENT).hexdigest() == whole.sha256


def test_an_unreachable_store_is_not_reported_as_damage(bucket, request):
    make_file(CONTENT)
    request.getfixturevalue("out_of_reach")

    with pytest.raises(OSError, match="out of reach"):
        call_command("check_consistency", stdout=StringIO())
