"""What the page of hits shows: the query as filters, orders and links to other states of the same search."""

from dataclasses import replace

from django.http import QueryDict

from lernnetzwerk.search.query import ORDERS, PARAMETERS, Query
from lernnetzwerk.search.results import Card, Results
from lernnetzwerk.search.searching import find
from lernnetzwerk.search.sources import SOURCES
from lernnetzwerk.web.filters import Active, Choice, Field, without

LABELS = {"kind": "Art", "year": "Jahr", "series": "Reihe", "topic": "Thema", "municipality": "Kommune"}
ORDER_LABELS = dict(zip(ORDERS, ("Das Passendste zuerst", "Das Neueste zuerst"), strict=True))


class HitFilters:
    """The facets of a search in the shape of `lernnetzwerk.web.filters.Filtered`, for the same templates."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self.total = results.unfiltered
        self.fields = [_field(name, results) for name in LABELS if name in results.facets]
        self.query = _address(results)

    def __len__(self) -> int:
        return self._results.total

    @property
    def offered(self) -> list[Field]:
        return [field for field in self.fields if field.chosen or len(field.choices) > 1]

    @property
    def active(self) -> list[Active]:
        chosen = [field for field in self.fields if field.chosen]
        return [Active(field.label, field.chosen_label, without(self.query, field.name)) for field in chosen]

    @property
    def cleared(self) -> QueryDict:
        return without(self.query, *(field.name for field in self.fields))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        return [(name, str(self.query[name])) for name in ("q", "sortierung", "wie") if name in self.query]


def _field(name: str, results: Results) -> Field:
    choices = [_in_address(choice) for choice in results.facets[name]] if name == "kind" else results.facets[name]
    value, label = next(((choice.value, choice.label) for choice in choices if choice.is_chosen), ("", ""))
    return Field(PARAMETERS[name], LABELS[name], value, label, choices=choices)


def _in_address(choice: Choice) -> Choice:
    return replace(choice, value=SOURCES[choice.value].word)


def _address(results: Results) -> QueryDict:
    """The query of this page without its page number."""
    query = QueryDict(mutable=True)
    query["q"] = results.query.text
    for name, choices in results.facets.items():
        for choice in choices:
            if choice.is_chosen:
                query[PARAMETERS[name]] = SOURCES[choice.value].word if name == "kind" else choice.value
    if results.query.order:
        query["sortierung"] = results.query.order
    if own := _own_municipality(results):
        query["wie"] = own
    return query


def _own_municipality(results: Results) -> str:
    """The slug, or what was typed as long as no hit asks for it; empty if there is no such municipality."""
    if results.preferred is None:
        return results.query.own
    own = results.preferred.asked.own
    return own.slug if own else ""


def card_counts(card: Card | None) -> list[tuple[str, int, str]]:
    """The words, the number and the query of the hits that belong to what the card names."""
    counts = card.counts if card else []
    return [(words, number, _belonging(card, kind).urlencode()) for words, number, kind in counts if card]


def _belonging(card: Card, kind: str) -> QueryDict:
    query = QueryDict(mutable=True)
    query["q"] = card.title
    query[PARAMETERS["kind"]] = SOURCES[kind].word
    query[PARAMETERS[card.kind]] = card.value
    return query


def asked(sent: QueryDict) -> Query:
    """The query in an address, where kinds have German names."""
    query = Query.from_parameters(sent)
    kind = next((source.kind for source in SOURCES.values() if source.word == query.kind), "")
    return replace(query, kind=kind)


def search_page(sent: QueryDict) -> dict:
    """The context of the page."""
    query = asked(sent)
    is_first = query.page == 1 and not query.order and not query.kind
    results = find(query, is_grouped=is_first)
    filters = HitFilters(results)
    return {
        "search_text": query.text,
        "results": results,
        "filters": filters,
        "without_own": without(filters.query, "wie"),
        "card_counts": card_counts(results.card),
        "is_narrowed": bool(filters.active),
        "orders": [(value, label, value == query.order) for value, label in ORDER_LABELS.items()],
    }
