from collections.abc import Iterable

from events.demo.content import Table, fields, stored
from events.models import Attachment, Event, Session, Track
from practice.models import PracticeExample

FILE_KEYS = {"file", "poster", "subtitles"}


def attach(attachments: Iterable[Table], **owner: Event | Session | PracticeExample) -> None:
    """Creates attachments as drafts of `owner`: one `event`, `session` or `practice_example`."""
    for position, attachment in enumerate(attachments):
        created = Attachment.objects.create(
            **owner,
            **fields(Attachment, attachment, FILE_KEYS),
            stored_file=stored(attachment.get("file")),
            poster=stored(attachment.get("poster")),
            language="de",
            position=position,
        )
        if subtitles := stored(attachment.get("subtitles")):
            Track.objects.create(attachment=created, stored_file=subtitles, language="de")
