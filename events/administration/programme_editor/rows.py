"""A programme as rows that an editor types: slot, session, appearances and municipalities in one line.

As JSON, a row is {"session": pk or null, "seen": mark of the session as it was read, "kind", "title", "indent": 0 or 1,
"is_parallel", "day": number, "begins_at": "HH:MM" or "", "duration": minutes or null, "day_part", "room",
"status", "appearances": [{"pk", "speaker": pk or null, "role", "academic_title", "first_name", "last_name", "unit",
"organisation", "place"}], "municipalities": [{"pk", "name"}]}. The kind "break" is a row without a session.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django import forms

from events.models import Appearance, Event, Programme, Session, Slot
from events.programme.time_field import ClockField
from lernnetzwerk.text.folding import fold
from speakers.models import Speaker

BREAK = "break"
KINDS = [*Session.Kind.choices, (BREAK, "Pause, Sonstiges")]
MOST_ROWS, MOST_APPEARANCES, MOST_MUNICIPALITIES = 200, 30, 60
LONGEST_TITLE = Slot._meta.get_field("title").max_length or 0
AFFILIATION = ("academic_title", "unit", "organisation", "place")


class RowForm(forms.Form):
    session = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    seen = forms.CharField(required=False, max_length=64)
    kind = forms.ChoiceField(choices=KINDS, error_messages={"required": "Bitte eine Art wählen."})
    title = forms.CharField(required=False, max_length=Session._meta.get_field("title").max_length)
    indent = forms.IntegerField(min_value=0, max_value=1)
    is_parallel = forms.BooleanField(required=False)
    day = forms.IntegerField(min_value=1, max_value=1000)
    begins_at = ClockField(required=False)
    duration = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=24 * 60,
        error_messages={
            "max_value": "Ein Punkt dauert höchstens einen Tag.",
            "min_value": "Die Dauer ist nie negativ.",
        },
    )
    day_part = forms.CharField(required=False, max_length=Slot._meta.get_field("day_part").max_length)
    room = forms.CharField(required=False, max_length=Slot._meta.get_field("room").max_length)
    status = forms.ChoiceField(choices=Slot.Status)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        title = cleaned.get("title", "")
        if cleaned.get("kind") == BREAK and "title" not in self.errors:
            if not title:
                self.add_error("title", "Eine Pause braucht einen Namen, etwa „Mittagspause“.")
            elif len(title) > LONGEST_TITLE:
                self.add_error("title", "Für eine Pause ist das zu lang; höchstens 150 Zeichen.")
        return cleaned


class SpeakerForm(forms.ModelForm):
    """A session's speaker: a known one by key, or a new one with a last name."""

    pk = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    speaker = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    first_name = forms.CharField(required=False, max_length=Speaker._meta.get_field("first_name").max_length)
    last_name = forms.CharField(required=False, max_length=Speaker._meta.get_field("last_name").max_length)

    class Meta:
        model = Appearance
        fields = ("role", *AFFILIATION)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and not cleaned["speaker"] and not cleaned["last_name"]:
            self.add_error("last_name", "Eine neue Person braucht einen Nachnamen.")
        return cleaned


@dataclass
class Row:
    values: dict[str, Any]
    appearances: list[dict[str, Any]] = field(default_factory=list)
    municipalities: list[int] = field(default_factory=list)

    @property
    def is_break(self) -> bool:
        return self.values["kind"] == BREAK


def read(data: object) -> tuple[list[Row], dict[int, list[str]]]:
    """The rows of a request's JSON and, by the row's place from 0, German sentences about what cannot be read."""
    if not isinstance(data, list) or len(data) > MOST_ROWS:
        return [], {0: [f"Ein Programm hat höchstens {MOST_ROWS} Zeilen."]}
    rows, errors = [], {}
    for place, given in enumerate(data):
        row, sentences = _read_row(given if isinstance(given, dict) else {})
        rows.append(row)
        if sentences:
            errors[place] = sentences
    return rows, errors


