"""Files sent by nginx instead of the portal, with the same headers and rules."""

import urllib.error
import urllib.request
from random import Random

import pytest
from django.test import RequestFactory

from bench import nginx
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.previews import links
from lernnetzwerk.previews.views import PRIVATE
from tests.conftest import skip_or_fail
from tests.factories import DRAFT, WITHDRAWN, make_attachment, make_file, make_user, rewrite
from tests.files import samples
from tests.reading import body

OUR_HEADERS = (
    "Content-Type",
    "Content-Disposition",
    "ETag",
    "Last-Modified",
    "Cache-Control",
    "Accept-Ranges",
    "X-Content-Type-Options",
    "Content-Security-Policy",
    "Cross-Origin-Resource-Policy",
)
CONTENT = bytes(range(256)) * 400


def ask(stored_file, method="GET", name="folien.pdf", **headers):
    return deliver(RequestFactory().generic(method, "/", headers=headers), stored_file, name)


# --- what nginx is told -----------------------------------------------------------------------------------------------


@pytest.fixture
def by_nginx(settings):
    settings.FILES_HANDOVER = "nginx"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nginx_gets_the_headers_and_the_path_but_no_body(settings, method):
    stored_file = store_bytes(samples.pdf(2), "Folien.pdf")
    own = ask(stored_file, method)
    own.close()

    settings.FILES_HANDOVER = "nginx"
    response = ask(stored_file, method, Range="bytes=0-9")

    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/_dateien/{stored_file.key}"
    said = [name for name in OUR_HEADERS if name != "Accept-Ranges"]  # which nginx says itself
    assert {name: response.get(name) for name in OUR_HEADERS} == {name: own[name] for name in said} | {
        "Accept-Ranges": None
    }


@pytest.mark.django_db
def test_requests_decided_by_the_portal_never_reach_nginx(by_nginx):
    stored_file = make_file()
    tag = f'"{stored_file.sha256}"'

    answers = {
        "unchanged": ask(stored_file, **{"If-None-Match": tag}),
        "another one": ask(stored_file, **{"If-Match": '"x"'}),
        "posted": ask(stored_file, "POST"),
    }

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "unchanged": 304,
        "another one": 412,
        "posted": 405,
    }
    assert [name for name, answer in answers.items() if "X-Accel-Redirect" in answer] == []


@pytest.mark.django_db
def test_conditional_requests_are_answered_by_the_portal(by_nginx):
    stored_file = make_file()

    response = ask(stored_file, **{"If-Match": f'"{stored_file.sha256}"', "Range": "bytes=0-3"})

    assert (response.status_code, "X-Accel-Redirect" in response, body(response)) == (206, False, b"%PDF")
    response.close()


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["gone", "cut"])
@pytest.mark.parametrize("handover", ["nginx", ""])
def test_a_damaged_file_is_a_503_of_the_portal(settings, client, harm, handover):
    settings.FILES_HANDOVER = handover
    attachment = make_attachment(stored_file=make_file())
    key = attachment.stored_file.key
    if harm == "gone":
        files_storage().delete(key)
    else:
        with open(files_storage().path(key), "wb") as file:
            file.write(b"half")

    response = client.get(attachment.get_download_url())

    assert (response.status_code, "X-Accel-Redirect" in response) == (503, False)
    assert list(attachment.download_counts.all()) == []


@pytest.mark.django_db
def test_hidden_files_are_not_handed_over(by_nginx, client):
    attachment = make_attachment(stored_file=make_file())
    address = attachment.get_download_url()
    assert "X-Accel-Redirect" in client.get(address)

    rewrite(attachment, **WITHDRAWN)

    response = client.get(address)
    assert (response.status_code, "X-Accel-Redirect" in response) == (404, False)


@pytest.mark.django_db
def test_nginx_can_read_the_files_through_its_group(by_nginx, settings):
    stored_file = make_file()

    path = files_storage().path(stored_file.key)
    parents = [settings.FILES_ROOT, *(settings.FILES_ROOT.rglob("*/"))]

    assert (settings.FILES_ROOT / stored_file.key).stat().st_mode & 0o777 == 0o640, path
    assert {parent.stat().st_mode & 0o777 for parent in parents if parent.is_dir()} == {0o750}


# --- a real nginx -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def running_nginx(live_server, tmp_path_factory):
    """The address of an nginx, and the folder whose files it hands out."""
    folder = tmp_path_factory.mktemp("files")
    with nginx.in_front_of(live_server.url, folder) as address:
        yield address, folder


@pytest.fixture
def front(running_nginx, settings):
    address, settings.FILES_ROOT = running_nginx
    settings.FILES_HANDOVER = "nginx"
    settings.ALLOWED_HOSTS = ["127.0.0.1", *settings.ALLOWED_HOSTS]
    return address or skip_or_fail("nginx is not installed")


