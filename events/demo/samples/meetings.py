from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from events.demo.pictures import CREDIT, description, picture
from events.demo.samples.coming import COMING
from events.demo.samples.examples import morning
from events.demo.samples.health import HEALTH
from events.demo.samples.materials import attach
from events.demo.samples.poverty import POVERTY
from events.demo.samples.prose import prose
from events.demo.samples.shapes import Item, Meeting
from events.models import Appearance, Attachment, Event, EventDay, Series, Session
from events.programme.releases import release
from events.programme.structure import Entry, working_version, write_programme
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.visibility.models import publish
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker

MEETINGS = (POVERTY, HEALTH, COMING)
PROSE = {"description", "directions", "review"}
DOCUMENTED_AFTER = timedelta(days=9)


@dataclass(frozen=True)
class Stock:
    """What meetings are made of, by the names under which their items speak of it."""

    towns: dict[str, Municipality]
    topics: dict[str, Topic]
    people: dict[str, Speaker]
    examples: dict[str, PracticeExample]


def load_meeting(meeting: Meeting, today: date, stock: Stock) -> Event:
    event = _event(meeting, today, stock)
    days = {day.number: day for day in _days(event, meeting.starts_on(today), meeting)}
    entries = [entry for item in meeting.items for entry in _entries(item, event, days, stock)]
    write_programme(working_version(event), entries)
    release(event, note=meeting.note, is_final=not event.is_upcoming(today))
    attach(meeting.materials, event=event)
    own = Attachment.objects.filter(session__event=event) | Attachment.objects.filter(event=event)
    is_over = event.ends_on is not None and not event.is_upcoming(today)
    published_from = morning(event.ends_on + DOCUMENTED_AFTER) if event.ends_on and is_over else None
    publish([event, *own], published_from)
    return event


def _event(meeting: Meeting, today: date, stock: Stock) -> Event:
    starts_on = meeting.starts_on(today)
    wait = meeting.registration_days
    event = Event.objects.create(
        slug=meeting.slug,
        is_sample=True,
        series=Series.objects.get_or_create(name="Lernnetzwerktreffen")[0],
        number=meeting.number,
        position=meeting.number,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=meeting.days - 1),
        host=stock.towns[meeting.host] if meeting.host else None,
        registration_until=None if wait is None else starts_on - timedelta(days=wait),
        image=store_bytes(picture(meeting.seed, meeting.palette), f"{meeting.slug}.webp"),
        image_alt=description(meeting.palette),
        image_credit=CREDIT,
        **{name: prose(text) if name in PROSE else text for name, text in meeting.fields.items()},
    )
    event.topics.set(stock.topics[name] for name in meeting.topics)
    return event


def _days(event: Event, starts_on: date, meeting: Meeting) -> list[EventDay]:
    return [
        EventDay.objects.create(event=event, number=number, date=starts_on + timedelta(days=number - 1))
        for number in range(1, meeting.days + 1)
    ]


def _entries(item: Item, event: Event, days: dict[int, EventDay], stock: Stock) -> list[Entry]:
    """The item and what stands under it."""
    entries = [_entry(item, event, stock, day=days[item.day])]
    return [*entries, *(_entry(inner, event, stock, indent=1) for inner in item.inner)]


def _entry(item: Item, event: Event, stock: Stock, **place: Any) -> Entry:
    session = _session(item, event, stock) if item.kind else None
    return Entry(
        session=session,
        title="" if session else item.title,
        is_parallel=item.is_parallel,
        begins_at=time.fromisoformat(item.begins_at) if item.begins_at else None,
        duration=item.duration,
        day_part=item.day_part,
        room=item.room,
        status=item.status,
        **place,
    )


def _session(item: Item, event: Event, stock: Stock) -> Session:
    session = Session.objects.create(
        event=event,
        kind=item.kind,
        title=item.title,
        subtitle=item.subtitle,
        abstract=prose(item.abstract),
        results=prose(item.results),
        language=item.language,
    )
    session.municipalities.set(stock.towns[slug] for slug in item.towns)
    session.topics.set(stock.topics[name] for name in item.topics)
    session.practice_examples.set(stock.examples[slug] for slug in item.examples)
    _appearances(item, session, stock)
    attach(item.materials, session=session)
    return session


def _appearances(item: Item, session: Session, stock: Stock) -> None:
    for position, voice in enumerate(item.voices):
        Appearance.objects.create(
            session=session,
            speaker=stock.people[voice.person],
            role=voice.role,
            academic_title=voice.academic_title,
            unit=voice.unit,
            organisation=voice.organisation,
            place=voice.place,
            municipality=stock.towns[voice.town] if voice.town else None,
            position=position,
        )
