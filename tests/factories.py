"""Factories for test data. Objects with a state are public unless a test says otherwise: `make_event(**DRAFT)`."""

from datetime import UTC, datetime
from io import BytesIO
from itertools import count

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image

from events.models import Appearance, Attachment, Event, EventDay, Programme, Series, Session, Track
from events.programme.releases import release
from events.programme.structure import Entry, working_version, write_programme
from lernnetzwerk.files.checksum import sha256
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.files.store import new_key
from lernnetzwerk.pages.models import Page
from lernnetzwerk.reading.models import FilePage, Reading, Rendition
from lernnetzwerk.visibility import roles
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker
from tests.files.samples import webm

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
FAR_AWAY = datetime(2999, 1, 1, tzinfo=UTC)

PUBLISHED = {"state": "published", "published_from": LONG_AGO}
DRAFT = {"state": "draft"}
SUBMITTED = {"state": "submitted"}
SCHEDULED = {"state": "published", "published_from": FAR_AWAY}
WITHDRAWN = {"state": "withdrawn"}
HIDDEN = {"draft": DRAFT, "submitted": SUBMITTED, "scheduled": SCHEDULED, "withdrawn": WITHDRAWN}

GROUPS = {"redaktion": roles.EDITORS, "freigabe": roles.PUBLISHERS, "verwaltung": roles.ADMINISTRATORS}

SPOKEN = (
    "WEBVTT\n\n00:01.000 --> 00:04.000\nGrüß Gott.\n\n00:10.000 --> 00:12.000\n<v Ada>Bis <i>bald</i> &amp; danke\n"
)

numbers = count(1)


def make_series(**fields: object) -> Series:
    return Series.objects.create(**{"name": f"Reihe {next(numbers)}", **fields})


def make_event(topics: tuple[Topic, ...] = (), **fields: object) -> Event:
    """A public event. With another state it keeps `published_from` in the past, so that only the state hides it."""
    event = Event.objects.create(**{"title": f"Treffen {next(numbers)}", **PUBLISHED, **fields})
    event.topics.add(*topics)
    return event


def make_day(event: Event, **fields: object) -> EventDay:
    return EventDay.objects.create(**{"event": event, "number": event.days.count() + 1, **fields})


def make_session(event: Event | None = None, **fields: object) -> Session:
    """A session in no programme; `municipalities`, `examples` and `topics` may be given."""
    related = {"municipalities": "municipalities", "examples": "practice_examples", "topics": "topics"}
    links = {related[name]: fields.pop(name) for name in related if name in fields}
    values = {"event": event or make_event(), "kind": Session.Kind.TALK, "title": f"Beitrag {next(numbers)}", **fields}
    session = Session.objects.create(**values)
    for name, instances in links.items():
        getattr(session, name).add(*instances)
    return session


def make_visible_session(event: Event | None = None, **fields: object) -> Session:
    """A session in the current release of its event, together with all earlier sessions of the event."""
    session = make_session(event, **fields)
    make_release(session.event, session.event.sessions.order_by("pk"))
    return session


def make_release(event: Event, entries: object, note: str = "") -> Programme:
    """Writes the working version and releases it; entries may be sessions, titles of breaks, or `Entry`."""
    write_programme(working_version(event), [as_entry(entry) for entry in entries])
    version = release(event, note)
    event.refresh_from_db()
    return version


def as_entry(instance: Entry | Session | str) -> Entry:
    if isinstance(instance, Entry):
        return instance
    return Entry(title=instance) if isinstance(instance, str) else Entry(instance)


def make_speaker(**fields: object) -> Speaker:
    return Speaker.objects.create(**{"first_name": "Ada", "last_name": f"Person {next(numbers)}", **fields})


def make_appearance(session: Session | None = None, speaker: Speaker | None = None, **fields: object) -> Appearance:
    return Appearance.objects.create(session=session or make_session(), speaker=speaker or make_speaker(), **fields)


def make_visible_speaker(**fields: object) -> Speaker:
    speaker = make_speaker(**fields)
    make_appearance(make_visible_session(), speaker)
    return speaker


def make_municipality(**fields: object) -> Municipality:
    number = next(numbers)
    values = {"name": f"Stadt {number}", "kind": Municipality.Kind.CITY, "key": f"05{number:06}", "region": "arnsberg"}
    return Municipality.objects.create(**{**values, **fields})