def fetch(address, **headers):
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.django_db(transaction=True)
def test_nginx_sends_the_file_with_our_headers(front, live_server, settings):
    attachment = make_attachment(stored_file=make_file(CONTENT))
    settings.FILES_HANDOVER = ""
    _status, own, _content = fetch(live_server.url + attachment.get_download_url())
    settings.FILES_HANDOVER = "nginx"

    status, headers, content = fetch(front + attachment.get_download_url())

    assert (status, content) == (200, CONTENT)
    assert headers["Server"].startswith("nginx")
    assert headers["Content-Length"] == str(len(CONTENT))
    assert {name: headers.get_all(name) for name in OUR_HEADERS} == {name: own.get_all(name) for name in OUR_HEADERS}


@pytest.mark.django_db(transaction=True)
def test_nginx_answers_ranges_and_conditions_like_the_portal(front, live_server, settings):
    address = make_attachment(stored_file=make_file(CONTENT)).get_download_url()
    _status, known, _content = fetch(front + address)
    tag, moment = known["ETag"], known["Last-Modified"]

    for asked, status, part in (
        ({"Range": "bytes=1000-1999"}, 206, slice(1000, 2000)),
        ({"Range": "bytes=-10"}, 206, slice(-10, None)),
        ({"Range": "bytes=5-", "If_Range": tag}, 206, slice(5, None)),
        ({"Range": "bytes=5-", "If_Range": moment}, 206, slice(5, None)),
        ({"Range": "bytes=5-", "If_Range": '"another"'}, 200, slice(None)),
        ({"Range": "bytes=5-9", "If_Match": tag}, 206, slice(5, 10)),
        ({"If_Unmodified_Since": moment}, 200, slice(None)),
        ({"If_None_Match": tag}, 304, slice(0, 0)),
        ({"If_Modified_Since": moment}, 304, slice(0, 0)),
        ({"If_Match": '"another"'}, 412, slice(0, 0)),
    ):
        settings.FILES_HANDOVER = "nginx"
        answer = fetch(front + address, **asked)
        settings.FILES_HANDOVER = ""
        own = fetch(live_server.url + address, **asked)

        assert (answer[0], answer[2]) == (status, CONTENT[part]), asked
        assert (own[0], own[2]) == (answer[0], answer[2]), asked
        assert own[1]["Content-Range"] == answer[1]["Content-Range"], asked


def some_ranges(size, number=60):
    """Single ranges of all shapes, around both ends above all, the same in each run."""
    random = Random(9110)
    places = [0, 1, 2, size - 2, size - 1, size, size + 1, 10 * size]
    for _n in range(number):
        # An end before the beginning is no range; RFC 9110 leaves to each server what it makes of that.
        first, last = sorted(random.choice([*places, random.randrange(size)]) for _end in range(2))
        yield random.choice([f"{first}-{last}", f"{first}-", f"-{last}", f"{first}-{first}"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.walk
@pytest.mark.parametrize("every_second", [0, 1])
def test_ranges_equal_those_of_another_implementation(front, live_server, settings, every_second):
    """RFC 9110, 14.1.2, as nginx understands it: status, place and bytes."""
    address = make_attachment(stored_file=make_file(CONTENT)).get_download_url()

    for wanted in list(some_ranges(len(CONTENT)))[every_second::2]:
        asked = {"Range": f"bytes={wanted}"}
        settings.FILES_HANDOVER = "nginx"
        status, headers, content = fetch(front + address, **asked)
        settings.FILES_HANDOVER = ""
        own_status, own_headers, own_content = fetch(live_server.url + address, **asked)

        assert (own_status, own_headers["Content-Range"]) == (status, headers["Content-Range"]), wanted
        assert status == 416 or own_content == content, wanted


@pytest.mark.django_db(transaction=True)
def test_files_behind_a_preview_link_are_neither_cached_nor_indexed(front):
    film = make_attachment(kind="video", stored_file=make_file(CONTENT, "film.webm", media_type="video/webm"), **DRAFT)
    token = links.address(links.create(film, make_user())).split("/")[-2]

    status, headers, content = fetch(f"{front}/vorschau/{token}/datei", Range="bytes=5-9")

    assert (status, content) == (206, CONTENT[5:10])
    assert {name: headers[name] for name in PRIVATE} == PRIVATE


@pytest.mark.django_db(transaction=True)
def test_the_internal_address_is_not_reachable(front, client):
    stored_file = make_file()
    hidden = make_attachment(stored_file=stored_file, **WITHDRAWN)

    assert fetch(f"{front}/_dateien/{stored_file.key}")[0] == 404
    assert fetch(front + hidden.get_download_url())[0] == 404


def test_the_configuration_for_operators_names_our_prefix_and_limit(settings):
    configuration = nginx.OPERATORS.read_text()

    assert f"location {settings.FILES_HANDOVER_PREFIX} {{" in configuration
    assert f"client_max_body_size {settings.FILES_MAX_SIZE // 1_000_000}m;" in configuration
