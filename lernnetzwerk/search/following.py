"""Keeps the index up to date: a saved or deleted row updates the entries that depend on it, after the commit.

The row's own entry is updated at once, other entries by a task. What is no longer public is hidden before that. Should
even this fail, queries show nothing hidden, because they ask the rows themselves (lernnetzwerk.search.searching).
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete

from lernnetzwerk.search.indexing import hide, update_quietly
from lernnetzwerk.search.sources import SOURCES, Keys, Source
from lernnetzwerk.search.tasks import update_dependents

logger = logging.getLogger("lernnetzwerk.search")
_is_suspended = ContextVar("is_suspended", default=False)


class Update:
    """What one transaction, or one savepoint of it, has changed; called after the commit."""

    is_done = False

    def __init__(self) -> None:
        self.own: dict[str, set[int]] = {}
        self.dependents: dict[tuple[str, type[Model], object], Callable[[], Keys]] = {}

    def __call__(self) -> None:
        self.is_done = True
        for kind, keys in self.own.items():
            update_quietly(kind, keys)
        try:
            self._update_dependents()
        except Exception:
            logger.exception("The search index misses changes of dependent entries")

    def _update_dependents(self) -> None:
        found: dict[str, set[int]] = {}
        for (kind, _model, _key), keys in self.dependents.items():
            found.setdefault(kind, set()).update(keys())
        for kind, several in found.items():
            if left := sorted(several - self.own.get(kind, set())):
                hide(kind, left)
                update_dependents.enqueue(kind, left)


def follow() -> None:
    """Connects the signals of all registered models."""
    for source in SOURCES.values():
        _follow_rows(source)
        for model, dependents in source.watched.items():
            _follow_dependents(source, model, dependents)


@contextmanager
def suspended() -> Iterator[None]:
    """Changes by this thread do not update the index meanwhile: for a command that rebuilds it afterwards.

    If it does not come to that, `manage.py maintenance` adds what is missing.
    """
    before = _is_suspended.set(True)
    try:
        yield
    finally:
        _is_suspended.reset(before)


def _pending() -> Update:
    """One for each transaction or savepoint, so that it is called once, and never after a rollback."""
    registered: Any = connection.run_on_commit  # the stubs lack a part of it
    for savepoints, function, _is_robust in reversed(registered):
        if isinstance(function, Update) and not function.is_done and savepoints == set(connection.savepoint_ids):
            return function
    update = Update()
    transaction.on_commit(update, robust=True)
    return update


def _follow_rows(source: Source) -> None:
    def receive(instance: Any, raw: bool = False, pk_set: Iterable[int] | None = None, **_kwargs: Any) -> None:
        if not raw:
            keys = {instance.pk} if isinstance(instance, source.model) else set(pk_set or ())
            _before_commit(lambda update: update.own.setdefault(source.kind, set()).update(keys))

    _connect(source, source.model, receive)


def _follow_dependents(source: Source, model: type[Model], dependents: Callable[[Any], Keys]) -> None:
    """The dependents of a saved row are looked up after the commit, those of a deleted row before."""

    def receive(instance: Any, signal: Any, raw: bool = False, **_kwargs: Any) -> None:
        if raw or not isinstance(instance, model):
            return
        found = list(dependents(instance)) if signal is pre_delete else None
        place = (source.kind, model, instance.pk)
        _before_commit(
            lambda update: update.dependents.setdefault(
                place, (lambda: dependents(instance)) if found is None else (lambda: found)
            )
        )

    _connect(source, model, receive)


def _before_commit(note: Callable[[Update], object]) -> None:
    """Outside of a transaction the update is called at once, and must know what to do by then."""
    if _is_suspended.get():
        return
    if connection.in_atomic_block:
        note(_pending())
        return
    update = Update()
    note(update)
    update()


def _connect(source: Source, model: type[Model], receive: Callable[..., None]) -> None:
    name = f"{receive.__qualname__} {source.kind} {model._meta.label}"
    for signal in (post_save, pre_delete):
        signal.connect(receive, sender=model, weak=False, dispatch_uid=name)
    for field in model._meta.many_to_many:
        through: Any = getattr(model, field.name)
        m2m_changed.connect(receive, sender=through.through, weak=False, dispatch_uid=f"{name} {field.name}")
