"""The rows of the index for one object: its item, passages and names."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from lernnetzwerk.formats.pdf.legibility import is_legible
from lernnetzwerk.search.analyser import cleaned
from lernnetzwerk.search.compounds import Vocabulary
from lernnetzwerk.search.engine import PLACE_BITS
from lernnetzwerk.search.index_tokens import analysed, stored_tokens
from lernnetzwerk.search.models import Item, Name, Passage
from lernnetzwerk.search.sources import Entry, Facet, Text
from lernnetzwerk.text.folding import fold


@dataclass(frozen=True)
class Described:
    item: Item
    entry: Entry
    texts: list[Text]


def described(item: Item, entry: Entry) -> Described:
    texts = list(entry.texts)
    item.address, item.title, item.summary = entry.address, cleaned(entry.title)[:500], cleaned(entry.summary)
    item.visible_from, item.held_on, item.is_sample = entry.visible_from, entry.held_on, entry.is_sample
    item.series = _lines([entry.series] if entry.series else [])
    item.topics, item.municipalities = _lines(entry.topics), _lines(entry.municipalities)
    item.facets = _facets(item)
    parts = [entry.title, entry.summary, entry.context, *entry.names, *map(repr, texts)]
    item.digest = sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    return Described(item, entry, texts)


def _lines(facets: Iterable[Facet]) -> str:
    return "\n".join(dict.fromkeys(f"{value}\t{' '.join(name.split())}" for value, name in facets))


def _facets(item: Item) -> int:
    """A number that items with the same values of all facets share."""
    values = (item.kind, str(item.held_on)[:4], item.series, item.topics, item.municipalities)
    return int.from_bytes(sha256("\0".join(values).encode("utf-8", "replace")).digest()[:8], signed=True)


def passages(one: Described, known: Vocabulary) -> list[Passage]:
    item, entry, texts = one.item, one.entry, one.texts
    own = {"title": entry.title, "summary": f"{entry.summary}\n{entry.context}"}
    ahead = Text("", entry.address)
    found, tokens = [], []
    for place, text in enumerate(texts if texts and not _has_place(texts[0]) else [ahead, *texts]):
        if is_legible(text.text, unmapped=0):
            fields = {} if _has_place(text) else own
            several, words = analysed({**fields, "heading": text.title, "text": text.text}, known)
            found.append(_passage(item, place, _titled(text, entry), words))
            tokens.append(several)
    for passage, stored in zip(found, stored_tokens(tokens), strict=True):
        passage.tokens = stored
    return found


def _passage(item: Item, place: int, text: Text, words: str) -> Passage:
    return Passage(
        pk=(item.pk << PLACE_BITS) + place,
        item=item,
        page=text.page,
        second=text.second,
        address=text.address[:1000],
        title=cleaned(text.title)[:500],
        text=cleaned(text.text),
        words=words,
    )


def _titled(text: Text, entry: Entry) -> Text:
    """The item's own text stores the context, which is shown as the reason for a hit."""
    return text if _has_place(text) else replace(text, title=entry.context)


def _has_place(text: Text) -> bool:
    return text.page is not None or text.second is not None


def names(item: Item, entry: Entry) -> list[Name]:
    found: dict[str, bool] = {}
    for name in entry.names:
        words = fold(name).split()
        for place in range(len(words)):
            name_form = " ".join(words[place:])[:200]
            found[name_form] = found.get(name_form, False) or place == 0
    return [Name(item=item, form=one, is_whole=is_whole) for one, is_whole in found.items()]
