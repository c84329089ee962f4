"""What a download contains besides what its reader is shown: never in the text, counted for the editors."""

from io import BytesIO

import pytest
from pptx.util import Cm, Emu

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office import read as office
from lernnetzwerk.formats.opendocument import read as opendocument
from tests.files import offices, samples
from tests.files.offices import BLANK, cell, deck, docx, p, xlsx

W_STYLE = f'<w:styles xmlns:w="{offices.WORD}">{{}}</w:styles>'
LEGACY, MODERN = "comments", "http://schemas.microsoft.com/office/2018/10/relationships/comments"


def read(key, content):
    module = office if key in ("pptx", "docx", "xlsx") else opendocument
    return module.read(BytesIO(content), key, Limits())


def shown(key, content):
    """The text of all pages, and the numbers of what is not in it."""
    found = read(key, content)
    return "\n".join(page.text for page in found.pages), found.hidden_content


# --- PPTX -------------------------------------------------------------------------------------------------------------


def placed(slide, text, *box, rotation=0, shapes=None):
    shape = (shapes or slide.shapes).add_textbox(*(Cm(side) for side in box))
    shape.text_frame.text = text
    shape.rotation = rotation
    return shape


def group(slide, text, child, *frame):
    """A text box in a group that shows what lies from -50 to 50 and from 0 to 100 as `frame` on the slide."""
    grouped = slide.shapes.add_group_shape()
    box = grouped.shapes.add_textbox(*(Emu(side) for side in child))
    box.text_frame.text = text
    transform = grouped._element.grpSpPr.get_or_add_xfrm()
    transform.chOff.x, transform.chOff.y, transform.chExt.cx, transform.chExt.cy = -50, 0, 100, 100
    grouped.left, grouped.top, grouped.width, grouped.height = (Cm(side) for side in frame)


@pytest.mark.parametrize(
    ("box", "rotation", "is_shown"),
    [
        ((1, 1, 5, 2), 0, True),
        ((-3, 1, 5, 2), 0, True),
        ((-5, 1, 5, 2), 0, False),
        ((26, 1, 5, 2), 0, False),
        ((1, -2, 5, 2), 0, False),
        ((1, 20, 5, 2), 0, False),
        ((-5.5, 1, 5, 2), 90, False),
        ((1, -6, 12, 2), 90, True),
        ((-4, 1, 0, 0), 0, False),
        ((0, 0, 0, 0), 0, True),
    ],
    ids=str,
)
def test_a_box_beside_the_slide_is_not_read(box, rotation, is_shown):
    content = deck((BLANK, lambda slide: placed(slide, "Kasten", *box, rotation=rotation)))

    assert shown("pptx", content) == (("Kasten", {}) if is_shown else ("", {"outside": 1}))


@pytest.mark.parametrize(
    ("child", "frame", "is_shown"),
    [
        ((10, 10, 20, 20), (1, 1, 10, 10), True),
        ((110, 10, 20, 20), (1, 1, 10, 10), True),
        ((215, 10, 20, 20), (1, 1, 10, 10), False),
        ((10, 10, 20, 20), (30, 1, 10, 10), False),
        ((-400, 10, 20, 20), (1, 1, 10, 10), False),
    ],
    ids=str,
)
def test_the_place_of_a_box_in_a_group_is_that_on_the_slide(child, frame, is_shown):
    content = deck((BLANK, lambda slide: group(slide, "Kasten", child, *frame)))

    assert shown("pptx", content) == (("Kasten", {}) if is_shown else ("", {"outside": 1}))


def test_a_title_beside_the_slide_is_there_for_screen_readers():
    def build(slide):
        slide.shapes.title.text = "Titel"
        slide.shapes.title.left, slide.shapes.title.top = Cm(1), Cm(-9)
        slide.shapes.title.width, slide.shapes.title.height = Cm(5), Cm(2)

    assert shown("pptx", deck(build)) == ("Titel", {})


