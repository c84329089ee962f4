"""Which processors a program and those it starts may use, where the system offers a choice (Linux)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


def shared_out() -> tuple[set[int], set[int]] | None:
    """The first of those there are, and all others; None where that cannot be told apart."""
    if not hasattr(os, "sched_getaffinity"):
        return None
    first, *others = sorted(os.sched_getaffinity(0))
    return ({first}, set(others)) if others else None


@contextmanager
def only(processors: set[int]) -> Iterator[None]:
    """What starts meanwhile stays on them for as long as it lives."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, processors)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
