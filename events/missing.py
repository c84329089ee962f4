"""Finders of missing data on events, for the editors' list of what is missing."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from events.attachments.recording_times import (
    findings_after_end,
    recordings_without_subtitles,
    subtitle_findings,
    with_times_after_end,
)
from events.attachments.request_letters import ask_for_attachment, ask_for_session
from events.models import Appearance, Attachment, Event, Programme, Session, Slot
from events.models.dates import Precision
from lernnetzwerk.administration.missing import (
    CREDITS,
    IMAGES,
    Finder,
    Group,
    MissingItem,
    change_address,
    offer_events,
    register,
    uncredited,
    undescribed,
    waiting_for_release,
)
from lernnetzwerk.reading.findings import Finding, open_findings, still_open
from lernnetzwerk.visibility.models import State

GRACE_PERIOD = timedelta(weeks=4)
EVENT_PATHS = ("event", "session__event")
WITH_ATTACHMENT = (Session.Kind.TALK, Session.Kind.FORUM, Session.Kind.WORKSHOP)

UNRELEASED = Group(
    "nicht-freigegeben",
    "Hochgeladen, nicht freigegeben",
    "Über einen Upload-Link hochgeladen; die Zustimmung der vortragenden Person fehlt. Bitte nachfragen.",
    11,
)
HANDED_IN = Group(
    "eingereicht",
    "Von Vortragenden eingereicht",
    "Über einen Upload-Link hochgeladen und freigegeben. Titel und Hinweise prüfen, dann veröffentlichen.",
    12,
)
PROGRAMMES = Group("programme", "Nicht freigegebene Programme", "Öffentlich ist noch die frühere Fassung.", 20)
ATTACHMENTS = Group(
    "materialien",
    "Beiträge ohne Material",
    "Datei, Link oder ein Grund für das Fehlen ist noch einzutragen.",
    30,
)
LONG_REQUESTED = Group(
    "angefragt",
    "Lange angefragt",
    "Seit mehr als vier Wochen „angefragt“. Nachfragen oder einen anderen Grund eintragen.",
    40,
)
FILE_BARRIERS = Group(
    "dateien",
    "Dateien mit Hinweisen",
    "Die Datei ist nicht barrierefrei, nicht überall abspielbar oder enthält Verborgenes. Bitte ersetzen oder "
    "begründen.",
    45,
)
RECORDING_TIMES = Group(
    "zeiten",
    "Kapitel und Untertitel, die nicht zur Aufnahme passen",
    "Sie sind länger als die Aufnahme, weil diese gekürzt oder ersetzt wurde.",
    46,
)
SUBTITLES = Group(
    "untertitel",
    "Aufnahmen ohne Untertitel",
    "Gehörlose Menschen brauchen Untertitel. Wird nicht gesprochen, geben Sie das als Grund an.",
    47,
)
AFFILIATIONS = Group(
    "einrichtungen", "Mitwirkende ohne Einrichtung", "Auf der Seite steht nur der Name, ohne Einrichtung und Ort.", 60
)
MUNICIPALITIES = Group("kommunen", "Praxisforen ohne Kommune", "Sie fehlen auf den Seiten der Kommunen.", 70)


def unfinished_programmes() -> QuerySet:
    """Working versions with slots that are unreleased or changed since the current release."""
    changed = Q(event__current_release__isnull=True) | Q(changed_at__gt=F("event__current_release__released_at"))
    return (
        Programme.objects.working()
        .filter(changed, Exists(Slot.objects.filter(programme=OuterRef("pk"))))
        .select_related("event__series", "event__current_release")
        .defer("event__current_release__snapshot")
        .order_by(F("event__starts_on").desc(nulls_last=True), "pk")
    )


def sessions_without_attachment(today: date | None = None) -> QuerySet:
    """Talks, forums and workshops that took place and have neither an attachment nor a reason."""
    today = today or timezone.localdate()
    known = Q(event__precision=Precision.DAY, event__starts_on__lte=today)
    begun = known | Q(event__starts_on__isnull=True) | Q(event__ends_on__lt=today)
    cancelled = Slot.objects.filter(
        session=OuterRef("pk"), programme__number__isnull=True, status=Slot.Status.CANCELLED
    )
    held = Session.objects.filter(begun, kind__in=WITH_ATTACHMENT, event__course=Event.Course.PLANNED)
    owned = Attachment.objects.filter(session=OuterRef("pk"))
    return held.exclude(Exists(owned)).exclude(Exists(cancelled)).for_cards().newest_first()


def not_released_by_speakers() -> QuerySet:
    return _by_upload_link().filter(handed_in__released_at=None).exclude(state=State.WITHDRAWN)


def handed_in_by_speakers() -> QuerySet:
    """Includes attachments that staff set back to draft: they are still to be published."""
    return _by_upload_link().filter(handed_in__released_at__isnull=False, state__in=(State.DRAFT, State.SUBMITTED))


def _by_upload_link() -> QuerySet:
    came = Attachment.objects.filter(handed_in__isnull=False)
    return came.for_cards().select_related("handed_in__invitation").order_by("handed_in__received_at", "pk")


def long_requested() -> QuerySet:
    since = timezone.now() - GRACE_PERIOD
    asked = Attachment.objects.filter(absence=Attachment.Absence.REQUESTED, changed_at__lt=since)
    return asked.for_cards().order_by("changed_at", "pk")


def files_with_barriers() -> QuerySet:
    """Attachments whose file has open findings."""
    found = Attachment.objects.filter(stored_file__reading__open_findings__gt=0).exclude(state=State.WITHDRAWN)
    readings = found.for_cards().select_related("stored_file__reading")
    return readings.prefetch_related("stored_file__reading__accepted_findings").order_by("-pk")


def overrun_recordings() -> QuerySet:
    """Recordings that end before their last chapter or subtitle."""
    return with_times_after_end().exclude(state=State.WITHDRAWN).order_by("-pk")


def unsubtitled_recordings() -> QuerySet:
    return recordings_without_subtitles().exclude(state=State.WITHDRAWN).order_by("-pk")


def undescribed_images() -> QuerySet:
    return Event.objects.filter(undescribed("image")).select_related("series").order_by("-pk")


def uncredited_images() -> QuerySet:
    return Event.objects.filter(uncredited("image")).select_related("series").order_by("-pk")


def speakers_without_affiliation() -> QuerySet:
    """Appearances without unit, organisation, place and municipality."""
    blank = {"unit": "", "organisation": "", "place": "", "municipality": None}
    return Appearance.objects.filter(**blank).for_speaker_page()


def forums_without_municipality() -> QuerySet:
    """Forums without a municipality, their own or an appearance's."""
    spoken = Appearance.objects.filter(session=OuterRef("pk"), municipality__isnull=False)
    shown = Session.municipalities.through.objects.filter(session=OuterRef("pk"))
    forums = Session.objects.filter(kind=Session.Kind.FORUM)
    return forums.exclude(Exists(spoken)).exclude(Exists(shown)).for_cards().newest_first()


