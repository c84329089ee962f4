"""What is found in files of LibreOffice, asked in this process."""

from io import BytesIO

import pytest

from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.opendocument import read as opendocument
from tests.files import offices, samples

LAYOUT = '<style:style style:name="{}" style:family="{}"><style:{}-properties {}/></style:style>'
NOTE = (
    "<text:note><text:note-citation>1</text:note-citation>"
    "<text:note-body><text:p>{}</text:p></text:note-body></text:note>"
)


def read(key, body, limits=Limits(), **parts):  # noqa: B008 - frozen
    return opendocument.read(BytesIO(offices.opendocument(key, body, **parts)), key, limits)


def text(body, key="odt"):
    return read(key, body).pages[0].text


def frame(inner, **attributes):
    said = "".join(f' presentation:{name}="{value}"' for name, value in attributes.items())
    return f"<draw:frame{said}>{inner}</draw:frame>"


def box(*paragraphs, **attributes):
    inner = "".join(f"<text:p>{one}</text:p>" for one in paragraphs)
    return frame(f"<draw:text-box>{inner}</draw:text-box>", **attributes)


# --- ODT --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("ein<text:s/>Wort", "ein Wort"),
        ('ein<text:s text:c="40"/>Wort', "ein Wort"),
        ("ein<text:tab/>Wort", "ein Wort"),
        ("ein<text:line-break/>Wort", "ein\nWort"),
        ("ein\n      Wort", "ein Wort"),
        ("Prä-\n  vention", "Prä- vention"),
        ("<text:span>Prä<text:span>ven</text:span></text:span>tion", "Prävention"),
        ('<text:a xmlns:x="http://www.w3.org/1999/xlink" x:href="https://beispiel.de">Link</text:a> da', "Link da"),
        ("vor<!-- unter uns -->her", "vorher"),
        ("vor<?x y?>her", "vorher"),
        ("vor<office:annotation><text:p>unter uns</text:p></office:annotation>her", "vorher"),
        ("vor<text:soft-page-break/>her", "vorher"),
        ('vor<text:variable-set text:display="none">7</text:variable-set>her', "vorher"),
    ],
)
def test_a_paragraph_has_text(inner, words):
    assert text(f"<text:p>{inner}</text:p>") == words


def test_an_id_that_occurs_twice_does_no_harm():
    assert text('<text:p xml:id="a">Eins</text:p><text:p xml:id="a">Zwei</text:p>') == "Eins\n\nZwei"


def test_the_address_of_a_document_type_is_ignored():
    content = offices.opendocument("odt", "<text:p>Da</text:p>")
    named = '<!DOCTYPE x PUBLIC "-//OpenOffice.org//DTD" "office.dtd">' + offices.member(content, "content.xml")

    found = opendocument.read(BytesIO(offices.changed(content, {"content.xml": named})), "odt", Limits())

    assert found.pages[0].text == "Da"


def test_footnotes_follow_their_paragraph():
    assert text(f"<text:p>Mehr{NOTE.format('Siehe SGB VIII.')} Kinder</text:p><text:p>Danach</text:p>") == (
        "Mehr Kinder\n\nSiehe SGB VIII.\n\nDanach"
    )


def test_deleted_text_and_headings_are_not_read_and_inserted_ones_are():
    deleted = "<text:deletion><text:h>Weg</text:h><text:p>weg</text:p></text:deletion>"
    body = (
        f"<text:tracked-changes><text:changed-region>{deleted}</text:changed-region></text:tracked-changes>"
        "<text:h>Anlass</text:h><text:p>Mehr <text:change-start/>neue<text:change-end/> Kinder<text:change/></text:p>"
    )

    found = read("odt", body)

    assert found.pages[0].text == "Anlass\n\nMehr neue Kinder"
    assert [entry.title for entry in found.outline] == ["Anlass"]


def test_nested_frames_are_read_once_each():
    inner = box("Innen", f"Mitte {box('Ganz innen')}")

    assert text(f"<text:p>Außen {box(f'Kasten {inner}', 'Schluss')} weiter</text:p>") == (
        "Außen weiter\n\nKasten\n\nInnen\n\nMitte\n\nGanz innen\n\nSchluss"
    )


def test_deeply_nested_frames_are_read_in_linear_time():
    body = "Kern"
    for _ in range(50):
        body = box(body)

    assert text(f"<text:p>{body}</text:p>") == "Kern"