def _read_row(given: dict) -> tuple[Row, list[str]]:
    form = RowForm(_without_nested(given))
    sentences = _error_sentences(form)
    appearances = _list(given.get("appearances"), MOST_APPEARANCES)
    municipalities = _list(given.get("municipalities"), MOST_MUNICIPALITIES)
    if appearances is None or municipalities is None:
        return Row({}), [*sentences, "Zu viele Personen oder Kommunen."]
    speaker_forms = [SpeakerForm(_without_nested(appearance)) for appearance in appearances]
    for speaker_form in speaker_forms:
        sentences += [f"{_name_of(speaker_form)}: {sentence}" for sentence in _error_sentences(speaker_form)]
    keys: list[Any] = [municipality.get("pk") for municipality in municipalities]
    if any(type(key) is not int or not 0 < key < 2**62 for key in keys):
        sentences.append("Eine Kommune ist nicht zu erkennen. Bitte noch einmal auswählen.")
    if sentences:
        return Row({}), sentences
    return Row(form.cleaned_data, [each.cleaned_data for each in speaker_forms], list(dict.fromkeys(keys))), []


def _without_nested(given: dict) -> dict:
    """The values that a form can read, without nested ones."""
    return {key: value for key, value in given.items() if isinstance(value, (str, int, bool)) and value is not False}


def _list(given: object, most: int) -> list[dict] | None:
    given = given or []
    if not isinstance(given, list) or len(given) > most:
        return None
    return [each if isinstance(each, dict) else {} for each in given]


def _error_sentences(form: forms.BaseForm) -> list[str]:
    labels = {"title": "Titel", "begins_at": "Beginn", "duration": "Dauer", "room": "Raum", "kind": "Art"}
    return [
        f"{labels[name]}: {sentence}" if name in labels else str(sentence)
        for name, complaints in form.errors.items()
        for sentence in complaints
    ]


def new_speaker_key(given: dict) -> tuple[str, ...]:
    """Equal for rows that name the same new person, in any spelling."""
    return tuple(fold(given[name]) for name in ("first_name", "last_name", "organisation"))


def _name_of(form: SpeakerForm) -> str:
    return (
        " ".join(filter(None, [str(form.data.get(name, ""))[:50] for name in ("first_name", "last_name")])) or "Person"
    )


def as_rows(programme: Programme) -> list[dict]:
    """The stored working version as rows; five queries whatever its size."""
    slots = programme.slots.select_related("day", "session").prefetch_related(
        "session__appearances__speaker", "session__municipalities"
    )
    return [_row(slot) for slot in slots]


def sessions_without_slot(event: Event, programme: Programme) -> list[dict]:
    """Sessions of the event without a slot in `programme`, as rows."""
    waiting = event.sessions.exclude(pk__in=programme.slots.exclude(session=None).values("session"))
    waiting = waiting.prefetch_related("appearances__speaker", "municipalities")
    return [_row(Slot(session=session)) | {"day": 1} for session in waiting]


def _row(slot: Slot) -> dict:
    activity = (
        session_content(slot.session)
        if slot.session
        else {"kind": BREAK, "title": slot.title, "appearances": [], "municipalities": []}
    )
    return {
        **activity,
        "session": slot.session_id,
        "seen": session_hash(slot.session) if slot.session else "",
        "name": str(slot) if slot.session else slot.title,
        "indent": 1 if slot.parent_id else 0,
        "is_parallel": slot.is_parallel,
        "day": slot.day.number if slot.day_id else 1,
        "begins_at": f"{slot.begins_at:%H:%M}" if slot.begins_at else "",
        "duration": slot.duration,
        "day_part": slot.day_part,
        "room": slot.room,
        "status": slot.status,
    }


def session_content(session: Session) -> dict:
    """The fields of a session that a row shows and may change."""
    return {
        "kind": session.kind,
        "title": session.title,
        "appearances": [_appearance(appearance) for appearance in session.appearances.all()],
        "municipalities": [
            {"pk": municipality.pk, "name": municipality.name} for municipality in session.municipalities.all()
        ],
    }


def _appearance(appearance: Appearance) -> dict:
    speaker = appearance.speaker
    names = {"first_name": speaker.first_name, "last_name": speaker.last_name}
    return {
        "pk": appearance.pk,
        "speaker": speaker.pk,
        "role": appearance.role,
        **names,
        **{name: getattr(appearance, name) for name in AFFILIATION},
    }


def session_hash(session: Session) -> str:
    """A hash of `session_content`, which shows whether the session has changed."""
    return hashlib.sha256(json.dumps(session_content(session), sort_keys=True).encode()).hexdigest()[:16]
