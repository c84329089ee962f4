"""Creates Office files with content that readers must find, and with content that could break them."""

from io import BytesIO
from zipfile import ZipFile

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from tests.files import samples

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
BLANK, TITLED, TITLE_ALONE = 6, 1, 5  # layouts


def relationships(*links):
    """Returns a .rels part; each link is (id, kind, target) or (id, kind, target, "External")."""
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode[0]}"/>' if mode else "/>")
        for id_, kind, target, *mode in links
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def changed(content, changes):
    """Returns the archive with members replaced or added; None removes a member."""
    with ZipFile(BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()} | changes
    return samples.archive({name: body for name, body in members.items() if body is not None})


def member(content, name):
    """Returns the text of a member of the archive."""
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


# --- PPTX -------------------------------------------------------------------------------------------------------------


def deck(*slides):
    """Returns a PPTX; each item is a function that fills a new slide with a title, or a pair (layout, function)."""
    presentation = Presentation()
    for one in slides:
        layout, build = one if isinstance(one, tuple) else (TITLE_ALONE, one)
        build(presentation.slides.add_slide(presentation.slide_layouts[layout]))
    stream = BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def box(slide, text):
    shape = slide.shapes.add_textbox(0, 0, 100, 100)
    shape.text_frame.text = text
    return shape


def chart(slide, title="Zahlen"):
    """Adds a column chart with two categories, two series and titles."""
    data = CategoryChartData()
    data.categories = ["Nord", "Süd"]
    data.add_series("Kinder", (1, 2))
    data.add_series("Eltern", (3, 4))
    drawn = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 900, 900, data).chart
    drawn.has_title = True
    drawn.chart_title.text_frame.text = title
    drawn.value_axis.has_title = True
    drawn.value_axis.axis_title.text_frame.text = "Plätze"


def points(*texts):
    """Returns the data part of a SmartArt; a text is a point of type "node", (type, text) a point of that type."""
    typed = [one if isinstance(one, tuple) else ("node", one) for one in texts]
    rows = "".join(
        f'<dgm:pt modelId="{number}" type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for number, (kind, text) in enumerate(typed)
    )
    return f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" xmlns:a="{MAIN}"><dgm:ptLst>{rows}</dgm:ptLst></dgm:dataModel>'


def frame(inner, number=90):
    """Returns the XML of a graphic frame for a slide."""
    return (
        f'<p:graphicFrame xmlns:p="{SLIDE}" xmlns:a="{MAIN}" xmlns:r="{OFFICE}"><p:nvGraphicFramePr>'
        f'<p:cNvPr id="{number}" name="x"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></p:graphicFrame>"
    )


def smart_art(place="../diagrams/data1.xml", data=None, **link):
    """Returns a PPTX of one slide with a title, a SmartArt and a text after it; `data` is the SmartArt's data part."""
    content = deck(lambda slide: (setattr(slide.shapes.title, "text", "Kette"), box(slide, "Danach")))
    drawn = frame(f'<dgm:relIds xmlns:dgm="{DIAGRAM}" r:dm="d1" r:lo="d2"/>')
    rels = "ppt/slides/_rels/slide1.xml.rels"
    linked = relationships(("d1", "diagramData", place, *link.values()), ("rId1", "slideLayout", "../x.xml"))
    changes = {"ppt/slides/slide1.xml": before_last_shape(content, drawn), rels: linked}
    return changed(content, changes | ({"ppt/diagrams/data1.xml": data} if data is not None else {}))


def before_last_shape(content, xml, name="ppt/slides/slide1.xml"):
    """Returns the XML of the slide with `xml` inserted before its last shape."""
    before, sign, after = member(content, name).rpartition("<p:sp>")
    return before + xml + sign + after


def inserted(content, xml, name="ppt/slides/slide1.xml"):
    """Returns the PPTX with `xml` as last shape of the slide."""
    return changed(content, {name: member(content, name).replace("</p:spTree>", f"{xml}</p:spTree>")})


# --- DOCX -------------------------------------------------------------------------------------------------------------


def docx(body, links=(), **parts):
    """Returns a DOCX with this body; `parts` are further members by name, with "__" for "/" and without ".xml"."""
    spaces = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:a="{MAIN}" xmlns:c="{CHART}" xmlns:mc="{COMPATIBLE}"'
    members = {"word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>"}
    if links:
        members["word/_rels/document.xml.rels"] = relationships(*links)
    return samples.archive(members | {f"{name.replace('__', '/')}.xml": part for name, part in parts.items()})


def p(text, properties=""):
    """Returns the XML of a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def styles(*rows, language=""):
    """Returns a styles part; each row is (id, name, id of the base style, outline level)."""
    found = "".join(
        f'<w:style w:styleId="{id_}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base else "")
        + (f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>' if level else "")
        + "</w:style>"
        for id_, name, base, level in rows
    )
    usual = f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    return f'<w:styles xmlns:w="{WORD}">{usual if language else ""}{found}</w:styles>'


# --- XLSX -------------------------------------------------------------------------------------------------------------


def xlsx(sheets, strings=(), states=(), head=""):
    """Returns an XLSX; `sheets` maps names to the XML of their rows.

    `states` are the states (such as "hidden") of the first sheets, `head` is XML that each sheet has before its rows.
    """
    names = "".join(
        f'<sheet name="{name}" r:id="r{number}"' + (f' state="{states[number]}"/>' if number < len(states) else "/>")
        for number, name in enumerate(sheets)
    )
    links = [(f"r{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(len(sheets))]
    members = {
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(*links),
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{"".join(strings)}</sst>',
    }
    for number, rows in enumerate(sheets.values()):
        body = f'<worksheet xmlns="{SHEET}">{head}<sheetData>{rows}</sheetData></worksheet>'
        members[f"xl/worksheets/sheet{number}.xml"] = body
    return samples.archive(members)


def cell(text, kind="inlineStr", **attributes):
    """Returns the XML of a cell of the type `kind`."""
    further = "".join(f' {name}="{value}"' for name, value in attributes.items())
    inner = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{text}</v>"
    return f'<c t="{kind}"{further}>{inner}</c>'


# --- OpenDocument -----------------------------------------------------------------------------------------------------


def opendocument(key, body, before="", **parts):
    """Returns an OpenDocument file of the type `key`, one of "odt", "odp" and "ods".

    `body` is the XML inside the text, presentation or spreadsheet, `before` the XML before the body, such as styles.
    """
    spaces = {
        "office": "office",
        "draw": "drawing",
        "text": "text",
        "table": "table",
        "presentation": "presentation",
        "style": "style",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
    }
    namespaces = " ".join(f'xmlns:{prefix}="{samples.ODF}{name}:1.0"' for prefix, name in spaces.items())
    inner = f"<office:{samples.ODF_TYPES[key]}>{body}</office:{samples.ODF_TYPES[key]}>"
    content = (
        f"<office:document-content {namespaces}>{before}<office:body>{inner}</office:body></office:document-content>"
    )
    return samples.archive({"content.xml": content} | {f"{name}.xml": part for name, part in parts.items()})
