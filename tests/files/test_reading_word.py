"""What is found in Word files, asked in this process."""

from io import BytesIO

import pytest

from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office import read as office
from tests.files import offices, samples
from tests.files.offices import WORD, docx, p, styles

DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def read(content, limits=Limits()):  # noqa: B008 - frozen
    return office.read(BytesIO(content), "docx", limits)


def text(body, *links, **parts):
    return read(docx(body, links, **parts)).pages[0].text


def outline(body, **parts):
    return [(entry.level, entry.title) for entry in read(docx(body, **parts)).outline]


def run(words, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


# --- headings ---------------------------------------------------------------------------------------------------------


def styled(style, words):
    return p(words, f'<w:pStyle w:val="{style}"/>')


def test_headings_are_found_by_style_name_level_and_base_style():
    known = styles(
        ("berschrift1", "heading 1", "", ""),
        ("Kapitel", "Kapitel NRW", "berschrift1", ""),
        ("Kasten", "Kasten", "Kapitel", ""),
        ("Eigen", "Eigene", "", "2"),
        ("Fliess", "Fließtext", "berschrift1", "9"),
        ("Titel", "Title", "", ""),
        ("Zahl", "3", "", ""),
    )
    names = ("berschrift1", "Kapitel", "Kasten", "Eigen", "Fliess", "Titel", "Zahl", "Fehlt")

    assert outline("".join(styled(name, name) for name in names), word__styles=known) == [
        (1, "berschrift1"),
        (1, "Kapitel"),
        (1, "Kasten"),
        (3, "Eigen"),
    ]


def test_styles_based_on_each_other_are_ignored():
    known = styles(("A", "A", "B", ""), ("B", "B", "A", ""), ("C", "C", "C", ""))

    assert outline(styled("A", "Eins") + styled("C", "Zwei"), word__styles=known) == []


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("0", [(1, "Anlass")]),
        ("8", [(9, "Anlass")]),
        ("9", []),
        ("-1", [(2, "Anlass")]),
        ("9" * 5_000, [(2, "Anlass")]),
    ],
    ids=["first", "last", "text", "below", "huge"],
)
def test_the_level_of_a_paragraph_overrides_its_style(level, expected):
    body = p("Anlass", f'<w:pStyle w:val="h"/><w:outlineLvl w:val="{level}"/>')

    assert outline(body, word__styles=styles(("h", "heading 2", "", ""))) == expected


def test_headings_in_tables_are_found_and_empty_or_deleted_ones_are_not():
    level = '<w:outlineLvl w:val="0"/>'
    body = (
        f"<w:tbl><w:tr><w:tc>{p('Im Kasten', level)}</w:tc></w:tr></w:tbl>{p('  ', level)}"
        f"<w:p><w:pPr>{level}</w:pPr><w:del>{run('Weg')}</w:del></w:p>"
    )

    assert outline(body) == [(1, "Im Kasten")]


def test_damaged_styles_lose_only_the_headings_defined_by_them():
    found = read(docx(styled("h", "Anlass"), word__styles="<w:styles"))

    assert (found.pages[0].text, found.has_headings) == ("Anlass", False)


# --- text -------------------------------------------------------------------------------------------------------------


def test_list_items_are_lines_and_paragraphs_are_separated():
    item = "<w:numPr/>"

    assert text(p("Es fehlen:") + p("Geld", item) + p("Zeit", item) + p("Danach")) == "Es fehlen:\nGeld\nZeit\n\nDanach"


def test_a_table_has_a_line_for_each_row():
    def cell(*inner):
        return f"<w:tc>{''.join(inner)}</w:tc>"

    nested = f"<w:tbl><w:tr>{cell(p('innen'))}{cell(p('rechts'))}</w:tr></w:tbl>"
    merged = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('')}</w:tc>"
    table = (
        f"<w:tbl><w:tr>{cell(p('Ort'))}{cell(p('Kita'))}</w:tr><w:tr>{cell(p('Hamm'))}{merged}</w:tr>"
        f"<w:tr>{cell(p('Unna'), p('Kreis'))}<w:sdt><w:sdtContent>{cell(p('4'))}</w:sdtContent></w:sdt></w:tr>"
        f"<w:tr>{cell(nested, p('zuletzt'))}</w:tr></w:tbl>"
    )

    assert text(p("Davor") + table + p("Danach")) == (
        "Davor\n\nOrt | Kita\nHamm\nUnna\n\nKreis | 4\n\ninnen | rechts\n\nzuletzt\n\nDanach"
    )


