"""What of the app can be found: speakers with a page of their own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from lernnetzwerk.search.sources import Entry, Source, Text, register
from lernnetzwerk.text.plain import plain
from lernnetzwerk.visibility.models import END_OF_TIME, related
from speakers.models import Speaker


def load(rows: QuerySet) -> QuerySet:
    """With `visible_from`, the moment of the first public appearance."""
    appearances = related(Speaker, "appearances").published(END_OF_TIME).filter(speaker=OuterRef("pk")).order_by()
    first = appearances.values("speaker").annotate(moment=Min("session__event__published_from")).values("moment")
    return rows.annotate(visible_from=Subquery(first)).prefetch_related("appearances__session__event")


def entry(speaker: Any) -> Entry:
    address = speaker.get_absolute_url()
    visible_from: datetime = speaker.visible_from
    return Entry(
        title=speaker.name,
        address=address,
        visible_from=visible_from,
        summary=speaker.affiliation,
        texts=[Text(plain(speaker.biography), address)],
        names=[speaker.full_name],
        is_sample=speaker.is_sample,
    )


def spoke(session: Any) -> Iterable[int]:
    return session.appearances.values_list("speaker", flat=True)


def spoke_at(event: Any) -> Iterable[int]:
    return Speaker.objects.filter(appearances__session__event=event).values_list("pk", flat=True)


def watched() -> dict:
    """Appearances, sessions and events belong to an upper layer and are found through relations."""
    appearance: Any = related(Speaker, "appearances").model
    session: Any = appearance._meta.get_field("session").related_model
    event: Any = session._meta.get_field("event").related_model
    return {appearance: lambda one: [one.speaker_id], session: spoke, event: spoke_at}


register(
    Source(
        kind="speaker",
        label="Person",
        plural="Personen",
        model=Speaker,
        load=load,
        entry=entry,
        watched=watched(),
    )
)
