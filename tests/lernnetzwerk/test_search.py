"""Searches in the administration and on public pages: every spelling of a name finds it on both databases."""

import unicodedata

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from events.models import Appearance, Attachment, Event, Programme, Series, Session
from events.programme.structure import working_version
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.text import searchable
from lernnetzwerk.text.folding import MOST_WORDS
from lernnetzwerk.text.search_admin import FoldedSearchAdmin
from lernnetzwerk.text.searchable import FOLDED, FoldedField, matching, refold
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker
from tests.administration import address, complaints, fill, sign_in
from tests.factories import (
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_series,
    make_session,
    make_speaker,
    make_topic,
    make_user,
    make_visible_speaker,
    rewrite,
)
from tests.reading import document, texts

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]

# query: the name that it must find
TYPED = [
    ("ährenfeld", "Ährenfeld"),
    (unicodedata.normalize("NFD", "Ährenfeld"), "Ährenfeld"),
    ("Ahrenfeld", "Ährenfeld"),
    ("Aehrenfeld", "Ährenfeld"),
    ("Yildirim", "Yıldırım"),
    ("Blaszczyk", "Błaszczyk"),
    ("KÖLN", "Köln"),
    ("Koeln", "Köln"),
    ("luenen", "Lünen"),
    ("Иванова", "Иванова"),
]
typed = pytest.mark.parametrize(("query", "name"), TYPED)


def suggested(client, model, query: str) -> list[str]:
    """The suggestions of an autocomplete field for `model`."""
    referring = {Speaker: ("events", "appearance", "speaker"), Municipality: ("events", "event", "host")}[model]
    names = dict(zip(("app_label", "model_name", "field_name"), referring, strict=True))
    answer = client.get(reverse("admin:autocomplete"), {**names, "term": query}).json()
    return [one["text"] for one in answer["results"]]


def listed(client, model, query: str) -> list[str]:
    page = client.get(address(model, "changelist"), {"q": query})
    return [str(row) for row in page.context["cl"].result_list]


@typed
def test_every_spelling_finds_a_speaker_wherever_speakers_are_searched(client, query, name):
    make_visible_speaker(first_name="Max", last_name=name)
    make_visible_speaker(first_name="Max", last_name="Unna")
    sign_in(client, "redaktion")
    programme = working_version(Event.objects.first())

    found = client.get(address(programme, "personen"), {"q": query}).json()["found"]
    assert [one["label"] for one in found] == [f"Max {name}"]
    assert listed(client, Speaker, query) == [f"Max {name}"]
    assert suggested(client, Speaker, query) == [f"Max {name}"]
    page = document(client.get("/personen/", {"q": query}))
    assert texts(page, style="speaker__name") == [f"Max {name}"]


@typed
def test_every_spelling_finds_a_municipality_wherever_municipalities_are_searched(client, query, name):
    make_municipality(name=name)
    make_municipality(name="Unna")
    sign_in(client, "freigabe")
    programme = working_version(make_event())

    found = client.get(address(programme, "kommunen"), {"q": query}).json()["found"]
    assert [one["label"] for one in found] == [name]
    assert listed(client, Municipality, query) == [name]
    assert suggested(client, Municipality, query) == [name]
    page = client.get("/kommunen/", {"q": query})
    assert [one.name for one in page.context["page"].object_list] == [name]


@pytest.mark.parametrize("word", ["kommunen", "personen"])
def test_exact_names_and_beginnings_are_suggested_first_however_many_match(client, monkeypatch, word):
    sign_in(client, "redaktion")
    programme = working_version(make_event())
    for name in ("Bad Essen", "Essenberg", "Essen", "Ahessen"):
        make_municipality(name=name)
        make_speaker(first_name="", last_name=name)

    def found() -> list[str]:
        answer = client.get(address(programme, word), {"q": "essen"}).json()["found"]
        return [one["label"] for one in answer]

    assert found() == ["Essen", "Essenberg", "Bad Essen", "Ahessen"]
    monkeypatch.setattr(searchable, "MOST_RANKED", 2)
    assert found() == ["Essen", "Essenberg"]


# --- the lists of the administration ----------------------------------------------------------------------------------


def meeting() -> Event:
    host, series = make_municipality(name="Łódź"), make_series(name="Præventionskæden")
    return make_event(title="Frühe Übergänge", motto="Ça ira", venue="Bürgerhaus", host=host, series=series)


def talk() -> Session:
    session = make_session(meeting(), title="Ährenlese", municipalities=[make_municipality(name="Köln")])
    for name in ("Yıldırım", "Đukić"):
        make_appearance(session, make_speaker(last_name=name), organisation="Universität Düsseldorf")
    return session


def appearance() -> Appearance:
    return talk().appearances.first()


def slides() -> Attachment:
    return make_attachment(session=talk(), title="Öffnung", stored_file=make_file(name="Vorträge.pdf"))


