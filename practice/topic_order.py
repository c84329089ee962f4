"""The order of topics in every list: by kind, phases of life as they follow each other, books of law by number."""

import re

from lernnetzwerk.slugs.german import sort_key

UNPLACED = 99_999  # behind all topics with a position
ROMAN = {"i": 1, "v": 5, "x": 10}
NUMBER = re.compile(r"\b(?:\d{1,3}|x{0,3}(?:i[vx]|vi{0,3}|i{1,3})|x{1,3})\b")


def topic_key(place_of_kind: int, position: int | None, name: str) -> str:
    """Sorts `SGB IX` between `SGB VIII` and `SGB XII`; a position precedes the name, and topics with one come first."""
    named = NUMBER.sub(lambda found: f"{_number(found[0]):03}", sort_key(name))
    return f"{place_of_kind} {UNPLACED if position is None else position:05} {named}"[:110]


def _number(word: str) -> int:
    """The value of decimal or Roman digits."""
    if word.isdecimal():
        return int(word)
    values = [ROMAN[digit] for digit in word]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
