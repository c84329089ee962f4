from datetime import date, timedelta

import pytest
from django.utils import timezone

from practice.missing import stale_examples, two_years_before
from practice.models import PracticeExample
from tests.administration import signed_in
from tests.factories import HIDDEN, WITHDRAWN, make_event, make_example, make_municipality, make_session
from tests.reading import attribute, document, elements, links, text

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/was-fehlt/"
DAYS = [
    date(2026, 11, 22),
    date(2028, 2, 29),
    date(2027, 2, 28),
    date(2026, 3, 1),
    date(2027, 1, 1),
    date(2026, 12, 31),
]


@pytest.mark.both_databases
@pytest.mark.parametrize("today", DAYS)
def test_the_list_and_the_page_agree_on_old_examples(today):
    """The page counts full years in Python; the list compares dates in the database."""
    for days in range(-3, 4):
        checked_on = two_years_before(today) + timedelta(days=days)
        is_noted = PracticeExample(checked_on=checked_on).years_unchecked(today) >= 2
        assert (checked_on < two_years_before(today)) is is_noted, checked_on


@pytest.mark.both_databases
def test_old_examples_are_found_oldest_first():
    older, oldest = make_example(checked_on=date(2020, 5, 1)), make_example(checked_on=date(2015, 5, 1))
    make_example(checked_on=timezone.localdate())
    make_example(checked_on=None)
    make_example(checked_on=date(2015, 5, 1), stage="ended")

    assert list(stale_examples()) == [oldest, older]


@pytest.mark.parametrize("state", HIDDEN)
def test_withdrawn_examples_are_not_found(state):
    example = make_example(checked_on=date(2015, 5, 1), **HIDDEN[state])

    assert list(stale_examples()) == ([] if HIDDEN[state] == WITHDRAWN else [example])


def test_an_example_checked_exactly_two_years_ago_is_not_old():
    at_the_day = make_example(checked_on=date(2024, 11, 22))
    before = make_example(checked_on=date(2024, 11, 21))

    assert list(stale_examples(date(2026, 11, 22))) == [before]
    assert list(stale_examples(date(2026, 11, 23))) == [before, at_the_day]


@pytest.mark.usefixtures("no_pages")
def test_an_old_example_offers_a_letter_to_its_mailbox():
    example = make_example(
        (make_municipality(name="Hamm"),),
        title="Lotsen",
        checked_on=date(2020, 5, 1),
        contact_email="praevention@hamm.example",
    )

    page = document(signed_in("redaktion").get(PAGE))

    [group] = elements(page, tag="section", style="missing-group")
    fields = [attribute(field, "value") for field in elements(group, tag="input")]
    assert links(group) == [f"/verwaltung/practice/practiceexample/{example.pk}/change/#field-checked_on"]
    assert fields == ["praevention@hamm.example", "Bitte prüfen: „Lotsen“"]
    assert "Praxisbeispiel „Lotsen“ aus Hamm. Zuletzt geprüft wurde es am 1. Mai 2020." in text(group)


def test_an_old_example_is_listed_for_the_events_that_showed_it():
    shown, other = make_example(checked_on=date(2015, 5, 1)), make_example(checked_on=date(2015, 5, 1))
    event = make_event()
    for _n in range(2):
        make_session(event, kind="welcome", examples=[shown])
    make_session(make_event(), kind="welcome", examples=[other])

    page = document(signed_in("redaktion").get(PAGE, {"treffen": event.pk}))

    [group] = elements(page, tag="section", style="missing-group")
    assert links(group) == [f"/verwaltung/practice/practiceexample/{shown.pk}/change/#field-checked_on"]