def test_notes_hidden_slides_hidden_and_outside_shapes_are_counted():
    def build(slide):
        slide.shapes.title.text = "Titel"
        placed(slide, "Lösung", 1, 1, 5, 2)._element.nvSpPr.cNvPr.set("hidden", "1")
        placed(slide, "NEBEN der Folie abgelegt", 40, 1, 5, 2)
        placed(slide, " ", 40, 9, 5, 2)
        slide.shapes.add_picture(BytesIO(samples.image("PNG")), Cm(40), 0)
        slide.notes_slide.notes_text_frame.text = "Nur für mich"

    def hidden(slide):
        build(slide)
        slide._element.set("show", "0")

    def without_notes(slide):
        slide.notes_slide.notes_text_frame.text = " "

    found = read("pptx", deck(build, hidden, (BLANK, without_notes)))

    assert [(page.number, page.text) for page in found.pages] == [(1, "Titel"), (3, "")]
    assert (found.hidden_content, found.figures) == ({"notes": 2, "slides": 1, "objects": 1, "outside": 2}, 0)


@pytest.mark.parametrize(
    ("type_", "part", "number"),
    [
        (f"{offices.OFFICE}/comments", "<p:cmLst xmlns:p='p'><p:cm><p:text>a</p:text></p:cm><p:cm/></p:cmLst>", 2),
        (MODERN, "<n:cmLst xmlns:n='n'><n:cm><n:replyLst><n:reply/></n:replyLst></n:cm></n:cmLst>", 2),
        (MODERN, "<n:cmLst", 0),
    ],
    ids=["old", "new, with a reply", "damaged"],
)
def test_comments_on_slides_are_counted(type_, part, number):
    content = deck(lambda slide: setattr(slide.shapes.title, "text", "Titel"))
    rels = "ppt/slides/_rels/slide1.xml.rels"
    link = f'<Relationship Id="c" Type="{type_}" Target="../comments/comment1.xml"/></Relationships>'
    changes = {rels: offices.member(content, rels).replace("</Relationships>", link), "ppt/comments/comment1.xml": part}

    found = shown("pptx", offices.changed(content, changes))

    assert found == ("Titel", {"comments": number} if number else {})


# --- DOCX -------------------------------------------------------------------------------------------------------------


def run(text, properties="", style=""):
    return f'<w:r><w:rPr><w:rStyle w:val="{style}"/>{properties}</w:rPr><w:t>{text}</w:t></w:r>'


def paragraph(*runs, style=""):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


STYLES = W_STYLE.format(
    '<w:style w:styleId="Weg"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Auch"><w:basedOn w:val="Weg"/></w:style>'
    '<w:style w:styleId="Doch"><w:basedOn w:val="Weg"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:styleId="Kreis"><w:basedOn w:val="Kreis"/></w:style>'
)


@pytest.mark.parametrize(
    ("body", "text", "texts"),
    [
        (paragraph(run("da "), run("weg", "<w:vanish/>")), "da", 1),
        (paragraph(run("da", '<w:vanish w:val="0"/>')), "da", 0),
        (paragraph(run("da "), run("w", "<w:vanish/>"), run("eg", "<w:vanish/>"), run("da")), "da da", 1),
        (paragraph(run("da "), run("weg", style="Weg")), "da", 1),
        (paragraph(run("da "), run("weg", style="Auch")), "da", 1),
        (paragraph(run("da", style="Doch"), run("", style="Kreis")), "da", 0),
        (paragraph(run("weg"), style="Weg") + p("da"), "da", 1),
        (paragraph(run("da", '<w:vanish w:val="false"/>'), style="Weg"), "da", 0),
        (paragraph(run(" ", "<w:vanish/>"), run("da")), "da", 0),
    ],
)
def test_hidden_text_is_not_read(body, text, texts):
    content = docx(body, [("s", "styles", "styles.xml")], word__styles=STYLES)

    assert shown("docx", content) == (text, {"texts": texts} if texts else {})


def test_hidden_text_in_a_footnote_is_not_read():
    note = f"<w:footnote><w:p>{run('weg', '<w:vanish/>')}{run('da')}</w:p></w:footnote>"
    notes = f'<w:footnotes xmlns:w="{offices.WORD}">{note}</w:footnotes>'
    content = docx(p("Text"), [("f", "footnotes", "footnotes.xml")], word__footnotes=notes)

    assert shown("docx", content) == ("Text\n\nda", {"texts": 1})


