"""`Range` against a model so simple that it is plainly right: the list of the content's positions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lernnetzwerk.files.ranges import UnsatisfiableError, parse_range

SIZES = st.integers(1, 50)
NUMBERS = st.integers(0, 60)


def positions(header, size):
    """Positions of the bytes to send, "none" of them for 416, or "all" when the header counts for nothing."""
    try:
        wanted = parse_range(header, size)
    except UnsatisfiableError:
        return "none"
    return "all" if wanted is None else list(wanted)


@given(SIZES, NUMBERS, NUMBERS)
def test_a_range_has_first_and_last_position(size, first, last):
    expected = [position for position in range(size) if first <= position <= last] or "none"

    assert positions(f"bytes={first}-{last}", size) == (expected if first <= last else "all")


@given(SIZES, NUMBERS)
def test_an_open_range_reaches_to_the_end(size, first):
    assert positions(f"bytes={first}-", size) == ([position for position in range(size) if position >= first] or "none")


@given(SIZES, NUMBERS)
def test_a_suffix_range_gives_the_last_bytes(size, length):
    expected = [position for position in range(size) if size - position <= length] or "none"

    assert positions(f"bytes=-{length}", size) == expected


@given(SIZES, st.text(alphabet="bytes=0123456789-, \t²x", max_size=20))
def test_any_header_agrees_with_the_model(size, header):
    answer = positions(header, size)

    assert answer in ("all", "none") or answer == list(range(answer[0], answer[-1] + 1))


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1", "bytes=--1", "bytes=1-2-3", "bytes=+1-2", "bytes=1 -2"],
)
def test_a_malformed_range_gets_the_whole_file(header):
    assert positions(header, 10) == "all"


@pytest.mark.parametrize("header", ["items=0-1", "bytes=0-1,3-4", "bytes=,", "bytes=²-³", "bytes:0-1", "bytes=5-2"])
def test_another_unit_or_several_ranges_get_the_whole_file(header):
    assert positions(header, 10) == "all"


def test_spellings_allowed_by_the_standard_are_read():
    assert positions("Bytes=0-1", 10) == positions("bytes= 0-1 ,", 10) == positions("bytes=000-001", 10) == [0, 1]


def test_numbers_with_thousands_of_digits_are_read():
    many = "9" * 8000

    assert positions(f"bytes={many}-", 10) == "none"
    assert positions(f"bytes=0-{many}", 10) == positions(f"bytes=-{many}", 10) == list(range(10))
