import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.models import Event, Session
from lernnetzwerk.slugs.german import german_slug, sort_key
from lernnetzwerk.slugs.models import TakenSlug
from practice.models import Municipality
from tests.concurrency import at_once
from tests.factories import (
    HIDDEN,
    make_event,
    make_example,
    make_municipality,
    make_release,
    make_series,
    make_session,
    make_speaker,
    make_topic,
    make_visible_session,
    make_visible_speaker,
    rewrite,
)

pytestmark = pytest.mark.both_databases

# --- German as an address ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Lünen: Case-Management", "luenen-case-management"),
        ("Ärzte, Öfen & Übergänge", "aerzte-oefen-uebergaenge"),
        ("Groß und GROẞ", "gross-und-gross"),
        ("Straße u\u0308ber a\u0308", "strasse-ueber-ae"),  # decomposed: letter and diaeresis are two characters
        ("Café à la carte", "cafe-a-la-carte"),
        ("SGB II/III (2018)", "sgb-iiiii-2018"),
        ("  --Vorn und hinten--  ", "vorn-und-hinten"),
        ("„Collaborative Governance“", "collaborative-governance"),
        ("???", ""),
        ("", ""),
        ("日本", "riben"),
        ("Łukasz Æsop", "lukasz-aesop"),
    ],
)
def test_german_text_becomes_a_readable_slug(text, slug):
    assert german_slug(text) == slug


@pytest.mark.parametrize(
    ("text", "length", "slug"),
    [
        ("eins zwei drei", 100, "eins-zwei-drei"),
        ("eins zwei drei", 14, "eins-zwei-drei"),
        ("eins zwei drei", 13, "eins-zwei"),
        ("eins zwei drei", 9, "eins"),
        ("Donaudampfschifffahrt", 5, "donau"),
    ],
)
def test_a_long_slug_ends_with_a_whole_word_if_possible(text, length, slug):
    assert german_slug(text, length) == slug


@given(st.text(max_size=300), st.integers(1, 100))
def test_any_text_gives_a_short_slug_of_ascii_characters(text, length):
    slug = german_slug(text, length)

    assert len(slug) <= length
    assert re.fullmatch(r"([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)?", slug), slug
    assert german_slug(slug, length) == slug


@pytest.mark.parametrize(
    "names",
    [
        ["Aachen", "Ägidius", "Ahlen", "Zülpich"],
        ["Öde", "Oelde", "Osterfeld"],
        ["Strasen", "Straße", "Strassen"],
        ["Émile", "emsdetten"],
        ["Lang", "Łapicki", "Lauf", "Мария"],
    ],
)
def test_names_are_sorted_like_a_german_dictionary(names):
    backwards = names[::-1]

    assert sorted(backwards, key=sort_key) == names


@pytest.mark.django_db
def test_lists_are_sorted_like_a_german_dictionary():
    for name in ("Zülpich", "Ahlen", "Ägidius", "Aachen"):
        make_municipality(name=name)

    assert [municipality.name for municipality in Municipality.objects.all()] == [
        "Aachen",
        "Ägidius",
        "Ahlen",
        "Zülpich",
    ]


# --- addresses of objects ---------------------------------------------------------------------------------------------

INSTANCES = {
    "event": (make_event, "title"),
    "series": (make_series, "name"),
    "speaker": (lambda **fields: make_speaker(**{"first_name": "", **fields}), "last_name"),
    "municipality": (make_municipality, "name"),
    "topic": (make_topic, "name"),
    "example": (make_example, "title"),
    "session": (make_session, "title"),
}
instances = pytest.mark.parametrize(("make", "field"), INSTANCES.values(), ids=INSTANCES)


@instances
@pytest.mark.django_db
def test_a_slug_is_derived_from_the_name(make, field):
    assert make(**{field: "Lünen und Übach"}).slug == "luenen-und-uebach"


@instances
@pytest.mark.django_db
def test_a_slug_given_by_hand_is_kept(make, field):
    assert make(**{field: "Lünen", "slug": "von-hand"}).slug == "von-hand"


