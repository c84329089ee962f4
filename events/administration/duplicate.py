"""Duplicates an event: a new draft with the chosen parts of the old event.

Results, review and the sessions' attachments belong to the old event and are never copied.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, Model
from django.http import HttpRequest

from events.models import Appearance, Attachment, Event, EventDay, Session, Slot
from events.models.dates import Precision
from events.programme.days import plan_move
from events.programme.structure import Entry, working_version, write_programme
from lernnetzwerk.administration.sent_forms import create_once
from lernnetzwerk.text.dates import IMPLAUSIBLE, plausible

PLACE_FIELDS = ("format", "venue", "directions", "host_id")
TEXT_FIELDS = ("motto", "summary", "description", "state_programme")
SESSION_FIELDS = ("kind", "title", "is_title_editorial", "subtitle", "language")
SLOT_FIELDS = ("title", "is_parallel", "begins_at", "duration", "day_part", "room")
ATTACHMENT_FIELDS = ("kind", "title", "stored_file_id", "url", "absence", "language", "licence", "position")
NUMBER_TAKEN = "Diese Nummer hat in der Reihe schon ein anderes Treffen."
# The permissions that copying a part requires.
PERMISSIONS = {
    "programme": ("events.add_session", "events.change_programme"),
    "appearances": ("events.add_appearance",),
    "attachments": ("events.add_attachment",),
}


@dataclass(frozen=True)
class Parts:
    """The parts to copy besides series and days."""

    programme: bool = True
    appearances: bool = True
    subjects: bool = True
    place: bool = True
    texts: bool = True
    attachments: bool = False


@transaction.atomic
def duplicate(
    source: Event, parts: Parts, starts_on: date | None = None, number: int | None = None, title: str = ""
) -> Event:
    """Creates and returns the new event, all of it drafts; writes nothing if it raises ValidationError.

    The source's row is locked, so the copy shows one state of it. Days keep their distances from the first one.
    """
    source = Event.objects.select_for_update().get(pk=source.pk)
    days = list(source.days.order_by("number"))
    shift = _date_shift(source, days, starts_on)
    event = _event(source, parts, starts_on, shift)
    event.number, event.title = number, title
    event.is_title_editorial = bool(title) and source.is_title_editorial
    if number is not None and source.series and source.series.events.filter(number=number).exists():
        raise ValidationError({"number": NUMBER_TAKEN})
    event.full_clean(exclude=["slug"])
    event.save()
    copies = _copy_days(days, event, starts_on, shift)
    working_version(event)
    if parts.subjects:
        event.topics.set(source.topics.all())
    if parts.programme:
        _copy_programme(source, event, parts, copies)
    if parts.attachments:
        _copy_attachments(source, event)
    if move := plan_move(event, {day.number: day.date for day in copies.values()}):
        move.apply(event)
    return event


def next_number(source: Event) -> int | None:
    """The highest number of the series plus one, if any."""
    return _next(source, "number")


def next_title(source: Event, number: int | None) -> str:
    """The title with the new number; empty if the old title in a series does not contain its number."""
    if source.series is None:
        return source.title
    title, found = re.subn(rf"(?<!\d){source.number}(?!\d)", str(number), source.title, count=1)
    return title if found and number is not None else ""


def _next(source: Event, counted: str) -> int | None:
    if source.series is None:
        return None
    last = source.series.events.aggregate(last=Max(counted))["last"]
    return None if last is None else last + 1


def _date_shift(source: Event, days: Sequence[EventDay], starts_on: date | None) -> timedelta | None:
    """The distance between the first days; None if either is unknown."""
    dated = [day.date for day in days if day.date]
    first = source.starts_on if source.precision == Precision.DAY else min(dated, default=None)
    return starts_on - first if starts_on and first else None


def _shifted(day: date | None, shift: timedelta | None) -> date | None:
    if day is None or shift is None:
        return None
    try:
        return day + shift
    except OverflowError as error:
        raise ValidationError({"starts_on": IMPLAUSIBLE}) from error


def _event(source: Event, parts: Parts, starts_on: date | None, shift: timedelta | None) -> Event:
    event = Event(series=source.series, starts_on=starts_on, is_sample=source.is_sample)
    if source.precision == Precision.DAY:
        event.ends_on = _shifted(source.ends_on, shift)
    if source.position is not None:
        event.position = _next(source, "position")
    for name in (*(PLACE_FIELDS if parts.place else ()), *(TEXT_FIELDS if parts.texts else ())):
        setattr(event, name, getattr(source, name))
    return event


def _copy_days(
    days: Sequence[EventDay], event: Event, starts_on: date | None, shift: timedelta | None
) -> dict[int, EventDay]:
    """The new days by the keys of the old; without a shift day 1 gets `starts_on`."""
    copies = {}
    for day in days:
        copied = _shifted(day.date, shift)
        if shift is None and day.number == 1:
            copied = starts_on
        copies[day.pk] = EventDay.objects.create(event=event, number=day.number, date=copied)
    return copies


def _copy_programme(source: Event, event: Event, parts: Parts, days: dict[int, EventDay]) -> None:
    programme = source.programmes.working().first() or source.current_release
    if programme is None:
        return
    related = ("session__municipalities", "session__topics", "session__practice_examples", "session__appearances")
    slots = programme.slots.select_related("session").prefetch_related(*related, "session__appearances__speaker")
    write_programme(working_version(event), [_entry(slot, event, parts, days) for slot in slots])


def _entry(slot: Slot, event: Event, parts: Parts, days: dict[int, EventDay]) -> Entry:
    """Copies of confirmed and cancelled slots are provisional again."""
    return Entry(
        session=_copy_session(slot.session, event, parts) if slot.session else None,
        indent=0 if slot.parent_id is None else 1,
        day=days[slot.day_id],
        status=Slot.Status.PROVISIONAL,
        **_values(slot, SLOT_FIELDS),
    )


def _copy_session(session: Session, event: Event, parts: Parts) -> Session:
    texts = {"abstract": session.abstract} if parts.texts else {}
    copy = Session.objects.create(event=event, **_values(session, SESSION_FIELDS), **texts)
    if parts.subjects:
        copy.municipalities.set(session.municipalities.all())
        copy.topics.set(session.topics.all())
        copy.practice_examples.set(session.practice_examples.all())
    if parts.appearances:
        for appearance in session.appearances.all():
            _copy_appearance(appearance, copy, parts)
    return copy


def _copy_appearance(appearance: Appearance, session: Session, parts: Parts) -> None:
    """Title and affiliation stay empty, so that `save` takes the speaker's present ones."""
    municipality = {"municipality_id": appearance.municipality_id} if parts.subjects else {}
    Appearance.objects.create(session=session, **_values(appearance, ("speaker", "role", "position")), **municipality)


