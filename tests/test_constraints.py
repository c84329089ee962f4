"""Every constraint of the models: forms show its German sentence, and the database refuses rows saved otherwise."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from events.models import (
    Appearance,
    Attachment,
    DownloadCount,
    Event,
    EventDay,
    FormerDay,
    HandedIn,
    Invitation,
    Programme,
    Series,
    Session,
    Slot,
    Track,
)
from events.programme.structure import working_version
from lernnetzwerk.barriers.models import BarrierReport
from lernnetzwerk.pages.models import Page
from lernnetzwerk.previews.models import PreviewLink
from lernnetzwerk.reading.models import AcceptedFinding, FilePage, Reading, Rendition
from lernnetzwerk.slugs.models import TakenSlug
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker
from tests.factories import (
    make_appearance,
    make_attachment,
    make_day,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_picture,
    make_reading,
    make_release,
    make_rendition,
    make_series,
    make_session,
    make_speaker,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TAKEN = "Diese Adresse ist vergeben oder vorbehalten. Bitte eine andere wählen."
MOMENT = "Wer veröffentlicht, legt fest, ab wann."
PICTURE = "Bitte in einem Satz beschreiben, was zu sehen ist, oder „schmückend“ ankreuzen."
BOTH = "Bitte entweder beschreiben oder „schmückend“ ankreuzen, nicht beides."
ONE_SOURCE = "Bitte genau eines angeben: eine Datei, eine Adresse oder warum beides fehlt."
ONE_OWNER = "Ein Material gehört zu höchstens einem Treffen, Beitrag oder Praxisbeispiel."
DISTRICT = "Kreisangehörige haben einen Kreis, kreisfreie Städte und Kreise keinen."
LINK = "https://ort.example/"
POSITION = "Bitte Breite und Länge angeben; der Ort liegt in Nordrhein-Westfalen."
SLOT = "Ein Programmpunkt zeigt entweder einen Beitrag oder trägt einen Titel."
NOW = datetime(2027, 3, 17, tzinfo=UTC)
LATER = datetime(2027, 3, 31, tzinfo=UTC)


@dataclass
class Case:
    constraint: str
    make: Callable[[], models.Model]  # returns an unsaved row that breaks only this rule
    sentence: str


def row(model, **fields):
    """A function that returns an unsaved row; values that are functions are called then, as they need the database."""
    return lambda: model(**{name: value() if callable(value) else value for name, value in fields.items()})


def event(**fields):
    return row(Event, **{"title": "T", "slug": "eigene-adresse", **fields})


def municipality(**fields):
    values = {"name": "S", "slug": "eigene-adresse", "kind": "city", "key": "05999999", "region": "koeln"}
    return row(Municipality, **{**values, **fields})


def attachment(**fields):
    return row(Attachment, **{"kind": "slides", **fields})


def second_decision():
    first = make_reading().accepted_findings.create(key="tags", reason="Darum")
    return AcceptedFinding(reading=first.reading, key="tags", reason="Darum")


def make_invitation():
    return Invitation.objects.create(session=make_session(), created_at=NOW, expires_at=LATER)


def second_count():
    attachment = make_attachment()
    attachment.download_counts.create(day=NOW.date(), number=1)
    return DownloadCount(attachment=attachment, day=NOW.date())


def second_track():
    first = Track.objects.create(attachment=make_attachment(), stored_file=make_file(), language="de")
    return Track(attachment=first.attachment, stored_file=make_file(), language="de")


def second_rendition():
    first = make_rendition(make_file())
    return Rendition(source=first.source, number=first.number, size=first.size, picture=make_picture())


def slot(**fields):
    def make():
        event = make_event()
        programme = working_version(event)
        return Slot(**{"programme": programme, "day": event.days.get(), "order": 1, "title": "P", **fields})

    return make


def second(make_first, **fields):
    """A function that saves a first row and returns a second one with the same unique values."""

    def make():
        first = make_first()
        own = {
            name: getattr(first, value[1:]) if str(value).startswith("=") else value for name, value in fields.items()
        }
        return type(first)(**own)

    return make


def second_slot(**fields):
    def make():
        session = make_session()
        programme = working_version(session.event)
        day = session.event.days.get()
        Slot.objects.create(programme=programme, day=day, order=1, session=session)
        return Slot(**{"programme": programme, "day": day, "order": 2, "session": session, **fields})

    return make


def slot_below(**fields):
    def make():
        below = slot(**fields)()
        below.parent = Slot.objects.create(programme=below.programme, day=below.day, order=9, title="Darüber")
        return below

    return make


def make_former_day() -> FormerDay:
    day = date(2027, 3, 17)
    return FormerDay.objects.create(event=make_event(), number=1, begins_on=day, ends_on=day)


CASES = [
    # --- events
    Case("series_slug_is_unique", second(make_series, name="S", slug="=slug"), TAKEN),
    Case("event_slug_is_unique", second(make_event, title="T", slug="=slug"), TAKEN),
    Case("event_published_has_a_moment", event(state="published"), MOMENT),
    Case(
        "event_short_code_is_unique",
        second(lambda: make_event(short_code="lnt21"), title="T", slug="x", short_code="lnt21"),
        "Dieses Kurzzeichen hat schon ein anderes Treffen.",
    ),
    Case(
        "event_number_is_unique_in_its_series",
        second(lambda: make_event(series=make_series(), number=3), title="T", slug="x", series="=series", number=3),
        "Diese Nummer hat in der Reihe schon ein anderes Treffen.",
    ),
    Case(
        "event_ends_after_it_starts",
        event(starts_on=date(2027, 3, 18), ends_on=date(2027, 3, 17), precision="day"),
        "Der letzte Tag liegt vor dem ersten.",
    ),
    Case("event_precision_fits_its_date", event(ends_on=date(2027, 3, 17)), "Zu einem letzten Tag gehört ein erster."),
    Case("event_image_is_described_or_decorative", event(image=make_picture), PICTURE),
    Case(
        "event_day_is_numbered_once",
        second(lambda: make_day(make_event()), event="=event", number="=number"),
        "Diesen Tag gibt es schon.",
    ),
    Case(
        "event_day_has_its_own_date",
        second(lambda: make_day(make_event(), date=date(2027, 3, 17)), event="=event", number=2, date="=date"),
        "Dieses Datum hat schon ein anderer Tag.",
    ),
    Case(
        "event_dates_are_plausible",
        event(registration_until=date(9999, 12, 31)),
        "Bitte ein Datum zwischen 1990 und 2100 angeben.",
    ),
    Case(
        "event_day_is_plausible",
        lambda: EventDay(event=make_event(), number=1, date=date(1989, 12, 31)),
        "Bitte ein Datum zwischen 1990 und 2100 angeben.",
    ),
    Case(
        "former_day_is_kept_once",
        second(make_former_day, event="=event", number="=number", begins_on="=begins_on", ends_on="=ends_on"),
        "Dieser Eintrag steht schon unter den entfallenen.",
    ),
    Case(
        "former_day_ends_after_it_begins",
        lambda: FormerDay(event=make_event(), number=1, begins_on=date(2027, 3, 18), ends_on=date(2027, 3, 17)),
        "Der letzte Tag liegt vor dem ersten.",
    ),
    Case("event_day_counts_from_one", lambda: EventDay(event=make_event(), number=0), "Tage werden ab 1 gezählt."),
    # --- sessions
    Case(
        "session_slug_is_unique_in_its_event",
        second(make_session, event="=event", kind="talk", slug="=slug"),
        TAKEN,
    ),
    Case(
        "appearance_is_entered_once_per_role",
        second(make_appearance, session="=session", speaker="=speaker", role="=role"),
        "Diese Person steht in dieser Rolle schon beim Beitrag.",
    ),
    # --- programme
    Case(
        "programme_release_is_numbered_once",
        second(
            lambda: make_release(make_event(), ["P"]), event="=event", number=1, released_at=NOW, snapshot={"slots": []}
        ),
        "Diese Fassung gibt es schon.",
    ),
    Case(
        "programme_has_one_working_version",
        second(lambda: working_version(make_event()), event="=event"),
        "Ein Treffen hat genau eine Arbeitsfassung.",
    ),
    Case(
        "programme_release_has_moment_and_snapshot",
        lambda: Programme(event=make_event(), number=1),
        "Nur eine freigegebene Fassung hat Zeitpunkt und Abbild.",
    ),
    Case(
        "slot_has_its_own_place",
        second_slot(order=1, session=None, title="P"),
        "Auf diesem Platz steht schon ein Programmpunkt.",
    ),
    Case("slot_shows_a_session_once", second_slot(), "Dieser Beitrag steht schon im Programm."),
    Case("slot_has_a_session_or_a_title", slot(title=""), SLOT),
    Case("slot_duration_is_not_negative", slot(duration=-1), "Dieser Wert muss größer oder gleich 0 sein."),
    Case("slot_nests_one_level", slot_below(is_parallel=True), "Ein Unterpunkt hat keine eigenen Unterpunkte."),
    # --- attachments
    Case("attachment_published_has_a_moment", attachment(absence="lost", state="published"), MOMENT),
    Case("attachment_has_one_of_file_address_absence", attachment(), ONE_SOURCE),
    Case(
        "attachment_has_at_most_one_owner",
        attachment(absence="lost", event=make_event, session=make_session),
        ONE_OWNER,
    ),
    Case(
        "track_is_the_only_one_of_its_language_and_kind",
        second_track,
        "In dieser Sprache gibt es schon Untertitel dieser Art.",
    ),
    # --- speakers and practice
    Case("speaker_slug_is_unique", second(make_speaker, last_name="P", slug="=slug"), TAKEN),
    Case(
        "speaker_photo_is_described_or_decorative",
        lambda: Speaker(last_name="P", slug="x", photo=make_picture(), photo_alt="Lächelt", photo_is_decorative=True),
        BOTH,
    ),
    Case("municipality_slug_is_unique", municipality(slug=lambda: make_municipality().slug), TAKEN),
    Case("municipality_belongs_to_a_district_or_is_free", municipality(kind="town"), DISTRICT),
    Case("municipality_lies_in_the_state", municipality(latitude="51.5"), POSITION),
    Case("municipality_has_inhabitants", municipality(inhabitants=0), "Eine unbekannte Einwohnerzahl bleibt leer."),
    Case("municipality_joined_in_a_plausible_year", municipality(member_since=1999), "Bitte ein Jahr ab 2005 angeben."),
    Case("topic_slug_is_unique", second(make_topic, name="T", kind="law", slug="=slug"), TAKEN),
    Case(
        "topic_is_named_once_per_kind",
        second(make_topic, name="=name", kind="=kind", slug="x"),
        "Dieses Thema gibt es schon.",
    ),
    Case("practiceexample_published_has_a_moment", lambda: PracticeExample(title="B", state="published"), MOMENT),
    Case("practice_example_slug_is_unique", second(make_example, title="B", slug="=slug"), TAKEN),
    # --- the ground
    Case("page_published_has_a_moment", lambda: unsaved_page(state="published"), MOMENT),
    Case(
        "barrier_report_is_stored_once",
        second(lambda: BarrierReport.objects.create(description="Text"), description="Text", submission="=submission"),
        "Diese Meldung ist schon eingegangen.",
    ),
    Case(
        "preview_link_ends_after_it_begins",
        row(
            PreviewLink,
            kind=lambda: ContentType.objects.get_for_model(Event),
            object_id=1,
            created_at=NOW,
            expires_at=NOW,
        ),
        "Ein Vorschau-Link endet, nachdem er erstellt wurde.",
    ),
    Case("barrier_report_says_what_is_wrong", row(BarrierReport, description=""), "Dieses Feld darf nicht leer sein."),
    Case(
        "barrier_report_has_a_limit",
        row(BarrierReport, description="x" * 5001),
        "Eine Beschreibung hat höchstens 5.000 Zeichen.",
    ),
    Case(
        "barrier_report_has_a_known_state",
        row(BarrierReport, description="Text", state="fertig"),
        "Wert 'fertig' ist keine gültige Option.",
    ),
    Case(
        "invitation_ends_after_it_begins",
        row(Invitation, session=make_session, created_at=NOW, expires_at=NOW),
        "Ein Upload-Link endet, nachdem er erstellt wurde.",
    ),
    Case(
        "invitation_takes_something",
        row(Invitation, session=make_session, created_at=NOW, expires_at=LATER, most_files=21),
        "Bitte 1 bis 20 Dateien und mindestens 1 Megabyte erlauben.",
    ),
    Case(
        "handed_in_is_released_by_somebody",
        row(HandedIn, attachment=make_attachment, invitation=make_invitation, released_at=NOW),
        "Wer freigibt, nennt den eigenen Namen.",
    ),
    Case(
        "download_count_of_a_day_is_one",
        second_count,
        "Downloads eines Tages mit diesem Wert für das Feld Material und Tag existiert bereits.",
    ),
    Case(
        "accepted_finding_has_a_reason",
        row(AcceptedFinding, reading=make_reading, key="tags", reason=""),
        "Dieses Feld darf nicht leer sein.",
    ),
    Case(
        "finding_is_accepted_once",
        second_decision,
        "Begründeter Hinweis mit diesem Wert für das Feld Inhalt und Hinweis existiert bereits.",
    ),
    Case(
        "reading_has_a_reason_only_when_failed",
        row(Reading, stored_file=make_file, state="done", reason="beschädigt"),
        "Nur wo es keine Vorschau gibt, gibt es einen Grund dafür.",
    ),
    Case(
        "reading_describes_no_more_figures_than_there_are",
        row(Reading, stored_file=make_file, figures=1, figures_described=2),
        "Beschrieben sind höchstens so viele Abbildungen, wie es gibt.",
    ),
    Case("file_page_numbers_start_at_one", row(FilePage, reading=make_reading, number=0), "Seiten zählen ab 1."),
    Case(
        "file_page_number_is_unique",
        lambda: FilePage(reading=make_reading("Text"), number=1),
        "Seite einer Datei mit diesem Wert für das Feld Inhalt und Seite existiert bereits.",
    ),
    Case(
        "rendition_pages_start_at_one",
        row(Rendition, source=make_file, picture=make_picture, size="small", number=0),
        "Seiten zählen ab 1.",
    ),
    Case(
        "rendition_is_unique",
        second_rendition,
        "Verkleinertes Bild mit diesem Wert für das Feld Datei, Seite und Größe existiert bereits.",
    ),
    Case(
        "slug_is_taken_once",
        lambda: TakenSlug(scope="events.event", slug=make_event().slug, object_id=0),
        "Vergebene Adresse mit diesem Wert für das Feld Bereich und Adresse existiert bereits.",
    ),
]
cases = pytest.mark.parametrize("case", CASES, ids=lambda case: case.constraint)

# More rows that break a rule of CASES in another way.
MORE = [
    Case("attachment_has_one_of_file_address_absence", attachment(url=LINK, absence="lost"), ONE_SOURCE),
    Case("attachment_has_one_of_file_address_absence", attachment(stored_file=make_file, absence="lost"), ONE_SOURCE),
    Case(
        "attachment_has_one_of_file_address_absence",
        attachment(stored_file=make_file, url=LINK),
        ONE_SOURCE,
    ),
    Case(
        "attachment_has_at_most_one_owner",
        attachment(absence="lost", event=make_event, practice_example=make_example),
        ONE_OWNER,
    ),
    Case(
        "attachment_has_at_most_one_owner",
        attachment(absence="lost", session=make_session, practice_example=make_example),
        ONE_OWNER,
    ),
    Case("slot_has_a_session_or_a_title", second_slot(session=None, title=""), SLOT),
    Case("municipality_lies_in_the_state", municipality(longitude="7.5"), POSITION),
    Case("municipality_lies_in_the_state", municipality(latitude="48.1", longitude="11.6"), POSITION),
    Case("municipality_joined_in_a_plausible_year", municipality(member_since=2101), "Bitte ein Jahr ab 2005 angeben."),
]
all_cases = pytest.mark.parametrize(
    "case", [*CASES, *MORE], ids=[f"{case.constraint}-{number}" for number, case in enumerate([*CASES, *MORE])]
)


def unsaved_page(**fields):
    Page.objects.filter(slug="impressum").delete()
    return Page(slug="impressum", title="Impressum", **fields)


@all_cases
def test_a_form_shows_one_german_message(case):
    instance = case.make()

    with pytest.raises(ValidationError) as caught:
        instance.full_clean()

    assert caught.value.messages == [case.sentence]


@all_cases
def test_the_database_refuses_an_invalid_row(case):
    instance = case.make()

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        type(instance)._base_manager.bulk_create([instance])

    assert named_by_the_database(caught.value, case.constraint, instance)


def named_by_the_database(error: IntegrityError, name: str, instance: models.Model) -> bool:
    """Whether the error names the constraint; SQLite names the columns of a unique or positive one instead."""
    (constraint,) = [one for one in type(instance)._meta.constraints if one.name == name]
    columns = [instance._meta.get_field(field).column for field in getattr(constraint, "fields", ())]
    by_columns = bool(columns) and all(f"{instance._meta.db_table}.{column}" in str(error) for column in columns)
    return name in str(error) or by_columns or (name == "slot_duration_is_not_negative" and "duration" in str(error))


def test_every_constraint_has_its_case():
    """Constraints of stored files are tested in tests/files."""
    ours = {"events", "speakers", "practice", "barriers", "pages", "previews", "reading", "slugs"}
    names = {
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in ours
        for constraint in model._meta.constraints
    }

    assert names == {case.constraint for case in CASES}


@pytest.mark.parametrize(
    "make",
    [
        event(precision="month", starts_on=date(2027, 3, 1)),
        event(starts_on=date(2027, 3, 17), ends_on=date(2027, 3, 17)),
        municipality(latitude="51.6812", longitude="7.8167", member_since=2005, inhabitants=1),
        municipality(kind="district", key="05998"),
        attachment(url=LINK),
        attachment(absence="undocumented", practice_example=make_example),
        attachment(stored_file=make_file, session=make_session),
        slot(duration=0),
        slot_below(),
        lambda: Event(title="", slug="x", series=make_series()),
        lambda: Series(name="S"),
        lambda: BarrierReport(description="x" * 5000),
        lambda: Session(event=make_event(), kind="talk"),
        lambda: Topic(name="T", kind="field"),
        lambda: Appearance(session=make_session(), speaker=make_speaker()),
    ],
)
def test_a_valid_row_is_accepted(make):
    instance = make()

    instance.full_clean()
    instance.save()

    assert instance.pk


def test_two_events_without_number_code_or_series_do_not_collide():
    make_event(title="", series=None)
    make_event(title="", series=None)

    assert Event.objects.filter(short_code="", number=None).count() == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("short_code", "LNT", "Mindestens vier Kleinbuchstaben, Ziffern oder Unterstriche."),
        ("short_code", "lnt", "Mindestens vier Kleinbuchstaben, Ziffern oder Unterstriche."),
        ("registration_url", "javascript:alert(1)", "Bitte eine gültige Adresse eingeben."),
        ("registration_url", "ftp://ort.example/", "Bitte eine gültige Adresse eingeben."),
    ],
)
def test_fields_of_an_event_show_their_message(field, value, sentence):
    with pytest.raises(ValidationError) as caught:
        event(**{field: value})().full_clean()

    assert set(caught.value.messages) == {sentence}


@pytest.mark.parametrize("key", ["06412000", "0591", "059150", "05915000a", "0591500"])
def test_the_key_of_a_municipality_belongs_to_the_state(key):
    with pytest.raises(ValidationError) as caught:
        municipality(key=key)().full_clean()

    assert "Der Schlüssel beginnt mit 05 und hat fünf oder acht Ziffern." in caught.value.messages
