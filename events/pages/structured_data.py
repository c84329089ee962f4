"""Events, sessions and attachments for search engines (schema.org: EducationEvent, Event, CreativeWork)."""

from datetime import datetime

from django.conf import settings

from events.models import Appearance, Attachment, Event, Session, Slot
from events.programme.schedule import Schedule
from lernnetzwerk.text.structured_data import known, site_address

STATUS = {
    Event.Course.PLANNED: "https://schema.org/EventScheduled",
    Event.Course.CANCELLED: "https://schema.org/EventCancelled",
    Event.Course.POSTPONED: "https://schema.org/EventPostponed",
}
MODES = {
    Event.Format.PRESENCE: "https://schema.org/OfflineEventAttendanceMode",
    Event.Format.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Event.Format.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}
TYPES = {"slides": "PresentationDigitalDocument", "video": "VideoObject", "audio": "AudioObject"}
LICENCES = {
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def event_data(event: Event, plan: Schedule) -> dict:
    """With the items of its programme that have a page."""
    return known(
        **_event(event),
        startDate=_first(plan) or (event.starts_on.isoformat() if event.has_calendar and event.starts_on else None),
        endDate=_last(plan) or (event.ends_on.isoformat() if event.has_calendar and event.ends_on else None),
        description=event.summary,
        image=site_address(event.picture_url) if event.picture_url else None,
        organizer=known(type="Organization", name=settings.SITE_NAME, url=site_address("/")),
        superEvent=_series(event),
        subEvent=[
            known(
                **_session(item.slot.session),
                eventStatus=STATUS[Event.Course.CANCELLED] if item.slot.is_cancelled else None,
                startDate=_moment(item.begins),
                endDate=_moment(item.ends),
            )
            for whole in plan.items
            for item in (whole, *whole.children)
            if item.slot.session
        ],
    )


def session_data(session: Session, slot: Slot | None) -> dict:
    is_off = slot is not None and slot.is_cancelled
    return known(
        **_session(session),
        eventStatus=STATUS[Event.Course.CANCELLED] if is_off else STATUS[Event.Course(session.event.course)],
        location=_location(session.event),
        performer=[_performer(appearance) for appearance in session.appearances.all()],
        superEvent=known(**_event(session.event)),
    )


def attachment_data(attachment: Attachment) -> dict:
    """`uploadDate` is when it became public; a file has its type and size."""
    file, owner = attachment.stored_file, attachment.session or attachment.event
    return known(
        type=TYPES.get(attachment.kind, "DigitalDocument"),
        name=attachment.name,
        url=site_address(attachment.get_absolute_url()),
        description=attachment.description,
        inLanguage=attachment.language,
        license=LICENCES.get(attachment.licence),
        encodingFormat=file.media_type if file else None,
        contentSize=f"{file.size} B" if file else None,
        contentUrl=site_address(attachment.get_download_url()) if file else None,
        thumbnailUrl=site_address(attachment.get_cover_url()) if getattr(attachment, "has_cover", False) else None,
        uploadDate=_moment(attachment.published_from),
        author=[_performer(one) for one in attachment.session.appearances.all()] if attachment.session else None,
        isPartOf=known(type="Event", name=owner.name, url=site_address(owner.get_absolute_url())) if owner else None,
    )


def _event(event: Event) -> dict:
    return known(
        type="EducationEvent",
        name=event.name,
        url=site_address(event.get_absolute_url()),
        eventStatus=STATUS[Event.Course(event.course)],
        eventAttendanceMode=MODES.get(Event.Format(event.format)),
        location=_location(event),
    )


def _location(event: Event) -> dict | None:
    if event.format == Event.Format.ONLINE:
        return known(type="VirtualLocation", url=site_address(event.get_absolute_url()))
    town = event.host.name if event.host else None
    if not event.place:
        return None
    address = known(type="PostalAddress", addressLocality=town, addressRegion="Nordrhein-Westfalen")
    return known(type="Place", name=event.venue or town, address=address if town else None)


def _series(event: Event) -> dict | None:
    series = event.series
    if series is None:
        return None
    return known(type="EventSeries", name=series.name, url=site_address(series.get_absolute_url()))


def _session(session: Session) -> dict:
    address = site_address(session.get_absolute_url())
    return known(type="Event", name=session.name, url=address, inLanguage=session.language)


def _performer(appearance: Appearance) -> dict:
    affiliation = known(type="Organization", name=appearance.affiliation) if appearance.affiliation else None
    return known(type="Person", name=appearance.name, affiliation=affiliation)


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _first(plan: Schedule) -> str | None:
    return _moment(plan.dates[0].starts_at) if plan.dates else None


def _last(plan: Schedule) -> str | None:
    return _moment(plan.dates[-1].ends_at) if plan.dates else None
