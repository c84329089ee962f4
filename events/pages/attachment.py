"""What an attachment's page shows: its content, its owner, and the owner's other attachments."""

from collections.abc import Iterable

from django.db.models import Model

from events.attachments.citation import citation, page_citation
from events.attachments.download import addresses
from events.attachments.player import Player, player
from events.attachments.reader import reader
from events.attachments.subtitles import subtitles_in_words
from events.models import Attachment
from events.pages.structured_data import attachment_data
from lernnetzwerk.reading.accessibility import in_words
from lernnetzwerk.reading.pictures import cover

MOST_OTHERS = 4


def attachment_page(attachment: Attachment, wanted: str | None = None, is_preview: bool = False) -> dict:
    """The page of `attachment`, with the pages of its file around the number `wanted`.

    The addresses of pictures are relative, so that they work for the public page and the preview.
    """
    if is_preview and attachment.poster_id:
        attachment.preview_cover = "standbild"
    owner = attachment.owner
    others = owner.attachments.published().available().exclude(pk=attachment.pk) if owner else Attachment.objects.none()
    played = player(attachment, is_preview)
    read = reader(attachment.stored_file, wanted)
    page = {
        "section": "attachments",
        "attachment": attachment,
        "cover": _cover(attachment),
        "image": attachment.get_cover_url() if attachment.has_cover else "",
        "accessibility": _accessibility(attachment, played["player"]),
        "reader": read,
        "citation": "" if attachment.absence else citation(attachment),
        "page_citation": page_citation(attachment, read),
        "examples": _examples(attachment),
        **played,
        **addresses(attachment, is_preview),
        "is_preview": is_preview,
        "others": others.for_cards()[:MOST_OTHERS],
        "topics": owner.topics.all() if owner else [],
        "data": {} if is_preview or attachment.absence else attachment_data(attachment),
    }
    return {**page, "parts": _parts(page)}


def _accessibility(attachment: Attachment, played: Player | None) -> str:
    if played:
        return subtitles_in_words(played.tracks)
    reading = getattr(attachment.stored_file, "reading", None)
    words = in_words(reading) if reading else ""
    return "nicht geprüft" if reading and words == attachment.required_file.type_label else words


def _cover(attachment: Attachment) -> dict | None:
    """Both sizes of the first page's picture; None without a picture."""
    if not attachment.stored_file:
        return None
    sizes = {size: cover(attachment.stored_file, size) for size in ("small", "large")}
    shown = sizes["large"] or sizes["small"]
    return {**sizes, "picture": shown, "size": "gross" if sizes["large"] else "klein"} if shown else None


def _examples(attachment: Attachment) -> Iterable[Model]:
    if attachment.session is None:
        return []
    return attachment.session.practice_examples.published().prefetch_related("municipalities")


def _parts(page: dict) -> list[tuple[str, str]]:
    """Anchors and headings in the page's order; empty without a readable file."""
    reading = page["reader"]
    if reading is None or not reading.reader_pages:
        return []
    optional = (
        (True, "lesen", f"{reading.unit} für {reading.unit}" if reading.is_numbered else "Text der Datei"),
        (page["citation"], "zitieren", "Zitieren"),
        (True, "zusammenhang", "Gehört zu"),
        (page["examples"], "praxis", "Praxisbeispiele"),
        (page["others"], "weitere", "Weitere Materialien"),
        (page["topics"], "themen", "Themen"),
    )
    return [(anchor, heading) for is_there, anchor, heading in optional if is_there]
