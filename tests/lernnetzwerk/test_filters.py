"""Filters of lists: the count beside a choice equals the number of results after choosing it."""

import pytest
from django.http import QueryDict

from lernnetzwerk.web.filters import Filtered, one_of, relation_filter, year
from practice.models import Municipality, PracticeExample
from tests.factories import DRAFT, make_example, make_municipality, make_topic, rewrite

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FILTERS = (
    relation_filter("ort", "Kommune", "municipalities"),
    relation_filter("feld", "Handlungsfeld", "topics", topics__kind="field"),
    one_of("zustand", "Umsetzungsstand", "stage", PracticeExample.Stage.choices),
    one_of("art", "Art", "municipalities__kind", Municipality.Kind.choices),
    year("checked_on"),
)


@pytest.fixture
def examples():
    hamm, unna = make_municipality(name="Hamm"), make_municipality(name="Kreis Unna", kind="district")
    health, school = make_topic(name="Gesundheit"), make_topic(name="Ämter")
    make_topic(name="SGB II", kind="law")
    return {
        "a": make_example([hamm], [health], title="A", stage="pilot", checked_on="2024-05-01"),
        "b": make_example([hamm, unna], [health, school], title="B", stage="regular", checked_on="2023-05-01"),
        "c": make_example([unna], [school], title="C", stage="pilot"),
        "hidden": make_example([hamm], [health], title="Verborgen", stage="idea", **DRAFT),
    }


def filtered(query: str = "", **options: object) -> Filtered:
    return Filtered(PracticeExample.objects.published().order_by("title"), FILTERS, QueryDict(query), **options)


def titles(filters: Filtered) -> list[str]:
    page = filters.page(None, 10, PracticeExample.objects.published())
    return [example.title for example in page.object_list]


def choices(filters: Filtered) -> dict[str, list[tuple[str, int]]]:
    return {each.name: [(choice.label, choice.number) for choice in each.choices] for each in filters.fields}


def test_everything_visible_is_listed_and_counted_without_a_choice(examples):
    filters = filtered()

    assert titles(filters) == ["A", "B", "C"]
    assert (len(filters), filters.total, filters.active) == (3, 3, [])
    assert choices(filters) == {
        "ort": [("Hamm", 2), ("Kreis Unna", 2)],
        "feld": [("Ämter", 2), ("Gesundheit", 2)],
        "zustand": [("Pilot", 2), ("Regelbetrieb", 1)],
        "art": [("kreisfreie Stadt", 2), ("Kreis", 2)],
        "jahr": [("2024", 1), ("2023", 1), ("ohne Jahr", 1)],
    }


def test_a_choice_filters_the_list_and_the_counts_of_other_facets(examples):
    filters = filtered("zustand=pilot")

    assert titles(filters) == ["A", "C"]
    assert choices(filters) == {
        "ort": [("Hamm", 1), ("Kreis Unna", 1)],
        "feld": [("Ämter", 1), ("Gesundheit", 1)],
        "zustand": [("Pilot", 2), ("Regelbetrieb", 1)],
        "art": [("kreisfreie Stadt", 1), ("Kreis", 1)],
        "jahr": [("2024", 1), ("ohne Jahr", 1)],
    }


def test_the_count_of_every_choice_is_the_length_of_its_list(examples):
    for start in ("", "ort=hamm", "feld=aemter&zustand=pilot", "jahr=ohne", "ort=hamm&jahr=2024"):
        for each in filtered(start).fields:
            for choice in each.choices:
                query = QueryDict(start, mutable=True)
                query[each.name] = choice.value
                assert len(filtered(query.urlencode())) == choice.number, (start, each.name, choice)


def test_choices_of_several_facets_are_combined_with_and(examples):
    filters = filtered("ort=kreis-unna&feld=gesundheit")

    assert titles(filters) == ["B"]
    assert [(active.label, active.choice, active.without.urlencode()) for active in filters.active] == [
        ("Kommune", "Kreis Unna", "feld=gesundheit"),
        ("Handlungsfeld", "Gesundheit", "ort=kreis-unna"),
    ]


def test_a_choice_without_results_stays_removable(examples):
    filters = filtered("ort=hamm&jahr=ohne")

    assert titles(filters) == []
    assert ("ohne Jahr", 0) in choices(filters)["jahr"]


@pytest.mark.parametrize(
    "junk", ["ort=", "ort=gibt-es-nicht", "ort=%00", "ort=1' OR 1=1--", f"ort={'x' * 5000}", "x=y"]
)
def test_unknown_choices_are_ignored(examples, junk):
    filters = filtered(junk)

    assert len(filters) == 3
    assert filters.query.urlencode() == ""


def test_hidden_examples_are_neither_listed_nor_counted(examples):
    rewrite(examples["a"], state="withdrawn")

    filters = filtered("zustand=pilot")

    assert titles(filters) == ["C"]
    assert choices(filters)["zustand"] == [("Pilot", 1), ("Regelbetrieb", 1)]


def test_links_keep_the_given_parameters(examples):
    filters = filtered("zustand=pilot&sortierung=titel&seite=2&anderes=1", kept=["sortierung"])

    assert filters.query.urlencode() == "zustand=pilot&sortierung=titel"
    assert filters.hidden == [("sortierung", "titel")]


@pytest.mark.parametrize(("wanted", "shown"), [(None, 1), ("2", 2), ("99", 2), ("-1", 2), ("x", 1), ("", 1)])
def test_an_invalid_page_number_shows_the_nearest_page(examples, wanted, shown):
    assert filtered().page(wanted, 2, PracticeExample.objects.all()).number == shown


def test_a_facet_with_a_single_choice_has_no_field(examples):
    PracticeExample.objects.exclude(pk=examples["a"].pk).update(state="withdrawn")

    assert filtered().offered == []
    assert [each.name for each in filtered("zustand=pilot").offered] == ["zustand"]


def test_the_number_of_queries_does_not_depend_on_the_number_of_examples(examples, django_assert_num_queries):
    for _round in range(2):
        with django_assert_num_queries(1 + 1 + len(FILTERS) + 1):
            titles(filtered("zustand=pilot"))
        for _n in range(8):
            make_example(stage="pilot")
