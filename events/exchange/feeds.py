"""Atom feeds (RFC 4287): new events, attachments and practice examples, also of one topic or municipality, and the
changes of one programme.

Identifiers are `urn:uuid:` of the object, addresses those of the configured site, and the same content gives the same
bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure

from events.exchange.calendar import new_date, plain
from events.models import Attachment, Event
from events.programme.history import Change
from practice.models import Municipality, PracticeExample, Topic

MOST = 30  # entries
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # of a feed without entries
EVERYTHING = Q()
CONTENT_TYPE = "application/atom+xml; charset=utf-8"

# Where attachments and events get their topics and municipalities.
TOPICS = ("session__topics", "event__topics", "practice_example__topics")
MUNICIPALITIES = ("session__municipalities", "event__host", "practice_example__municipalities")


@dataclass(frozen=True)
class FeedEntry:
    """`address` is a path; `published` is when it became public, `updated` when it was last changed."""

    uuid: UUID
    title: str
    address: str
    summary: str
    published: datetime
    updated: datetime
    files: list[Enclosure] = field(default_factory=list)


class StableAtom(Atom1Feed):
    """Atom without the present moment, so that the same entries give the same bytes."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


def feed(title: str, page: str, address: str, entries: Iterable[FeedEntry]) -> HttpResponse:
    """The feed at the path `address`, of what is shown on the path `page`."""
    site = settings.SITE_URL
    atom = StableAtom(
        title=plain(title),
        link=f"{site}{page}",
        description="",
        language="de",
        feed_url=f"{site}{address}",
        feed_guid=uuid5(NAMESPACE_URL, f"{site}{address}").urn,
        author_name=settings.SITE_NAME,
    )
    for entry in entries:
        atom.add_item(
            title=plain(entry.title),
            link=f"{site}{entry.address}",
            description=linebreaksbr(plain(entry.summary), autoescape=True),  # Django sends it as HTML
            unique_id=entry.uuid.urn,
            pubdate=entry.published,
            updateddate=max(entry.published, entry.updated),
            enclosures=entry.files,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-cache"})


def newest(*lists: Iterable[FeedEntry]) -> list[FeedEntry]:
    """The last entries of all lists, the latest first."""
    entries = [entry for one in lists for entry in one]
    return sorted(entries, key=lambda entry: (entry.published, entry.uuid), reverse=True)[:MOST]


def new_events(wanted: Q = EVERYTHING) -> list[FeedEntry]:
    rows = Event.objects.published().filter(wanted).select_related("series", "host").with_new_date()
    return [
        FeedEntry(
            uuid=event.uuid,
            title=f"Treffen: {event.name_and_dates}",
            address=event.get_absolute_url(),
            summary=" · ".join(filter(None, [_course(event), new_date(event), event.summary, event.place])),
            published=event.published_from or NEVER,
            updated=event.changed_at,
        )
        for event in rows.order_by("-published_from", "-pk").distinct()[:MOST]
    ]


def _course(event: Event) -> str:
    return "" if event.course == Event.Course.PLANNED else event.get_course_display().capitalize()


def new_attachments(wanted: Q = EVERYTHING) -> list[FeedEntry]:
    rows = Attachment.objects.published().available().filter(wanted).for_cards()
    return [
        FeedEntry(
            uuid=attachment.uuid,
            title=f"{attachment.get_kind_display()}: {attachment.subject}",
            address=attachment.get_absolute_url(),
            summary=attachment.description,
            published=attachment.published_from or NEVER,
            updated=attachment.changed_at,
            files=_files(attachment),
        )
        for attachment in rows.order_by("-published_from", "-pk").distinct()[:MOST]
    ]


def _files(attachment: Attachment) -> list[Enclosure]:
    file = attachment.stored_file
    if file is None:
        return []
    return [Enclosure(f"{settings.SITE_URL}{attachment.get_download_url()}", str(file.size), file.media_type)]


def new_examples(wanted: Q = EVERYTHING) -> list[FeedEntry]:
    rows = PracticeExample.objects.published().filter(wanted).prefetch_related("municipalities")
    return [
        FeedEntry(
            uuid=example.uuid,
            title=f"Praxisbeispiel: {example.title}",
            address=example.get_absolute_url(),
            summary=" · ".join(filter(None, [", ".join(map(str, example.municipalities.all())), example.summary])),
            published=example.published_from or NEVER,
            updated=example.changed_at,
        )
        for example in rows.order_by("-published_from", "-pk").distinct()[:MOST]
    ]


def of_topic(topic: Topic) -> list[FeedEntry]:
    return newest(new_events(Q(topics=topic)), new_attachments(_any(TOPICS, topic)), new_examples(Q(topics=topic)))


def of_municipality(municipality: Municipality) -> list[FeedEntry]:
    return newest(
        new_events(Q(host=municipality)),
        new_attachments(_any(MUNICIPALITIES, municipality)),
        new_examples(Q(municipalities=municipality)),
    )


def _any(paths: Iterable[str], wanted: Topic | Municipality) -> Q:
    found = Q()
    for path in paths:
        found |= Q(**{path: wanted})
    return found


def of_changes(event: Event, changes: Iterable[Change]) -> list[FeedEntry]:
    """One entry for each public release."""
    return [
        FeedEntry(
            uuid=uuid5(event.uuid, f"release-{change.release.programme.number}"),
            title=f"Programm vom {timezone.localtime(change.release.since):%d.%m.%Y}: {event.name}",
            address=f"{event.get_absolute_url()}aenderungen/#fassung-{change.release.programme.number}",
            summary="\n".join(filter(None, [change.release.programme.note, *change.sentences])),
            published=change.release.since,
            updated=change.release.since,
        )
        for change in list(changes)[:MOST]
    ]
