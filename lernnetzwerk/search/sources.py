"""What can be found: each app registers its models in a module `search`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from lernnetzwerk.slugs.german import german_slug
from lernnetzwerk.visibility.models import END_OF_TIME, Editorial, rows_of

SEPARATOR = " · "  # between the parts of summaries and contexts
# A facet's value in addresses, and its name.
Facet = tuple[str, str]
Keys = Iterable[int]


@dataclass(frozen=True)
class Text:
    """A text of its own place: of a page, or from a second on; without both the object's own text."""

    text: str
    address: str
    page: int | None = None
    second: int | None = None
    title: str = ""


@dataclass(frozen=True)
class Entry:
    """What the index has of one object. `visible_from` is the moment at which the last of its parents is public too.

    `summary` is shown below the title and searched; `context` is searched alike, but shown only where nothing else of a
    hit has the searched words. Only objects with `names` are found by their name, suggested, and shown on a card.
    """

    title: str
    address: str
    visible_from: datetime
    summary: str = ""
    context: str = ""
    texts: Iterable[Text] = ()
    names: Sequence[str] = ()
    held_on: date | None = None
    series: Facet | None = None
    topics: Iterable[Facet] = ()
    municipalities: Iterable[Facet] = ()
    is_sample: bool = False


@dataclass(frozen=True)
class PageFacts:
    """The address of the picture of one page of a file, empty if there is none, and how many pages the file has."""

    picture: str
    pages: int


# The key of a row and the number of a page.
Place = tuple[int, int]


@dataclass(frozen=True)
class Likeness:
    """How much a row is like the visitor's own one; `words` are the reason for the points."""

    points: int
    words: str


@dataclass(frozen=True)
class Preferred:
    """The likenesses of rows by their keys; `asked` is what was understood of the municipality, for the page."""

    asked: Any
    likenesses: dict[int, Likeness]


@dataclass(frozen=True)
class Source:
    """A model whose public rows can be found.

    `load` adds to a queryset of public rows what `entry` reads. `watched` maps other models to functions that return
    the keys of rows whose entries depend on the given instance. `page_facts` answers for all pages of public rows that
    are shown, in a fixed number of queries. `prefer` puts some of the rows with the given keys first for a visitor who
    has named an own municipality, or "", in a fixed number of queries. `active` tells which rows with the given keys
    are suggested before the others.
    """

    kind: str
    label: str
    plural: str
    model: type[Editorial]
    load: Callable[[QuerySet], QuerySet]
    entry: Callable[[Any], Entry]
    watched: dict[type[Model], Callable[[Any], Keys]] = field(default_factory=dict)
    page_facts: Callable[[Sequence[Place]], dict[Place, PageFacts]] = lambda places: {}
    prefer: Callable[[str, Sequence[int]], Preferred] | None = None
    active: Callable[[Sequence[int]], set[int]] = lambda keys: set()

    @property
    def word(self) -> str:
        """What stands for the kind in addresses."""
        return german_slug(self.plural)

    def released(self) -> QuerySet:
        """Rows that are public now or will be by themselves."""
        return rows_of(self.model).published(END_OF_TIME)

    def published(self, at: datetime) -> QuerySet:
        return rows_of(self.model).published(at)


SOURCES: dict[str, Source] = {}


def register(*sources: Source) -> None:
    SOURCES.update({source.kind: source for source in sources})
