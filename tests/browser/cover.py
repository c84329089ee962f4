"""Selects a small set of pages that together contain all markup of the portal (greedy set cover).

The markup of a page is a set of patterns. A pattern is the path of an element: the element and its ancestors, each with
its classes and the attributes that assistive technology reads. A pair of consecutive headings is a pattern too.
Slow checks run on the selected pages only. A page with a new template, class, role or state has a new pattern, so it is
selected without being named in a list.
"""

from collections.abc import Mapping
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Attributes compared by value. Of all others only presence and emptiness count, as addresses and names differ by page.
READ_OUT = {"role", "type", "scope", "lang", "tabindex", "aria-current", "aria-hidden", "aria-expanded", "class"}


class MarkupPatterns(HTMLParser):
    """Collects the patterns of a page in `found`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.open_elements: list[tuple[str, str]] = []
        self.heading = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = sorted(f"{name}={value if name in READ_OUT else bool(value)}" for name, value in attrs)
        outer = self.open_elements[-1][1] if self.open_elements else ""
        pattern = f"{outer} > {tag} {' '.join(facts)}"
        self.found.add(pattern)
        if tag not in VOID:
            self.open_elements.append((tag, pattern))
        if tag in HEADINGS:
            self.found.add(f"{self.heading} before {tag}")
            self.heading = tag

    def handle_endtag(self, tag: str) -> None:
        """Closes the element and, as a browser does, all elements left open inside it."""
        if tag in {name for name, _pattern in self.open_elements}:
            while self.open_elements.pop()[0] != tag:
                pass


def cover(pages: Mapping[str, str]) -> list[str]:
    """Returns paths of pages that together have every pattern; each step adds the page with most missing patterns."""
    patterns = {path: MarkupPatterns(page).found for path, page in pages.items()}
    missing, chosen = set().union(*patterns.values()), []
    while missing:
        chosen.append(max(patterns, key=lambda path: len(patterns[path] & missing)))
        missing -= patterns[chosen[-1]]
    return chosen