def make_topic(**fields: object) -> Topic:
    return Topic.objects.create(**{"name": f"Thema {next(numbers)}", "kind": Topic.Kind.FIELD, **fields})


def make_example(
    municipalities: tuple[Municipality, ...] = (), topics: tuple[Topic, ...] = (), **fields: object
) -> PracticeExample:
    example = PracticeExample.objects.create(**{"title": f"Praxisbeispiel {next(numbers)}", **PUBLISHED, **fields})
    example.municipalities.add(*municipalities or [make_municipality()])
    example.topics.add(*topics)
    return example


def make_attachment(**fields: object) -> Attachment:
    """An attachment, by default a link to another site and without an owner."""
    source = {} if {"stored_file", "url", "absence"} & set(fields) else {"url": "https://ort.example/folien"}
    return Attachment.objects.create(**{"kind": Attachment.Kind.SLIDES, **PUBLISHED, **source, **fields})


def make_page(slug: str = "impressum", **fields: object) -> Page:
    """The page at this address, which a migration has created as a draft."""
    page, _created = Page.objects.update_or_create(
        slug=slug, defaults={"title": "Seite", "body": "<p>Ein Text.</p>", **PUBLISHED, **fields}
    )
    return page


def make_file(content: bytes = b"%PDF-1.7 stands for slides", name: str = "folien.pdf", **fields: object) -> StoredFile:
    """A stored blob with its row, without the checks of an upload."""
    upload = ContentFile(content, name=name)
    values = {"media_type": "application/pdf", "original_name": name, "size": len(content), "sha256": sha256(upload)}
    return StoredFile.objects.create(key=files_storage().save(new_key(), upload), **{**values, **fields})


def make_film(**fields: object) -> Attachment:
    """A recording without an owner, whose file was not read."""
    file = make_file(webm(), "film.webm", media_type="video/webm")
    return make_attachment(**{"kind": "video", "title": "Vortrag", "stored_file": file, "language": "de", **fields})


def make_track(attachment: Attachment, text: str = SPOKEN, language: str = "de", **fields: object) -> Track:
    file = make_file(text.encode(), "film.vtt", media_type="text/vtt")
    return Track.objects.create(attachment=attachment, stored_file=file, language=language, **fields)


def make_picture(name: str = "bild.png", **fields: object) -> StoredFile:
    stream = BytesIO()
    Image.new("RGB", (8, 6), (next(numbers) % 256, 90, 60)).save(stream, "PNG")
    return make_file(stream.getvalue(), name, **{"media_type": "image/png", "width": 8, "height": 6, **fields})


def make_reading(*texts: str, stored_file: StoredFile | None = None, **fields: object) -> Reading:
    """A file that was read, with one page for each text."""
    values = {"stored_file": stored_file or make_file(), "state": Reading.State.DONE, **fields}
    reading = Reading.objects.create(**values)
    FilePage.objects.bulk_create(
        [FilePage(reading=reading, number=number, text=text) for number, text in enumerate(texts, start=1)]
    )
    return reading


def make_rendition(source: StoredFile, number: int = 1, size: str = "small", **fields: object) -> Rendition:
    return Rendition.objects.create(
        **{"source": source, "number": number, "size": size, "picture": make_picture("seite.webp"), **fields}
    )


def make_read_file(*texts: str, **fields: object) -> StoredFile:
    """A file with a reading and page pictures; each text makes a page."""
    stored_file = make_file(**{"page_count": len(texts), **fields})
    make_reading(*texts, stored_file=stored_file)
    for number in range(1, len(texts) + 1):
        for size in Rendition.Size.values:
            make_rendition(stored_file, number, size)
    return stored_file


def make_user(group: str = "redaktion", **fields: object) -> User:
    """Creates a user of one group: `redaktion`, `freigabe` or `verwaltung`."""
    user = User.objects.create_user(
        **{"username": f"{group}-{next(numbers)}", "password": "ein langes Passwort", "is_staff": True, **fields}
    )
    user.groups.add(Group.objects.get(name=GROUPS[group]))
    return user


def rewrite(instance: models.Model, **fields: object) -> models.Model:
    """Changes a row without `save()`, as an import or a restored backup would."""
    type(instance)._base_manager.filter(pk=instance.pk).update(**fields)
    instance.refresh_from_db()
    return instance
