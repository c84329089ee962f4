from datetime import date

import pytest

from events.models.dates import german_dates, last_day

MARCH_17, MARCH_18 = date(2027, 3, 17), date(2027, 3, 18)


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        (MARCH_17, MARCH_17, "day", "17. März 2027"),
        (MARCH_17, MARCH_18, "day", "17.–18. März 2027"),
        (date(2027, 3, 1), date(2027, 3, 2), "day", "1.–2. März 2027"),
        (date(2027, 3, 31), date(2027, 4, 1), "day", "31. März – 1. April 2027"),
        (date(2027, 12, 31), date(2028, 1, 1), "day", "31. Dezember 2027 – 1. Januar 2028"),
        (date(2026, 3, 17), MARCH_17, "day", "17. März 2026 – 17. März 2027"),
        (date(2027, 3, 1), date(2027, 3, 31), "month", "März 2027"),
        (date(2027, 3, 1), date(2027, 4, 30), "month", "März 2027 – April 2027"),
        (date(2027, 1, 1), date(2027, 12, 31), "year", "2027"),
        (date(2026, 1, 1), date(2027, 12, 31), "year", "2026 – 2027"),
        (MARCH_17, MARCH_18, "unknown", "Datum nicht bekannt"),
        (None, None, "unknown", "Datum nicht bekannt"),
        (None, None, "day", "Datum nicht bekannt"),
        (MARCH_17, None, "day", "Datum nicht bekannt"),
        (None, MARCH_17, "day", "Datum nicht bekannt"),
    ],
)
def test_dates_are_shown_with_their_known_precision(first, last, precision, words):
    assert german_dates(first, last, precision) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("2027-05-07 2027-05-14", "7. und 14. Mai 2027"),
        ("2027-05-07 2027-05-14 2027-05-21", "7., 14. und 21. Mai 2027"),
        ("2027-05-07 2027-05-08 2027-05-14", "7.–8. und 14. Mai 2027"),
        ("2027-05-07 2027-05-14 2027-05-15", "7. und 14.–15. Mai 2027"),
        ("2027-05-28 2027-06-04", "28. Mai und 4. Juni 2027"),
        ("2027-05-31 2027-06-01 2027-06-18", "31. Mai – 1. und 18. Juni 2027"),
        ("2026-12-18 2027-01-15", "18. Dezember 2026 und 15. Januar 2027"),
        ("2027-05-07 2027-05-08", "7.–8. Mai 2027"),
    ],
)
def test_days_with_gaps_between_them_are_named_one_by_one(days, words):
    known = [date.fromisoformat(day) for day in days.split()]

    assert german_dates(known[0], known[-1], "day", known) == words


@pytest.mark.parametrize(
    ("day", "precision", "last"),
    [
        (MARCH_17, "day", MARCH_17),
        (MARCH_17, "month", date(2027, 3, 31)),
        (date(2027, 2, 1), "month", date(2027, 2, 28)),
        (date(2028, 2, 29), "month", date(2028, 2, 29)),
        (MARCH_17, "year", date(2027, 12, 31)),
        (date(2027, 2, 28), "year", date(2027, 12, 31)),
    ],
)
def test_an_imprecise_date_ends_with_its_month_or_year(day, precision, last):
    assert last_day(day, precision) == last