def test_a_hidden_row_is_not_read():
    row = "<w:tr>{}<w:tc>{}</w:tc></w:tr>"
    table = f"<w:tbl>{row.format('', p('da'))}{row.format('<w:trPr><w:hidden/></w:trPr>', p('weg'))}</w:tbl>"

    assert shown("docx", docx(table)) == ("da", {"rows": 1})


def test_tracked_changes_and_comments_are_counted():
    comments = f'<w:comments xmlns:w="{offices.WORD}"><w:comment>{p("GEHEIM")}</w:comment></w:comments>'
    body = (
        f"<w:p>{run('Sichtbar')}<w:ins>{run(' neu')}</w:ins>"
        "<w:del><w:r><w:delText>GEHEIM</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:moveFrom>{run('weg')}</w:moveFrom></w:p>"
    )

    content = docx(body, [("c", "comments", "comments.xml")], word__comments=comments)

    assert shown("docx", content) == ("Sichtbar neu", {"changes": 3, "comments": 1})


ANCHOR = (
    '<w:r><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:position{0} relativeFrom="{1}"><wp:posOffset>{2}</wp:posOffset></wp:position{0}>'
    '<wp:extent cx="1000" cy="1000"/><wp:docPr id="1" name="x" {3}/>'
    "<w:txbxContent><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></w:txbxContent></wp:anchor></w:drawing></w:r>"
)
PAGE = '<w:sectPr><w:pgSz w:w="10000" w:h="20000"/><w:pgMar w:left="1000" w:top="2000"/></w:sectPr>'


@pytest.mark.parametrize(
    ("drawing", "hidden"),
    [
        (("H", "page", 0, ""), {}),
        (("H", "page", -1_000, ""), {"outside": 1}),
        (("H", "page", 6_350_000, ""), {"outside": 1}),
        (("H", "column", -600_000, ""), {}),
        (("H", "column", -700_000, ""), {"outside": 1}),
        (("V", "margin", -2_000_000, ""), {"outside": 1}),
        (("V", "page", 12_699_999, ""), {}),
        (("V", "paragraph", -90_000_000, ""), {}),
        (("H", "page", 0, 'hidden="1"'), {"objects": 1}),
    ],
    ids=str,
)
def test_a_box_outside_of_the_page_of_a_text_is_not_read(drawing, hidden):
    content = docx(f"<w:p>{run('Text')}{ANCHOR.format(*drawing)}</w:p>{PAGE}")

    assert shown("docx", content) == ("Text" if hidden else "Text\n\nKasten", hidden)


# --- XLSX -------------------------------------------------------------------------------------------------------------


def test_hidden_sheets_rows_and_columns_with_content_are_counted():
    rows = (
        f"<row>{cell('Ort', r='A1')}{cell('Ort intern', r='B1')}{cell('', 'n', r='C1')}</row>"
        f'<row hidden="1">{cell("weg", r="A2")}</row><row hidden="1"><c r="A3"/></row>'
        f"<row>{cell('Hamm', r='A4')}{cell('7', 'n', r='B4')}</row>"
    )
    head = '<cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="1"/></cols>'

    content = xlsx({"Orte": rows, "Intern": "", "Sehr": ""}, states=["visible", "hidden", "veryHidden"], head=head)

    assert shown("xlsx", content) == ("Ort\nHamm", {"columns": 1, "rows": 1, "sheets": 2})


