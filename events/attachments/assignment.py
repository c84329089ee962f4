"""Files uploaded to an event or a session: stored as drafts, then assigned; or a reason for their absence.

Every writer locks the event's row: the second of two concurrent writers sees the first one's result.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django import forms
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from events.attachments.matching import Candidate, Match, kind_of, matches, suggestion
from events.models import Appearance, Attachment, Event, Session
from events.models.attachment_queryset import AttachmentQuerySet
from lernnetzwerk.files.check import check
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.previews.models import PreviewLink
from lernnetzwerk.reading.findings import Finding, open_findings
from lernnetzwerk.visibility.models import State

# The history tells uploads from other drafts; what it says was stored, so the former sentences count too.
UPLOADED = {Event: "Zum Treffen hochgeladen.", Session: "Zum Beitrag hochgeladen."}
FORMERLY_UPLOADED = {Event: "Beim Treffen hochgeladen.", Session: "Beim Beitrag hochgeladen."}
NO_FILE = "Bitte wählen Sie eine Datei aus."
LAST_POSITION = 32_767  # maximum of the column
RENAMED = "Dieser Beitrag heißt inzwischen „{}“. Bitte noch einmal ansehen."
WHOLE_EVENT = "zum ganzen Treffen"


class AssignmentForm(forms.Form):
    session = forms.ChoiceField(label="gehört zu", required=False)
    kind = forms.ChoiceField(label="Art", choices=Attachment.Kind.choices)
    title = forms.CharField(label="Titel", required=False, max_length=250)
    seen_at = forms.CharField(widget=forms.HiddenInput)
    seen_sessions = forms.CharField(widget=forms.HiddenInput, required=False)

    def ask_again(self, message: str, seen_sessions: str) -> None:
        """Refuses the form with `message`; sent once more, it knows `seen_sessions`."""
        self.data = {**dict(self.data.items()), self.add_prefix("seen_sessions"): seen_sessions}
        self.add_error("session", message)


@dataclass
class Row:
    """A file waiting for its assignment, with form and hint."""

    attachment: Attachment
    form: AssignmentForm
    hint: str

    @property
    def findings(self) -> list[Finding]:
        """Open findings about its file; empty if the file was not read yet."""
        reading = getattr(self.attachment.stored_file, "reading", None)
        return open_findings(reading) if reading else []


def event_of(owner: Event | Session) -> Event:
    return owner if isinstance(owner, Event) else owner.event


def owner_field(owner: Event | Session) -> dict[str, Event | Session]:
    """The field and value of an attachment's owner."""
    return {"event" if isinstance(owner, Event) else "session": owner}


def store_upload(user: Any, owner: Event | Session, upload: File | None) -> Attachment:
    """Checks and stores one file as a draft of `owner`; ValidationError with a German sentence."""
    if not upload:
        raise ValidationError(NO_FILE)
    checked = check(upload)
    with transaction.atomic():
        _lock_owner(owner)
        _refuse_known(event_of(owner), checked.sha256)
        attachment = Attachment(
            kind=kind_of(checked.name), stored_file=StoredFile.unsaved(checked), **owner_field(owner)
        )
        attachment.position = next_position(owner)
        attachment.full_clean()
        attachment.save()
        log_change(user, attachment, ADDITION, UPLOADED[type(owner)])
    return attachment


def lock_event(event: Event) -> Event:
    return get_object_or_404(Event.objects.select_for_update(of=("self",)), pk=event.pk)


def _lock_owner(owner: Event | Session) -> None:
    lock_event(event_of(owner))
    if isinstance(owner, Session) and not Session.objects.select_for_update(of=("self",)).filter(pk=owner.pk).exists():
        raise ValidationError("Diesen Beitrag hat jemand gelöscht. Nichts wurde gespeichert.")


def next_position(owner: Event | Session) -> int:
    """The position after the last attachment; 0 if all positions are 0."""
    last = Attachment.objects.filter(**owner_field(owner)).aggregate(last=Max("position"))["last"]
    return min(last + 1, LAST_POSITION) if last else 0


def log_change(user: Any, attachment: Attachment, flag: int, message: str) -> None:
    LogEntry.objects.log_actions(user.pk, [attachment], flag, message, single_object=True)


def of_event(event: Event) -> AttachmentQuerySet:
    return Attachment.objects.filter(Q(event=event) | Q(session__event=event))


