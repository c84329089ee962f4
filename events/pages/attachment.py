"""What the page of one material shows: itself to be read, what it belongs to, and what else belongs there."""

from collections.abc import Iterable

from django.db.models import Model

from events.attachments.citation import citation
from events.attachments.download import addresses
from events.attachments.player import Player, player
from events.attachments.reader import reader
from events.attachments.subtitles import subtitles_in_words
from events.models import Attachment
from lernnetzwerk.reading.accessibility import in_words
from lernnetzwerk.reading.pictures import cover

OTHERS = 4


def material_page(material: Attachment, wanted: str | None = None, is_preview: bool = False) -> dict:
    """The page of `material`, with the pages of its file around the number `wanted`.

    The addresses of pictures are relative: they stand below that of the page, be it public or a preview.
    """
    if is_preview and material.poster_id:
        material.preview_cover = "standbild"
    owner = material.owner
    others = owner.attachments.published().available().exclude(pk=material.pk) if owner else Attachment.objects.none()
    played = player(material, is_preview)
    page = {
        "section": "materials",
        "material": material,
        "cover": _cover(material),
        "image": material.get_cover_url() if material.has_cover else "",
        "accessibility": _accessibility(material, played["player"]),
        "reader": reader(material.stored_file, wanted),
        "citation": "" if material.absence else citation(material),
        "examples": _examples(material),
        **played,
        **addresses(material, is_preview),
        "is_preview": is_preview,
        "others": others.for_cards()[:OTHERS],
        "topics": owner.topics.all() if owner else [],
    }
    return {**page, "parts": _parts(page)}


def _accessibility(material: Attachment, played: Player | None) -> str:
    if played:
        return subtitles_in_words(played.tracks)
    reading = getattr(material.stored_file, "reading", None)
    words = in_words(reading) if reading else ""
    return "nicht geprüft" if reading and words == material.kept_file.type_label else words


def _cover(material: Attachment) -> dict | None:
    """Both sizes of the first page's picture, as far as they are there."""
    if not material.stored_file:
        return None
    sizes = {size: cover(material.stored_file, size) for size in ("small", "large")}
    shown = sizes["large"] or sizes["small"]
    return {**sizes, "picture": shown, "size": "gross" if sizes["large"] else "klein"} if shown else None


def _examples(material: Attachment) -> Iterable[Model]:
    if material.session is None:
        return []
    return material.session.practice_examples.published().prefetch_related("municipalities")


def _parts(page: dict) -> list[tuple[str, str]]:
    """Anchors and headings, in the order of reading; only worth a list of their own beside something to read."""
    reading = page["reader"]
    if reading is None or not reading.leaves:
        return []
    optional = (
        (True, "lesen", f"{reading.unit} für {reading.unit}" if reading.is_numbered else "Text der Datei"),
        (page["citation"], "zitieren", "Zitieren"),
        (True, "zusammenhang", "Wo es hingehört"),
        (page["examples"], "praxis", "Praxisbeispiele dazu"),
        (page["others"], "weitere", "Dazu gibt es auch"),
        (page["topics"], "themen", "Themen"),
    )
    return [(anchor, heading) for is_there, anchor, heading in optional if is_there]
