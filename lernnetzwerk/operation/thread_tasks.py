"""Background tasks in threads of the web server's own process, which then need no worker beside it.

A task that is lost with the process is repeated by `manage.py maintenance`.
"""

from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import BoundedSemaphore, Event, Lock, Thread
from typing import Any

import django
from django.db import connections

if django.VERSION >= (6, 0):
    from django.tasks.backends.immediate import ImmediateBackend
else:
    from django_tasks.backends.immediate import ImmediateBackend  # type: ignore[assignment]

THREADS = 2
PATIENCE_SECONDS = 2.0  # a request waits so long for its task: most files are read by then
WAITING_REQUESTS = BoundedSemaphore(4)  # requests of this process that wait


class ThreadBackend(ImmediateBackend):
    """Named by `TASKS=thread`; gunicorn.conf.py chooses it unless TASKS names another."""

    def _execute_task(self, task_result: Any) -> None:
        done = Event()
        _queue.put(partial(_run, super()._execute_task, task_result, done))  # type: ignore[misc]  # unknown to the stubs
        _start_threads()
        if WAITING_REQUESTS.acquire(blocking=False):
            done.wait(PATIENCE_SECONDS)
            WAITING_REQUESTS.release()


def _run(execute: Callable[[Any], None], task_result: Any, done: Event) -> None:
    try:
        execute(task_result)
    finally:
        connections.close_all()
        done.set()


def _start_threads() -> None:
    """Daemons: a server that stops does not wait for them."""
    with _lock:
        while len(_threads) < THREADS:
            thread = Thread(target=_work, name="task", daemon=True)
            thread.start()
            _threads.append(thread)


def _work() -> None:
    while True:
        _queue.get()()


_queue: "SimpleQueue[Callable[[], None]]" = SimpleQueue()
_threads: list[Thread] = []
_lock = Lock()
