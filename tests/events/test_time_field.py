"""The form field for times of day: accepted spellings, and display in 24 hours in every browser."""

import time as stopwatch
from datetime import time

import pytest
from django.core.exceptions import ValidationError

from events.administration.programme import SlotForm
from events.programme.time_field import UNREADABLE, ClockField
from tests.clocks import READ, UNREAD


@pytest.mark.parametrize(("typed", "shown"), READ.items())
def test_common_spellings_of_a_time_are_read(typed, shown):
    assert ClockField().clean(typed) == time.fromisoformat(shown)


@pytest.mark.parametrize("typed", [*UNREAD, "\x00", "9" * 100_000])
def test_an_invalid_time_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError) as refused:
        ClockField().clean(typed)

    assert refused.value.messages == [UNREADABLE]


def test_an_empty_input_is_no_time():
    assert ClockField(required=False).clean("") is None


def test_a_long_line_of_blanks_is_refused_fast():
    began = stopwatch.perf_counter()

    with pytest.raises(ValidationError):
        ClockField().clean("9" + " " * 100_000 + "x")

    assert stopwatch.perf_counter() - began < 1


def test_the_simple_form_shows_24_hours_in_every_browser():
    field = SlotForm().fields["begins_at"]

    assert field.widget.input_type == "text"
    assert field.widget.format_value(time(14, 5)) == "14:05"
