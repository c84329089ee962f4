"""Measures how the CPU time of a function grows with its input: a ratio within one run, no seconds."""

import gc
from collections.abc import Callable
from contextlib import suppress
from time import thread_time

from django.core.exceptions import ValidationError

from lernnetzwerk.formats.errors import RefusedError

FACTOR = 4  # ratio of the input lengths; a quadratic function needs 16 times as long
MOST = 9
ATTEMPTS = 10


def grows_with_its_input(parse: Callable[[str], object], hostile: Callable[[int], str], size: int) -> bool:
    """Whether `parse` needs less than nine times as long for four times the input; refusing it is fast enough, too."""
    short, long = hostile(size), hostile(size * FACTOR)
    best_of_short = best_of_long = float("inf")
    for _attempt in range(ATTEMPTS):
        best_of_short = min(best_of_short, seconds(parse, short))
        best_of_long = min(best_of_long, seconds(parse, long))
        if best_of_long < best_of_short * MOST:
            return True
    return False


def seconds(parse: Callable[[str], object], text: str) -> float:
    gc.disable()
    begin = thread_time()
    with suppress(ValidationError, RefusedError, ValueError):
        parse(text)
    took = thread_time() - begin
    gc.enable()
    return took
