"""The page of hits, as visitors get it."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.urls import reverse

from lernnetzwerk.search import naming
from tests.factories import (
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_municipality,
    make_read_file,
    make_topic,
    make_visible_session,
    make_visible_speaker,
)
from tests.reading import attribute, document, elements, links, texts

SEARCH = reverse("search:search")
HOSTILE = {
    "only signs": "%%% *** --- ''' \\\\ :: && ||",
    "a minus": "- -- -a -",
    "tags": "<script>alert(1)</script>",
    "a template": "{{ settings.SECRET_KEY }}{% load x %}",
    "SQL": "'; DROP TABLE search_item; --",
}

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def ask(client, text: str, **parameters: str):
    response = client.get(SEARCH, {"q": text, **parameters})
    assert response.status_code == 200
    return response


def hits(response) -> list[str]:
    return texts(document(response), style="hit__title")


def test_more_hits_of_a_kind_are_linked_where_there_are_several_kinds(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            make_event(title=f"Kinderarmut {number}")
        make_attachment(title="Kinderarmut messen", event=make_event(title="Ein Treffen"))

    response = ask(client, "Kinderarmut")
    page = document(response)
    (everything,) = [link for link in links(page) if "art=treffen" in link]

    assert set(texts(page, style="hits__title")) == {"Treffen", "Materialien"}
    assert len(hits(response)) == 4
    assert len(hits(client.get(SEARCH + everything))) == 5


def test_a_hit_in_a_document_opens_at_its_page_and_says_which_of_how_many(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = make_read_file("Deckblatt", "Sanktionen für junge Menschen", "Ende")
        attachment = make_attachment(stored_file=file, event=make_event())

    page = document(ask(client, "Sanktionen"))
    (hit,) = elements(page, style="hit")

    assert texts(hit, tag="mark") == ["Sanktionen"]
    assert texts(hit, style="hit__title") == [attachment.name]
    assert links(hit) == [attachment.get_page_url(2)]
    assert "Seite 2 von 3" in " ".join(texts(hit, style="over"))


def test_a_town_named_by_the_query_stands_above_the_hits(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        town = make_municipality(name="Lünen")

    page = document(ask(client, "luenen"))

    assert links(elements(page, style="search-card")[0]) == [town.get_absolute_url()]


def test_the_counts_of_a_town_lead_to_as_many_hits_whether_they_have_its_name_or_not(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        town = make_municipality(name="Lünen")
        example = make_example((town,), title="Eine Sprechstunde")
        event = make_event(host=town)
        make_attachment(practice_example=example)
        make_attachment(event=event)

    card = elements(document(ask(client, "Lünen")), style="search-card")[0]
    counts = dict(zip(texts(card, tag="a"), links(card), strict=True))

    assert counts.pop("Lünen") == town.get_absolute_url()
    assert {text: len(hits(client.get(SEARCH + link))) for text, link in counts.items()} == {
        "1 Treffen": 1, "2 Materialien": 2, "1 Praxisbeispiel": 1,
    }  # fmt: skip


def test_a_correction_is_said_never_silent(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_event(title="Prävention vor Ort")
    call_command("rebuild_index", verbosity=0)

    page = document(ask(client, "Prävenztion"))

    assert "Zu „Prävenztion“ gibt es keine Treffer." in texts(page, style="search-said")[0]
    assert texts(page, tag="h1") == ["Suche nach Prävention"]


def test_without_a_hit_the_page_helps_on(client):
    page = document(ask(client, "Quetzalcoatlus"))

    assert "0 Treffer" in texts(page, style="quiet")
    assert {reverse("practice:topic_list"), reverse("practice:municipality_list")} <= set(links(page))


@pytest.mark.parametrize("text", ["", " ", '""', "-"])
def test_without_a_word_the_page_offers_its_box(client, text):
    page = document(ask(client, text))

    assert texts(page, tag="h1") == ["Suche"]


def test_a_filter_is_kept_in_the_links_and_can_be_removed(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_event(title="Kinderarmut heute", starts_on="2024-05-06")
        make_event(title="Kinderarmut heute", starts_on="2025-05-06")

    response = ask(client, "Kinderarmut", jahr="2024", art="treffen", gibtesnicht="x")
    removing = [link for link in links(document(response)) if link.startswith("?q=") and "jahr" not in link]

    assert len(hits(response)) == 1
    assert any("art=treffen" in link for link in removing)
    assert len(hits(ask(client, "Kinderarmut", jahr="junk", art="junk", seite="-4", sortierung="x"))) == 2


def test_filters_say_how_many_hits_there_are_without_them_and_are_removed_without_losing_the_words(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        make_event(title="Kinderarmut messen", starts_on="2024-05-06")
        make_event(title="Kinderarmut sehen", starts_on="2025-05-06")

    page = document(ask(client, "Kinderarmut", jahr="2024", art="treffen", sortierung="datum"))
    chosen = elements(page, style="active-filters")[0]

    assert texts(chosen, style="active-filters__number") == ["1 Treffer von 2"]
    assert links(chosen)[-1] == "?q=Kinderarmut&sortierung=datum"


def test_filters_that_leave_nothing_say_the_way_out(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_event(title="Kinderarmut", starts_on="2024-05-06")
        make_attachment(title="Kinderarmut messen", event=make_event(title="Ein Treffen", starts_on="2025-05-06"))

    page = document(ask(client, "Kinderarmut", jahr="2024", art="materialien"))

    assert texts(page, style="empty") == ["Zu dieser Auswahl gibt es keine Treffer. Heben Sie einen Filter auf."]
    assert not elements(page, style="hit")


def test_words_that_only_exclude_stay_in_the_box_and_the_page_says_what_is_missing(client):
    page = document(ask(client, "-Kinder"))

    assert "ein Wort, das vorkommen soll" in texts(page, style="search-said")[0]
    assert {attribute(one, "value") for one in elements(page, tag="input") if attribute(one, "name") == "q"} == {
        "-Kinder"
    }


def test_search_engines_index_the_empty_page_only(client):
    assert b'content="noindex' in ask(client, "Kinder").content
    assert b"noindex" not in client.get(SEARCH).content


@pytest.mark.parametrize("name", HOSTILE)
def test_no_query_is_an_error(client, name):
    response = client.get(SEARCH, {"q": HOSTILE[name]})

    assert response.status_code in {200, 400}
    assert b"<script>alert" not in response.content


def test_every_page_has_the_box(client):
    for path in ("/", reverse("events:list"), "/gibt-es-nicht/"):
        page = document(client.get(path))
        assert SEARCH in [attribute(form, "action") for form in elements(page, tag="form")], path


def test_suggestions_are_names_that_begin_so(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        town = make_municipality(name="Lünen")

    answer = client.get(reverse("search:suggestions"), {"q": "lue"})

    assert answer.json() == {
        "suggestions": [
            {"kind": "municipality", "label": "Kommune", "title": "Lünen", "address": town.get_absolute_url()}
        ]
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_suggestions_fail(client, name):
    assert client.get(reverse("search:suggestions"), {"q": HOSTILE[name]}).status_code in {200, 400}


def test_browsers_are_offered_the_search(client):
    page = document(client.get("/"))
    (link,) = [one for one in elements(page, tag="link") if attribute(one, "rel") == "search"]
    description = ElementTree.fromstring(client.get(attribute(link, "href")).content)
    (url,) = description.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")

    assert url.get("template") == f"http://testserver{SEARCH}?q={{searchTerms}}"


def test_search_engines_are_told_of_the_search(client):
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get("/").content.decode())
    website = json.loads(data)

    assert website["@type"] == "WebSite"
    assert website["potentialAction"]["target"]["urlTemplate"] == f"http://testserver{SEARCH}?q={{search_term_string}}"


def test_what_stands_on_the_card_is_counted_but_not_repeated(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        town = make_municipality(name="Lünen")
        make_example((town,), title="Eine Sprechstunde in Lünen")
        make_municipality(name="Neu Lünen")

    response = ask(client, "Lünen")
    page = document(response)

    assert len(elements(page, style="search-card")) == 1
    assert hits(response) == ["Eine Sprechstunde in Lünen", "Neu Lünen"]
    assert {"3 Treffer, nach Art geordnet", "1 weiterer Treffer"} <= set(texts(page, style="quiet"))


def test_a_hit_that_the_card_shows_alone_is_no_empty_list(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_municipality(name="Lünen")

    page = document(ask(client, "Lünen"))

    assert texts(page, style="quiet")[0] == "1 Treffer"
    assert (elements(page, style="search-card") != [], elements(page, style="results")) == (True, [])


@pytest.mark.parametrize(("text", "around"), [("Hilfen", "Frühe Hilfen"), ("Klinikum", "Klinikum Musterhausen")])
def test_a_hit_that_shows_none_of_the_words_says_why_it_was_found(
    client, django_capture_on_commit_callbacks, text, around
):
    with django_capture_on_commit_callbacks(execute=True):
        session = make_visible_session(make_event(title="Ein Treffen"), title="Lotsen im Wartezimmer")
        session.topics.add(make_topic(name="Frühe Hilfen"))
        make_appearance(session, organisation="Klinikum Musterhausen")

    (hit,) = elements(document(ask(client, text, art="beitraege")), style="hit")

    assert texts(hit, style="hit__text") == [f"Gefunden über: {around}"]
    assert texts(hit, tag="mark") == [text]


def test_a_word_that_shares_only_a_part_with_a_searched_compound_is_not_marked(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        make_event(title="Jugend braucht Hilfe", description="<p>Jugendamt und Jugendhilfe, kein Amt berät allein.</p>")
    call_command("rebuild_index", verbosity=0)

    (hit,) = elements(document(ask(client, "Jugendhilfe")), style="hit")

    assert texts(elements(hit, style="hit__text")[0], tag="mark") == ["Jugendhilfe"]


def test_the_person_named_has_a_card_among_any_number_of_the_same_last_name(
    client, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(naming, "MOST_READ", 1)
    with django_capture_on_commit_callbacks(execute=True):
        for first_name in ("Anna", "Hanna", "Vera"):
            make_visible_speaker(first_name=first_name, last_name="Müller")

    card = elements(document(ask(client, "Hanna Müller")), style="search-card")[0]

    assert texts(card, tag="a")[0] == "Hanna Müller"
