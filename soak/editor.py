"""An editor with a browser's manners: signs in, reads forms, sends them back, uploads in pieces."""

import http.client
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tools.portal import PASSWORD
from tools.steps import StepFailed

BOUNDARY = "lernnetzwerk-soak"
PIECE = b"\0" * (1 << 20)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Editor:
    def __init__(self, port: int, user: str = "redaktion") -> None:
        self.port, self.cookies, self.user = port, SimpleCookie(), user

    def sign_in(self) -> "Editor":
        token = self.token("/verwaltung/login/")
        sent = {"username": self.user, "password": PASSWORD, "csrfmiddlewaretoken": token, "next": "/verwaltung/"}
        if self.post("/verwaltung/login/", sent) != 302:
            raise StepFailed("The editor could not sign in.")
        return self

    def request(self, method: str, path: str, body: object = None, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        origin = f"http://127.0.0.1:{self.port}"
        connection.request(method, path, body, {"Cookie": cookie, "Origin": origin, "Connection": "close", **headers})
        answer = connection.getresponse()
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(header)
        return answer

    def page(self, path: str) -> str:
        return self.request("GET", path).read().decode()

    def token(self, path: str) -> str:
        found = TOKEN.search(self.page(path))
        if not found:
            raise StepFailed(f"{path} has no form.")
        return found.group(1)

    def post(self, path: str, sent: object) -> int:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.request("POST", path, urlencode(sent, doseq=True), **kind)
        answer.read()
        return answer.status

    def upload(self, path: str, token: str, name: str, content: bytes, zeros: int = 0) -> int:
        """Sends `content` and so many MB of zeros after it, without ever holding them."""
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="datei"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        tail = f"\r\n--{BOUNDARY}--\r\n".encode()

        def body() -> Iterator[bytes]:
            yield head + content
            for _ in range(zeros):
                yield PIECE
            yield tail

        length = str(len(head) + len(content) + zeros * len(PIECE) + len(tail))
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        answer = self.request("POST", path, body(), **{"Content-Type": kind, "Content-Length": length})
        answer.read()
        return answer.status


class Form(HTMLParser):
    """What the forms of a page would send, the sign-out form left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.is_left_out, self.select, self.area = False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "form":
            self.is_left_out = given.get("id") == "logout-form"
        elif self.is_left_out or "disabled" in given:
            return
        elif tag == "input" and name and kind not in {"submit", "file", "button"}:
            if kind not in {"checkbox", "radio"} or "checked" in given:
                self.sent.append((name, given.get("value", "on")))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.sent.append((self.select, given.get("value", "")))
        elif tag == "textarea" and name:
            self.area = name
            self.sent.append((name, ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            name, so_far = self.sent[-1]
            self.sent[-1] = (name, so_far + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""
