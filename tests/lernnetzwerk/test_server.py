"""The real server with a small application: clients that stall while sending or receiving occupy no thread."""

import contextlib
import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from lernnetzwerk.operation.server import SMALL_BODY, receiving
from tools.portal import free_port
from tools.steps import ROOT

THREADS = 4
STALLED = 2 * THREADS
CONNECTIONS = 40
SIZE = 6_000_000  # larger than the buffers of the operating system

APPLICATION = f"""
import hashlib
import os
from pathlib import Path

FILE = Path(__file__).with_name("film")
FILE.write_bytes(bytes(range(250)) * {SIZE // 250})


def application(environ, start_response):
    path = environ["PATH_INFO"]
    headers = [("X-Script-Name", environ["SCRIPT_NAME"] or "none"), ("X-Scheme", environ["wsgi.url_scheme"])]
    headers.append(("X-Tasks", os.environ["TASKS"]))
    if path in ("/file", "/stream"):
        headers.append(("Content-Length", "{SIZE}"))
    start_response("200 OK", headers)
    if path == "/file":
        return environ["wsgi.file_wrapper"](FILE.open("rb"))
    if path == "/stream":
        return (FILE.read_bytes()[start : start + 100_000] for start in range(0, {SIZE}, 100_000))
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) if path == "/read" else b""
    return [hashlib.sha256(body).hexdigest().encode()]
"""
CONFIG = f"""
import runpy
from lernnetzwerk.operation.server import worker
globals().update({{name: value for name, value in runpy.run_path("gunicorn.conf.py").items() if name[0] != "_"}})
worker_connections = {CONNECTIONS}
worker.CROWDED_SECONDS = 0.1
worker.RECEIVE_SECONDS, worker.QUEUE_SECONDS, worker.IDLE_SECONDS = 3.0, 0.5, 2
"""
EMPTY = hashlib.sha256(b"").hexdigest().encode()
LINE = b"POST /read HTTP/1.1\r\nHost: x\r\n"
STALLS = {
    "nothing": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: x\r\n",
    "half a second head": b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n",
    "half a small body": LINE + b"Content-Length: 9\r\n\r\nabc",
    "half a large body": LINE + b"Content-Length: 900000\r\n\r\nabc",
    "half a chunk": LINE + b"Transfer-Encoding: chunked\r\n\r\n9\r\nabc",
    "half of an expected body": LINE + b"Expect: 100-continue\r\nContent-Length: 9\r\n\r\n",
    "an unread body": b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\nabc",
    "no reader of a file": b"GET /file HTTP/1.1\r\nHost: x\r\n\r\n",
    "no reader of a stream": b"GET /stream HTTP/1.1\r\nHost: x\r\n\r\n",
    "a closed connection left open": b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    (folder / "small.py").write_text(APPLICATION)
    (folder / "config.py").write_text(CONFIG)
    port = free_port()
    env = {**os.environ, "BIND": f"127.0.0.1:{port}", "WEB_THREADS": str(THREADS), "PYTHONPATH": f"{folder}:{ROOT}"}
    words = [sys.executable, "-m", "gunicorn", "-c", str(folder / "config.py"), "small"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 20
        while not answers(port):
            assert time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.05)
        yield port, folder / "log"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@pytest.fixture
def port(server):
    return server[0]


def answers(port) -> bool:
    with contextlib.suppress(OSError):
        return ask(port, "GET", "/").status == 200
    return False


def ask(port, method, path, body=None, timeout=5, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.content = response.read()
        return response
    finally:
        connection.close()


def connect(port, data):
    connection = socket.socket()
    connection.settimeout(8)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
    connection.connect(("127.0.0.1", port))
    connection.sendall(data)
    return connection


def read_all(connection) -> bytes:
    return b"".join(iter(lambda: connection.recv(1 << 16), b""))


@pytest.mark.parametrize("kind", STALLS)
def test_stalled_connections_do_not_keep_others_waiting(port, kind):
    with contextlib.ExitStack() as stack:
        for _ in range(STALLED):
            stack.enter_context(connect(port, STALLS[kind]))

        assert [ask(port, "GET", "/").content for _ in range(THREADS)] == [EMPTY] * THREADS


def test_waiting_connections_make_room_when_there_are_too_many(port):
    with contextlib.ExitStack() as stack:
        for _ in range(CONNECTIONS + 1):
            stack.enter_context(connect(port, STALLS["half a head"]))

        assert ask(port, "GET", "/", timeout=2.5).content == EMPTY


def test_connections_that_stall_are_closed(port):
    kinds = ("nothing", "half a head", "half a small body", "half a large body")
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(connect(port, STALLS[kind])) for kind in kinds]

        *early, large = [read_all(connection) for connection in connections]

    assert early == [b"", b"", b""]
    assert b" 200 " not in large


def test_large_bodies_beyond_half_of_the_threads_wait_and_are_refused_with_a_time(port):
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(connect(port, STALLS["half a large body"])) for _ in range(THREADS)]
        heads = [read_all(connection).partition(b"\r\n\r\n")[0] for connection in connections[THREADS // 2 :]]

    assert [head.startswith(b"HTTP/1.1 503 ") and b"Retry-After: 60" in head for head in heads] == [True, True]


@pytest.mark.parametrize("size", [1, SMALL_BODY, SMALL_BODY + 1, 2_000_000])
def test_bodies_of_any_size_arrive(port, size):
    body = os.urandom(size)

    assert ask(port, "POST", "/read", body).content == hashlib.sha256(body).hexdigest().encode()


def test_a_request_in_many_pieces_is_answered(port):
    with connect(port, b"") as connection:
        for number in range(len(request := LINE + b"Connection: close\r\nContent-Length: 3\r\n\r\nabc")):
            connection.sendall(request[number : number + 1])

        assert hashlib.sha256(b"abc").hexdigest().encode() in read_all(connection)


def test_requests_sent_together_are_answered_one_after_the_other(port):
    first = LINE + b"Content-Length: 3\r\n\r\nabc"
    with connect(port, first + LINE + b"Connection: close\r\nContent-Length: 0\r\n\r\n") as connection:
        received = read_all(connection)

    assert received.count(b"HTTP/1.1 200 OK") == 2
    assert received.index(hashlib.sha256(b"abc").hexdigest().encode()) < received.index(EMPTY)


@pytest.mark.parametrize("path", ["/file", "/stream"])
def test_a_slow_reader_gets_everything(port, path):
    with connect(
        port, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n".encode()
    ) as one:
        time.sleep(0.2)
        received = read_all(one)

    _, _, rest = received.partition(b"\r\n\r\n")
    assert rest[:SIZE] == bytes(range(250)) * (SIZE // 250)
    assert rest[SIZE:].startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "Script-Name", "X-Forwarded-Proto"])
def test_no_header_changes_where_the_site_is(port, name):
    response = ask(port, "GET", "/", **{name: "https" if "Proto" in name else "/fremd"})

    assert (response.status, response.headers["X-Script-Name"], response.headers["X-Scheme"]) == (200, "none", "http")


def test_the_server_reads_files_beside_its_requests(port):
    assert ask(port, "GET", "/").headers["X-Tasks"] == "thread"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"canary\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\ncanary\r\n\r\n", 400),
        (b"GET /" + 5_000 * b"x" + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + 70_000 * b"x", 431),
        (LINE + b"Transfer-Encoding: canary\r\n\r\n", 501),
    ],
)
def test_a_request_that_no_application_sees_gets_safe_headers(port, request_, status):
    with connect(port, request_) as connection:
        head, _, page = read_all(connection).partition(b"\r\n\r\n")

    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert {b"X-Frame-Options: DENY", b"X-Content-Type-Options: nosniff"} <= set(head.split(b"\r\n"))
    assert b"canary" not in page


@pytest.mark.parametrize("line", [b"Referer /hochladen/canary/\r\n", b"x: y\r\n/vorschau/canary/\r\n"])
def test_the_servers_own_log_contains_no_key_of_a_link(server, line):
    port, log = server
    before = log.stat().st_size
    with connect(port, b"GET /hochladen/canary/ HTTP/1.1\r\nHost: x\r\n" + line + b"\r\n") as connection:
        read_all(connection)

    written = log.read_text()[before:]
    assert "Invalid request from ip=127.0.0.1" in written
    assert "canary" not in written


def test_a_body_that_arrives_too_slowly_is_given_up(monkeypatch):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        unreader = receiving.PacedUnreader(ours, b"")
        theirs.send(b"x" * 100)
        assert unreader.chunk() == b"x" * 100
        theirs.send(b"x")
        unreader.began -= receiving.IDLE_SECONDS + 1

        with pytest.raises(ConnectionResetError, match="too slow"):
            unreader.chunk()
