"""What visitors have seen of a programme: its public releases, and what changed from each to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from events.models import Event, Programme, Slot
from events.programme.differences import Changes, changes_between
from practice.models import Municipality

SHOWN_FOR = timedelta(days=14)


@dataclass(frozen=True)
class PublicRelease:
    """A release that visitors have seen, from `since` until just before `until`, None for the current one."""

    programme: Programme
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Change:
    """One public release and what changed with it."""

    release: PublicRelease
    changes: Changes

    @property
    def sentences(self) -> list[str]:
        return self.changes.sentences


def public_releases(event: Event) -> list[PublicRelease]:
    """The current release first; one query.

    A release that another one replaced before the event was published has never been public and is left out.
    """
    current, published = event.current_release, event.published_from
    if current is None or current.number is None or published is None:
        return []
    seen: list[PublicRelease] = []
    until: datetime | None = None
    for programme in event.programmes.releases().filter(number__lte=current.number):
        if programme.released_at and (until is None or until > published):
            seen.append(PublicRelease(programme, max(programme.released_at, published), until))
        until = programme.released_at
    return seen


def public_changes(event: Event) -> list[Change]:
    """The changes with each public release, the latest first; two queries."""
    return _changes(public_releases(event))


def _changes(releases: list[PublicRelease]) -> list[Change]:
    towns = dict(Municipality.objects.order_by().values_list("key", "name")) if releases else {}
    return [
        Change(later, changes_between(earlier.programme if earlier else None, later.programme, towns))
        for later, earlier in zip(releases, [*releases[1:], None], strict=False)
    ]


def recent_changes(event: Event, at: datetime) -> list[Change]:
    """Those of the last 14 days before `at`, without the first publication; no query if there are none."""
    current = event.current_release
    if current is None or current.number == 1 or not _is_recent(current.released_at, at):
        return []
    releases = public_releases(event)
    recent = list(takewhile(lambda release: _is_recent(release.since, at), releases[:-1]))
    return _changes(releases[: len(recent) + 1])[: len(recent)]


def mark_changes(slots: Iterable[Slot], changes: Changes) -> None:
    """Gives the slots of a release what is said beside them: `Neu` or `Geändert`."""
    words = dict.fromkeys(changes.added, "Neu") | dict.fromkeys(changes.changed, "Geändert")
    for slot in slots:
        slot.change = words.get(slot.order, "")


def _is_recent(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and at < moment + SHOWN_FOR
