import pytest

from speakers.directory import alphabet, find_speakers
from speakers.models import Speaker
from tests.factories import make_appearance, make_speaker, make_visible_session, make_visible_speaker
from tests.reading import attribute, document, elements, links, main, text, texts

SPEAKERS = [
    Speaker(first_name="Doro", last_name="Müller-Lüdenscheid", organisation="Stadt Köln", academic_title="Dr."),
    Speaker(first_name="Max", last_name="Groß", organisation="Jugendamt Hamm"),
    Speaker(first_name="Fatma", last_name="Yıldız", unit="Lehrstuhl für Soziale Arbeit"),
    Speaker(first_name="Drago", last_name="Šimić"),
]
for each in SPEAKERS:
    each.folded = Speaker._meta.get_field("folded").form_of(each)


def found(query: str) -> list[str]:
    return [speaker.last_name for speaker in find_speakers(SPEAKERS, query)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Müller", ["Müller-Lüdenscheid"]),
        ("mueller", ["Müller-Lüdenscheid"]),
        ("MULLER", ["Müller-Lüdenscheid"]),
        ("u\u0308denscheid", ["Müller-Lüdenscheid"]),
        ("Lüdenscheid Doro", ["Müller-Lüdenscheid"]),
        ("Prof. Dr. Doro Müller", ["Müller-Lüdenscheid"]),
        ("gross", ["Groß"]),
        ("groß hamm", ["Groß"]),
        ("groß köln", []),
        ("koeln", ["Müller-Lüdenscheid"]),
        ("yildiz", ["Yıldız"]),
        ("soziale", ["Yıldız"]),
        ("simic", ["Šimić"]),
        ("Prof.in Dr.in Doro", ["Müller-Lüdenscheid"]),
        ("Dr.", []),
        ("%%% ___", []),
        ("' OR 1=1 --", []),
        ("\U0001f642", []),
        ("", ["Müller-Lüdenscheid", "Groß", "Yıldız", "Šimić"]),
    ],
)
def test_speakers_match_every_word_in_any_spelling_of_umlauts(query, names):
    assert found(query) == names


def test_the_alphabet_has_all_letters_and_other_initials():
    speakers = [Speaker(last_name=name, sort_name=name) for name in ("1a", "albers", "armel", "zander")]

    letters = alphabet(speakers, {"1": 1, "a": 2, "z": 1})

    assert [letter.name for letter in letters] == ["1", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    assert [(letter.name, len(letter.speakers)) for letter in letters if letter.speakers] == [
        ("1", 1),
        ("A", 2),
        ("Z", 1),
    ]


@pytest.mark.django_db
def test_the_directory_counts_matches_and_repeats_the_query(client):
    make_visible_speaker(first_name="Eva", last_name="Müller")
    make_visible_speaker(first_name="Udo", last_name="Übach")
    make_visible_speaker(first_name="Nora", last_name="Müller", is_listed=False)

    page = document(client.get("/personen/", {"q": "  mueller "}))

    assert texts(page, style="speaker__name") == ["Eva Müller"]
    assert "1 von 2 Personen zu „mueller“." in text(page)
    assert attribute(elements(main(page), tag="input")[0], "value") == "mueller"
    assert "/personen/" in links(page)


@pytest.mark.django_db
def test_a_search_without_matches_offers_links(client):
    make_visible_speaker()

    page = document(client.get("/personen/", {"q": "Köln & Bonn"}))

    assert "Keine Person gefunden zu „Köln & Bonn“." in text(page)
    assert {"/personen/", "/veranstaltungen/", "/kommunen/?q=K%C3%B6ln%20%26%20Bonn"} <= set(links(page))


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["ä" * 600, "<script>alert(1)</script>", "a b " * 200, "\u202e\ufeff", "%00"])
def test_no_query_causes_a_server_error(client, query):
    make_visible_speaker()

    response = client.get("/personen/", {"q": query})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert len(attribute(elements(document(response), tag="input")[0], "value")) <= 100


@pytest.mark.django_db
def test_a_query_that_is_too_long_is_refused_before_the_search(client):
    assert client.get("/personen/", {"q": "ä" * 4_000}).status_code == 400


@pytest.mark.django_db
def test_letters_link_to_their_speakers_and_each_speaker_has_a_count(client):
    speaker = make_visible_speaker(first_name="Eva", last_name="Ärmel")
    make_appearance(make_visible_session(), speaker)
    make_appearance(speaker=speaker)  # in no programme
    make_visible_speaker(first_name="Udo", last_name="Übach")

    page = document(client.get("/personen/"))

    assert [link for link in links(page) if link.startswith("#buchstabe")] == ["#buchstabe-A", "#buchstabe-U"]
    assert [words for words in texts(page, style="speaker__affiliation") if "Beitr" in words] == [
        "2 Beiträge",
        "1 Beitrag",
    ]


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_long_directory_shows_one_letter_at_a_time(client, monkeypatch):
    monkeypatch.setattr("speakers.directory.PER_PAGE", 2)
    for name in ("Übach", "Albers", "Ulm", "Ude"):
        make_visible_speaker(first_name="Udo", last_name=name)

    first, letter = document(client.get("/personen/")), document(client.get("/personen/", {"buchstabe": "U"}))
    rest = document(client.get("/personen/", {"buchstabe": "U", "seite": 2}))

    assert texts(first, style="speaker__name") == ["Udo Albers"]
    assert [link for link in links(first) if "buchstabe" in link] == ["?buchstabe=A", "?buchstabe=U"]
    assert texts(letter, style="speaker__name") == ["Udo Übach", "Udo Ude"]
    assert "?buchstabe=U&seite=2" in links(letter)
    assert texts(rest, style="speaker__name") == ["Udo Ulm"]
    assert texts(document(client.get("/personen/", {"buchstabe": "Ü"})), style="speaker__name") == ["Udo Albers"]
    assert texts(document(client.get("/personen/", {"q": "udo", "seite": 2})), style="speaker__name") == [
        "Udo Ude",
        "Udo Ulm",
    ]


@pytest.mark.django_db
def test_an_empty_directory_links_to_the_events(client):
    make_speaker()

    page = document(client.get("/personen/"))

    assert texts(page, style="empty")[0].startswith("Noch sind keine Personen eingetragen.")
    assert elements(main(page), tag="input") == []
