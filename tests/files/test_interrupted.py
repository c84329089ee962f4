"""Uploads that end in the middle leave nothing: no row, no blob, no temporary file."""

import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from events.invitations import links
from events.models import Attachment
from lernnetzwerk.files.models import StoredFile
from tests.factories import make_session
from tests.files import samples

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def temporary_folder(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def send_half(address: str, body: bytes) -> None:
    """Announces the whole body, sends half of it, and hangs up."""
    parts = urlsplit(address)
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(head.encode() + body[: len(body) // 2])


def multipart(content: bytes) -> bytes:
    head = b'--b\r\nContent-Disposition: form-data; name="datei"; filename="folien.pdf"\r\n\r\n'
    return head + content + b"\r\n--b--\r\n"


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.both_databases
def test_an_interrupted_upload_leaves_no_partial_file(live_server, settings, temporary_folder):
    invitation = links.create(make_session(), None, days=1)
    address = f"{live_server.url}/hochladen/{links.token(invitation)}/"
    large = samples.pdf() + bytes(8_000_000)  # too large for memory, so it goes to a temporary file

    send_half(address, multipart(large))

    until = time.monotonic() + 10
    while files_below(temporary_folder) and time.monotonic() < until:
        time.sleep(0.05)
    assert files_below(temporary_folder) == []
    assert not StoredFile.objects.exists()
    assert not Attachment.objects.exists()
    assert files_below(Path(settings.FILES_ROOT)) == []
