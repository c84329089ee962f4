"""Selects the fewest pages that together contain every piece of markup of the portal.

A page is told by its places: an element with all elements around it, their classes and the attributes that assistive
technology reads, and each step from one heading to the next. What two pages share need only be looked at on one of
them, and a new template, class, role or state brings its own page along without being named in any list.
"""

from collections.abc import Mapping
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Of other attributes only whether they are there and filled: addresses and names are different on every page.
READ_OUT = {"role", "type", "scope", "lang", "tabindex", "aria-current", "aria-hidden", "aria-expanded", "class"}


class Places(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.around: list[tuple[str, str]] = []
        self.heading = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = sorted(f"{name}={value if name in READ_OUT else bool(value)}" for name, value in attrs)
        outer = self.around[-1][1] if self.around else ""
        place = f"{outer} > {tag} {' '.join(facts)}"
        self.found.add(place)
        if tag not in VOID:
            self.around.append((tag, place))
        if tag in HEADINGS:
            self.found.add(f"{self.heading} before {tag}")
            self.heading = tag

    def handle_endtag(self, tag: str) -> None:
        """Closes what was left open inside too, as a browser does."""
        if tag in {name for name, _place in self.around}:
            while self.around.pop()[0] != tag:
                pass


def cover(pages: Mapping[str, str]) -> list[str]:
    """Returns addresses of pages that together have every place; each step adds the page with most new places."""
    places = {path: Places(page).found for path, page in pages.items()}
    missing, chosen = set().union(*places.values()), []
    while missing:
        chosen.append(max(places, key=lambda path: len(places[path] & missing)))
        missing -= places[chosen[-1]]
    return chosen
