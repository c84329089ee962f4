"""An HTTP client with cookies that reads forms and sends them, with files of any size."""

import http.client
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tools.steps import StepFailed

CHUNK = 1 << 18
TIMEOUT = 180


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    location: str


class Visitor:
    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        body = urlencode([*fields, ("csrfmiddlewaretoken", self.token)]).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, name: str, content: bytes | Path) -> Answer:
        """Sends a file in the field `datei`; the file of a path is read in chunks while it is sent."""
        boundary = secrets.token_hex(16)
        parts = f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n'
        head = (
            f'{parts}--{boundary}\r\nContent-Disposition: form-data; name="datei"; filename="{name}"\r\n\r\n'.encode()
        )
        tail = f"\r\n--{boundary}--\r\n".encode()
        size = content.stat().st_size if isinstance(content, Path) else len(content)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(head) + size + len(tail)),
        }
        return self.ask("POST", path, streamed(head, content, tail), headers)

    @property
    def token(self) -> str:
        return self.cookies.get("csrftoken", "")

    def ask(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None = None, headers: Mapping[str, str] = {}
    ) -> Answer:
        connection = http.client.HTTPConnection(self.url.hostname or "", self.url.port, timeout=TIMEOUT)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body, {"Cookie": cookies, **headers})
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, text, answer.headers.get("Location", ""))

    def sign_in(self, name: str, password: str) -> None:
        path = "/verwaltung/login/"
        self.get(path)
        if self.post(path, [("username", name), ("password", password), ("next", "/verwaltung/")]).status != 302:
            raise StepFailed(f"{name} could not sign in.")


def streamed(head: bytes, content: bytes | Path, tail: bytes) -> Iterator[bytes]:
    yield head
    if isinstance(content, Path):
        with content.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    else:
        yield content
    yield tail


class Form(HTMLParser):
    """Collects in `fields` what a browser would send for the unchanged form with this id."""

    def __init__(self, page: str, id_: str) -> None:
        super().__init__()
        self.id, self.is_inside, self.area, self.select = id_, False, "", ""
        self.fields: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in given}
        if tag == "form":
            self.is_inside = values.get("id") == self.id
        elif self.is_inside and tag == "input" and values.get("name"):
            self.add_input(values)
        elif self.is_inside and tag == "textarea":
            self.area = values["name"]
            self.fields.append((self.area, ""))
        elif self.is_inside and tag == "select":
            self.select = values.get("name", "")
        elif self.is_inside and tag == "option" and "selected" in values:
            self.fields.append((self.select, values.get("value", "")))

    def add_input(self, values: dict[str, str]) -> None:
        kind = values.get("type", "text")
        is_off = kind in ("checkbox", "radio") and "checked" not in values
        if not is_off and kind not in ("submit", "button", "file", "image") and values["name"] != "csrfmiddlewaretoken":
            self.fields.append((values["name"], values.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self.area:
            name, before = self.fields[-1]
            self.fields[-1] = (name, before + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            name, text = self.fields[-1]
            self.fields[-1], self.area = (name, re.sub(r"^\r?\n", "", text)), ""
        elif tag == "form":
            self.is_inside = False

    def value(self, name: str) -> str:
        """Returns the first value of the field, or "" if there is none."""
        return next((value for field, value in self.fields if field == name), "")

    def changed(self, name: str, value: str) -> list[tuple[str, str]]:
        """Returns the fields with another value for the field `name`."""
        return [(field, value if field == name else old) for field, old in self.fields]
