from collections.abc import Iterable

from events.demo.content import Table, fields, stored
from events.models import Attachment, Event, Session, Track
from practice.models import PracticeExample

FILE_KEYS = {"file", "poster", "subtitles"}


def attach(materials: Iterable[Table], **owner: Event | Session | PracticeExample) -> None:
    """Creates them as drafts of the one `event`, `session` or `practice_example` given."""
    for position, material in enumerate(materials):
        created = Attachment.objects.create(
            **owner,
            **fields(Attachment, material, FILE_KEYS),
            stored_file=stored(material.get("file")),
            poster=stored(material.get("poster")),
            language="de",
            position=position,
        )
        if subtitles := stored(material.get("subtitles")):
            Track.objects.create(material=created, stored_file=subtitles, language="de")