def text_box(words):
    return f"<w:txbxContent>{p(words)}</w:txbxContent>"


def test_a_text_box_is_read_once_after_its_paragraph():
    older = f"<mc:Fallback><w:pict>{text_box('Kasten')}</w:pict></mc:Fallback>"
    newer = f'<mc:Choice Requires="wps"><w:drawing>{text_box("Kasten")}</w:drawing></mc:Choice>'
    alternatives = f"<mc:AlternateContent>{newer}{older}</mc:AlternateContent>"

    body = f"<w:p>{run('Ein ')}<w:r>{alternatives}</w:r>{run('Satz')}</w:p>{p('Danach')}"

    assert text(body) == "Ein Satz\n\nKasten\n\nDanach"
    assert text(f"<w:p><w:r><w:pict>{text_box('Alter Kasten')}</w:pict></w:r></w:p>") == "Alter Kasten"


def test_deleted_and_moved_text_is_not_read_and_inserted_text_is():
    body = (
        f"<w:p>{run('Mehr ')}<w:del>{run('Weg')}<w:r><w:delText>weg</w:delText></w:r></w:del>"
        f"<w:ins>{run('Kinder')}</w:ins></w:p>"
        f"<w:p><w:moveFrom>{run('Vorher')}</w:moveFrom></w:p><w:p><w:moveTo>{run('Nachher')}</w:moveTo></w:p>"
        f"<w:p><w:ins><w:r>{text_box('Neu')}</w:r></w:ins><w:del><w:r>{text_box('Alt')}</w:r></w:del></w:p>"
    )

    assert text(body) == "Mehr Kinder\n\nNachher\n\nNeu"


@pytest.mark.parametrize(
    ("mark", "words"), [("<w:vanish/>", "ab"), ('<w:vanish w:val="1"/>', "ab"), ('<w:vanish w:val="0"/>', "aGeheimb")]
)
def test_hidden_text_is_not_read(mark, words):
    assert text(f"<w:p>{run('a')}{run('Geheim', mark)}{run('b')}</w:p>") == words


def test_fields_give_their_result_and_symbols_are_characters():
    body = (
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='DATE'>"
        + run("4. März")
        + "</w:fldSimple>"
        "<w:r><w:tab/><w:t>E</w:t><w:noBreakHyphen/><w:t>Mail</w:t><w:br/><w:t>Sil</w:t><w:softHyphen/><w:t>be</w:t></w:r>"
        "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t> a=b</m:t></m:r>"
        "</m:oMath></w:p>"
    )

    assert text(body) == "4. März E-Mail\nSilbe a=b"


# --- notes ------------------------------------------------------------------------------------------------------------


def notes(kind, *inner):
    return f'<w:{kind}s xmlns:w="{WORD}">{"".join(inner)}</w:{kind}s>'


def test_footnotes_and_endnotes_come_last_and_comments_are_not_read():
    footnotes = notes(
        "footnote",
        f'<w:footnote w:type="separator" w:id="-1">{p("Strich")}</w:footnote>',
        f'<w:footnote w:id="1">{p("Siehe SGB VIII.")}{p("Stand 2018.")}</w:footnote>',
        f'<w:footnote w:id="2"><w:p>{run("Neu.")}<w:del>{run("Alt.")}</w:del></w:p></w:footnote>',
    )
    links = [
        ("r1", "footnotes", "footnotes.xml"),
        ("r2", "endnotes", "endnotes.xml"),
        ("r3", "comments", "comments.xml"),
    ]

    said = text(
        p("Ein Satz."),
        *links,
        word__footnotes=footnotes,
        word__endnotes=notes("endnote", f"<w:endnote>{p('Ganz am Ende.')}</w:endnote>"),
        word__comments=notes("comment", f"<w:comment>{p('Nur unter uns')}</w:comment>"),
    )

    assert said == "Ein Satz.\n\nSiehe SGB VIII.\nStand 2018.\n\nNeu.\n\nGanz am Ende."