@instances
@pytest.mark.django_db
def test_a_new_name_keeps_the_slug(make, field):
    instance = make(**{field: "Lünen"})
    setattr(instance, field, "Hamm")
    instance.save()

    assert instance.slug == "luenen"


@pytest.mark.django_db
def test_the_same_name_gets_the_next_number():
    assert [make_event(title="Treffen").slug for _time in range(3)] == ["treffen", "treffen-2", "treffen-3"]


@pytest.mark.django_db
def test_the_slug_of_a_very_long_name_has_room_for_a_number():
    first, second = make_event(title="Wort " * 50), make_event(title="Wort " * 50)

    assert len(first.slug) <= 90
    assert second.slug == f"{first.slug}-2"


@pytest.mark.django_db
def test_a_name_without_letters_gets_a_slug():
    assert make_event(title="???").slug == "ohne-titel"


@pytest.mark.django_db
def test_slugs_of_sessions_are_unique_within_their_event():
    event = make_event()

    assert make_session(event, title="Begrüßung").slug == "begruessung"
    assert make_session(title="Begrüßung").slug == "begruessung"
    assert make_session(event, title="Begrüßung").slug == "begruessung-2"


@pytest.mark.parametrize("word", sorted(Session.RESERVED_SLUGS))
@pytest.mark.django_db
def test_reserved_slugs_are_refused(word):
    session = make_session(title=word)

    assert session.slug == f"{word}-2"
    session.slug = word
    with pytest.raises(ValidationError) as caught:
        session.full_clean()
    assert caught.value.message_dict == {
        "slug": ["Diese Adresse ist vergeben oder vorbehalten. Bitte eine andere wählen."]
    }


@pytest.mark.parametrize("make", [make_event, make_session, make_speaker])
@pytest.mark.django_db
def test_a_slug_taken_after_it_was_checked_is_refused_in_the_same_words(make):
    taken = make()
    late = type(taken)(**{field: getattr(taken, field) for field in ("event", "slug") if hasattr(taken, field)})

    with pytest.raises(ValidationError, match="Diese Adresse ist vergeben"):
        late.validate_constraints()


def test_all_planned_addresses_are_reserved():
    assert {"programm", "aenderungen", "jetzt", "mein-programm", "bild", "vorschau"} <= Session.RESERVED_SLUGS


# --- old addresses ----------------------------------------------------------------------------------------------------

VISIBLE = {
    "event": make_event,
    "speaker": make_visible_speaker,
    "municipality": make_municipality,
    "topic": make_topic,
    "example": make_example,
    "session": make_visible_session,
}
visible = pytest.mark.parametrize("make", VISIBLE.values(), ids=VISIBLE)


def move(instance, slug: str) -> str:
    """Changes the object's slug and returns its old address."""
    old = instance.get_absolute_url()
    instance.slug = slug
    instance.save()
    return old


@visible
@pytest.mark.django_db
def test_an_old_slug_redirects_to_the_new_one(client, make):
    instance = make()
    oldest = move(instance, "zweite-adresse")
    older = move(instance, "dritte-adresse")

    for old in (oldest, older):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (302, instance.get_absolute_url())
    assert client.get(instance.get_absolute_url()).status_code == 200


@visible
@pytest.mark.django_db
def test_an_object_can_get_its_old_slug_back(client, make):
    instance = make()
    first = instance.slug
    move(instance, "zweite-adresse")
    second = move(instance, first)

    assert client.get(instance.get_absolute_url()).status_code == 200
    assert client.get(second)["Location"] == instance.get_absolute_url()


@visible
@pytest.mark.django_db
def test_an_old_slug_is_never_given_to_another_object(make):
    instance = make()
    old = instance.slug
    move(instance, "zweite-adresse")
    other = make(event=instance.event) if isinstance(instance, Session) else make()
    other.slug = old

    with pytest.raises(ValidationError) as caught:
        other.full_clean()
    assert "slug" in caught.value.message_dict
    with pytest.raises(ValidationError):
        other.save()


