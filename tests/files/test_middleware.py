"""The file name passes Django's parser unchanged; the form refuses it, so that the user reads the message."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.invitations import links
from events.models import Attachment
from lernnetzwerk.files.models import StoredFile
from tests.factories import make_session
from tests.files import samples
from tests.reading import document, texts

pytestmark = pytest.mark.django_db
LARGE = 3_000_000  # bytes: more than stay in memory
BAD_NAMES = {
    "path": ("../../etc/passwd.pdf", "einen Pfad"),
    "path of windows": ("C:\\Users\\anna\\Folien.pdf", "einen Pfad"),
    "control character": ("Fol\x07ien.pdf", "Steuerzeichen"),
    "nul in the ending": ("Folien.p\x00df", "Steuerzeichen"),
    "control character in disguise": ("Fol&#x202e;ien.pdf", "Steuerzeichen"),
    "300 letters": ("ä" * 300 + ".pdf", "zu lang"),
    "300 letters of ending": ("a." + "ä" * 300, "zu lang"),
    "ending too long for a folder": ("a." + "\N{GRINNING FACE}" * 190, "ohne Endung"),
}


@pytest.fixture
def form():
    return f"/hochladen/{links.token(links.create(make_session(), None, days=1))}/"


def send(client, form, name, content):
    client.cookies["csrftoken"] = "that of the page"
    head = b'--b\r\nContent-Disposition: form-data; name="datei"; filename="%s"\r\n\r\n' % name.encode()
    body = head + content + b"\r\n--b--\r\n"
    return client.post(form, body, content_type="multipart/form-data; boundary=b", follow=True)


@pytest.mark.parametrize("content", [samples.pdf(), samples.pdf() + bytes(LARGE)], ids=["in memory", "on disk"])
@pytest.mark.parametrize(("name", "reason"), BAD_NAMES.values(), ids=BAD_NAMES)
def test_an_invalid_name_is_refused_with_a_message(client, form, name, reason, content):
    response = send(client, form, name, content)

    assert response.status_code == 422
    assert reason in " ".join(texts(document(response), style="notice--danger"))
    assert not StoredFile.objects.exists()
    assert not Attachment.objects.exists()


def test_a_name_with_special_spaces_is_kept(client, form):
    send(client, form, "Bericht\N{NO-BREAK SPACE}2018 (1).pdf", samples.pdf())

    assert StoredFile.objects.get().original_name == "Bericht 2018 (1).pdf"


@given(name=st.text(st.characters(exclude_characters='"\r\n', exclude_categories=["Cs"]), max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_no_name_causes_a_server_error(client, form, name):
    assert send(client, form, name, b"x" * LARGE).status_code == 422
