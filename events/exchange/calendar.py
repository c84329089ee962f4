"""An event as iCalendar (RFC 5545, RFC 7986): one entry a day, for visitors' own calendars."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Timezone
from icalendar import Event as Entry

from events.models import Event
from events.programme.schedule import Day, Schedule

PRODUCT = "-//Lernnetzwerk//Portal//DE"
CONTROL = {code: None for code in range(32) if code not in (9, 10)}
STATUS = {
    Event.Course.PLANNED: "CONFIRMED",
    Event.Course.CANCELLED: "CANCELLED",
    Event.Course.POSTPONED: "TENTATIVE",
}


def calendar(event: Event, plan: Schedule) -> bytes:
    """Days with known times have them in Europe/Berlin; others last all day. The same content gives the same bytes.

    An event whose dates are not known to the day has no entries.
    """
    result = Calendar()
    result.add("prodid", PRODUCT)
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    result.add("name", _plain(event.name))
    result.add("x-wr-calname", _plain(event.name))
    entries = [_entry(event, day) for day in plan.days if day.day.date] or _all_days(event)
    if any(isinstance(entry.decoded("dtstart"), datetime) for entry in entries):
        result.add_component(Timezone.from_tzid("Europe/Berlin"))
    for entry in entries:
        result.add_component(entry)
    return result.to_ical()


def _entry(event: Event, day: Day) -> Entry:
    entry = _facts(event, day.day.number)
    if day.begins and day.ends:
        entry.add("dtstart", day.begins)
        entry.add("dtend", day.ends)
    elif day.day.date:
        entry.add("dtstart", day.day.date)
        entry.add("dtend", day.day.date + timedelta(days=1))
    return entry


def _all_days(event: Event) -> list[Entry]:
    """One entry for the whole event, if no programme has its days; the format's last day is exclusive."""
    if event.starts_on is None or event.ends_on is None or event.precision != "day":
        return []
    entry = _facts(event, 0)
    entry.add("dtstart", event.starts_on)
    entry.add("dtend", event.ends_on + timedelta(days=1))
    return [entry]


def _facts(event: Event, number: int) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.uuid}-{number}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("sequence", int((event.changed_at - event.created_at) / timedelta(minutes=1)))
    entry.add("status", STATUS[Event.Course(event.course)])
    prefix = "" if event.course == Event.Course.PLANNED else f"{event.get_course_display().capitalize()}: "
    entry.add("summary", _plain(prefix + event.name))
    if event.place:
        entry.add("location", _plain(event.place))
    if event.summary:
        entry.add("description", _plain(event.summary))
    entry.add("url", f"{settings.SITE_URL}{event.get_absolute_url()}")
    return entry


def _plain(text: str) -> str:
    """Without control characters, which the format forbids and the library lets through."""
    return text.translate(CONTROL)
