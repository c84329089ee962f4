"""Housekeeping that `manage.py tick` does, each chore registered by its app in a module `chores`.

Chores bear being done too often, too rarely and never: no page waits for them.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

logger = logging.getLogger("lernnetzwerk.operation.maintenance")


class ChoreFailed(Exception):
    """Something an operator has to look at, as a German sentence."""


@dataclass(frozen=True)
class Chore:
    """`do` returns one German line about what it did, or raises; `place` orders the chores."""

    name: str
    place: int
    do: Callable[[], str]


@dataclass(frozen=True)
class Done:
    chore: Chore
    told: str
    has_failed: bool = False


CHORES: list[Chore] = []


def register(*chores: Chore) -> None:
    CHORES.extend(chores)


def do_all() -> Iterator[Done]:
    """Each chore in its turn, whatever became of those before."""
    for chore in sorted(CHORES, key=lambda chore: chore.place):
        yield _do(chore)


def _do(chore: Chore) -> Done:
    try:
        return Done(chore, chore.do())
    except ChoreFailed as failure:
        return Done(chore, str(failure), has_failed=True)
    except Exception as error:
        logger.exception("The chore %s failed", chore.name)
        return Done(chore, f"Unerwarteter Fehler: {type(error).__name__}: {error}", has_failed=True)
