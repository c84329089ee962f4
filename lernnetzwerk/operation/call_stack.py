"""Room for nested calls, without which a page costs up to a fifth more on the depth of stack it happens to run at.

CPython (3.11 to 3.14 at least) keeps the frames of a thread in chunks of 16 kB. A call that does not fit allocates a
chunk from the kernel, its return frees it again: a loop at the end of a chunk needs a hundred times as long
(`_PyThreadState_PushFrame` in Python/pystate.c). A chunk is as large as the frame it is allocated for, rounded up to a
power of two, so one frame that reserves much leaves room for all calls below it.
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

ROOM = 1 << 15  # words of 8 bytes: the chunk has half a megabyte, of which only what is used takes memory

P = ParamSpec("P")
R = TypeVar("R")


def roomy(function: Callable[P, R]) -> Callable[P, R]:
    """Returns a function that does the same, with room on the stack for about a thousand nested calls."""

    def call(*args: P.args, **keywords: P.kwargs) -> R:
        return function(*args, **keywords)

    call.__code__ = call.__code__.replace(co_stacksize=ROOM)
    return functools.wraps(function)(call)
