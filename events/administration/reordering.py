"""Reorders the attachments of a session, or of an event together with those of its sessions."""

from collections import defaultdict

from events.attachments.assignment import event_of, lock_event, of_event
from events.models import Event, Session, Slot
from lernnetzwerk.administration.reordering import Group, ReorderAdmin


class AttachmentOrderAdmin(ReorderAdmin):
    """Mixed into the admin of events and of sessions."""

    def lock_parent(self, instance: Event | Session) -> None:
        """Locks the event's row, as every writer of its attachments does."""
        lock_event(event_of(instance))

    def groups(self, instance: Event | Session) -> list[Group]:
        return _groups_of_event(instance) if isinstance(instance, Event) else super().groups(instance)


def _groups_of_event(event: Event) -> list[Group]:
    """The event's own, then those of each session, in the order of the event's page."""
    owned, sessions = defaultdict(list), {}
    for attachment in of_event(event).for_cards():
        owned[attachment.session_id].append(attachment)
        if attachment.session:
            sessions[attachment.session_id] = attachment.session
    working = Slot.objects.filter(programme__event=event, programme__number=None, session__in=sessions)
    places = dict(working.values_list("session_id", "order"))
    ordered = sorted(sessions, key=lambda key: (key not in places, places.get(key, 0), key))
    return [Group("Zum ganzen Treffen", owned[None]), *(Group(sessions[key].name, owned[key]) for key in ordered)]
