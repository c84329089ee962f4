"""People, towns, topics and meetings by their names: for the card above the hits, and for suggestions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Concat, Length

from lernnetzwerk.search.models import Item, Name
from lernnetzwerk.search.query import LONGEST, LONGEST_TERM
from lernnetzwerk.search.sources import SOURCES
from lernnetzwerk.text.folding import fold

KINDS = ("speaker", "municipality", "event", "topic")  # the order of cards and suggestions
SUGGESTED, MOST_READ = 8, 100
BELONGING = {"municipality": "municipalities", "topic": "topics"}


@dataclass(frozen=True)
class Named:
    """An item that the query names by its whole name or, of a person, by the last name; `is_all`: and nothing else."""

    item: int
    row: Item
    is_all: bool

    @property
    def key(self) -> tuple[str, int]:
        return self.row.kind, self.row.object_id


@dataclass(frozen=True)
class Suggestion:
    kind: str
    label: str
    title: str
    address: str


def visible_items(at: datetime) -> QuerySet:
    return Item.objects.published(at).filter(build__is_current=True)


def visible_names(at: datetime) -> QuerySet:
    """Joined, so that the database begins with the names, not with all items."""
    return Name.objects.filter(Item.visible(at, "item__"), item__build__is_current=True).select_related("item")


def still_public(keys: Iterable[tuple[str, int]], at: datetime) -> set[tuple[str, int]]:
    """Those of the rows that are public; one query for all kinds."""
    by_kind: dict[str, list[int]] = {}
    for kind, key in keys:
        by_kind.setdefault(kind, []).append(key)
    if not by_kind:
        return set()
    places = list(SOURCES)
    each = [
        SOURCES[kind].published(at).filter(pk__in=several).order_by()
        .annotate(searched_kind=Value(places.index(kind), IntegerField())).values_list("searched_kind", "pk")
        for kind, several in by_kind.items()
    ]  # fmt: skip
    return {(places[place], key) for place, key in each[0].union(*each[1:], all=True)}


def named(text: str, at: datetime) -> list[Named]:
    """The longest name first; one query."""
    words = fold(text[:LONGEST]).split()
    spans = range(1, min(len(words), LONGEST_TERM + 4) + 1)
    asked = {" ".join(words[place : place + width]) for width in spans for place in range(len(words) - width + 1)}
    longest_first = ("-is_whole", Length("form").desc(), "pk")
    names = visible_names(at).filter(form__in=asked).order_by(*longest_first)[:MOST_READ]
    found = [name for name in names if name.is_whole or name.item.kind == "speaker"]
    several = {name.form for name in found if sum(other.form == name.form for other in found) > 1}
    found = [name for name in found if name.is_whole or name.form not in several]
    found.sort(key=lambda name: (-len(name.form), not name.is_whole, KINDS.index(name.item.kind), name.item.object_id))
    return [Named(name.item_id, name.item, name.form == " ".join(words)) for name in found]


def counted(item: Item, at: datetime) -> list[tuple[str, int]]:
    """Kinds and numbers of the visible items that belong to a town or a topic; one query, for others none."""
    if item.kind not in {"municipality", "topic"}:
        return []
    line = item.municipalities if item.kind == "municipality" else item.topics
    path = BELONGING[item.kind]
    lines = Concat(Value("\n"), path, Value("\n"), output_field=TextField())
    rows = visible_items(at).exclude(pk=item.pk).filter(**{f"{path}__contains": line})
    rows = rows.annotate(lines=lines).filter(lines__contains=f"\n{line}\n")
    numbers = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return [(kind, numbers[kind]) for kind in SOURCES if kind in numbers]


def suggestions(text: str, at: datetime) -> list[Suggestion]:
    """At most eight people, towns, meetings and topics of whose name a word begins so.

    Of several towns those stand first that have contributed. Two queries, and one if there are towns.
    """
    form = fold(text[:LONGEST])
    if len(form) < 2:
        return []
    names = visible_names(at).filter(form__startswith=form)
    read = list(names.order_by("form", "pk")[:MOST_READ])
    active = _active(name.item for name in read)
    first: dict[int, Name] = {}
    for name in sorted(read, key=lambda name: _place(name, form, active)):
        first.setdefault(name.item_id, name)
    items = [name.item for name in first.values()][:SUGGESTED]
    public = still_public([(item.kind, item.object_id) for item in items], at)
    return [_suggestion(item) for item in items if (item.kind, item.object_id) in public]


def _active(items: Iterable[Item]) -> set[tuple[str, int]]:
    by_kind: dict[str, list[int]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item.object_id)
    return {(kind, key) for kind, keys in by_kind.items() for key in SOURCES[kind].active(keys)}


def _place(name: Name, form: str, active: set[tuple[str, int]]) -> tuple:
    item = name.item
    is_idle = (item.kind, item.object_id) not in active
    return (name.form != form, not name.is_whole, KINDS.index(item.kind), is_idle, item.title, item.object_id)


def _suggestion(item: Item) -> Suggestion:
    return Suggestion(item.kind, SOURCES[item.kind].label, item.title, item.address)