@pytest.mark.django_db
def test_an_old_slug_is_skipped_when_one_is_derived():
    event = make_event(title="Treffen")
    move(event, "ganz-anders")

    assert make_event(title="Treffen").slug == "treffen-2"


@pytest.mark.django_db
def test_the_slug_of_a_deleted_object_stays_taken(client):
    event = make_event(title="Treffen")
    address = event.get_absolute_url()
    event.delete()

    assert make_event(title="Treffen").slug == "treffen-2"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.django_db
def test_an_old_slug_does_not_reveal_the_new_one_of_a_hidden_object(client, state):
    for instance in (make_event(**state), make_example(**state), make_visible_session(make_event(**state))):
        old = move(instance, "geheime-adresse")

        response = client.get(old)

        assert response.status_code == 404
        assert b"geheime-adresse" not in response.content


@pytest.mark.django_db
def test_an_old_slug_does_not_reveal_the_new_one_of_an_unlisted_speaker(client):
    old = move(make_visible_speaker(is_listed=False), "neue-adresse")

    assert client.get(old).status_code == 404


@pytest.mark.django_db
def test_a_session_is_found_below_the_old_slug_of_its_event(client):
    session = make_visible_session()
    old = session.get_absolute_url()
    move(session.event, "neues-treffen")

    response = client.get(old)

    assert (response.status_code, response["Location"]) == (302, f"/veranstaltungen/neues-treffen/{session.slug}/")


@pytest.mark.django_db
def test_old_slugs_of_event_and_session_redirect_in_one_step(client):
    session = make_visible_session()
    old = session.get_absolute_url()
    move(session, "neuer-beitrag")
    move(session.event, "neues-treffen")

    assert client.get(old)["Location"] == "/veranstaltungen/neues-treffen/neuer-beitrag/"


@pytest.mark.django_db
def test_the_old_slug_of_a_session_does_not_redirect_to_another_event(client):
    session, other = make_visible_session(), make_visible_session()
    old = session.slug
    move(session, "neuer-beitrag")

    assert client.get(f"{other.event.get_absolute_url()}{old}/").status_code == 404


@pytest.mark.django_db
def test_an_old_slug_does_not_reveal_the_new_one_of_a_removed_session(client):
    session = make_visible_session()
    old = move(session, "geheime-adresse")
    make_release(session.event, ["Mittagspause"])

    assert client.get(old).status_code == 404


@pytest.mark.django_db
def test_saving_twice_records_the_slug_once():
    event = make_event(title="Treffen")
    event.save()
    event.save()

    assert list(TakenSlug.objects.values_list("scope", "slug", "object_id")) == [("events.event", "treffen", event.pk)]


@pytest.mark.django_db
def test_a_failed_save_records_no_slug():
    event = make_event(title="Treffen")
    rewrite(event, slug="noch-frei")
    TakenSlug.objects.create(scope="events.event", slug="besetzt", object_id=event.pk + 1)
    event.slug, event.title = "besetzt", "Neu"

    with pytest.raises(ValidationError, match=r"Die Adresse besetzt gehört schon etwas anderem\."):
        event.save()

    event.refresh_from_db()
    assert (event.slug, event.title) == ("noch-frei", "Treffen")


@pytest.mark.parametrize("slug", ["Groß", "ä", "a b", "a/b", "<script>", "a.b"])
@pytest.mark.django_db
def test_a_slug_with_other_characters_is_refused(slug):
    event = make_event()
    event.slug = slug

    with pytest.raises(ValidationError) as caught:
        event.full_clean()

    assert "slug" in caught.value.message_dict


@pytest.mark.django_db(transaction=True)
def test_concurrent_saves_with_the_same_title_get_different_slugs():
    problems = at_once(*[lambda: Event.objects.create(title="Frühe Hilfen")] * 4)

    assert problems == []
    slugs = ["fruehe-hilfen", "fruehe-hilfen-2", "fruehe-hilfen-3", "fruehe-hilfen-4"]
    assert sorted(Event.objects.values_list("slug", flat=True)) == slugs