def _programme(programme: Programme) -> MissingItem:
    release = programme.event.current_release
    if release is None:
        what = "Das Programm ist noch nicht freigegeben und nicht öffentlich."
    else:
        what = f"Geändert seit der Freigabe vom {_day(release.released_at)} (Fassung {release.number})."
    return MissingItem(programme.event.name_and_dates, what, change_address(programme))


def _session(session: Session) -> MissingItem:
    """Links to a new attachment: a public session's form is closed to editors who may not publish."""
    what = "Kein Material und kein Grund für das Fehlen."
    address = f"{reverse('admin:events_attachment_add')}?session={session.pk}&kind={Attachment.Kind.SLIDES}"
    return MissingItem(session.name, what, address, session.event.name_and_dates, ask_for_session(session))


def _not_released(attachment: Attachment) -> MissingItem:
    what = f"{_file(attachment)}hochgeladen am {_day(attachment.handed_in.received_at)}{_recipient(attachment)}."
    return _handed_in(attachment, what)


def _released(attachment: Attachment) -> MissingItem:
    handed_in = attachment.handed_in
    what = f"{_file(attachment)}freigegeben am {_day(handed_in.released_at)} von {handed_in.released_by}."
    return _handed_in(attachment, what)


def _handed_in(attachment: Attachment, what: str) -> MissingItem:
    event = attachment.parent_event
    return MissingItem(attachment.name, what, change_address(attachment), event.name_and_dates if event else "")


