"""Files dropped on a meeting: taken in as drafts, then placed at its contributions, or the reason why there are none.

Whoever writes here holds the meeting's row, so of two people the second finds what the first has done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from events.materials.matching import Candidate, Match, kind_of, matches, suggestion
from events.materials.models import Attachment
from events.meetings.models import Event
from events.sessions.models import Appearance, Session
from lernnetzwerk.files.forms import UploadField
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.store import sha256
from lernnetzwerk.publication import State

UPLOADED = "Beim Treffen hochgeladen."
WHOLE = "zum ganzen Treffen"


class FileForm(forms.Form):
    datei = UploadField(label="Datei")


class PlaceForm(forms.Form):
    session = forms.ChoiceField(label="gehört zu", required=False)
    kind = forms.ChoiceField(label="Art", choices=Attachment.Kind.choices)
    title = forms.CharField(label="Titel", required=False, max_length=250)
    seen_at = forms.CharField(widget=forms.HiddenInput)


@dataclass
class Row:
    """A file waiting to be placed, with its form and what was guessed."""

    material: Attachment
    form: PlaceForm
    hint: str


def take(user: Any, event: Event, upload: File | None) -> Attachment:
    """Checks and stores one file as a draft of the meeting; ValidationError with a German sentence."""
    form = FileForm(files={"datei": upload} if upload else {})
    if not form.is_valid():
        raise ValidationError([message for messages in form.errors.values() for message in messages])
    stored_file = form.cleaned_data["datei"]
    with transaction.atomic():
        hold(event)
        _refuse_known(event, stored_file)
        material = Attachment(event=event, kind=kind_of(stored_file.original_name), stored_file=stored_file)
        material.full_clean()
        material.save()
        note(user, material, ADDITION, UPLOADED)
    return material


def hold(event: Event) -> Event:
    return get_object_or_404(Event.objects.select_for_update(of=("self",)), pk=event.pk)


def note(user: Any, material: Attachment, flag: int, told: str) -> None:
    LogEntry.objects.log_actions(user.pk, [material], flag, told, single_object=True)


def of_meeting(event: Event) -> QuerySet[Attachment]:
    return Attachment.objects.filter(Q(event=event) | Q(session__event=event))


def _refuse_known(event: Event, stored_file: StoredFile) -> None:
    same = of_meeting(event).filter(stored_file__sha256=sha256(stored_file.pending.content)).for_cards().first()
    if same:
        raise ValidationError(
            f"Diese Datei ist schon da: {same.label}, hochgeladen als „{same.stored_file}“. Nichts wurde gespeichert.",
            code="known",
        )


def waiting(event: Event) -> list[Attachment]:
    """Dropped here, still drafts of the meeting, and not confirmed or edited on their own page since."""
    drafts = Attachment.objects.filter(event=event, state=State.DRAFT, stored_file__isnull=False)
    drafts = list(drafts.select_related("stored_file", "event__series").order_by("pk"))
    kind = ContentType.objects.get_for_model(Attachment)
    logged = LogEntry.objects.filter(content_type=kind, object_id__in=[str(draft.pk) for draft in drafts])
    dropped = set(logged.filter(action_flag=ADDITION, change_message=UPLOADED).values_list("object_id", flat=True))
    edited = set(logged.filter(action_flag=CHANGE).values_list("object_id", flat=True))
    return [draft for draft in drafts if str(draft.pk) in dropped - edited]


class Placing:
    """The files of one meeting that wait, and its contributions to choose from."""

    def __init__(self, event: Event) -> None:
        self.event = event
        related = ("appearances__speaker", "appearances__municipality", "municipalities")
        self.sessions = list(event.sessions.select_related("event").prefetch_related(*related))
        self.candidates = [as_candidate(session) for session in self.sessions]

    def rows(self, materials: Iterable[Attachment]) -> list[Row]:
        return [self.row(material) for material in materials]

    def row(self, material: Attachment, data: Any = None) -> Row:
        found = matches(material.stored_file.original_name, self.candidates)
        best = None if material.kind == Attachment.Kind.AGENDA else suggestion(found)
        initial = {
            "session": str(best.key) if best else "",
            "kind": material.kind,
            "title": material.title,
            "seen_at": material.changed_at.isoformat(),
        }
        form = PlaceForm(data, prefix=f"m{material.pk}", initial=initial)
        form.fields["session"].choices = self._choices(found)
        for field in form.fields.values():
            field.widget.attrs["aria-describedby"] = f"datei-{material.pk}"
        return Row(material, form, _hint(found, best))

    def _choices(self, found: list[Match]) -> list[tuple]:
        names = {session.pk: session.name for session in self.sessions}
        likely = [(match.key, names.pop(match.key)) for match in found]
        groups = [
            ("Passt vielleicht", likely),
            ("Alle anderen Beiträge" if likely else "Beiträge", list(names.items())),
        ]
        return [("", WHOLE), *[group for group in groups if group[1]]]

    @transaction.atomic
    def save(self, user: Any, keys: set[int], data: Any) -> tuple[int, list[Row], int]:
        """How many were placed, the rows that need another look, and how many no longer wait here."""
        hold(self.event)
        here = {material.pk: material for material in waiting(self.event) if material.pk in keys}
        locked = {one.pk: one for one in Attachment.objects.select_for_update(of=("self",)).filter(pk__in=here)}
        placed, refused = 0, []
        for key, material in here.items():
            row = self.row(material, data)
            if row.form.is_valid() and self._place(user, locked.get(key), row.form):
                placed += 1
            else:
                refused.append(row)
        return placed, refused, len(keys - set(here))

    def _place(self, user: Any, material: Attachment | None, form: PlaceForm) -> bool:
        given = form.cleaned_data
        if material is None or material.changed_at.isoformat() != given["seen_at"]:
            form.add_error(None, "Jemand anderes hat das inzwischen geändert. Bitte die Seite neu laden.")
            return False
        material.kind, material.title = given["kind"], given["title"]
        if given["session"]:
            material.event, material.session_id = None, int(given["session"])
        try:
            material.full_clean()
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return False
        material.save()
        note(user, material, CHANGE, "Zugeordnet.")
        return True


def as_candidate(session: Session) -> Candidate:
    people = list(session.appearances.all())
    chairs = [person for person in people if person.role == Appearance.Role.CHAIR]
    towns = [*session.municipalities.all(), *(person.municipality for person in people if person.municipality)]
    return Candidate(
        key=session.pk,
        people=tuple(person.speaker.last_name for person in people if person not in chairs),
        chairs=tuple(person.speaker.last_name for person in chairs),
        towns=tuple(town.name for town in towns),
        title=session.title,
    )


def _hint(found: list[Match], best: Match | None) -> str:
    if best:
        return f"Vorschlag: {'; '.join(best.reasons)}."
    if found:
        return "Mehreres passt. Was am ehesten infrage kommt, steht in der Auswahl oben."
    return "Im Dateinamen ist kein Beitrag zu erkennen."


def without_material(event: Event) -> list[Session]:
    """Contributions with nothing at all, and those with only a draft of a reason, which `reason` then is."""
    sessions = event.sessions.select_related("event").prefetch_related(
        "attachments", "appearances__speaker", "municipalities"
    )
    found = []
    for session in sessions:
        materials = list(session.attachments.all())
        session.reason = materials[0] if len(materials) == 1 and _is_draft_of_reason(materials[0]) else None
        if session.reason or not materials:
            found.append(session)
    return found


def _is_draft_of_reason(material: Attachment) -> bool:
    return bool(material.absence) and material.state == State.DRAFT


@transaction.atomic
def give_reason(user: Any, session: Session, absence: str) -> Attachment | None:
    """A draft that says why there is nothing; None where there is something meanwhile, or the contribution is gone."""
    hold(session.event)
    is_there = Session.objects.select_for_update(of=("self",)).filter(pk=session.pk).first()
    if is_there is None or session.attachments.exists():
        return None
    kinds = Attachment.Kind
    kind = kinds.VIDEO if absence == Attachment.Absence.NOT_RECORDED else kinds.SLIDES
    material = Attachment(session=session, kind=kind, absence=absence)
    material.full_clean()
    material.save()
    note(user, material, ADDITION, f"Fehlt: {material.get_absence_display()}.")
    return material


@transaction.atomic
def take_back(user: Any, event: Event, key: int) -> bool:
    """Deletes a draft of a reason; False where it is gone, handed in or public meanwhile."""
    hold(event)
    drafts = Attachment.objects.select_for_update(of=("self",)).exclude(absence="")
    material = drafts.filter(pk=key, session__event=event, state=State.DRAFT).first()
    if material is None:
        return False
    note(user, material, DELETION, "Grund zurückgenommen.")
    material.delete()
    return True
