"""Saves a typed programme: sessions, appearances, municipalities and slots in one transaction."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from events.administration.programme_editor.rows import AFFILIATION, Row, new_speaker_key, session_content, session_hash
from events.models import Appearance, Event, Programme, Session
from events.programme.structure import Entry, write_programme
from lernnetzwerk.administration.permissions import NEEDS_RELEASE
from lernnetzwerk.visibility.models import END_OF_TIME
from practice.models import Municipality
from speakers.models import Speaker

SLOT_FIELDS = ("indent", "is_parallel", "begins_at", "duration", "day_part", "room", "status")


class ChangedMeanwhile(Exception):
    """Somebody else has saved the programme, or one of its sessions, since it was read."""


class RowsRefused(Exception):
    """Nothing was written; `errors` are German sentences by the row's place from 0."""

    def __init__(self, errors: dict[int, list[str]]) -> None:
        super().__init__(errors)
        self.errors = errors


@dataclass
class ProgrammeWriter:
    """One attempt to save; `may_publish` says whether public sessions may be changed."""

    programme: Programme
    may_publish: bool
    newcomers: dict[tuple, Speaker] = field(default_factory=dict)

    @transaction.atomic
    def save(self, rows: list[Row], seen_at: str) -> None:
        """Writes all rows, or raises ChangedMeanwhile or RowsRefused and writes nothing.

        Locks the event's row, as every writer of programmes does.
        """
        self.event = Event.objects.select_for_update().get(pk=self.programme.event_id)
        self.programme.refresh_from_db()
        if self.programme.changed_at.isoformat() != seen_at:
            raise ChangedMeanwhile
        self._load(rows)
        entries, errors = [], {}
        for place, row in enumerate(rows):
            try:
                entries.append(self._entry(row))
            except ValidationError as error:
                errors[place] = error.messages
        if errors:
            raise RowsRefused(errors)
        try:
            write_programme(self.programme, entries)
        except ValidationError as error:
            raise RowsRefused({-1: error.messages}) from error

    def _load(self, rows: list[Row]) -> None:
        """Loads all that the rows refer to."""
        keys = [row.values["session"] for row in rows if row.values["session"]]
        sessions = self.event.sessions.filter(pk__in=keys).prefetch_related("appearances__speaker", "municipalities")
        self.sessions = {session.pk: session for session in sessions}
        self.released = set(sessions.published(END_OF_TIME).values_list("pk", flat=True))
        speakers = [given["speaker"] for row in rows for given in row.appearances if given["speaker"]]
        self.speakers = Speaker.objects.in_bulk(speakers)
        self.municipalities = Municipality.objects.in_bulk({key for row in rows for key in row.municipalities})
        self.days = {day.number: day for day in self.event.days.all()}

    def _entry(self, row: Row) -> Entry:
        values = row.values
        if values["day"] not in self.days:
            raise ValidationError("Diesen Tag hat das Treffen nicht (mehr). Bitte neu laden.")
        return Entry(
            session=None if row.is_break else self._session(row),
            title=values["title"] if row.is_break else "",
            day=self.days[values["day"]],
            **{name: values[name] for name in SLOT_FIELDS},
        )

    def _session(self, row: Row) -> Session:
        """The row's session, saved if the row differs from what is stored."""
        session = self._stored(row)
        wanted = self._wanted_content(row)
        if session.pk and wanted == _comparable(session_content(session)):
            return session
        if session.pk and session_hash(session) != row.values["seen"]:
            raise ChangedMeanwhile
        if session.pk in self.released and not self.may_publish:
            raise ValidationError(NEEDS_RELEASE)
        session.kind, session.title = row.values["kind"], row.values["title"]
        session.full_clean(exclude=["slug"])
        session.save()
        session.municipalities.set([self._municipality(key) for key in row.municipalities])
        self._write_appearances(session, row.appearances)
        return session

    def _stored(self, row: Row) -> Session:
        key = row.values["session"]
        if not key:
            return Session(event=self.event)
        if key not in self.sessions:
            raise ValidationError("Diesen Beitrag hat jemand gelöscht. Bitte die Zeile neu anlegen.")
        return self.sessions[key]

    def _wanted_content(self, row: Row) -> dict:
        municipalities = [{"pk": key} for key in row.municipalities]
        return _comparable(
            {
                "kind": row.values["kind"],
                "title": row.values["title"],
                "appearances": row.appearances,
                "municipalities": municipalities,
            }
        )

    def _municipality(self, key: int) -> Municipality:
        if key not in self.municipalities:
            raise ValidationError("Eine Kommune gibt es nicht mehr. Bitte noch einmal auswählen.")
        return self.municipalities[key]

    def _write_appearances(self, session: Session, appearances: list[dict]) -> None:
        present = {appearance.pk: appearance for appearance in session.appearances.all()}
        kept = {given["pk"] for given in appearances}
        for pk in present.keys() - kept:
            present[pk].delete()
        for position, given in enumerate(appearances, start=1):
            appearance = present.get(given["pk"]) or Appearance(session=session)
            appearance.speaker = self._speaker(given)
            appearance.role, appearance.position = given["role"], position
            for name in AFFILIATION:
                setattr(appearance, name, given[name])
            appearance.full_clean()
            appearance.save()

    def _speaker(self, given: dict) -> Speaker:
        """The known speaker, or a new one; rows with the same new name share one."""
        if given["speaker"]:
            if given["speaker"] not in self.speakers:
                raise ValidationError("Eine Person gibt es nicht mehr. Bitte noch einmal auswählen.")
            return self.speakers[given["speaker"]]
        key = new_speaker_key(given)
        if key not in self.newcomers:
            names = {name: given[name] for name in ("first_name", "last_name", *AFFILIATION)}
            speaker = Speaker(**names)
            speaker.full_clean(exclude=["slug"])
            speaker.save()
            self.newcomers[key] = speaker
        return self.newcomers[key]


def _comparable(shown: dict) -> dict:
    names = ("pk", "speaker", "role", *AFFILIATION)
    appearances = [tuple(appearance.get(name) for name in names) for appearance in shown["appearances"]]
    return {
        "kind": shown["kind"],
        "title": shown["title"],
        "appearances": appearances,
        "municipalities": {municipality["pk"] for municipality in shown["municipalities"]},
    }
