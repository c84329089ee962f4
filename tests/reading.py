"""Helpers that read the text of a response in reading order, without markup."""

import re
from collections.abc import Iterator

from django.http import HttpResponseBase
from django.test.html import Element, parse_html

MAIL = re.compile(r'<span class="mail">(.*?)</span>')  # typesetting marks where a mail address may break


def document(response: HttpResponseBase) -> Element:
    return parse_html(MAIL.sub(lambda address: address[1].replace("<wbr>", ""), response.content.decode()))


def elements(root: Element, *, tag: str = "", style: str = "") -> list[Element]:
    """All elements with this tag and class, in document order."""
    return [
        element
        for element in walk(root)
        if (not tag or element.name == tag) and (not style or style in attribute(element, "class").split())
    ]


def main(page: Element) -> Element:
    """The content of a page, without header and footer."""
    return elements(page, tag="main")[0]


def walk(root: Element) -> Iterator[Element]:
    for child in root.children:
        if isinstance(child, Element):
            yield child
            yield from walk(child)


def attribute(element: Element, name: str) -> str:
    return dict(element.attributes).get(name) or ""


def text(element: Element | str) -> str:
    parts = [child if isinstance(child, str) else text(child) for child in element.children]
    plain = " ".join(parts).replace("\u2060", "")  # word joiner, which keeps `29.–30.` on one line
    return " ".join(plain.split()).replace("( ", "(").replace(" )", ")")


def texts(root: Element, *, tag: str = "", style: str = "") -> list[str]:
    return [text(element) for element in elements(root, tag=tag, style=style)]


def links(root: Element) -> list[str]:
    return [attribute(element, "href") for element in elements(root, tag="a")]


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
