"""Writes the index: single objects after they were saved, everything when it is rebuilt.

An object that is not released, now or by a moment set, has no row. Texts are analysed again only when they changed, so
that a moved date costs no analysis.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import islice

from django.db import transaction
from django.utils import timezone

from lernnetzwerk.formats.pdf.legibility import is_legible
from lernnetzwerk.operation.locks import try_lock
from lernnetzwerk.search.analyser import cleaned, single_words
from lernnetzwerk.search.compounds import Vocabulary
from lernnetzwerk.search.engine import PLACE_BITS, tidy
from lernnetzwerk.search.index_tokens import analysed, stored_tokens
from lernnetzwerk.search.models import Build, Item, KnownWord, Name, Passage
from lernnetzwerk.search.sources import SOURCES, Entry, Facet, Source, Text
from lernnetzwerk.search.words import form
from lernnetzwerk.text.folding import fold
from lernnetzwerk.visibility.models import END_OF_TIME

logger = logging.getLogger("lernnetzwerk.search")
MOST_HIDDEN = 500  # in one statement
TOGETHER = 50  # objects written in one transaction
MOST_KNOWN = 200_000
FACTS = ("address", "title", "summary", "visible_from", "held_on", "is_sample", "facets")
FACTS += ("series", "topics", "municipalities")
Progress = Callable[[str, int, int], None]


class RebuildRunningError(Exception):
    """Another process is rebuilding the index."""


def update(kind: str, keys: Iterable[int]) -> None:
    """Writes the entries of these objects anew, and deletes those of objects that are no longer released."""
    wanted = set(keys)
    for build in _open_builds():
        _write(SOURCES[kind], wanted, build, vocabulary(build))


def update_quietly(kind: str, keys: Iterable[int]) -> None:
    """As `update`; a failure is logged, and `manage.py maintenance` repairs it."""
    try:
        update(kind, keys)
    except Exception:
        logger.exception("The search index misses a change of %s", kind)


def hide(kind: str, keys: Iterable[int]) -> None:
    """Takes entries out of all answers whose objects are not public now, until `update` has written or deleted them."""
    wanted = list(keys)
    for start in range(0, len(wanted), MOST_HIDDEN):
        several = wanted[start : start + MOST_HIDDEN]
        public = SOURCES[kind].published(timezone.now()).filter(pk__in=several).values_list("pk", flat=True)
        items = Item.objects.filter(kind=kind, object_id__in=set(several).difference(public))
        items.update(visible_from=END_OF_TIME)


def vocabulary(build: Build) -> Vocabulary:
    """The frozen vocabulary of a build; read once by each process."""
    return _vocabulary(build.pk, build.started_at)


@lru_cache(maxsize=4)
def _vocabulary(build: int, _started_at: datetime) -> Vocabulary:
    return Vocabulary(KnownWord.objects.filter(build=build).values_list("form", flat=True))


def rebuild(progress: Progress = lambda label, done, total: None) -> Build:
    """Writes a new build with a new vocabulary and makes it the current one; the old one answers until then.

    Raises RebuildRunningError while another process does the same.
    """
    with try_lock("search-index") as is_ours:
        if not is_ours:
            raise RebuildRunningError
        Build.objects.filter(is_current=False).delete()  # of a run that was interrupted
        with transaction.atomic():  # so that no process reads a part of the vocabulary
            build = Build.objects.create()
            _freeze(build)
        for source in SOURCES.values():
            _write_all(source, build, progress)
        with transaction.atomic():
            Build.objects.filter(is_current=True).update(is_current=False)
            Build.objects.filter(pk=build.pk).update(is_current=True)
        Build.objects.filter(is_current=False).delete()
        tidy()
    return build


def _open_builds() -> list[Build]:
    """The current build and one that is being written; without any a first one without vocabulary."""
    return list(Build.objects.all()) or [Build.objects.get_or_create(is_current=True)[0]]


def _write_all(source: Source, build: Build, progress: Progress) -> None:
    keys = list(source.released().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), TOGETHER):
        _write(source, set(keys[start : start + TOGETHER]), build, vocabulary(build))
        progress(source.plural, min(start + TOGETHER, len(keys)), len(keys))


@transaction.atomic
def _write(source: Source, keys: set[int], build: Build, known: Vocabulary) -> None:
    if Build.objects.select_for_update(no_key=True).filter(pk=build.pk).first() is None:
        return  # replaced meanwhile; the lock lets a rebuild and an update write one after the other
    rows = {row.pk: row for row in source.load(source.released().filter(pk__in=keys))}
    items = Item.objects.filter(build=build, kind=source.kind, object_id__in=keys)
    items.exclude(object_id__in=rows).delete()
    before = {item.object_id: item for item in items}
    new = []
    for key, row in rows.items():
        described = _described(Item(build=build, kind=source.kind, object_id=key), source.entry(row))
        if not _is_only_moved(described.item, before.get(key)):
            new.append(described)
    items.filter(object_id__in=[one.item.object_id for one in new]).delete()
    Item.objects.bulk_create([one.item for one in new])
    passages = (passage for one in new for passage in _passages(one, known))
    while batch := list(islice(passages, 100)):
        Passage.objects.bulk_create(batch)
    Name.objects.bulk_create([name for one in new for name in _names(one.item, one.entry)], batch_size=500)


@dataclass(frozen=True)
class _Described:
    item: Item
    entry: Entry
    texts: list[Text]


def _is_only_moved(item: Item, before: Item | None) -> bool:
    """Whether the texts are those of the stored item; then only its facts are saved."""
    if before is None or before.digest != item.digest:
        return False
    item.pk = before.pk
    item.save(update_fields=FACTS)
    return True


def _described(item: Item, entry: Entry) -> _Described:
    texts = list(entry.texts)
    item.address, item.title, item.summary = entry.address, cleaned(entry.title)[:500], cleaned(entry.summary)
    item.visible_from, item.held_on, item.is_sample = entry.visible_from, entry.held_on, entry.is_sample
    item.series = _lines([entry.series] if entry.series else [])
    item.topics, item.municipalities = _lines(entry.topics), _lines(entry.municipalities)
    item.facets = _facets(item)
    parts = [entry.title, entry.summary, entry.context, *entry.names, *map(repr, texts)]
    item.digest = sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    return _Described(item, entry, texts)


def _lines(facets: Iterable[Facet]) -> str:
    return "\n".join(dict.fromkeys(f"{value}\t{' '.join(name.split())}" for value, name in facets))


def _facets(item: Item) -> int:
    """A number that items with the same values of all facets share."""
    values = (item.kind, str(item.held_on)[:4], item.series, item.topics, item.municipalities)
    return int.from_bytes(sha256("\0".join(values).encode("utf-8", "replace")).digest()[:8], signed=True)


def _passages(described: _Described, known: Vocabulary) -> list[Passage]:
    item, entry, texts = described.item, described.entry, described.texts
    own = {"title": entry.title, "summary": f"{entry.summary}\n{entry.context}"}
    ahead = Text("", entry.address)
    found, tokens = [], []
    for place, text in enumerate(texts if texts and not _has_place(texts[0]) else [ahead, *texts]):
        if is_legible(text.text, unmapped=0):
            fields = {} if _has_place(text) else own
            several, words = analysed({**fields, "heading": text.title, "text": text.text}, known)
            found.append(_passage(item, place, text, words))
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


def _has_place(text: Text) -> bool:
    return text.page is not None or text.second is not None


def _names(item: Item, entry: Entry) -> list[Name]:
    found: dict[str, bool] = {}
    for name in entry.names:
        words = fold(name).split()
        for place in range(len(words)):
            name_form = " ".join(words[place:])[:200]
            found[name_form] = found.get(name_form, False) or place == 0
    return [Name(item=item, form=one, is_whole=is_whole) for one, is_whole in found.items()]


def _freeze(build: Build) -> None:
    """Stores the words of all texts that are public now: a word between two spaces or signs occurs alone."""
    numbers: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for text in _all_texts():
        for word in single_words(cleaned(text)):
            if len(word) > 2 and (known := form(word)):
                numbers[known] += 1
                shown.setdefault(known, word[:100])
    words = (
        KnownWord(build=build, form=known, shown=shown[known], number=number)
        for known, number in numbers.most_common(MOST_KNOWN)
    )
    while batch := list(islice(words, 1_000)):
        KnownWord.objects.bulk_create(batch)


def _all_texts() -> Iterator[str]:
    now = timezone.now()
    for source in SOURCES.values():
        keys = list(source.published(now).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), TOGETHER):
            for row in source.load(source.published(now).filter(pk__in=keys[start : start + TOGETHER])):
                entry = source.entry(row)
                yield from (entry.title, entry.summary, entry.context)
                yield from (text.text for text in entry.texts if is_legible(text.text, unmapped=0))