def test_shapes_anchored_in_a_paragraph_are_read():
    shape = "<draw:g><draw:custom-shape><text:p>Pfeil</text:p></draw:custom-shape></draw:g>"

    assert text(f"<text:p>Davor{shape}</text:p>") == "Davor\n\nPfeil"
    assert text(f"<text:p><text:span>Davor</text:span><text:a>{shape}</text:a></text:p>") == "Davor\n\nPfeil"


def test_hidden_sections_are_not_read():
    hidden = '<text:section text:display="none"><text:h>Weg</text:h></text:section>'

    found = read("odt", f"{hidden}<text:section><text:p>Da</text:p></text:section>")

    assert (found.pages[0].text, found.outline) == ("Da", [])


def table(*rows, name="", style=""):
    body = "".join(f"<table:table-row{attributes}>{cells}</table:table-row>" for attributes, cells in rows)
    return f'<table:table table:name="{name}" table:style-name="{style}">{body}</table:table>'


def cells(*words):
    return "".join(f"<table:table-cell><text:p>{word}</text:p></table:table-cell>" for word in words)


def test_a_table_has_a_line_for_each_row_and_merged_cells_once():
    covered = "<table:covered-table-cell><text:p>verdeckt</text:p></table:covered-table-cell>"
    inner = f"<table:table-cell>{table(('', cells('innen', 'rechts')))}</table:table-cell>"
    body = table(("", cells("Ort", "Kita")), ("", cells("Hamm") + covered), ("", cells("", "")), ("", inner))

    assert text(f"<text:p>Davor</text:p>{body}<text:p>Danach</text:p>") == (
        "Davor\n\nOrt | Kita\nHamm\ninnen | rechts\n\nDanach"
    )


def test_lists_and_headings_are_read_in_their_order():
    body = (
        '<text:h text:outline-level="2">Anlass</text:h>'
        "<text:list><text:list-item><text:p>Geld</text:p></text:list-item>"
        "<text:list-item><text:p>Zeit</text:p></text:list-item></text:list><text:h>Ende</text:h>"
    )

    found = read("odt", body)

    assert found.pages[0].text == "Anlass\n\nGeld\n\nZeit\n\nEnde"
    assert [(entry.level, entry.title) for entry in found.outline] == [(2, "Anlass"), (1, "Ende")]


@pytest.mark.parametrize(
    ("level", "expected"),
    [("1", 1), ("10", 9), ("0", 1), ("-2", 1), ("x", 1), ("", 1), ("²", 1), ("9" * 5_000, 1)],
    ids=str,
)
def test_a_heading_has_a_level_of_one_to_nine(level, expected):
    assert [one.level for one in read("odt", f'<text:h text:outline-level="{level[:5000]}">A</text:h>').outline] == [
        expected
    ]


def test_an_empty_text_is_a_page_without_words():
    found = read("odt", "")

    assert ([page.text for page in found.pages], found.has_headings, found.figures) == ([""], False, 0)


# --- ODP --------------------------------------------------------------------------------------------------------------


def slide(*inner, style=""):
    return f'<draw:page draw:style-name="{style}">{"".join(inner)}</draw:page>'


def test_slides_have_titles_text_and_no_notes():
    notes = f"<presentation:notes>{box('Geheim', **{'class': 'notes'})}{frame('<draw:image/>')}</presentation:notes>"
    title = box("Armut", **{"class": "title"})
    group = (
        f"<draw:g><draw:g>{box('Tief')}</draw:g><draw:custom-shape><text:p>Pfeil</text:p></draw:custom-shape></draw:g>"
    )
    small = "".join(box(kind, **{"class": kind}) for kind in ("page-number", "footer", "date-time", "header"))
    annotation = "<office:annotation><text:p>Kommentar</text:p></office:annotation>"

    found = read("odp", slide(title, group, small, annotation, notes) + slide())

    assert [(page.number, page.title, page.text) for page in found.pages] == [
        (1, "Armut", "Armut\n\nTief\n\nPfeil"),
        (2, "", ""),
    ]
    assert (found.has_headings, found.figures) == (True, 0)


def test_the_titles_of_slides_are_the_outline():
    first, last = (slide(box(title, **{"class": "title"})) for title in ("Anfang", "Ende"))

    found = read("odp", first + slide(box("Ohne Titel")) + last)

    assert [(entry.level, entry.title, entry.page) for entry in found.outline] == [(1, "Anfang", 1), (1, "Ende", 3)]