def test_comments_and_the_data_behind_pivot_tables_are_counted():
    old = "<comments xmlns='x'><commentList><comment ref='A1'/><comment ref='B1'/></commentList></comments>"
    new = "<ThreadedComments xmlns='y'><threadedComment ref='A1'/></ThreadedComments>"
    added = {
        "xl/worksheets/_rels/sheet0.xml.rels": offices.relationships(
            ("a", "comments", "../comments1.xml"), ("b", "threadedComment", "../threadedComments/t1.xml")
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": offices.relationships(("a", "comments", "../comments1.xml")),
        "xl/comments1.xml": old,
        "xl/threadedComments/t1.xml": new,
        "xl/pivotCache/pivotCacheRecords1.xml": "<x/>",
    }

    content = offices.changed(xlsx({"Orte": "", "Mehr": ""}), added)

    assert shown("xlsx", content)[1] == {"comments": 3, "pivots": 1}


# --- OpenDocument -----------------------------------------------------------------------------------------------------

DISPLAY = '<style:style style:name="{}" style:family="{}"{}>{}</style:style>'
OFF = '<style:text-properties text:display="none"/>'
AUTOMATIC = "<office:automatic-styles>{}</office:automatic-styles>".format(
    DISPLAY.format("T1", "text", "", OFF)
    + DISPLAY.format("P1", "paragraph", ' style:parent-style-name="Weg"', "")
    + DISPLAY.format("P2", "paragraph", ' style:parent-style-name="P2"', "")
)
COMMON = f'<s xmlns:style="{samples.ODF}style:1.0" xmlns:text="{samples.ODF}text:1.0">{{}}</s>'


@pytest.mark.parametrize(
    ("body", "text", "texts"),
    [
        ('<text:p>da <text:span text:style-name="T1">weg</text:span>auch</text:p>', "da auch", 1),
        ('<text:p text:style-name="P1">weg</text:p><text:p text:style-name="P2">da</text:p>', "da", 1),
        ('<text:p>da<text:hidden-text text:is-hidden="true">weg</text:hidden-text></text:p>', "da", 1),
        ('<text:p>da <text:hidden-text text:is-hidden="false">auch</text:hidden-text></text:p>', "da auch", 0),
        ('<text:p>weg<text:hidden-paragraph text:is-hidden="true"/></text:p><text:p>da</text:p>', "da", 1),
        ('<text:section text:display="none"><text:p>weg</text:p></text:section><text:p>da</text:p>', "da", 1),
        (
            '<text:section text:display="condition" text:is-hidden="true"><text:p>weg</text:p></text:section>',
            "",
            1,
        ),
    ],
)
def test_hidden_text_of_writer_is_not_read(body, text, texts):
    styles = COMMON.format(DISPLAY.format("Weg", "paragraph", "", OFF))

    content = offices.opendocument("odt", body, AUTOMATIC, styles=styles)

    assert shown("odt", content) == (text, {"texts": texts} if texts else {})


def test_changes_and_comments_of_writer_are_counted():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>da<office:annotation><text:p>GEHEIM</text:p></office:annotation></text:p>"
    )

    assert shown("odt", offices.opendocument("odt", body)) == ("da", {"changes": 1, "comments": 1})


MASTER = (
    f'<s xmlns:style="{samples.ODF}style:1.0" xmlns:fo="{samples.ODF}xsl-fo-compatible:1.0"'
    f' xmlns:draw="{samples.ODF}drawing:1.0"><style:page-layout style:name="PM1">'
    '<style:page-layout-properties fo:page-width="280mm" fo:page-height="21cm"/></style:page-layout>'
    '<style:master-page style:name="m" style:page-layout-name="PM1"/>'
    '<draw:layer-set><draw:layer draw:name="intern" draw:display="none"/></draw:layer-set></s>'
)
BOX = "<draw:frame {}><draw:text-box><text:p>Kasten</text:p></draw:text-box></draw:frame>"
PLACE = 'svg:width="5cm" svg:height="2cm" svg:x="{}" svg:y="{}"'


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ("", {}),
        (PLACE.format("27cm", "20cm"), {}),
        (PLACE.format("28cm", "1cm"), {"outside": 1}),
        (PLACE.format("-2in", "1cm"), {"outside": 1}),
        (PLACE.format("1cm", "-60pt"), {"outside": 1}),
        (f'{PLACE.format("28cm", "1cm")} presentation:class="title"', {}),
        ('svg:width="5cm" svg:height="2cm" draw:transform="rotate (1.57) translate (34cm 1cm)"', {"outside": 1}),
        ('svg:width="5cm" svg:height="2cm" draw:transform="rotate (1.57) translate (29cm 1cm)"', {}),
        ('draw:layer="intern"', {"objects": 1}),
        ('draw:display="none"', {"objects": 1}),
    ],
)
@pytest.mark.parametrize("wrapper", ["{}", "<draw:g>{}</draw:g>"], ids=["alone", "in a group"])
def test_a_box_beside_a_slide_of_impress_is_not_read(attributes, hidden, wrapper):
    page = f'<draw:page draw:master-page-name="m">{wrapper.format(BOX.format(attributes))}</draw:page>'

    assert shown("odp", offices.opendocument("odp", page, styles=MASTER)) == ("" if hidden else "Kasten", hidden)