def _copy_attachments(source: Event, event: Event) -> None:
    for attachment in source.attachments.all():
        Attachment.objects.create(event=event, **_values(attachment, ATTACHMENT_FIELDS))


def _values(instance: Model, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(instance, name) for name in names}


class DuplicateForm(forms.Form):
    """Date, number and title of the new event, and the parts that `user` may create."""

    starts_on = forms.DateField(
        label="erster Tag",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[plausible],
        help_text="Weitere Tage folgen im selben Abstand. Leer: noch ohne Datum.",
    )
    number = forms.IntegerField(
        label="Nummer",
        required=False,
        min_value=0,
        max_value=32767,
        help_text="Vorschlag: die nächste freie der Reihe. Leer: nicht gezählt.",
    )
    title = forms.CharField(
        label="Titel",
        required=False,
        max_length=250,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Leer: Der Titel wird aus der Reihe gebildet.",
    )
    programme = forms.BooleanField(
        label="Programm",
        required=False,
        initial=True,
        help_text="Programmpunkte und Beiträge der Arbeitsfassung mit ihren Zeiten; alle wieder vorläufig.",
    )
    appearances = forms.BooleanField(
        label="Personen der Beiträge",
        required=False,
        initial=True,
        help_text="Nur zusammen mit dem Programm. Titel und Einrichtung wie heute bei der Person.",
    )
    subjects = forms.BooleanField(
        label="Kommunen und Themen",
        required=False,
        initial=True,
        help_text="Themen des Treffens; Kommunen, Themen und Praxisbeispiele der Beiträge.",
    )
    place = forms.BooleanField(
        label="Ort und Anreise",
        required=False,
        initial=True,
        help_text="Format, Ort, gastgebende Kommune, Anreise.",
    )
    texts = forms.BooleanField(
        label="Texte",
        required=False,
        initial=True,
        help_text="Motto, Kurzfassung, Beschreibung, Name des Landesprogramms; bei den Beiträgen „Worum es ging“.",
    )
    attachments = forms.BooleanField(
        label="Materialien des Treffens",
        required=False,
        help_text="Als Entwürfe; die der Beiträge bleiben beim alten Treffen.",
    )

    def __init__(self, source: Event, user: User, *args: Any, **kwargs: Any) -> None:
        number = next_number(source)
        initial = {"number": number, "title": next_title(source, number)}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.source = source
        self.is_new = True
        for part in [part for part, rights in PERMISSIONS.items() if not user.has_perms(rights)]:
            del self.fields[part]

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("starts_on", "number", "title")]

    def parts(self) -> list[forms.BoundField]:
        return [self[name] for name in Parts.__dataclass_fields__ if name in self.fields]

    def duplicate(self, request: HttpRequest | None = None) -> Event | None:
        """The new event, or None with the errors on the form.

        With `request` a form that was sent twice makes one event; `is_new` is False at the second time.
        """
        chosen = {name: self.cleaned_data.get(name, False) for name in Parts.__dataclass_fields__}
        given = {name: self.cleaned_data[name] for name in ("starts_on", "number", "title")}
        copy = partial(duplicate, self.source, Parts(**chosen), **given)
        try:
            event, self.is_new = create_once(request, copy) if request else (copy(), True)
        except ValidationError as error:
            self._tell(error)
        except IntegrityError:  # somebody else took the number after the check
            self.add_error("number", NUMBER_TAKEN)
        else:
            return event
        return None

    def _tell(self, error: ValidationError) -> None:
        for name, messages in getattr(error, "message_dict", {None: error.messages}).items():
            self.add_error(name if name in self.fields else None, messages)
