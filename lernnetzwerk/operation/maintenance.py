"""Tasks of `manage.py maintenance`; each app registers its own in a module `maintenance`.

A task may run too often, too rarely or never: no page waits for it.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

logger = logging.getLogger("lernnetzwerk.operation.maintenance")


class TaskFailed(Exception):
    """A failure that the operator must look at, as a German sentence."""


@dataclass(frozen=True)
class Task:
    """`do` returns one German line about what it did, or raises; `place` orders the tasks."""

    name: str
    place: int
    do: Callable[[], str]


@dataclass(frozen=True)
class TaskResult:
    task: Task
    message: str
    has_failed: bool = False


TASKS: list[Task] = []


def register(*tasks: Task) -> None:
    TASKS.extend(tasks)


def run_all() -> Iterator[TaskResult]:
    """Runs each task in order, whether or not those before have failed."""
    for task in sorted(TASKS, key=lambda task: task.place):
        yield _run(task)


def _run(task: Task) -> TaskResult:
    try:
        return TaskResult(task, task.do())
    except TaskFailed as failure:
        return TaskResult(task, str(failure), has_failed=True)
    except Exception as error:
        logger.exception("The chore %s failed", task.name)
        return TaskResult(task, f"Unerwarteter Fehler: {type(error).__name__}: {error}", has_failed=True)
