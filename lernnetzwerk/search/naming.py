"""People, towns, topics and meetings by their names: for the card above the hits, and for suggestions."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

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


@dataclass(frozen=True)
class Suggestion:
    kind: str
    label: str
    title: str
    address: str


def visible_items(at: datetime) -> QuerySet:
    return Item.objects.published(at).filter(build__is_current=True)


def named(text: str, at: datetime) -> list[Named]:
    """The longest name first; one query."""
    words = fold(text[:LONGEST]).split()
    spans = range(1, min(len(words), LONGEST_TERM + 4) + 1)
    asked = {" ".join(words[place : place + width]) for width in spans for place in range(len(words) - width + 1)}
    names = Name.objects.filter(form__in=asked, item__in=visible_items(at)).select_related("item")
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
    rows = visible_items(at).exclude(pk=item.pk).filter(**{f"{path}__contains": line})
    numbers: dict[str, int] = {}
    for kind, lines in rows.values_list("kind", path):
        if line in lines.split("\n"):
            numbers[kind] = numbers.get(kind, 0) + 1
    return [(kind, numbers[kind]) for kind in SOURCES if kind in numbers]


def suggestions(text: str, at: datetime) -> list[Suggestion]:
    """At most eight people, towns, meetings and topics of whose name a word begins so; one query."""
    form = fold(text[:LONGEST])
    if len(form) < 2:
        return []
    names = Name.objects.filter(form__startswith=form, item__in=visible_items(at)).select_related("item")
    first: dict[int, Name] = {}
    for name in sorted(names.order_by("form", "pk")[:MOST_READ], key=lambda name: _place(name, form)):
        first.setdefault(name.item_id, name)
    return [_suggestion(name.item) for name in list(first.values())[:SUGGESTED]]


def _place(name: Name, form: str) -> tuple:
    return (name.form != form, not name.is_whole, KINDS.index(name.item.kind), name.item.title, name.item.object_id)


def _suggestion(item: Item) -> Suggestion:
    return Suggestion(item.kind, SOURCES[item.kind].label, item.title, item.address)