def _file(attachment: Attachment) -> str:
    return f"„{attachment.stored_file}“, " if attachment.stored_file else ""


def _recipient(attachment: Attachment) -> str:
    recipient = attachment.handed_in.invitation.recipient
    return f" über den Link für {recipient}" if recipient else ""


def _requested(attachment: Attachment) -> MissingItem:
    what = f"Angefragt; seit dem {_day(attachment.changed_at)} unverändert."
    event = attachment.parent_event
    at = event.name_and_dates if event else ""
    return MissingItem(
        attachment.name, what, change_address(attachment, "field-absence"), at, ask_for_attachment(attachment)
    )


def _file_barriers(attachment: Attachment) -> MissingItem:
    found = open_findings(attachment.required_file.reading)
    what = found[0].sentence if found else "Es gibt Hinweise zur Datei."
    event = attachment.parent_event
    address = reverse("admin:events_attachment_hinweise", args=[attachment.pk])
    return MissingItem(attachment.name, what, address, event.name_and_dates if event else "")


def _times(attachment: Attachment) -> MissingItem:
    reading = attachment.required_file.reading
    first = still_open(reading, findings_after_end(attachment, attachment.tracks.all(), reading.seconds or 0))[0]
    return _recording(attachment, first, "field-chapters" if first.key.startswith("chapters") else "tracks-group")


def _subtitles(attachment: Attachment) -> MissingItem:
    return _recording(attachment, subtitle_findings(attachment)[0], "tracks-group")


def _recording(attachment: Attachment, found: Finding, place: str) -> MissingItem:
    event = attachment.parent_event
    return MissingItem(
        attachment.name, found.sentence, change_address(attachment, place), event.name_and_dates if event else ""
    )


def _image(event: Event) -> MissingItem:
    return MissingItem(
        event.name_and_dates, "Das Bild hat keine Beschreibung.", change_address(event, "field-image_alt")
    )


def _credit(event: Event) -> MissingItem:
    return MissingItem(
        event.name_and_dates, "Das Bild hat keinen Bildnachweis.", change_address(event, "field-image_credit")
    )


def _appearance(appearance: Appearance) -> MissingItem:
    session = appearance.session
    what = f"{appearance.get_role_display()} in „{session.name}“: ohne Einrichtung, Ort oder Kommune."
    address = change_address(appearance, "field-organisation")
    return MissingItem(appearance.name, what, address, session.event.name_and_dates)


def _forum(session: Session) -> MissingItem:
    what = "Keine Kommune eingetragen."
    return MissingItem(
        session.name, what, change_address(session, "field-municipalities"), session.event.name_and_dates
    )


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j. F Y") if moment else ""


def _events() -> QuerySet:
    return Event.objects.select_related("series")


offer_events(_events)
register(
    waiting_for_release(_events, "pk"),
    waiting_for_release(Attachment.objects.for_cards, "event", "session__event"),
    Finder(UNRELEASED, not_released_by_speakers, _not_released, EVENT_PATHS, "events.change_attachment"),
    Finder(HANDED_IN, handed_in_by_speakers, _released, EVENT_PATHS, "events.change_attachment"),
    Finder(PROGRAMMES, unfinished_programmes, _programme, ("event",)),
    Finder(ATTACHMENTS, sessions_without_attachment, _session, ("event",), "events.add_attachment"),
    Finder(LONG_REQUESTED, long_requested, _requested, EVENT_PATHS),
    Finder(FILE_BARRIERS, files_with_barriers, _file_barriers, EVENT_PATHS),
    Finder(RECORDING_TIMES, overrun_recordings, _times, EVENT_PATHS),
    Finder(SUBTITLES, unsubtitled_recordings, _subtitles, EVENT_PATHS),
    Finder(IMAGES, undescribed_images, _image, ("pk",)),
    Finder(CREDITS, uncredited_images, _credit, ("pk",)),
    Finder(AFFILIATIONS, speakers_without_affiliation, _appearance, ("session__event",)),
    Finder(MUNICIPALITIES, forums_without_municipality, _forum, ("event",)),
)
