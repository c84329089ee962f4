"""Facets of a search: which values can be chosen, and how many items each leaves."""

from collections import Counter
from collections.abc import Callable, Iterable
from operator import attrgetter

from lernnetzwerk.search.matching import Combination
from lernnetzwerk.search.query import Query
from lernnetzwerk.search.sources import SOURCES
from lernnetzwerk.web.filters import Choice


def _of_lines(text: str) -> list[tuple[str, str]]:
    return [(line.partition("\t")[0], line.partition("\t")[2]) for line in text.split("\n") if line]


# What of a combination decides a facet's values, and these with their names.
FACETS: dict[str, tuple[Callable[[Combination], str], Callable[[str], list[tuple[str, str]]]]] = {
    "kind": (attrgetter("kind"), lambda kind: [(kind, SOURCES[kind].plural)]),
    "year": (attrgetter("year"), lambda year: [(year, "ohne Jahr" if year == "ohne" else year)]),
    "series": (attrgetter("series"), _of_lines),
    "topic": (attrgetter("topics"), _of_lines),
    "municipality": (attrgetter("municipalities"), _of_lines),
}
# For each facet the values and names of each text that decides them.
Held = dict[str, dict[str, dict[str, str]]]


def filtered(rows: list[Combination], query: Query, facets: dict[str, list[Choice]]) -> list[Combination]:
    """The combinations that match all chosen values. The numbers of one facet ignore its own choice, as in lists."""
    held: Held = {
        name: {text: dict(values(text)) for text in set(map(read, rows))} for name, (read, values) in FACETS.items()
    }
    chosen = {
        name: value
        for name, value in chosen_values(query).items()
        if any(value in values for values in held[name].values())
    }
    for name, (read, _values) in FACETS.items():
        left = _chosen(rows, {other: value for other, value in chosen.items() if other != name}, held)
        facets[name] = _choices(name, _numbers(left, read), held[name], chosen.get(name, ""))
    return _chosen(rows, chosen, held)


def chosen_values(query: Query) -> dict[str, str]:
    """The values that a visitor has chosen, whether there are such or not."""
    values = {name: getattr(query, name) for name in FACETS}
    return {name: value for name, value in values.items() if value and not {"\t", "\n"}.intersection(value)}


def _numbers(rows: Iterable[Combination], read: Callable[[Combination], str]) -> Counter[str]:
    numbers: Counter[str] = Counter()
    for row in rows:
        numbers[read(row)] += row.number
    return numbers


def _chosen(rows: list[Combination], chosen: dict[str, str], held: Held) -> list[Combination]:
    for name, value in chosen.items():
        read = FACETS[name][0]
        texts = {text for text, values in held[name].items() if value in values}
        rows = [row for row in rows if read(row) in texts]
    return rows


def _choices(name: str, texts: Counter[str], held: dict[str, dict[str, str]], chosen: str) -> list[Choice]:
    """A chosen value is one of them even if no row is left, so that it can be removed."""
    numbers: Counter[str] = Counter({chosen: 0} if chosen else {})
    for text, number in texts.items():
        numbers.update(dict.fromkeys(held[text], number))
    labels = {value: label for values in held.values() for value, label in values.items()}
    found = [Choice(value, labels[value], number, value == chosen) for value, number in numbers.items()]
    if name == "kind":
        return sorted(found, key=lambda choice: list(SOURCES).index(choice.value))
    if name == "year":
        return sorted(found, key=lambda choice: choice.value.replace("ohne", "0"), reverse=True)
    return sorted(found, key=lambda choice: (-choice.number, choice.label))
