"""The samples of `manage.py demo`: they cover every state, and each one is marked as a sample."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.apps import apps
from PIL import Image

from events.demo.content import DOCUMENTED, FILES, SAMPLES, content, fields
from events.demo.events import starts_on
from events.demo.loading import load
from events.demo.prose import prose
from events.models import Appearance, Attachment, Event, EventDay, Session, Slot
from events.models.chapters import chapters
from events.pages.event import neighbours
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.formats.subtitles.webvtt import parse
from lernnetzwerk.text.richtext import RichTextField, clean
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker
from tests.events.conftest import TODAY
from tests.factories import make_event
from tests.reading import body, document, elements, text, texts

pytestmark = pytest.mark.usefixtures("samples")
OWN = [
    model
    for model in apps.get_models()
    if model.__module__.split(".")[0] in {"events", "speakers", "practice"} or model is StoredFile
]


def an_event(number: int) -> Event:
    return Event.objects.get(number=number)


def public_slots(number: int) -> list[Slot]:
    return list(an_event(number).current_release.slots.select_related("session", "day", "parent"))


# --- samples are marked -----------------------------------------------------------------------------------------------


def test_every_sample_is_marked_in_its_text_and_address():
    for model, number in ((Event, 3), (PracticeExample, 12), (Speaker, 12)):
        assert model.objects.filter(is_sample=True).count() == model.objects.count() == number
        assert [instance.slug for instance in model.objects.all() if not instance.slug.startswith("beispiel-")] == []


def test_no_sample_speaker_has_the_name_of_a_real_speaker():
    real, invented = (
        [speaker["last_name"] for speaker in content(part).speakers.values()] for part in (DOCUMENTED, SAMPLES)
    )

    assert set(invented) & set(real) == set()
    assert len(set(invented)) == len(invented) == 12


def test_every_sample_speaker_has_a_visible_appearance():
    assert Speaker.objects.published().count() == 12


def test_all_sample_addresses_but_one_use_a_reserved_domain():
    addresses = [
        *Event.objects.exclude(registration_url="").values_list("registration_url", flat=True),
        *Attachment.objects.exclude(url="").values_list("url", flat=True),
        *PracticeExample.objects.exclude(contact_email="").values_list("contact_email", flat=True),
    ]

    real = Attachment.objects.get(title="Beispiel für ein Video bei YouTube: der Trickfilm „Big Buck Bunny“")
    assert len(addresses) == 16
    assert [address for address in addresses if ".example" not in address] == [real.url]


def test_the_placeholder_film_passes_players_and_our_checks():
    film = Attachment.objects.get(stored_file__media_type="video/webm")
    subtitles = (FILES / "untertitel-platzhalter.vtt").read_bytes()

    assert film.title.startswith("Platzhalter")
    assert next(cue.text for cue in parse(subtitles)) == "Dies ist ein Platzhalter und keine Aufnahme eines Treffens."
    assert [chapter.clock for chapter in chapters(film.chapters)] == ["0:00", "0:16", "0:36", "0:56"]
    assert film.tracks.count() == 1
    assert film.poster.media_type == "image/png"


def test_external_videos_have_a_drawn_picture():
    elsewhere = Attachment.objects.filter(kind="video").exclude(url="")

    assert {video.poster.media_type for video in elsewhere} == {"image/webp"}


def test_a_sample_pdf_says_so_on_every_page(client):
    attachment = Attachment.objects.get(session__slug="was-kinder-ueber-geld-wissen", kind="slides")

    response = client.get(attachment.get_download_url())

    assert b"Beispielfolien: Was Kinder" in body(response)
    assert (attachment.stored_file.page_count, attachment.stored_file.original_name) == (
        4,
        "beispielfolien-was-kinder-ueber-geld-wissen.pdf",
    )


def test_formatted_texts_are_unchanged_by_cleaning():
    found = 0
    for model in (Event, Session, PracticeExample, Speaker):
        fields = [field.name for field in model._meta.fields if isinstance(field, RichTextField)]
        for instance in model.objects.all():
            for html in filter(None, (getattr(instance, field) for field in fields)):
                found += 1
                assert clean(html) == html
    assert found > 100


def test_every_row_passes_the_validation_of_its_model():
    for model in (Event, EventDay, Session, Appearance, Slot, Attachment, Speaker, PracticeExample, Topic):
        for row in model.objects.all():
            row.full_clean()


# --- the coming event -------------------------------------------------------------------------------------------------


def test_the_coming_event_is_in_five_weeks_midweek():
    event = an_event(21)

    assert (event.starts_on, event.ends_on) == (date(2026, 10, 7), date(2026, 10, 8))
    assert event.registration_until == date(2026, 9, 30)
    assert list(event.days.values_list("number", "date")) == [(1, date(2026, 10, 7)), (2, date(2026, 10, 8))]
    assert [event.is_registration_open(day) for day in (TODAY, date(2026, 9, 30), date(2026, 10, 1))] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("earliest", [35, -426, -913])
def test_no_event_begins_on_another_weekday_or_between_the_years(earliest):
    for today in (TODAY + timedelta(days=days) for days in range(800)):
        first = starts_on(today, earliest)
        assert first.weekday() == 2
        assert earliest <= (first - today).days <= earliest + 27
        assert (1, 6) < (first.month, first.day) < (12, 20)


def test_the_coming_event_fills_every_field():
    event = an_event(21)

    assert (event.name, event.dates) == ("Gut ankommen: Kinder und Jugendliche an Übergängen", "7.–8. Oktober 2026")
    assert (event.format, event.place, event.course) == ("hybrid", "Bürgerhaus (Beispiel), Gütersloh", "planned")
    assert (event.registration_url, event.short_code) == ("https://anmeldung.example/", "lnt21")
    assert all([event.motto, event.summary, event.description, event.directions, event.image, event.image_alt])
    assert event.review == ""
    assert (event.current_release.number, event.current_release.note) == (1, "Erste Fassung")


def test_the_coming_programme_has_times_rooms_breaks_and_two_parallel_phases():
    assert [
        (slot.day.number, slot.begins_at and f"{slot.begins_at:%H:%M}", slot.duration, str(slot))
        for slot in public_slots(21)
        if slot.parent is None
    ] == [
        (1, "10:00", 15, "Willkommen"),
        (1, "10:15", 45, "Was Kinder an Übergängen trägt"),
        (1, "11:00", 20, "Kaffeepause"),
        (1, "11:20", 80, "Erste Runde: gut ankommen in Kita und Schule"),
        (1, "12:40", 80, "Mittagspause"),
        (1, "14:00", 45, "Daten, die Familien nützen"),
        (1, "14:45", 45, "Was nehmen wir mit nach Hause?"),
        (2, "09:00", 45, "Übergang Schule und Beruf: ein Lagebild"),
        (2, "09:45", 20, "Kaffeepause"),
        (2, "10:05", 80, "Zweite Runde: gut ankommen in Ausbildung und Beruf"),
        (2, "11:35", 40, "Small Steps, Strong Links: What Young People Say About Transitions"),
        (2, "12:35", 25, "Ausblick und Verabredungen"),
    ]


def test_each_phase_of_the_coming_event_has_three_forums_with_municipality_room_and_example():
    forums = [slot for slot in public_slots(21) if slot.parent and slot.parent.is_parallel]

    assert [(slot.day.number, slot.session.municipalities.get().slug) for slot in forums] == [
        (1, "moers"),
        (1, "kreis-hoexter"),
        (1, "iserlohn"),
        (2, "gelsenkirchen"),
        (2, "lemgo"),
        (2, "burbach"),
    ]
    assert [slot.session.practice_examples.count() for slot in forums] == [1] * 6
    assert all(slot.room for slot in forums)


def test_the_coming_programme_has_a_cancelled_a_provisional_an_english_and_a_nested_item():
    slots = public_slots(21)
    states = {slot.status: str(slot) for slot in slots if slot.status != "confirmed"}

    assert states == {
        "cancelled": "Daten, die Familien nützen",
        "provisional": "Übergang Schule und Beruf: ein Lagebild",
    }
    assert [slot.session.slug for slot in slots if slot.session and slot.session.language == "en"] == [
        "small-steps-strong-links-what-young-people-say-about-transitions"
    ]
    assert [(str(slot), str(slot.parent)[:11]) for slot in slots if slot.parent and not slot.parent.is_parallel] == [
        ("Fragen und Antworten", "Small Steps")
    ]


def test_no_confirmed_item_begins_before_the_one_above_it_has_ended():
    for number in (20, 21):
        ends: dict[int, time] = {}
        for slot in public_slots(number):
            if slot.begins_at:
                assert slot.begins_at >= ends.get(slot.day_id, time.min), str(slot)
                ends[slot.day_id] = slot.ends_at


# --- the older ones ---------------------------------------------------------------------------------------------------


def test_the_older_events_are_adjacent_although_a_number_is_missing():
    previous, middle, coming = an_event(18), an_event(20), an_event(21)

    assert (previous.dates, middle.dates) == ("6. März 2024", "2.–3. Juli 2025")
    assert neighbours(middle) == {"previous": previous, "next": coming}
    assert neighbours(previous) == {"previous": None, "next": middle}
    assert {event.series.name for event in (previous, middle, coming)} == {"Lernnetzwerktreffen"}


def test_the_undated_event_of_the_series_has_no_adjacent_events():
    undated = make_event(series=an_event(21).series)

    assert neighbours(undated) == {"previous": None, "next": None}


def test_the_older_events_have_two_and_five_forums_and_two_formats():
    forums = {
        number: len([slot for slot in public_slots(number) if slot.parent and slot.parent.is_parallel])
        for number in (18, 20)
    }

    assert forums == {18: 2, 20: 5}
    assert [(an_event(number).format, an_event(number).place) for number in (18, 20)] == [
        ("online", "online"),
        ("presence", "Schulzentrum (Beispiel), Siegen"),
    ]
    assert all(an_event(number).review and an_event(number).state_programme for number in (18, 20))
    assert [len([slot for slot in public_slots(number) if slot.parent is None]) for number in (18, 20)] == [6, 7]


def test_attachments_cover_files_addresses_and_absences_of_events_sessions_and_examples():
    published = Attachment.objects.published()

    assert published.count() == Attachment.objects.count() == 20
    assert published.exclude(stored_file=None).count() == 9
    assert set(published.values_list("absence", flat=True)) == {
        "",
        "requested",
        "not_released",
        "not_recorded",
        "lost",
    }
    assert published.filter(event__isnull=False).count() == 2
    assert published.filter(practice_example__isnull=False).count() == 4
    assert set(published.exclude(url="").values_list("kind", flat=True)) == {"link", "video"}


def test_speakers_appear_through_the_years_with_the_affiliation_of_the_day():
    miriam, ines = (
        [speaker.affiliation for speaker in Appearance.objects.filter(speaker__last_name=name).order_by("pk")]
        for name in ("Auenfels", "Apfelhain")
    )

    assert miriam == [
        "Institut für Kindheit und Raum, Universität Musterhausen",
        "Fachgebiet Kindheitsforschung, Hochschule Beispielstadt",
    ]
    assert ines == ["Jugendhilfeplanung (Beispiel)", "Fachstelle Übergang Kita und Grundschule (Beispiel)"]
    assert [
        speaker.municipality.slug
        for speaker in Appearance.objects.filter(speaker__last_name="Apfelhain").order_by("pk")
    ] == ["kreis-hoexter", "iserlohn"]


def test_past_samples_were_published_when_they_were_documented():
    assert an_event(20).published_from.date() == an_event(20).ends_on + timedelta(days=9)
    assert set(Attachment.objects.filter(event__number=20).values_list("published_from", flat=True)) == {
        an_event(20).published_from
    }


# --- practice ---------------------------------------------------------------------------------------------------------


def test_the_examples_come_from_all_five_regions_and_all_kinds_of_municipality():
    municipalities = Municipality.objects.filter(practice_examples__is_sample=True).distinct()

    assert {municipality.region for municipality in municipalities} == {
        "arnsberg",
        "detmold",
        "duesseldorf",
        "koeln",
        "muenster",
    }
    assert {municipality.kind for municipality in municipalities} == {"city", "district", "town", "commune"}
    assert municipalities.count() == 13
    assert PracticeExample.objects.published().count() == 12


def test_the_examples_cover_six_phases_of_life_every_field_of_law_and_every_state():
    def covered(kind):
        return set(Topic.objects.filter(kind=kind, practice_examples__is_sample=True).values_list("name", flat=True))

    assert covered("phase") == {
        "Schwangerschaft und Geburt",
        "Frühe Kindheit",
        "Kita",
        "Grundschule",
        "Weiterführende Schule",
        "Übergang Schule und Beruf",
    }
    assert covered("law") == {"SGB II", "SGB III", "SGB V", "SGB VIII", "SGB IX", "SGB XII"}
    assert len(covered("field")) == 10
    assert len(covered("group")) == 6
    assert set(PracticeExample.objects.values_list("stage", flat=True)) == set(PracticeExample.Stage.values)


def test_some_examples_have_an_old_check_and_one_an_unknown_check():
    checked = list(PracticeExample.objects.values_list("checked_on", flat=True))
    old = TODAY - timedelta(days=730)

    assert checked.count(None) == 1
    assert len([day for day in checked if day and day < old]) == 2
    assert max(filter(None, checked)) == TODAY - timedelta(days=15)


def test_every_example_is_complete_and_shown_in_a_forum():
    assert {len(example.sections) for example in PracticeExample.objects.all()} == {6}
    assert PracticeExample.objects.filter(sessions__isnull=True).count() == 0


def test_every_topic_has_a_description():
    assert Topic.objects.filter(description="").count() == 0
    assert {kind: Topic.objects.filter(kind=kind).count() for kind in Topic.Kind.values} == {
        "field": 10,
        "phase": 7,
        "law": 6,
        "group": 6,
    }


# --- pages and pictures -----------------------------------------------------------------------------------------------


@pytest.mark.walk
def test_every_sample_has_a_page(client):
    for model in (Event, Session, PracticeExample, Speaker):
        for instance in model.objects.published():
            assert client.get(instance.get_absolute_url()).status_code == 200, instance


def test_visitors_see_cancelled_and_provisional_items(client):
    page = document(client.get(an_event(21).get_absolute_url()))

    assert [text(item) for item in elements(page, style="kern-badge") if text(item) in {"Entfällt", "Vorläufig"}] == [
        "Entfällt",
        "Vorläufig",
    ]
    assert texts(page, style="forum__municipality") == [
        "Moers",
        "Kreis Höxter",
        "Iserlohn",
        "Gelsenkirchen",
        "Lemgo",
        "Burbach",
    ]


def test_each_event_has_a_picture_of_its_own():
    drawn = [(FILES / sample["image"]).read_bytes() for sample in content(SAMPLES).events]

    assert len(set(drawn)) == 3
    assert [Image.open(BytesIO(data)).size for data in drawn] == [(720, 405)] * 3


def test_stored_pictures_have_at_most_25_kb():
    sizes = [event.image.size for event in Event.objects.all()]

    assert [size for size in sizes if not 5_000 < size <= 25_000] == []
    assert set(Event.objects.values_list("image_credit", flat=True)) == {"Grafik, erzeugt für die Demo"}


# --- loading ----------------------------------------------------------------------------------------------------------


def test_a_second_load_changes_nothing_even_on_another_day():
    before = {model: list(model.objects.order_by("pk").values()) for model in OWN}

    assert load(SAMPLES, TODAY + timedelta(days=100)) is False

    assert {model: list(model.objects.order_by("pk").values()) for model in OWN} == before


def test_an_unknown_key_is_reported():
    with pytest.raises(TypeError, match="'summery'"):
        Event(**fields(Event, {"title": "Ein Treffen", "summery": "Vertippt", "days": 1}, {"days"}))


def test_prose_becomes_paragraphs_and_lists():
    written = """
Ein Satz
über zwei Zeilen.

- eins
- zwei

Ende."""

    assert prose(written) == "<p>Ein Satz über zwei Zeilen.</p><ul><li>eins</li><li>zwei</li></ul><p>Ende.</p>"
    assert prose("") == ""
