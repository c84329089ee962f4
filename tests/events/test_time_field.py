"""Times of day as editors type them, shown with 24 hours in every browser."""

import time as stopwatch
from datetime import time

import pytest
from django.core.exceptions import ValidationError

from events.administration.programme import SlotForm
from events.programme.time_field import UNREADABLE, ClockField
from tests.clocks import READ, UNREAD


@pytest.mark.parametrize(("typed", "shown"), READ.items())
def test_a_time_is_read_as_speakers_type_it(typed, shown):
    assert ClockField().clean(typed) == time.fromisoformat(shown)


@pytest.mark.parametrize("typed", [*UNREAD, "\x00", "9" * 100_000])
def test_what_is_no_time_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError) as refused:
        ClockField().clean(typed)

    assert refused.value.messages == [UNREADABLE]


def test_nothing_typed_is_no_time():
    assert ClockField(required=False).clean("") is None


def test_a_long_line_of_blanks_takes_no_time_to_refuse():
    began = stopwatch.perf_counter()

    with pytest.raises(ValidationError):
        ClockField().clean("9" + " " * 100_000 + "x")

    assert stopwatch.perf_counter() - began < 1


def test_the_simple_form_shows_24_hours_and_no_browser_changes_that():
    field = SlotForm().fields["begins_at"]

    assert field.widget.input_type == "text"
    assert field.widget.format_value(time(14, 5)) == "14:05"
