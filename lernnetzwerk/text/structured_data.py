"""Structured data for search engines: JSON-LD with the vocabulary of schema.org. What is unknown is left out."""

import json
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
UNKNOWN: tuple[object, ...] = (None, "", [], {})


def site_address(path: str) -> str:
    """The absolute address of a path, on the configured site."""
    return f"{settings.SITE_URL}{path}"


def known(**facts: Any) -> dict:
    """The facts that are known; `type` becomes `@type`."""
    return {"@type" if name == "type" else name: value for name, value in facts.items() if value not in UNKNOWN}


def script(data: dict) -> SafeString:
    """The element for the head of a page; nothing in the data ends it."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped


def breadcrumbs(steps: list[tuple[str, str]], here: str) -> dict:
    """A BreadcrumbList from the start page to the page itself; steps are words and paths."""
    named = [("Startseite", "/"), *steps]
    items = [
        known(type="ListItem", position=place, name=words, item=site_address(path))
        for place, (words, path) in enumerate(named, start=1)
    ]
    last = known(type="ListItem", position=len(items) + 1, name=here)
    return known(type="BreadcrumbList", itemListElement=[*items, last])