# model: a function that makes a row; queries that find it, at least one for each path in `search_fields`
LISTS = [
    (Event, meeting, ["uebergange", "ca ira", "BUERGER", "lodz", "praventions", "fruhe haus lodz"]),
    (Series, lambda: make_series(name="Prävention"), ["praevention"]),
    (Session, talk, ["ahrenlese", "ubergaenge", "yildirim", "koeln", "dukic yildirim koln"]),
    (Appearance, appearance, ["dusseldorf yildirim", "aehrenlese"]),
    (Attachment, lambda: make_attachment(practice_example=make_example(title="Bücher")), ["buecher"]),
    (Attachment, slides, ["offnung", "aehren", "fruehe", "dukic", "vortrage pdf"]),
    (Programme, lambda: working_version(meeting()), ["fruehe", "UBERGANGE"]),
    (Speaker, lambda: make_speaker(first_name="Łukasz", organisation="Bücherei"), ["lukasz buch"]),
    (Municipality, lambda: make_municipality(name="Lünen", key="05978024"), ["lunen", "05978024"]),
    (Topic, lambda: make_topic(name="Frühe Hilfen"), ["fruehe hilfen"]),
    (
        PracticeExample,
        lambda: make_example([make_municipality(name="Köln")], title="Bücher", summary="Fürs Vorlesen"),
        ["buecher", "furs", "KOLN"],
    ),
    (StoredFile, lambda: make_file(name="Öffnung.pdf"), ["oeffnung", "PDF"]),
]


@pytest.mark.parametrize(("model", "make", "queries"), LISTS)
def test_a_list_finds_its_rows_in_any_spelling_and_each_once(rf, model, make, queries):
    row, model_admin = make(), admin.site.get_model_admin(model)
    rows = model_admin.get_queryset(rf.get("/"))

    def found(query: str) -> list:
        return [one.pk for one in model_admin.get_search_results(rf.get("/"), rows, query)[0]]

    for query in queries:
        assert found(query).count(row.pk) == 1, query
    assert [found(query) for query in ("%", "_", "nirgends", f"{queries[0]} nirgends")] == [[]] * 4
    assert row.pk in found(" ")


def test_every_list_with_a_search_box_searches_so():
    searching = {model: one for model, one in admin.site._registry.items() if one.search_fields}

    assert [model for model, one in searching.items() if not isinstance(one, FoldedSearchAdmin)] == []
    folded = {model for model, one in searching.items() if FOLDED in one.search_fields}
    assert folded == {model for model, _make, _queries in LISTS}
    assert {model.__name__ for model in searching.keys() - folded} == {
        "BarrierReport", "Group", "MissedQuery", "Page", "Redirect", "Synonyms", "User"
    }  # fmt: skip


def test_lists_without_a_folded_field_find_every_spelling_too(client):
    make_user("freigabe", username="j.mueller", last_name="Müller")
    sign_in(client, "verwaltung")

    assert listed(client, User, "MULLER") == ["j.mueller"]


def test_the_words_of_a_search_are_bounded():
    question = str(
        matching(
            Session.objects.all(), ["folded", "event__folded"], "a b c d e f g h i j k l m n o p q r s t u v w x y z"
        ).query
    )

    assert question.count("LIKE") <= MOST_WORDS * 2


# --- the stored form --------------------------------------------------------------------------------------------------


def is_found(query: str) -> bool:
    return matching(Speaker.objects.all(), [FOLDED], query).exists()


def test_a_changed_name_is_found_however_it_was_written():
    speaker = make_speaker(last_name="Erste")
    speaker.last_name = "Zweite"
    speaker.save(update_fields=["last_name"])
    assert (is_found("erste"), is_found("zweite")) == (False, True)

    Speaker.objects.filter(last_name="Zweite").update(last_name="Dritte")
    assert (is_found("zweite"), is_found("dritte")) == (False, True)

    speaker.last_name = "Vierte"
    Speaker.objects.bulk_update([speaker], ["last_name"])
    assert (is_found("dritte"), is_found("vierte")) == (False, True)

    Speaker.objects.bulk_create([Speaker(last_name="Fünfte", slug="fuenfte")])
    assert is_found("funfte")


def test_an_update_of_other_fields_writes_no_stored_form(django_assert_num_queries):
    make_speaker()

    with django_assert_num_queries(1):
        Speaker.objects.update(is_listed=False)


def test_missing_forms_are_computed_for_all_rows():
    speaker = rewrite(make_speaker(last_name="Übach"), folded="")
    assert not is_found("uebach")

    refold(Speaker.objects.all())

    speaker.refresh_from_db()
    assert is_found("uebach")
    assert speaker.folded == FoldedField(*Speaker._meta.get_field(FOLDED).sources).form_of(speaker)


# --- entering somebody twice ------------------------------------------------------------------------------------------


def test_a_new_speaker_with_a_known_name_needs_a_second_save(client):
    make_speaker(first_name="Łukasz", last_name="Müller", organisation="Stadt Hamm")
    sign_in(client, "redaktion")
    add = address(Speaker, "add")

    refused = fill(client, add, first_name="Lukasz", last_name="Mueller")

    assert complaints(refused) == [
        "Gibt es schon: Łukasz Müller – Stadt Hamm. Ist jemand anderes gemeint, speichern Sie noch einmal."
    ]
    seen = refused.context["adminform"].form["namesakes_seen"].value()
    assert fill(client, add, first_name="Lukasz", last_name="Mueller", namesakes_seen=seen).status_code == 302
    assert Speaker.objects.count() == 2


def test_a_changed_speaker_may_have_a_known_name(client):
    make_speaker(first_name="Ada", last_name="Müller")
    other = make_speaker(first_name="Ada", last_name="Maier")
    sign_in(client, "redaktion")

    assert fill(client, address(other), last_name="Mueller").status_code == 302


def test_a_municipality_that_exists_is_named(client):
    make_municipality(name="Lünen")
    sign_in(client, "freigabe")

    refused = fill(client, address(Municipality, "add"), name="Luenen", kind="city", key="05999", region="arnsberg")

    assert complaints(refused) == [
        "Gibt es schon: Lünen – kreisfreie Stadt. Ist jemand anderes gemeint, speichern Sie noch einmal."
    ]
