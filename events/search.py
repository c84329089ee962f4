"""What of the app can be found: events, sessions, and attachments with the text of each page and what is said."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Count, Q, QuerySet

from events.attachments.player import is_recorded, subtitles_in
from events.attachments.transcript import transcript
from events.models import Appearance, Attachment, Event, Series, Session, Track
from lernnetzwerk.reading.models import Reading, Rendition
from lernnetzwerk.search.sources import SEPARATOR, Entry, Facet, PageFacts, Place, Source, Text, register
from lernnetzwerk.text.plain import plain
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker


def facets(rows: Iterable[Any]) -> list[Facet]:
    return [(row.slug, row.name) for row in rows]


def series_of(event: Event | None) -> Facet | None:
    return (event.series.slug, event.series.name) if event and event.series else None


def joined(*texts: str) -> str:
    return SEPARATOR.join(filter(None, texts))


# --- events -----------------------------------------------------------------------------------------------------------


def load_events(rows: QuerySet) -> QuerySet:
    return rows.select_related("series", "host").prefetch_related("topics")


def event_entry(event: Event) -> Entry:
    text = "\n".join(map(plain, (event.description, event.review, event.directions)))
    address = event.get_absolute_url()
    return Entry(
        title=event.name,
        address=address,
        visible_from=moment(event),
        summary=event.teaser,
        context=joined(
            event.motto, event.state_programme, event.dates, event.place, *names([*hosts(event), *event.topics.all()])
        ),
        texts=[Text(text, address)],
        names=[name for name in (event.name, event.short_code) if name],
        held_on=event.starts_on,
        series=series_of(event),
        topics=facets(event.topics.all()),
        municipalities=facets(hosts(event)),
        is_sample=event.is_sample,
    )


def hosts(event: Event) -> list[Municipality]:
    return [event.host] if event.host else []


def moment(published: Any) -> datetime:
    """The moment of a released row, which has one."""
    return published.published_from


def names(rows: Iterable[Any]) -> list[str]:
    return [row.name for row in rows]


# --- sessions ---------------------------------------------------------------------------------------------------------


def load_sessions(rows: QuerySet) -> QuerySet:
    return rows.select_related("event__series", "event__host").prefetch_related(
        "appearances__speaker", "appearances__municipality", "municipalities", "topics"
    )


def session_entry(session: Session) -> Entry:
    address = session.get_absolute_url()
    text = "\n".join(map(plain, (session.abstract, session.results)))
    appearances = list(session.appearances.all())
    return Entry(
        title=session.name,
        address=address,
        visible_from=moment(session.event),
        summary=joined(session.get_kind_display(), session.subtitle, contributors(session), event_name(session.event)),
        context=joined(
            *(one.affiliation for one in appearances), *names([*municipalities_of(session), *session.topics.all()])
        ),
        texts=[Text(text, address)],
        held_on=session.event.starts_on,
        series=series_of(session.event),
        topics=facets(session.topics.all()),
        municipalities=facets(municipalities_of(session)),
        is_sample=session.event.is_sample,
    )


def contributors(session: Session) -> str:
    return ", ".join([*(one.name for one in session.appearances.all()), *names(session.municipalities.all())])


def municipalities_of(session: Session) -> list[Municipality]:
    spoken_for = [one.municipality for one in session.appearances.all() if one.municipality]
    return list(dict.fromkeys([*session.municipalities.all(), *spoken_for]))


def event_name(event: Event | None) -> str:
    return event.name_and_dates if event else ""


# --- attachments ------------------------------------------------------------------------------------------------------


def load_attachments(rows: QuerySet) -> QuerySet:
    return (
        rows.select_related(
            "event__series", "event__host", "session__event__series", "practice_example", "stored_file__reading"
        )
        .prefetch_related(
            "session__appearances__speaker",
            "session__appearances__municipality",
            "session__municipalities",
            "session__topics",
            "event__topics",
            "practice_example__topics",
            "practice_example__municipalities",
            "stored_file__reading__pages",
            "tracks",
        )
        .filter(absence="")
    )


def attachment_entry(attachment: Attachment) -> Entry:
    event, session = attachment.parent_event, attachment.session
    owner = attachment.owner
    return Entry(
        title=attachment.name,
        address=attachment.get_absolute_url(),
        visible_from=max(map(moment, filter(None, [attachment, event, attachment.practice_example]))),
        summary=joined(
            attachment.get_kind_display(), owner.name if isinstance(owner, Session) else "", event_name(event)
        ),
        context=joined(
            str(attachment.practice_example or ""),
            contributors(session) if session else "",
            *names(municipalities(attachment)),
            *names(owner.topics.all() if owner else []),
        ),
        texts=chain(pages(attachment), said(attachment)),
        held_on=event.starts_on if event else None,
        series=series_of(event),
        topics=facets(owner.topics.all() if owner else []),
        municipalities=facets(municipalities(attachment)),
        is_sample=attachment.is_sample,
    )


def municipalities(attachment: Attachment) -> list[Municipality]:
    if attachment.session:
        return municipalities_of(attachment.session)
    if attachment.practice_example:
        return list(attachment.practice_example.municipalities.all())
    return hosts(attachment.event) if attachment.event else []


def pages(attachment: Attachment) -> Iterator[Text]:
    """The pages of the present file; earlier versions are not read here."""
    file = attachment.stored_file
    reading = getattr(file, "reading", None)
    if file is None or reading is None or not reading.is_done or file.is_embeddable:
        return
    titles = {entry["page"]: entry["title"] for entry in reversed(reading.outline)}
    for page in reading.pages.all():
        title = page.title or titles.get(page.number, "")
        if page.text.strip() or title.strip():
            yield Text(page.text, attachment.get_page_url(page.number), page=page.number, title=title)


def said(attachment: Attachment) -> Iterator[Text]:
    if is_recorded(attachment):
        for paragraph in transcript(subtitles_in(tuple(attachment.tracks.all()), attachment.language)):
            address = f"{attachment.get_absolute_url()}#t={paragraph.begin}"
            yield Text(paragraph.text, address, second=paragraph.begin, title=paragraph.voice)


def page_facts(places: Sequence[Place]) -> dict[Place, PageFacts]:
    """Pictures and numbers of pages of public attachments; two queries."""
    keys, numbers = {key for key, _page in places}, {page for _key, page in places}
    attachments = Attachment.objects.filter(pk__in=keys).annotate(pages=Count("stored_file__reading__pages"))
    found = {attachment.pk: attachment for attachment in attachments.only("pk", "uuid", "stored_file_id")}
    small = Rendition.objects.filter(
        source__in=[one.stored_file_id for one in found.values()], number__in=numbers, size=Rendition.Size.SMALL
    )
    pictured = set(small.values_list("source", "number"))
    return {
        (key, page): PageFacts(
            found[key].get_page_picture_url(page) if (found[key].stored_file_id, page) in pictured else "",
            found[key].pages,
        )
        for key, page in places
        if key in found
    }


def attachments_where(**where: object) -> QuerySet:
    return Attachment.objects.filter(**where).values_list("pk", flat=True)


def attachments_of(condition: Q) -> QuerySet:
    return Attachment.objects.filter(condition).order_by().values_list("pk", flat=True).distinct()


def attachments_of_event(event: Event) -> QuerySet:
    return attachments_of(Q(event=event) | Q(session__event=event))


def sessions_where(**where: object) -> QuerySet:
    return Session.objects.filter(**where).values_list("pk", flat=True)


register(
    Source(
        kind="event",
        label="Treffen",
        plural="Treffen",
        model=Event,
        load=load_events,
        entry=event_entry,
        watched={
            Series: lambda series: series.events.values_list("pk", flat=True),
            Topic: lambda topic: topic.events.values_list("pk", flat=True),
            Municipality: lambda host: host.hosted_events.values_list("pk", flat=True),
        },
    ),
    Source(
        kind="session",
        label="Beitrag",
        plural="Beiträge",
        model=Session,
        load=load_sessions,
        entry=session_entry,
        watched={
            Event: lambda event: event.sessions.values_list("pk", flat=True),
            Series: lambda series: sessions_where(event__series=series),
            Appearance: lambda appearance: [appearance.session_id],
            Speaker: lambda speaker: sessions_where(appearances__speaker=speaker),
            Topic: lambda topic: sessions_where(topics=topic),
            Municipality: lambda town: chain(
                sessions_where(municipalities=town), sessions_where(appearances__municipality=town)
            ),
        },
    ),
    Source(
        kind="attachment",
        label="Material",
        plural="Materialien",
        model=Attachment,
        load=load_attachments,
        entry=attachment_entry,
        page_facts=page_facts,
        watched={
            Event: attachments_of_event,
            Session: lambda session: attachments_where(session=session),
            PracticeExample: lambda example: attachments_where(practice_example=example),
            Appearance: lambda appearance: attachments_where(session=appearance.session_id),
            Speaker: lambda speaker: attachments_where(session__appearances__speaker=speaker),
            Series: lambda series: attachments_of(Q(event__series=series) | Q(session__event__series=series)),
            Topic: lambda topic: attachments_of(
                Q(event__topics=topic) | Q(session__topics=topic) | Q(practice_example__topics=topic)
            ),
            Municipality: lambda town: attachments_of(
                Q(event__host=town)
                | Q(session__municipalities=town)
                | Q(session__appearances__municipality=town)
                | Q(practice_example__municipalities=town)
            ),
            Track: lambda track: [track.attachment_id],
            Reading: lambda reading: attachments_where(stored_file=reading.pk),
        },
    ),
)
