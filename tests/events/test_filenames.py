"""The file names of downloaded attachments."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.models import Attachment
from events.models.filenames import filename
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.slugs.german import german_words
from tests.factories import (
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_session,
    make_speaker,
)


def by(*names, **fields):
    session = make_session(**{"title": "Aktivieren oder befähigen?", **fields})
    for place, name in enumerate(names):
        make_appearance(session, make_speaker(academic_title="Prof. Dr.", last_name=name), position=place)
    return session


def forum(**fields):
    return make_session(kind="forum", municipalities=[make_municipality(name="Hamm")], **fields)


def chaired():
    session = forum(title="Familienbüro")
    make_appearance(session, make_speaker(last_name="Grohs"), role="chair")
    return session


CASES = {
    "one person": (lambda: {"session": by("Knuth")}, "Knuth_Praesentation_Aktivieren-oder-befaehigen.pdf"),
    "its own title": (
        lambda: {"session": by("Knuth"), "title": "Folien, 2. Teil"},
        "Knuth_Praesentation_Folien-2-Teil.pdf",
    ),
    "two people": (
        lambda: {"session": by("Müller", "von der Leyen", title="Ämter")},
        "Mueller-und-von-der-Leyen_Praesentation_Aemter.pdf",
    ),
    "many people": (
        lambda: {"session": by("Knuth", "Grohs", "Groß", title="Podium")},
        "Knuth-und-andere_Praesentation_Podium.pdf",
    ),
    "a subtitle after a question": (
        lambda: {"session": by("Knuth", title="Aktivieren oder befähigen? Normen und Strukturen in Jobcentern")},
        "Knuth_Praesentation_Aktivieren-oder-befaehigen.pdf",
    ),
    "a subtitle after a colon": (
        lambda: {"title": "Bildung und Teilhabe: Wege – und Umwege"},
        "Praesentation_Bildung-und-Teilhabe.pdf",
    ),
    "a subtitle after a dash": (lambda: {"title": "Familienbüro – ein Ort"}, "Praesentation_Familienbuero.pdf"),
    "too little before the subtitle": (
        lambda: {"title": "Lünen: Das Case-Management – ein Bericht"},
        "Praesentation_Luenen-Das-Case-Management.pdf",
    ),
    "years": (lambda: {"title": "Lernnetzwerk 2018 – 2019"}, "Praesentation_Lernnetzwerk-2018-2019.pdf"),
    "a ratio": (lambda: {"title": "Betreuung 1:12 rechnen"}, "Praesentation_Betreuung-1-12-rechnen.pdf"),
    "no title": (lambda: {"session": by("Knuth", title="")}, "Knuth_Praesentation.pdf"),
    "a forum": (lambda: {"session": forum(title="Familienbüro")}, "Hamm_Praxisforum_Praesentation_Familienbuero.pdf"),
    "a forum without title": (lambda: {"session": forum(title="")}, "Hamm_Praxisforum_Praesentation.pdf"),
    "who only chairs": (lambda: {"session": chaired()}, "Hamm_Praxisforum_Praesentation_Familienbuero.pdf"),
    "nobody": (lambda: {"session": by()}, "Praesentation_Aktivieren-oder-befaehigen.pdf"),
    "a meeting": (
        lambda: {"event": make_event(title="Treffen 2018 – 2019"), "kind": "agenda"},
        "Agenda_Treffen-2018-2019.pdf",
    ),
    "an example": (
        lambda: {"practice_example": make_example(title="Lotsen", municipalities=[make_municipality(name="Lünen")])},
        "Luenen_Praesentation_Lotsen.pdf",
    ),
    "no owner": (lambda: {"title": "Handbuch", "kind": "handout"}, "Handout_Handbuch.pdf"),
    "a title that says what it is": (
        lambda: {"session": by("Knuth"), "title": "Präsentation, 2. Teil"},
        "Knuth_Praesentation-2-Teil.pdf",
    ),
    "a title that begins alike": (lambda: {"title": "Linksammlung", "kind": "link"}, "Link_Linksammlung.pdf"),
    "nothing": (dict, "Praesentation.pdf"),
    "no letters": (lambda: {"title": "??? …"}, "Praesentation.pdf"),
    "other letters": (lambda: {"session": by("Błaszczyk", title="Мир")}, "Blaszczyk_Praesentation_Mir.pdf"),
    "an ending": (lambda: {"title": "../x.html"}, "Praesentation_x-html.pdf"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "name"), CASES.values(), ids=CASES)
def test_a_file_is_named_by_speaker_kind_and_title(make, name):
    assert make_attachment(**make(), stored_file=make_file()).filename == name


@pytest.mark.django_db
def test_a_long_name_is_cut_at_a_word_and_keeps_its_extension():
    session = by("Wissenschaftliche-Mitarbeiterin " * 3, title="Präventionsketten wirken " * 9)

    name = make_attachment(session=session, stored_file=make_file()).filename

    assert 100 < len(name) <= 120
    assert re.fullmatch(
        r"Wissenschaftliche-\S+_Praesentation_(Praeventionsketten-wirken-?)+(Praeventionsketten)?\.pdf", name
    )


@given(st.text(max_size=250))
def test_any_title_gives_a_safe_name(title):
    attachment = Attachment(kind="slides", title=title, stored_file=StoredFile(media_type="application/pdf"))

    name = filename(attachment)

    assert re.fullmatch(r"Praesentation([_-][A-Za-z0-9]+(-[A-Za-z0-9]+)*)?\.pdf", name)
    assert len(name) <= 120


@given(st.text(), st.integers(1, 50))
def test_words_keep_the_maximum_length(text, room):
    assert re.fullmatch(r"([A-Za-z0-9]+(-[A-Za-z0-9]+)*)?", german_words(text, room))
    assert len(german_words(text, room)) <= room