def _refuse_known(event: Event, digest: str) -> None:
    same = of_event(event).filter(stored_file__sha256=digest).for_cards().first()
    if same:
        raise ValidationError(
            f"Diese Datei ist schon da: {same.label}, hochgeladen als „{same.stored_file}“. Nichts wurde gespeichert.",
            code="known",
        )


def unassigned(owner: Event | Session) -> list[Attachment]:
    """Drafts of `owner` that were uploaded here and neither assigned nor edited since."""
    rows = Attachment.objects.filter(**owner_field(owner), state=State.DRAFT, stored_file__isnull=False)
    related = rows.select_related("stored_file__reading", "event__series", "session__event__series")
    drafts = list(related.prefetch_related("stored_file__reading__accepted_findings").order_by("pk"))
    kind = ContentType.objects.get_for_model(Attachment)
    logged = LogEntry.objects.filter(content_type=kind, object_id__in=[str(draft.pk) for draft in drafts])
    sentences = [UPLOADED[type(owner)], FORMERLY_UPLOADED[type(owner)]]
    added = logged.filter(action_flag=ADDITION, change_message__in=sentences)
    dropped = set(added.values_list("object_id", flat=True))
    edited = set(logged.filter(action_flag=CHANGE).values_list("object_id", flat=True))
    return [draft for draft in drafts if str(draft.pk) in dropped - edited]


@dataclass
class Outcome:
    """How many were assigned, which rows were refused, how many are no longer waiting, which preview links ended."""

    placed: int
    refused: list[Row]
    gone: int
    ended_links: int


class Assignment:
    """Assigns an event's waiting files to its sessions; a session's files offer no choice of session."""

    def __init__(self, owner: Event | Session) -> None:
        self.owner, self.has_choice = owner, isinstance(owner, Event)
        related = ("appearances__speaker", "appearances__municipality", "municipalities")
        sessions = owner.sessions.all() if isinstance(owner, Event) else Session.objects.none()
        self.sessions = list(sessions.select_related("event").prefetch_related(*related))
        self.candidates = [as_candidate(session) for session in self.sessions]

    def rows(self, attachments: Iterable[Attachment]) -> list[Row]:
        return [self.row(attachment) for attachment in attachments]

    def row(self, attachment: Attachment, data: Any = None) -> Row:
        reading = getattr(attachment.stored_file, "reading", None)
        found = matches(attachment.required_file.original_name, self.candidates, reading.title if reading else "")
        best = None if attachment.kind == Attachment.Kind.AGENDA else suggestion(found)
        initial = {
            "session": str(best.key) if best else "",
            "kind": attachment.kind,
            "title": attachment.title,
            "seen_at": attachment.changed_at.isoformat(),
            "seen_sessions": " ".join(self.name_marks.values()),
        }
        form = AssignmentForm(data, prefix=f"m{attachment.pk}", initial=initial)
        if self.has_choice:
            cast("forms.ChoiceField", form.fields["session"]).choices = self._choices(found)
        else:
            del form.fields["session"], form.fields["seen_sessions"]
        for field in form.fields.values():
            field.widget.attrs["aria-describedby"] = f"datei-{attachment.pk}"
        return Row(
            attachment, form, _hint(found, best) if self.has_choice else "Die Art wurde aus dem Dateinamen abgeleitet."
        )

    def _choices(self, found: list[Match]) -> list[tuple]:
        names = {session.pk: session.name for session in self.sessions}
        likely = [(match.key, names.pop(match.key)) for match in found]
        groups = [
            ("Passt vielleicht", likely),
            ("Alle anderen Beiträge" if likely else "Beiträge", list(names.items())),
        ]
        return [("", WHOLE_EVENT), *[group for group in groups if group[1]]]

    @cached_property
    def name_marks(self) -> dict[int, str]:
        """For each session its key with a short hash of the name that the choices show."""
        return {one.pk: f"{one.pk}:{hashlib.sha256(one.name.encode()).hexdigest()[:8]}" for one in self.sessions}

    @transaction.atomic
    def save(self, user: Any, keys: set[int], data: Any) -> Outcome:
        """Assigns the waiting attachments with these `keys`, each as its row of `data` says."""
        lock_event(event_of(self.owner))
        here = {attachment.pk: attachment for attachment in unassigned(self.owner) if attachment.pk in keys}
        locked = {one.pk: one for one in Attachment.objects.select_for_update(of=("self",)).filter(pk__in=here)}
        valid_links = list(PreviewLink.objects.valid().of_rows(Attachment.objects.filter(pk__in=here)))
        placed, refused = {}, []
        for key, attachment in here.items():
            row = self.row(attachment, data)
            if row.form.is_valid() and self._place(user, locked.get(key), row.form):
                placed[key] = locked[key]
            else:
                refused.append(row)
        of_placed = [link for link in valid_links if link.object_id in placed]
        ended = [link for link in of_placed if link.is_ended_by_move(here[link.object_id], placed[link.object_id])]
        return Outcome(len(placed), refused, len(keys - set(here)), len(ended))

    def _place(self, user: Any, attachment: Attachment | None, form: AssignmentForm) -> bool:
        given = form.cleaned_data
        if attachment is None or attachment.changed_at.isoformat() != given["seen_at"]:
            form.add_error(None, "Jemand anderes hat das inzwischen geändert. Bitte die Seite neu laden.")
            return False
        attachment.kind, attachment.title = given["kind"], given["title"]
        if given.get("session") and not self._move(attachment, int(given["session"]), form):
            return False
        try:
            attachment.full_clean()
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return False
        attachment.save()
        log_change(user, attachment, CHANGE, "Zugeordnet.")
        return True

    def _move(self, attachment: Attachment, key: int, form: AssignmentForm) -> bool:
        session = next(session for session in self.sessions if session.pk == key)
        if self.name_marks[key] not in form.cleaned_data["seen_sessions"].split():
            form.ask_again(RENAMED.format(session.name), " ".join(self.name_marks.values()))
            return False
        attachment.event, attachment.session = None, session
        attachment.position = next_position(session)
        return True


