"""Which items of a programme begin in the night after the day that they belong to."""

from collections.abc import Iterable

from events.models import Slot
from events.models.clock import MORNING


def mark_nights(slots: Iterable[Slot]) -> None:
    """Marks the slots that begin before 6:00, but behind an item of their day that does not; saves nothing.

    `slots` are in programme order, subordinate ones among them; those of several days may be mixed.
    """
    begun = set()
    for slot in slots:
        is_early = slot.begins_at is not None and slot.begins_at < MORNING
        slot.is_after_midnight = is_early and slot.day_id in begun
        if slot.begins_at is not None and not is_early:
            begun.add(slot.day_id)
