"""What a search returns: hits, their groups, and the card of what the query names."""

from dataclasses import dataclass, field
from datetime import date

from lernnetzwerk.search.query import Query
from lernnetzwerk.search.snippets import Part
from lernnetzwerk.search.sources import SOURCES, Likeness, PageFacts, Preferred, Source
from lernnetzwerk.web.filters import Choice


@dataclass(frozen=True)
class Hit:
    """One item. `page` or `second` say where in it; then `address` opens it there, and `more` other places match.

    `object_id` is the key of the row that `kind` names, for what a page shows besides, such as the picture of a page.
    `reasons` are parts of what stands around it, if neither title, summary nor snippet has a searched word.
    """

    kind: str
    label: str
    object_id: int
    title: list[Part]
    summary: list[Part]
    address: str
    snippet: list[Part]
    page: int | None
    second: int | None
    held_on: date | None
    is_sample: bool
    more: int = 0
    facts: PageFacts | None = None
    likeness: Likeness | None = None
    reasons: list[list[Part]] = field(default_factory=list)

    @property
    def shows_words(self) -> bool:
        return any(part.is_found for part in [*self.title, *self.summary, *self.snippet])

    @property
    def page_word(self) -> str:
        return "Folie" if "#folie-" in self.address else "Seite"

    @property
    def time(self) -> str:
        """The second as `12:30` or `1:02:30`."""
        minutes, seconds = divmod(self.second or 0, 60)
        hours, rest = divmod(minutes, 60)
        return f"{hours}:{rest:02}:{seconds:02}" if hours else f"{rest}:{seconds:02}"


@dataclass(frozen=True)
class Card:
    """What the query names: `Lünen`, with the words, number and kind of the items that belong to it.

    `value` chooses it in its filter; only towns and topics have counts.
    """

    kind: str
    label: str
    object_id: int
    title: str
    summary: str
    address: str
    is_sample: bool
    value: str
    counts: list[tuple[str, int, str]]


@dataclass(frozen=True)
class Group:
    """The first hits of a kind; there are `number` of it, one of them on the card if `is_on_card`."""

    source: Source
    number: int
    hits: list[Hit]
    is_on_card: bool

    @property
    def below(self) -> int:
        """How many hits there are besides the card."""
        return self.number - self.is_on_card


@dataclass
class Results:
    """What was found. `searched` differs from the query's text if `is_corrected`; then the page must say so. It is
    empty if there is no word to search. `unfiltered` is the total without the chosen filters.

    `facets` maps kind, year, series, topic and municipality to their choices. `is_partial`: no hit has all the words.
    `preferred` is None if no hit can be like the visitor's municipality. If `is_grouped`, the hits are the first ones
    of each kind, and there are no further pages.
    """

    query: Query
    searched: str = ""
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    unfiltered: int = 0
    page: int = 1
    pages: int = 1
    facets: dict[str, list[Choice]] = field(default_factory=dict)
    card: Card | None = None
    preferred: Preferred | None = None
    is_corrected: bool = False
    is_partial: bool = False
    is_grouped: bool = False

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1

    @property
    def listed(self) -> list[Hit]:
        """The hits without that of the card, which stands above them."""
        return [hit for hit in self.hits if not self.is_on_card(hit)]

    def is_on_card(self, hit: Hit) -> bool:
        """Filtered hits are complete, whatever stands above them."""
        if self.card is None or self.total < self.unfiltered:
            return False
        return (hit.kind, hit.object_id) == (self.card.kind, self.card.object_id)

    @property
    def groups(self) -> list[Group]:
        """The listed hits by their kinds, the kind with the best hit first."""
        by_kind: dict[str, list[Hit]] = {}
        for hit in self.listed:
            by_kind.setdefault(hit.kind, []).append(hit)
        numbers = {choice.value: choice.number for choice in self.facets["kind"]}
        on_card = {hit.kind for hit in self.hits if self.is_on_card(hit)}
        return [Group(SOURCES[kind], numbers[kind], hits, kind in on_card) for kind, hits in by_kind.items()]