def as_candidate(session: Session) -> Candidate:
    appearances = list(session.appearances.all())
    chairs = [one for one in appearances if one.role == Appearance.Role.CHAIR]
    spoken_for = [one.municipality for one in appearances if one.municipality]
    return Candidate(
        key=session.pk,
        speakers=tuple(one.speaker.last_name for one in appearances if one not in chairs),
        chairs=tuple(one.speaker.last_name for one in chairs),
        municipalities=tuple(one.name for one in [*session.municipalities.all(), *spoken_for]),
        title=session.title,
    )


def _hint(found: list[Match], best: Match | None) -> str:
    if best:
        return f"Vorschlag: {'; '.join(best.reasons)}."
    if found:
        return "Mehrere Beiträge passen. Die wahrscheinlichsten stehen oben in der Auswahl."
    return "Der Dateiname nennt keinen Beitrag."


def sessions_of(owner: Event | Session) -> QuerySet[Session]:
    return owner.sessions.all() if isinstance(owner, Event) else Session.objects.filter(pk=owner.pk)


def without_attachment(owner: Event | Session) -> list[Session]:
    """Sessions without attachments, and those with only a draft of a reason, set as `reason`."""
    related = ("attachments", "appearances__speaker", "municipalities")
    sessions = sessions_of(owner).select_related("event").prefetch_related(*related)
    found = []
    for session in sessions:
        attachments = list(session.attachments.all())
        session.reason = attachments[0] if len(attachments) == 1 and _is_draft_of_reason(attachments[0]) else None
        if session.reason or not attachments:
            found.append(session)
    return found


def _is_draft_of_reason(attachment: Attachment) -> bool:
    return bool(attachment.absence) and attachment.state == State.DRAFT


@transaction.atomic
def give_reason(user: Any, session: Session, absence: str) -> Attachment | None:
    """Creates a draft with the reason; None if the session is gone or has an attachment meanwhile."""
    lock_event(session.event)
    is_there = Session.objects.select_for_update(of=("self",)).filter(pk=session.pk).first()
    if is_there is None or session.attachments.exists():
        return None
    kinds = Attachment.Kind
    kind = kinds.VIDEO if absence == Attachment.Absence.NOT_RECORDED else kinds.SLIDES
    attachment = Attachment(session=session, kind=kind, absence=absence)
    attachment.full_clean()
    attachment.save()
    log_change(user, attachment, ADDITION, f"Fehlt: {attachment.get_absence_display()}.")
    return attachment


@transaction.atomic
def take_back(user: Any, owner: Event | Session, key: int) -> bool:
    """Deletes a draft of a reason; False if it is gone, submitted or public meanwhile."""
    lock_event(event_of(owner))
    drafts = Attachment.objects.select_for_update(of=("self",)).exclude(absence="")
    attachment = drafts.filter(pk=key, session__in=sessions_of(owner), state=State.DRAFT).first()
    if attachment is None:
        return False
    log_change(user, attachment, DELETION, "Grund zurückgenommen.")
    attachment.delete()
    return True
