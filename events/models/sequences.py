"""Calendar entries name the host and the series of their event, so a change there makes a new version of them."""

from typing import Any

from django.db.models import F, Model

from events.models.event import Event
from events.models.series import Series
from practice.models import Municipality

NAMED: dict[type[Model], str] = {Municipality: "host", Series: "series"}


def raise_sequences(sender: type[Model], instance: Model, created: bool, **kwargs: Any) -> None:
    """Counts a version of all events that name `instance` (RFC 5545, SEQUENCE). Receives `post_save` of NAMED."""
    if not created:
        Event.objects.filter(**{NAMED[sender]: instance}).update(calendar_sequence=F("calendar_sequence") + 1)
