"""Filters and sortings of the list of practice examples."""

from collections.abc import Callable

from django.db.models import Case, CharField, QuerySet, Value, When
from django.http import QueryDict

from lernnetzwerk.slugs.german import german_slug, sort_key
from lernnetzwerk.web.filters import Filter, Filtered, one_of, relation_filter
from practice.models import Municipality, PracticeExample, Topic

# Least inhabitants of each class and its words, the largest first.
SIZES = [
    (500_000, "ab 500.000"),
    (100_000, "100.000 bis unter 500.000"),
    (50_000, "50.000 bis unter 100.000"),
    (20_000, "20.000 bis unter 50.000"),
    (1, "unter 20.000"),
]
UNKNOWN_SIZE = "unbekannt"

# Kind of topic → name of its query parameter.
TOPIC_PARAMETERS = {kind: german_slug(label) for kind, label in Topic.Kind.choices}

SORTINGS = {"": "Neueste zuerst", "titel": "Titel", "kommune": "Kommune"}


def filtered_examples(query: QueryDict) -> Filtered:
    """The public examples that match the choices in `query`, in the order it asks for."""
    examples = PracticeExample.objects.published()
    filtered = Filtered(examples.order_by("-published_from", "-pk"), FILTERS, query, kept=("sortierung",))
    rank = RANKS.get(query.get("sortierung", ""))
    if rank:
        ranks = rank(examples)
        filtered.keys.sort(key=lambda key: ranks.get(key, ""))
    else:
        filtered.query.pop("sortierung", None)
    return filtered


def sortings(filtered: Filtered) -> list[tuple[str, str, bool]]:
    """Words, query and whether it is chosen, for each sorting of the same list."""
    here = filtered.query.get("sortierung", "")
    offered = []
    for value, words in SORTINGS.items():
        query = filtered.query.copy()
        query.pop("sortierung", None)
        if value:
            query["sortierung"] = value
        offered.append((words, query.urlencode(), value == here))
    return offered


def _topics(kind: str) -> Filter:
    return relation_filter(TOPIC_PARAMETERS[kind], Topic.Kind(kind).label, "topics", topics__kind=kind)


def _sizes() -> Filter:
    number = "municipalities__inhabitants"
    classes = [When(**{f"{number}__gte": least}, then=Value(words)) for least, words in SIZES]
    unknown = When(municipalities__isnull=False, then=Value(UNKNOWN_SIZE))
    order = [*(words for _least, words in reversed(SIZES)), UNKNOWN_SIZE]
    its_class = Case(*classes, unknown, output_field=CharField())
    return one_of("groesse", "Größe der Kommune", its_class, [(words, words) for words in order])


def _by_title(examples: QuerySet) -> dict[int, str]:
    return {key: sort_key(title) for key, title in examples.values_list("pk", "title")}


def _by_municipality(examples: QuerySet) -> dict[int, str]:
    """Example → sort name of its first municipality."""
    municipalities = examples.filter(municipalities__isnull=False).order_by("-municipalities__sort_name")
    return dict(municipalities.values_list("pk", "municipalities__sort_name"))


RANKS: dict[str, Callable[[QuerySet], dict[int, str]]] = {"titel": _by_title, "kommune": _by_municipality}

FILTERS = [
    *(_topics(kind) for kind in Topic.Kind.values),
    one_of("zustand", "Umsetzungsstand", "stage", PracticeExample.Stage.choices),
    one_of("art", "Art der Kommune", "municipalities__kind", Municipality.Kind.choices),
    _sizes(),
    one_of("bezirk", "Regierungsbezirk", "municipalities__region", Municipality.Region.choices),
]