def test_without_its_size_only_negative_places_are_beside_the_slide():
    boxes = BOX.format(PLACE.format("90cm", "1cm")) + BOX.format(PLACE.format("-9cm", "1cm"))

    content = offices.opendocument("odp", f"<draw:page>{boxes}</draw:page>")

    assert shown("odp", content) == ("Kasten", {"outside": 1})


def test_notes_of_impress_are_counted():
    notes = "<presentation:notes><draw:frame><text:p>{}</text:p></draw:frame></presentation:notes>"
    slides = "".join(f"<draw:page>{BOX.format('')}{notes.format(text)}</draw:page>" for text in ("GEHEIM", " "))

    assert shown("odp", offices.opendocument("odp", slides)) == ("Kasten\nKasten", {"notes": 1})


def test_hidden_rows_columns_and_sheets_of_calc_are_counted():
    properties = '<style:table-properties table:display="false"/>'
    hidden = DISPLAY.format("ta1", "table", "", properties)
    words = ("da", "weg", "weg", "", "da")
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in words)
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="3"/>'
        "<table:table-column/>"
    )
    rows = (
        f"<table:table-row>{cells}</table:table-row>"
        '<table:table-row table:visibility="filter"><table:table-cell><text:p>weg</text:p></table:table-cell>'
        "</table:table-row>"
    )
    body = (
        f'<table:table table:name="Orte">{columns}{rows}</table:table>'
        '<table:table table:name="Intern" table:style-name="ta1"/>'
    )

    content = offices.opendocument("ods", body, f"<office:automatic-styles>{hidden}</office:automatic-styles>")

    assert shown("ods", content) == ("da | da", {"columns": 2, "rows": 1, "sheets": 1})


# --- properties and photos --------------------------------------------------------------------------------------------


def test_names_in_the_properties_of_a_file_are_read():
    core = (
        '<c xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Erika  Beispiel</dc:creator>'
        "<lastModifiedBy>Max Muster</lastModifiedBy></c>"
    )
    app = (
        '<a xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Company>Stadt Hamm</Company><Manager> </Manager></a>"
    )
    meta = (
        f'<m xmlns:meta="{samples.ODF}meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<meta:initial-creator>Erika Beispiel</meta:initial-creator><dc:creator>Erika Beispiel</dc:creator></m>"
    )

    written = read("docx", docx(p("da"), docProps__core=core, docProps__app=app))

    assert written.names == ["Erika Beispiel", "Max Muster", "Stadt Hamm"]
    assert read("odt", offices.opendocument("odt", "<text:p>da</text:p>", meta=meta)).names == ["Erika Beispiel"]


def test_photos_with_a_place_are_counted():
    photo, plain = photo_with_place(), samples.image("JPEG")

    content = offices.changed(
        docx(p("da")), {"word/media/a.jpeg": photo, "word/media/b.jpg": plain, "c.jpg": b"Exif\0\0"}
    )

    assert shown("docx", content) == ("da", {"photos": 1})


def test_a_damaged_photo_does_no_harm():
    photo = photo_with_place()
    content = samples.archive({"word/document.xml": "<x/>", "word/media/a.jpg": photo}, stored=("word/media/a.jpg",))

    assert shown("docx", content)[1] == {"photos": 1}
    assert shown("docx", content.replace(photo[-20:], bytes(20)))[1] == {}


def photo_with_place():
    from PIL import Image

    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 40.0, 0.0)})
    return samples.image("JPEG", exif=exif)
