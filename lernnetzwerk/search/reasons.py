"""Says why a hit was found of which nothing shown has the searched words: by a topic, a town, a name around it."""

from dataclasses import replace

from lernnetzwerk.search.results import Hit
from lernnetzwerk.search.snippets import Part, Wanted, marked, snippet
from lernnetzwerk.search.sources import SEPARATOR, SOURCES

MOST = 3


def with_reasons(hits: list[Hit], wanted: Wanted) -> list[Hit]:
    """The hits, with reasons where needed; a fixed number of queries for each kind that needs any."""
    keys: dict[str, list[int]] = {}
    for hit in hits:
        if not hit.shows_words:
            keys.setdefault(hit.kind, []).append(hit.object_id)
    contexts = {kind: SOURCES[kind].contexts(several) for kind, several in keys.items()}
    return [hit if hit.shows_words else _with_reason(hit, contexts[hit.kind], wanted) for hit in hits]


def _with_reason(hit: Hit, contexts: dict[int, str], wanted: Wanted) -> Hit:
    return replace(hit, reasons=reasons(contexts.get(hit.object_id, ""), wanted))


def reasons(context: str, wanted: Wanted) -> list[list[Part]]:
    """The parts of a context that have searched words, else those that share a half with a searched compound."""
    parts = [marked(part, wanted) for part in dict.fromkeys(context.split(SEPARATOR))]
    found = [part for part in parts if any(piece.is_found for piece in part)]
    return (found or [part for part in parts if snippet("".join(piece.text for piece in part), wanted)])[:MOST]