@pytest.mark.parametrize("part", ["<w:footnotes", "", "<!DOCTYPE a><a/>"], ids=repr)
def test_damaged_footnotes_lose_only_themselves(part):
    assert text(p("Ein Satz."), ("r1", "footnotes", "footnotes.xml"), word__footnotes=part) == "Ein Satz."


def test_external_footnotes_are_not_followed():
    part = notes("footnote", f"<w:footnote>{p('Note')}</w:footnote>")

    assert text(p("Satz"), ("r1", "footnotes", "footnotes.xml"), word__footnotes=part) == "Satz\n\nNote"
    assert text(p("Satz"), ("r1", "footnotes", "footnotes.xml", "External"), word__footnotes=part) == "Satz"


# --- facts ------------------------------------------------------------------------------------------------------------


def drawing(inner="", **properties):
    said = " ".join(f'{name}="{value}"' for name, value in properties.items())
    return f'<w:drawing xmlns:d="{DRAWINGS}"><d:inline><d:docPr {said}/>{inner}</d:inline></w:drawing>'


def test_pictures_are_figures_and_text_boxes_are_not():
    picture = '<p:pic xmlns:p="http://schemas.openxmlformats.org/drawingml/2006/picture"/>'
    drawn = (
        drawing(),
        drawing(descr="Eine Kette"),
        drawing(descr="  "),
        drawing(text_box("Kasten")),
        drawing(text_box("Unter dem Bild") + picture),
    )
    deleted = f"<w:p><w:del><w:r>{drawing()}</w:r></w:del></w:p>"

    found = read(docx("".join(f"<w:p><w:r>{one}</w:r></w:p>" for one in drawn) + deleted))

    assert (found.figures, found.figures_described) == (4, 1)


def marked(words, language):
    language = f'<w:lang w:val="{language}"/>'
    return f"<w:p>{run(words, language)}</w:p>"


@pytest.mark.parametrize(
    ("usual", "body", "language"),
    [
        ("de-DE", p("Guten Tag"), "de-DE"),
        ("de-DE", p("Guten Tag zusammen") + marked("Hello", "en-GB"), "de-DE"),
        ("en-US", marked("Guten Tag zusammen", "de-DE") + p("OK"), "de-DE"),
        ("", marked("Guten Tag", "de-DE"), "de-DE"),
        ("de-DE", "", "de-DE"),
        ("", p("Guten Tag"), ""),
        ("Deutsch, was sonst", p("Guten Tag"), ""),
    ],
    ids=["usual", "mostly usual", "mostly said", "said", "empty", "unknown", "none"],
)
def test_the_language_is_that_of_most_text(usual, body, language):
    assert read(docx(body, word__styles=styles(language=usual))).language == language


def test_the_language_of_the_default_style_overrides_the_document():
    usual = styles(language="en-US").replace(
        "</w:styles>",
        '<w:style w:type="paragraph" w:default="1"><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:style></w:styles>',
    )

    assert read(docx(p("Guten Tag"), word__styles=usual)).language == "de-DE"


def test_text_is_cut_at_its_limits():
    assert read(docx(p("Wort Wort")), Limits(characters_per_page=6)).pages[0].text == "Wort W"


def test_the_main_part_may_have_another_name():
    renamed = {"word/document2.xml": offices.member(docx(p("Aus dem Browser")), "word/document.xml")}
    links = {"_rels/.rels": offices.relationships(("r1", "officeDocument", "word/document2.xml"))}

    assert read(samples.archive(renamed | links)).pages[0].text == "Aus dem Browser"


@pytest.mark.parametrize("body", ["<w:p>", "&a;", "\0"], ids=repr)
def test_a_damaged_document_is_damaged(body):
    with pytest.raises(UnreadableError, match=r"^Die Datei ist beschädigt\.$"):
        read(docx(body))


def test_an_empty_document_is_a_page_without_text():
    found = read(docx(""))

    assert ([page.text for page in found.pages], found.outline, found.has_headings) == ([""], [], False)
