"""Hints for the editor of a formatted text: links whose text does not tell where they lead, links without a valid
address, and headings that skip a level. Hints never prevent saving.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from lernnetzwerk.text.richtext import RichTextField, clean

VAGUE = {
    "hier", "klick", "klick hier", "klicken sie hier", "hier klicken", "bitte hier klicken", "bitte klicken sie hier",
    "siehe hier", "dort", "link", "dieser link", "diesem link", "zum link", "mehr", "mehr dazu", "mehr erfahren",
    "mehr lesen", "mehr infos", "mehr informationen", "weitere infos", "weitere informationen", "weiter", "weiterlesen",
    "details", "download", "herunterladen", "pdf", "quelle", "seite", "diese seite", "diese website", "webseite",
    "website", "homepage", "internetseite",
}  # fmt: skip
ADDRESS = re.compile(r"(?:https?:|//|www\.)\S*|[\w-]+(?:\.[\w-]+)*\.(?:de|com|org|net|eu|info|nrw)(?:/\S*)?", re.I)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
SHOWN = 3  # hints in one message; the field shows all of them
QUOTED = 60


@dataclass
class Element:
    parts: list[str] = field(default_factory=list, kw_only=True)

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass
class Link(Element):
    address: str


@dataclass
class Heading(Element):
    level: int


@dataclass
class Outline(HTMLParser):
    """The links and headings of cleaned HTML, in reading order."""

    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    open: dict[str, Link | Heading] = field(default_factory=dict)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.open[tag] = link = Link((dict(attrs).get("href") or "").strip())
            self.links.append(link)
        elif re.fullmatch("h[1-6]", tag):
            self.open[tag] = heading = Heading(int(tag[1]))
            self.headings.append(heading)

    def handle_data(self, data: str) -> None:
        for element in self.open.values():
            element.parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop(tag, None)


def hints(html: str, highest: int = 3) -> list[str]:
    """German sentences without duplicates; `highest` is the level of the first heading in this text."""
    outline = Outline()
    outline.feed(clean(html))  # a row written in another way, such as an import, may contain anything
    outline.close()
    found = [*_about_links(outline.links), *_about_headings(outline.headings, highest)]
    return list(dict.fromkeys(found))


def _about_links(links: Sequence[Link]) -> Iterator[str]:
    for link in links:
        text = " ".join(link.text.split())
        if not text:
            continue
        if trouble := _address_trouble(link.address):
            yield f"Der Link „{_short(text)}“ ist fehlerhaft: {trouble}"
        if _plain(text) in VAGUE:
            yield (
                f"Der Linktext „{_short(text)}“ nennt kein Ziel. Besser ist ein Text, der allein verständlich ist, zum "
                "Beispiel „Anmeldung zum Treffen in Hamm“."
            )
        elif ADDRESS.fullmatch(text):
            yield (
                f"Als Linktext steht dort eine Adresse: „{_short(text)}“. Vorgelesen wird sie Zeichen für Zeichen; "
                "besser ist der Name der Seite."
            )


def _address_trouble(address: str) -> str:
    if not address:
        return "Seine Adresse fehlt oder ist nicht erlaubt. Erlaubt sind https, http, mailto und tel."
    if address.startswith("#"):
        return "Er zielt auf eine Textmarke, die es hier nicht gibt."
    if SCHEME.match(address) or address.startswith("/"):
        return ""
    return f"Die Adresse „{_short(address)}“ ist unvollständig. Vorn fehlt https:// oder bei E-Mail mailto:."


def _about_headings(headings: Sequence[Heading], highest: int) -> Iterator[str]:
    above = highest - 1
    for heading in headings:
        if heading.level > above + 1:
            yield (
                f"Die Überschrift „{_short(heading.text)}“ (Ebene {heading.level}) überspringt eine Ebene: Davor fehlt "
                f"eine der Ebene {above + 1}."
            )
        above = heading.level


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(QUOTED)


def hints_by_field(instance: Model) -> dict[str, list[str]]:
    """Field name → hints, for the formatted fields of `instance` that have any."""
    fields = [one for one in instance._meta.concrete_fields if isinstance(one, RichTextField)]
    found = {one.name: hints(getattr(instance, one.name), min(one.headings)) for one in fields}
    return {name: said for name, said in found.items() if said}


def message(label: str, said: Sequence[str]) -> str:
    """One message about a field: the first hints, and the number of the others."""
    begin = "Ein Hinweis" if len(said) == 1 else "Hinweise"
    more = len(said) - SHOWN
    rest = [
        f"Dazu {more} weitere Hinweise neben dem Feld." if more > 1 else "Dazu ein weiterer Hinweis neben dem Feld."
    ]
    return f"Gespeichert. {begin} zu „{label}“: {' '.join([*said[:SHOWN], *(rest if more > 0 else [])])}"


def with_hints(help_text: str, said: Sequence[str]) -> SafeString:
    """The help text of a field, which Django treats as markup, with its hints below."""
    items = format_html_join("", "<li>{}</li>", ((one,) for one in said))
    return format_html('{}<ul class="prose-hints" aria-label="Hinweise zum Text">{}</ul>', help_text, items)
