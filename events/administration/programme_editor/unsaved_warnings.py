"""Turns the editor's rows into unsaved slots, so that warnings appear while typing."""

from collections.abc import Iterator, Sequence

from events.administration.programme_editor.rows import AFFILIATION, Row, new_speaker_key
from events.models import Appearance, Programme, Session, Slot
from events.programme.nights import mark_nights
from events.programme.warnings import clashes
from practice.models import Municipality
from speakers.models import Speaker

PLACED = ("is_parallel", "begins_at", "duration", "room", "status")


def warnings_by_place(programme: Programme, rows: Sequence[Row]) -> dict[int, list[str]]:
    """Sentences by the row's place from 0; skips rows that cannot be read yet. Two queries."""
    messages: dict[int, list[str]] = {}
    slots = list(_Reading(programme, rows).slots())
    mark_nights(slots)
    for finding in clashes(programme.event, slots):
        messages.setdefault(finding.slot.order - 1, []).append(finding.text)
    return messages


class _Reading:
    def __init__(self, programme: Programme, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.days = {day.number: day for day in programme.event.days.all()}
        self.municipalities = Municipality.objects.in_bulk({key for row in rows for key in row.municipalities})
        self.newcomers: dict[tuple, int] = {}

    def slots(self) -> Iterator[Slot]:
        parent = None
        for place, row in enumerate(self.rows):
            day = self.days.get(row.values.get("day", 0))
            is_under = bool(row.values.get("indent"))
            if day is None or (is_under and parent is None):
                parent = parent if is_under else None
                continue
            slot = self._slot(place, row)
            slot.day, slot.parent = day, parent if is_under else None
            parent = parent if is_under else slot
            yield slot

    def _slot(self, place: int, row: Row) -> Slot:
        placed = {name: row.values[name] for name in PLACED}
        if row.is_break:
            return Slot(order=place + 1, session=None, title=row.values["title"], **placed)
        return Slot(order=place + 1, session=self._session(place, row), **placed)

    def _session(self, place: int, row: Row) -> Session:
        """With a key that no stored session has: without a key `name` ignores the appearances."""
        session = Session(pk=-1 - place, kind=row.values["kind"], title=row.values["title"])
        session._prefetched_objects_cache = {  # type: ignore[attr-defined]  # where Django keeps what it prefetched
            "appearances": [self._appearance(session, given) for given in row.appearances],
            "municipalities": [self.municipalities[key] for key in row.municipalities if key in self.municipalities],
        }
        return session

    def _appearance(self, session: Session, given: dict) -> Appearance:
        """Rows with the same new name share one speaker, as when they are saved."""
        names = {name: given[name] for name in ("first_name", "last_name")}
        known = given["speaker"] or self.newcomers.setdefault(new_speaker_key(given), -1 - len(self.newcomers))
        affiliation = {name: given[name] for name in AFFILIATION}
        return Appearance(session=session, speaker=Speaker(pk=known, **names), role=given["role"], **affiliation)
