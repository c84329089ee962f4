"""Stalled connections of each kind, and how many ordinary requests are answered meanwhile."""

import contextlib
import http.client
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from soak.server import Server, prepared
from soak.streaming import write_film
from soak.visitor import Visitor
from tools.steps import StepFailed

CONNECTIONS = 50
COSTLY = 17
REQUESTS = 10
ADDRESSES = ("/healthz", "/")
LONGEST_WAIT = 2.0  # seconds; afterwards a request counts as not answered
HOST = "Host: 127.0.0.1:{port}\r\n"
POST = "POST {path} HTTP/1.1\r\n" + HOST + "Content-Type: multipart/form-data; boundary=x\r\n"
KINDS = {
    "connections that send nothing": "",
    "half a head": "GET / HTTP/1.1\r\n" + HOST,
    "half a head after a whole request": "GET /healthz HTTP/1.1\r\n" + HOST + "\r\nGET / HTTP/1.1\r\n",
    "a stalled form": POST + "Content-Length: 1000\r\n\r\n--x",
    "a stalled upload through an invented link": POST + "Content-Length: 1000000\r\n\r\n--x",
    "a stalled upload to the administration": POST + "Content-Length: 1000000\r\n\r\n--x",
    "a stalled upload in chunks": POST + "Transfer-Encoding: chunked\r\n\r\n5\r\n--x",
    "a page with a body": "GET / HTTP/1.1\r\n" + HOST + "Content-Length: 1000000\r\n\r\n--x",
    "a stalled upload through a valid link": POST + "Cookie: csrftoken=" + 32 * "a" + "\r\n"
    "Content-Length: 1000000\r\n\r\n--x",
    "a download that nobody reads": "GET {download} HTTP/1.1\r\n" + HOST + "\r\n",
}
PATHS = {
    "a stalled upload through an invented link": "/hochladen/erfunden/",
    "a stalled upload to the administration": "/verwaltung/events/event/1/ablegen/",
    "a stalled upload in chunks": "/hochladen/erfunden/",
}


def run(python: Path, factor: float) -> str:
    count = max(5, round(CONNECTIONS * factor))
    with prepared(python, TASKS="") as server, tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        write_film(film, 20)
        server.call_shell(f"make_costly({folder!r}, {COSTLY})")
        download = server.call_shell(f"make_download({str(film)!r})")["path"]
        link = server.call_shell("make_links(1, 100)")["links"][0]
        with server.running():
            shares = {
                f"{count} x {kind}": share(server, text, count, PATHS.get(kind, link), download)
                for kind, text in KINDS.items()
            }
            shares[f"{COSTLY} x a costly PDF through a valid link"] = share_during_uploads(server, link, Path(folder))
    for kind, answered in shares.items():
        print(f"  {kind}: {answered:.0%} of the other requests answered")
    if missed := [kind for kind, answered in shares.items() if answered < 1]:
        raise StepFailed(f"Not every request was answered during: {', '.join(missed)}.")
    return f"{len(shares)} kinds of stalled connections: every other request was answered"


def share(server: Server, text: str, count: int, path: str, download: str) -> float:
    """The share of ordinary requests that are answered while `count` connections have sent no more than `text`."""
    data = text.format(port=server.port, path=path, download=download).encode()
    with stalled(server.port, data, count):
        time.sleep(0.5)
        return share_answered(server.port)


def share_during_uploads(server: Server, link: str, folder: Path) -> float:
    visitor = Visitor(server.url)
    visitor.get(link)
    threads = [
        threading.Thread(target=visitor.upload, args=[link, path.name, path.read_bytes()])
        for path in folder.glob("*.pdf")
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    answered = share_answered(server.port)
    for thread in threads:
        thread.join()
    return answered


def share_answered(port: int) -> float:
    answers = [is_answered(port, path) for _ in range(REQUESTS) for path in ADDRESSES]
    return sum(answers) / len(answers)


@contextlib.contextmanager
def stalled(port: int, data: bytes, count: int) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(data)
        yield


def is_answered(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_WAIT)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
