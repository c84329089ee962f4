"""Writes the index: single objects after they were saved, everything when it is rebuilt.

An object that is not released, now or by a moment set, has no row. Texts are analysed again only when they changed, so
that a moved date costs no analysis.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice

from django.db import transaction
from django.utils import timezone

from lernnetzwerk.formats.pdf.legibility import is_legible
from lernnetzwerk.operation.locks import try_lock
from lernnetzwerk.search.analyser import cleaned, single_words
from lernnetzwerk.search.compounds import Vocabulary
from lernnetzwerk.search.engine import tidy
from lernnetzwerk.search.models import Build, Item, KnownWord, Name, Passage
from lernnetzwerk.search.rows import described, names, passages
from lernnetzwerk.search.sources import SOURCES, Source
from lernnetzwerk.search.words import form
from lernnetzwerk.visibility.models import END_OF_TIME

logger = logging.getLogger("lernnetzwerk.search")
MOST_HIDDEN = 500  # in one statement
TOGETHER = 50  # objects written in one transaction
MOST_KNOWN = 200_000
FREQUENT = 500  # occurrences of a word
FACTS = [field.name for field in Item._meta.fields if field.name not in {"id", "build", "kind", "object_id", "digest"}]
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
    numbers = dict(KnownWord.objects.filter(build=build).values_list("form", "number"))
    return Vocabulary(numbers, (word for word, number in numbers.items() if number >= FREQUENT))


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
        one = described(Item(build=build, kind=source.kind, object_id=key), source.entry(row))
        if not _is_only_moved(one.item, before.get(key)):
            new.append(one)
    items.filter(object_id__in=[one.item.object_id for one in new]).delete()
    Item.objects.bulk_create([one.item for one in new])
    several = (passage for one in new for passage in passages(one, known))
    while batch := list(islice(several, 100)):
        Passage.objects.bulk_create(batch)
    Name.objects.bulk_create([name for one in new for name in names(one.item, one.entry)], batch_size=500)


def _is_only_moved(item: Item, before: Item | None) -> bool:
    """Whether the texts are those of the stored item; then only its facts are saved."""
    if before is None or before.digest != item.digest:
        return False
    item.pk = before.pk
    item.save(update_fields=FACTS)
    return True


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
