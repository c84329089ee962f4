"""Items of programmes as iCalendar entries: one session, or those that a visitor has chosen."""

from collections.abc import Iterable

from django.conf import settings
from icalendar import Event as Entry

from events.exchange.calendar import plain, uid
from events.models import Event, Session, Slot
from events.models.clock import moment

STATUS = {
    Slot.Status.CONFIRMED: "CONFIRMED",
    Slot.Status.PROVISIONAL: "TENTATIVE",
    Slot.Status.CANCELLED: "CANCELLED",
}


def item_entries(event: Event, slots: Iterable[Slot]) -> list[Entry]:
    """The slots with a session, a date and a known begin; those without one of them cannot be expressed.

    `day`, `parent` and `session` of each slot are loaded. A slot without times has those of the one it belongs to.
    """
    return [entry for slot in slots if slot.session and (entry := _entry(event, slot, slot.session))]


def _entry(event: Event, slot: Slot, session: Session) -> Entry | None:
    """LAST-MODIFIED is the last change of the release, the session or the event; SEQUENCE counts releases as well."""
    times = slot.parent if slot.parent and slot.begins is None else slot
    if times.begins is None or times.day.held_on is None:
        return None
    release = event.current_release
    entry = Entry()
    entry.add("uid", uid(str(session.uuid)))
    released_at = release.released_at if release else None
    changed_at = max(one for one in (event.changed_at, session.changed_at, released_at) if one)
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    entry.add("sequence", event.calendar_sequence + (release.number or 0 if release else 0))
    is_off = slot.is_cancelled or event.course == Event.Course.CANCELLED
    is_moved = event.course == Event.Course.POSTPONED
    entry.add("status", "CANCELLED" if is_off else "TENTATIVE" if is_moved else STATUS[Slot.Status(slot.status)])
    prefix = "Entfällt: " if is_off else "Verschoben: " if is_moved else ""
    entry.add("summary", plain(prefix + session.name))
    entry.add("dtstart", moment(times.day.held_on, times.begins))
    if times.ends is not None and times.ends > times.begins:
        entry.add("dtend", moment(times.day.held_on, times.ends))
    if place := ", ".join(filter(None, [slot.room, event.place])):
        entry.add("location", plain(place))
    people = f"Mit {session.contributors}. " if session.contributors else ""
    entry.add("description", plain(f"{people}{event.name}"))
    entry.add("url", f"{settings.SITE_URL}{session.get_absolute_url()}")
    entry.add("related-to", uid(f"{event.uuid}-{slot.day.number}"))
    return entry
