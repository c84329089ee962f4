"""The timeline of a municipality or a topic: the newest first, the undated last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from lernnetzwerk.visibility.models import related
from practice.models import Municipality, PracticeExample, PracticeExampleQuerySet

ForeignActivity = (
    Any  # a session, event or attachment, whose models this app must not import; or a row with them prefetched
)


@dataclass(frozen=True)
class Entry:
    """One entry of a timeline: when, what it is, where it leads, and its attachments."""

    day: date | None
    kind: str
    instance: ForeignActivity
    title: str
    language: str = ""
    event: ForeignActivity | None = None
    note: str = ""
    municipalities: Sequence[Municipality] = ()
    attachments: Sequence[ForeignActivity] = ()

    @property
    def year(self) -> int | None:
        return self.day.year if self.day else None


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The newest first, undated ones last; the sort is stable."""
    return sorted(entries, key=lambda entry: entry.day or date.min, reverse=True)


def of_sessions(sessions: Iterable[ForeignActivity], besides: Municipality | None = None) -> list[Entry]:
    """Sessions with their attachments and municipalities, except `besides`."""
    return [
        Entry(
            day=session.event.starts_on,
            kind=session.get_kind_display(),
            instance=session,
            title=session.name,
            language=session.title_language,
            event=session.event,
            note=session.contributors if session.title else "",
            municipalities=[municipality for municipality in session.municipalities.all() if municipality != besides],
            attachments=session.public_attachments,
        )
        for session in sessions
    ]


def of_examples(examples: Iterable[ForeignActivity], besides: Municipality | None = None) -> list[Entry]:
    """Practice examples, dated by their last check; without one they are undated."""
    return [
        Entry(
            day=example.checked_on,
            kind="Praxisbeispiel",
            instance=example,
            title=example.title,
            note="" if besides else example.summary,  # a municipality's page shows it above
            municipalities=[municipality for municipality in example.municipalities.all() if municipality != besides],
            attachments=example.public_attachments,
        )
        for example in examples
    ]


def of_events(events: Iterable[ForeignActivity], kind: str) -> list[Entry]:
    """Events, called `kind`; cancelled or moved ones say so."""
    return [
        Entry(
            day=event.starts_on,
            kind=kind if event.course == "planned" else f"{kind} · {event.get_course_display()}",
            instance=event,
            title=event.name,
            note=" · ".join(filter(None, [event.dates, event.place])),
        )
        for event in events
    ]


def with_public_attachments(examples: PracticeExampleQuerySet) -> PracticeExampleQuerySet:
    """Examples as cards, with their public attachments as `public_attachments`."""
    attachments = related(PracticeExample, "attachments").published()
    return examples.for_cards().prefetch_related(
        Prefetch("attachments", attachments.with_files(), to_attr="public_attachments")
    )


def attachments(entries: Iterable[Entry]) -> list[ForeignActivity]:
    """Attachments that can be opened, in the order of the timeline."""
    return [attachment for entry in entries for attachment in entry.attachments if not attachment.absence]
