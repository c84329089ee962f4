"""What the page of one material shows: itself, what it belongs to, and what else belongs there."""

from events.materials.models import Attachment
from events.materials.player import player

OTHERS = 4


def material_page(material: Attachment) -> dict:
    owner = material.owner
    others = owner.attachments.published().available().exclude(pk=material.pk) if owner else Attachment.objects.none()
    return {
        "section": "materials",
        "material": material,
        **player(material),
        "others": others.for_cards()[:OTHERS],
        "topics": owner.topics.all() if owner else [],
    }
