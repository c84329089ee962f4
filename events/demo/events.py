from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from events.demo.attachments import attach
from events.demo.content import Table, fields, stored
from events.models import Appearance, Attachment, Event, EventDay, Series, Session
from events.programme.releases import release
from events.programme.structure import Entry, working_version, write_programme
from lernnetzwerk.visibility.models import publish
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker

WEDNESDAY = 2
DOCUMENTED_AFTER = timedelta(days=9)
NO_EVENT_FIELDS = {
    "series",
    "begins_in_days",
    "days",
    "registration_closes_days_before",
    "release_note",
    "host",
    "topics",
    "image",
    "attachments",
    "programme",
}
SLOT_FIELDS = {"day", "begins_at", "duration", "day_part", "room", "status", "is_parallel"}
NO_SESSION_FIELDS = SLOT_FIELDS | {
    "municipalities",
    "topics",
    "practice_examples",
    "appearances",
    "attachments",
    "children",
}


@dataclass(frozen=True)
class References:
    """What events refer to: topics by name, all else by slug."""

    municipalities: dict[str, Municipality]
    topics: dict[str, Topic]
    speakers: dict[str, Speaker]
    practice_examples: dict[str, PracticeExample]
    is_sample: bool


def load_event(described: Table, today: date, references: References) -> Event:
    event = _event(described, today, references)
    days = _days(event, described.get("days", 0))
    write_programme(working_version(event), _entries(described["programme"], event, days, references))
    release(event, note=described["release_note"], is_final=not event.is_upcoming(morning(today)))
    attach(described.get("attachments", []), event=event)
    own = Attachment.objects.filter(session__event=event) | Attachment.objects.filter(event=event)
    publish([event, *own], _documented_at(event, today))
    return event


def starts_on(today: date, begins_in_days: int) -> date:
    """The first Wednesday from that day on, but not from 20 December to 6 January."""
    day = today + timedelta(days=begins_in_days)
    day += timedelta(days=(WEDNESDAY - day.weekday()) % 7)
    while (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 6):
        day += timedelta(days=7)
    return day


def morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def _documented_at(event: Event, today: date) -> datetime | None:
    """The moment of publication; None (at once) for an event that is not over or undated."""
    if event.ends_on is None or event.is_upcoming(morning(today)):
        return None
    return morning(event.ends_on + DOCUMENTED_AFTER)


def _event(described: Table, today: date, references: References) -> Event:
    event = Event.objects.create(
        is_sample=references.is_sample,
        series=Series.objects.get_or_create(name=described["series"])[0],
        host=references.municipalities[described["host"]] if "host" in described else None,
        image=stored(described.get("image")),
        **_dates(described, today),
        **fields(Event, described, NO_EVENT_FIELDS),
    )
    event.topics.set(references.topics[name] for name in described["topics"])
    return event


def _dates(described: Table, today: date) -> dict[str, date]:
    """The first and last day and the end of registration, as far as they are known."""
    if "begins_in_days" not in described:
        return {}
    first = starts_on(today, described["begins_in_days"])
    dates = {"starts_on": first, "ends_on": first + timedelta(days=described["days"] - 1)}
    if "registration_closes_days_before" in described:
        dates["registration_until"] = first - timedelta(days=described["registration_closes_days_before"])
    return dates


def _days(event: Event, number: int) -> dict[int, EventDay]:
    """Consecutive days by number."""
    return {
        place: EventDay.objects.create(event=event, number=place, date=event.starts_on + timedelta(days=place - 1))
        for place in range(1, number + 1)
        if event.starts_on
    }


def _entries(lines: Iterable[Table], event: Event, days: dict[int, EventDay], references: References) -> list[Entry]:
    """Each line of the programme, followed by its children."""
    entries = []
    for line in lines:
        entries.append(_entry(line, event, references, day=days.get(line.get("day", 1))))
        entries += [_entry(child, event, references, indent=1) for child in line.get("children", [])]
    return entries


def _entry(line: Table, event: Event, references: References, **place: Any) -> Entry:
    slot = {name: line[name] for name in SLOT_FIELDS - {"day"} if name in line}
    if "kind" in line:
        return Entry(session=_session(line, event, references), **slot, **place)
    return Entry(title=line["title"], **slot, **place)


def _session(line: Table, event: Event, references: References) -> Session:
    values = {"language": "de", **fields(Session, line, NO_SESSION_FIELDS)}
    session = Session.objects.create(event=event, **values)
    session.municipalities.set(references.municipalities[slug] for slug in line.get("municipalities", []))
    session.topics.set(references.topics[name] for name in line.get("topics", []))
    session.practice_examples.set(references.practice_examples[slug] for slug in line.get("practice_examples", []))
    for position, appearance in enumerate(line.get("appearances", [])):
        _appearance(appearance, session, position, references)
    attach(line.get("attachments", []), session=session)
    return session


def _appearance(appearance: Table, session: Session, position: int, references: References) -> None:
    """Without an affiliation it takes the speaker's present one."""
    Appearance.objects.create(
        session=session,
        speaker=references.speakers[appearance["speaker"]],
        municipality=references.municipalities[appearance["municipality"]] if "municipality" in appearance else None,
        position=position,
        **fields(Appearance, appearance, {"speaker", "municipality"}),
    )