def test_a_hidden_slide_is_left_out_and_the_others_keep_their_numbers():
    hidden = LAYOUT.format("dp1", "drawing-page", "drawing-page", 'presentation:visibility="hidden"')
    other = LAYOUT.format("dp2", "graphic", "graphic", 'presentation:visibility="hidden"')
    picture = frame("<draw:image/>")

    found = read(
        "odp",
        slide(box("Weg"), picture, style="dp1") + slide(box("Da"), picture, style="dp2"),
        before=f"<office:automatic-styles>{hidden}{other}</office:automatic-styles>",
    )

    assert [(page.number, page.text) for page in found.pages] == [(2, "Da")]
    assert (found.figures, found.hidden_content) == (1, {"slides": 1})


def test_pictures_and_objects_are_figures_and_tables_are_text():
    found = read(
        "odp",
        slide(
            frame("<draw:image/>"),
            frame("<draw:object/><draw:image/><svg:desc>Ein Diagramm</svg:desc>"),
            frame("<draw:image/><svg:title> </svg:title>"),
            frame(f"{table(('', cells('Ort', 'Hamm')))}<draw:image/>"),
            box("Text"),
        ),
    )

    assert (found.figures, found.figures_described) == (3, 1)
    assert found.pages[0].text == "Ort | Hamm\n\nText"


def test_slides_and_text_have_limits():
    slides = slide(box("Wort Wort")) * 3

    assert [page.text for page in read("odp", slides, Limits(pages=2)).pages] == ["Wort Wort"] * 2
    assert [page.text for page in read("odp", slides, Limits(characters_per_page=4, characters=6)).pages] == [
        "Wort",
        "Wo",
        "",
    ]


# --- ODS --------------------------------------------------------------------------------------------------------------


def test_each_visible_sheet_is_a_page_with_its_visible_text():
    hidden = LAYOUT.format("ta1", "table", "table", 'table:display="false"')
    weg = ' table:visibility="collapse"'
    gefiltert = ' table:visibility="filter"'
    deleted = f"<table:tracked-changes>{table(('', cells('gelöscht')), name='Alt')}</table:tracked-changes>"

    found = read(
        "ods",
        deleted
        + table(
            ("", cells("Ort", "ein</text:p><text:p>Wort")), (weg, cells("weg")), (gefiltert, cells("weg")), name="Orte"
        )
        + table(("", cells("geheim")), name="Intern", style="ta1")
        + table(name="Leer"),
        before=f"<office:automatic-styles>{hidden}</office:automatic-styles>",
    )

    assert [(page.number, page.title, page.text) for page in found.pages] == [
        (1, "Orte", "Ort | ein Wort"),
        (2, "Leer", ""),
    ]


# --- facts ------------------------------------------------------------------------------------------------------------

META = '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:language>{}</dc:language></m>'
STYLES = (
    f'<s xmlns:style="{samples.ODF}style:1.0" xmlns:fo="{samples.ODF}xsl-fo-compatible:1.0"><style:default-style>'
    '<style:text-properties fo:language="{}" fo:country="{}"/></style:default-style></s>'
)


@pytest.mark.parametrize(
    ("parts", "title", "language"),
    [
        ({"meta": META.format("Ket\u00adte", "de-DE"), "styles": STYLES.format("en", "GB")}, "Kette", "de-DE"),
        ({"styles": STYLES.format("de", "AT")}, "", "de-AT"),
        ({"styles": STYLES.format("de", "none")}, "", "de"),
        ({"styles": STYLES.format("none", "none")}, "", ""),
        ({"meta": "<m", "styles": "<s"}, "", ""),
        ({}, "", ""),
    ],
    ids=["both", "styles", "no country", "none", "damaged", "nothing"],
)
def test_title_and_language_are_read_from_the_file(parts, title, language):
    found = read("odt", "<text:p>Da</text:p>", **parts)

    assert (found.title, found.language, found.pages[0].text) == (title, language, "Da")


@pytest.mark.parametrize("content", ["<a", '<!DOCTYPE a [<!ENTITY b "c">]><a/>', "", None], ids=repr)
@pytest.mark.parametrize("key", ["odt", "odp", "ods"])
def test_a_file_of_another_format_is_damaged(key, content):
    archive = samples.archive({"x": "x"} if content is None else {"content.xml": content})

    with pytest.raises(UnreadableError, match=r"^Die Datei ist beschädigt\.$"):
        opendocument.read(BytesIO(archive), key, Limits())
