"""Events as iCalendar (RFC 5545, RFC 7986): one entry a day, for visitors' own calendars."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, vDuration, vText
from icalendar import Event as Entry

from events.exchange.time_zone import berlin
from events.models import Event, FormerDay
from events.programme.schedule import WHOLE_EVENT, Day, Schedule

PRODUCT = "-//Lernnetzwerk//Portal//DE"
CONTROL_CHARACTERS = {code: None for code in range(32) if code not in (9, 10)}
STATUS = {
    Event.Course.PLANNED: "CONFIRMED",
    Event.Course.CANCELLED: "CANCELLED",
    Event.Course.POSTPONED: "TENTATIVE",
}
REFRESH_INTERVAL = timedelta(hours=12)
CANCELLED_FOR = timedelta(days=30)
REPLACED_ENTRY = "Dieser Eintrag gilt nicht mehr. Jeder Tag des Treffens hat jetzt einen eigenen Eintrag."
FORMER_DAY = "An diesem Tag findet das Treffen nicht mehr statt."


def calendar(event: Event, plan: Schedule, today: date) -> bytes:
    """Days with a known begin have it in Europe/Berlin; others last all day. The same content gives the same bytes.

    Each day keeps its UID, whatever is released or moved. A day that has gone is cancelled until 30 days after its
    date. An event whose dates are not known to the day has no other entries.
    """
    return calendar_file(event.name, entries(event, plan.dates, today))


def calendar_file(name: str, shown: Iterable[Entry]) -> bytes:
    """These entries, with the time zone if one of them needs it."""
    result = Calendar()
    result.add("prodid", PRODUCT)
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    result.add("name", plain(name))
    result.add("x-wr-calname", plain(name))
    result.add("refresh-interval", REFRESH_INTERVAL, {"value": "DURATION"})
    result.add("x-published-ttl", vDuration(REFRESH_INTERVAL))
    listed = list(shown)
    if any(isinstance(entry.decoded("dtstart"), datetime) for entry in listed):
        result.add_component(berlin())
    for entry in listed:
        result.add_component(entry)
    return result.to_ical()


def entries(event: Event, days: list[Day], today: date) -> list[Entry]:
    """Of one event: its days, or all of it as one entry, and those that are cancelled."""
    shown = [_entry(event, day) for day in days] or _all_days(event)
    return shown + [_cancelled(event, day) for day in _former_days(event, days, today)]


def _entry(event: Event, day: Day) -> Entry:
    """A known begin without a known end stands alone: the entry then ends when it begins (RFC 5545, 3.6.1)."""
    if day.starts_at is None:
        return _all_day(event, day.day.number, day.day.date, day.day.date)
    entry = _facts(event, day.day.number)
    entry.add("dtstart", day.starts_at)
    if day.ends_at and day.ends_at > day.starts_at:
        entry.add("dtend", day.ends_at)
    return entry


def _all_days(event: Event) -> list[Entry]:
    """One entry for the whole event, if not each of its days is known."""
    return [_all_day(event, WHOLE_EVENT, event.starts_on, event.ends_on)] if event.has_calendar else []


def _all_day(event: Event, number: int, first: date | None, last: date | None) -> Entry:
    """The format's last day is exclusive."""
    entry = _facts(event, number)
    if first and last:
        entry.add("dtstart", first)
        entry.add("dtend", last + timedelta(days=1))
    return entry


def _former_days(event: Event, days: list[Day], today: date) -> Iterator[FormerDay]:
    present = {day.day.number for day in days} or ({WHOLE_EVENT} if event.has_calendar else set())
    for day in event.former_days.all():
        if day.number not in present and day.ends_on >= today - CANCELLED_FOR:
            yield day


def _cancelled(event: Event, day: FormerDay) -> Entry:
    entry = _all_day(event, day.number, day.begins_on, day.ends_on)
    entry["summary"] = vText(plain(f"Entfällt: {event.name}"))
    entry["status"] = vText("CANCELLED")
    entry["description"] = vText(REPLACED_ENTRY if day.number == 0 else FORMER_DAY)
    entry.add("transp", "TRANSPARENT")
    return entry


def _facts(event: Event, number: int) -> Entry:
    entry = Entry()
    entry.add("uid", uid(f"{event.uuid}-{number}"))
    changed_at = max(one.changed_at for one in (event, event.host, event.series) if one)
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    entry.add("sequence", event.calendar_sequence)
    entry.add("status", STATUS[Event.Course(event.course)])
    prefix = "" if event.course == Event.Course.PLANNED else f"{event.get_course_display().capitalize()}: "
    entry.add("summary", plain(prefix + event.name))
    if event.place:
        entry.add("location", plain(event.place))
    if description := "\n".join(filter(None, [new_date(event), event.summary])):
        entry.add("description", plain(description))
    entry.add("url", f"{settings.SITE_URL}{event.get_absolute_url()}")
    return entry


def new_date(event: Event) -> str:
    """Where the event takes place instead, if that is public."""
    other = getattr(event, "public_new_date", None)
    return f"Neuer Termin: {other.name_and_dates}, {settings.SITE_URL}{other.get_absolute_url()}" if other else ""


def uid(name: str) -> str:
    """With the configured domain, never that of the request."""
    return f"{name}@{urlsplit(settings.SITE_URL).hostname}"


def plain(text: str) -> str:
    """Without control characters, which the format forbids and the library lets through."""
    return text.translate(CONTROL_CHARACTERS)
