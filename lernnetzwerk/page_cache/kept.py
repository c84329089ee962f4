"""Values made from public content, kept until the content or the time changes them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.utils import timezone

from lernnetzwerk.page_cache.moments import next_moment
from lernnetzwerk.page_cache.version import current_version

ALIAS = "pages"  # in settings.CACHES


@dataclass(frozen=True)
class Kept:
    """A value that is right for one version of the public content, from `since` until just before `until`."""

    value: Any
    version: int
    since: datetime
    until: datetime


def load(key: str, version: int | None) -> Any:
    """The value under `key`, or None if there is none that is right now."""
    kept = caches[ALIAS].get(key)
    if kept and kept.version == version and kept.since <= timezone.now() < kept.until:
        return kept.value
    return None


def store(key: str, value: Any, version: int, since: datetime) -> None:
    """Keeps what was made from `version`, at `since` or later."""
    caches[ALIAS].set(key, Kept(value, version, since, changes_at(version, since)), timeout=None)


def changes_at(version: int, at: datetime) -> datetime:
    """The next moment that changes pages; asked once for each version."""
    if known := load("next-moment", version):
        return known
    moment = next_moment(at)
    caches[ALIAS].set("next-moment", Kept(moment, version, at, moment), timeout=None)
    return moment


def kept_value(key: str, make: Callable[[], Any]) -> Any:
    """What `make` returns, kept under `key`; None and exceptions are not kept."""
    version, since = current_version(), timezone.now()
    if version is None:
        return make()
    value = load(key, version)
    if value is None:
        value = make()
        store(key, value, version, since)
    return value
