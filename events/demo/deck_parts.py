"""The XML of a presentation's parts (ECMA-376, part 1): one master, one layout with title and text, slides, notes.

Lengths are in EMU, 914,400 to the inch; sizes of letters in hundredths of a point.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

Link = tuple[str, str]
Box = tuple[int, int, int, int]

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SCHEMAS = "http://schemas.openxmlformats.org"
RELATIONS = f"{SCHEMAS}/officeDocument/2006/relationships"
SPACES = f'xmlns:a="{SCHEMAS}/drawingml/2006/main" xmlns:r="{RELATIONS}" xmlns:p="{SCHEMAS}/presentationml/2006/main"'
ROOT_LINKS = (
    ("officeDocument", "ppt/presentation.xml"),
    (f"{SCHEMAS}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
    ("extended-properties", "docProps/app.xml"),
)
APP_PROPERTIES = (
    f'{HEAD}<Properties xmlns="{SCHEMAS}/officeDocument/2006/extended-properties">'
    "<Application>Lernnetzwerk</Application></Properties>"
)
WIDTH, HEIGHT = 12_192_000, 6_858_000
TITLE: Box = (914_400, 640_000, 10_363_200, 1_200_000)
TEXT: Box = (914_400, 2_000_000, 10_363_200, 3_900_000)
BESIDE: Box = (914_400, 2_000_000, 3_600_000, 3_900_000)
FIGURE: Box = (4_744_400, 2_000_000, 6_533_200, 3_674_925)
FOOTER: Box = (914_400, 6_200_000, 8_000_000, 365_125)
NUMBER: Box = (9_448_800, 6_200_000, 1_828_800, 365_125)
BAR: Box = (0, 0, 228_600, HEIGHT)
FOOT = "Platzhalter, keine Folie des Vortrags"
COLOURS = {
    "dk1": "1E1E24",
    "lt1": "FFFFFF",
    "dk2": "162855",
    "lt2": "F8F1EB",
    "accent1": "A84F2B",
    "accent2": "162855",
    "accent3": "42588F",
    "accent4": "BE623A",
    "accent5": "E2BEA8",
    "accent6": "5C5C66",
    "hlink": "162855",
    "folHlink": "42588F",
}
MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)
AS_MASTER = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"


def relationships(links: Iterable[Link]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if "/" in kind else f"{RELATIONS}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{SCHEMAS}/package/2006/relationships">{rows}</Relationships>'


def content_types(types: Mapping[str, str]) -> str:
    rows = "".join(f'<Override PartName="/{name}" ContentType="{type_}"/>' for name, type_ in types.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{SCHEMAS}/package/2006/content-types">{rels}{xml}{rows}</Types>'


def core_properties(title: str) -> str:
    dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    spaces = f'xmlns:cp="{SCHEMAS}/package/2006/metadata/core-properties" xmlns:dc="{dc}" xmlns:dcterms="{terms}"'
    return (
        f"{HEAD}<cp:coreProperties {spaces}><dc:title>{escape(title)}</dc:title>"
        "<dc:creator>Lernnetzwerk, Demo-Inhalt</dc:creator><dc:language>de-DE</dc:language></cp:coreProperties>"
    )


def presentation(slides: Sequence[str]) -> str:
    """`slides` are the links to them, in their order."""
    rows = "".join(f'<p:sldId id="{number}" r:id="{link}"/>' for number, link in enumerate(slides, start=256))
    return (
        f'{HEAD}<p:presentation {SPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        '</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldIdLst>{rows}</p:sldIdLst><p:sldSz cx="{WIDTH}" cy="{HEIGHT}"/><p:notesSz cx="{HEIGHT}" cy="9144000"/>'
        "</p:presentation>"
    )


def slide_master() -> str:
    bar = (
        '<p:sp><p:nvSpPr><p:cNvPr id="6" name="Balken"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{_at(BAR)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )
    ground = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg2"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    shapes = (
        bar
        + _placeholder(2, "Titel", 'type="title"', _paragraph("Titel"), TITLE)
        + _placeholder(3, "Text", 'type="body" idx="1"', _paragraph("Text"), TEXT)
        + _placeholder(4, "Fußzeile", 'type="ftr" sz="quarter" idx="3"', _paragraph(FOOT), FOOTER)
        + _placeholder(5, "Foliennummer", 'type="sldNum" sz="quarter" idx="4"', _number(0), NUMBER)
    )
    styles = (
        f"<p:titleStyle>{_style(4_000, 'tx2', 'mj', is_bold=True)}</p:titleStyle>"
        f"<p:bodyStyle>{_style(2_400, 'tx1', 'mn')}</p:bodyStyle>"
        f"<p:otherStyle>{_style(1_400, 'tx1', 'mn')}</p:otherStyle>"
    )
    return (
        f"{HEAD}<p:sldMaster {SPACES}><p:cSld>{ground}{_tree(shapes)}</p:cSld>{MAP}"
        f'<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
        f"<p:txStyles>{styles}</p:txStyles></p:sldMaster>"
    )


def slide_layout() -> str:
    shapes = (
        _placeholder(2, "Titel", 'type="title"', _paragraph("Titel"))
        + _placeholder(3, "Text", 'idx="1"', _paragraph("Text"))
        + _small_print(0)
    )
    return (
        f'{HEAD}<p:sldLayout {SPACES} type="obj" preserve="1"><p:cSld name="Titel und Text">{_tree(shapes)}</p:cSld>'
        f"{AS_MASTER}</p:sldLayout>"
    )


def slide(title: str, lines: Iterable[str], number: int, figure: str = "") -> str:
    shapes = (
        _placeholder(2, "Titel", 'type="title"', _paragraph(title))
        + _placeholder(3, "Text", 'idx="1"', "".join(map(_paragraph, lines)), BESIDE if figure else None)
        + figure
        + _small_print(number)
    )
    return f"{HEAD}<p:sld {SPACES}><p:cSld>{_tree(shapes)}</p:cSld>{AS_MASTER}</p:sld>"


def figure(link: str, description: str) -> str:
    """A picture beside the text, with what people hear who do not see it."""
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="6" name="Grafik" descr="{escape(description)}"/>'
        '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr>{_at(FIGURE)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def notes_master() -> str:
    shapes = _slide_picture((685_800, 1_143_000, 5_486_400, 3_086_100)) + _placeholder(
        3,
        "Notizen",
        'type="body" sz="quarter" idx="1"',
        _paragraph("Notizen"),
        (685_800, 4_400_550, 5_486_400, 3_600_450),
    )
    return f"{HEAD}<p:notesMaster {SPACES}><p:cSld>{_tree(shapes)}</p:cSld>{MAP}</p:notesMaster>"


def notes_slide(notes: str) -> str:
    shapes = _slide_picture() + _placeholder(3, "Notizen", 'type="body" idx="1"', _paragraph(notes))
    return f"{HEAD}<p:notes {SPACES}><p:cSld>{_tree(shapes)}</p:cSld>{AS_MASTER}</p:notes>"


def _slide_picture(place: Box | None = None) -> str:
    """Where the slide is seen above its notes."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Folienbild"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr>{_shape(place)}</p:spPr></p:sp>'
    )


def _small_print(number: int) -> str:
    return _placeholder(4, "Fußzeile", 'type="ftr" sz="quarter" idx="11"', _paragraph(FOOT)) + _placeholder(
        5, "Foliennummer", 'type="sldNum" sz="quarter" idx="12"', _number(number)
    )


def _tree(shapes: str) -> str:
    group = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    return f"<p:spTree>{group}{shapes}</p:spTree>"


def _placeholder(number: int, name: str, kind: str, text: str, place: Box | None = None) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{_shape(place)}</p:spPr>"
        f"<p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>{text}</p:txBody></p:sp>"
    )


def _paragraph(text: str) -> str:
    return f'<a:p><a:r><a:rPr lang="de-DE"/><a:t>{escape(text)}</a:t></a:r></a:p>'


def _number(number: int) -> str:
    field = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
    shown = number or "‹Nr.›"
    return f'<a:p><a:fld id="{field}" type="slidenum"><a:rPr lang="de-DE"/><a:t>{shown}</a:t></a:fld></a:p>'


def _shape(place: Box | None) -> str:
    """A place of its own, or none: then that of the layout or the master."""
    return f'{_at(place)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if place else ""


def _at(place: Box) -> str:
    left, top, width, height = place
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _style(size: int, colour: str, font: str, is_bold: bool = False) -> str:
    return (
        '<a:lvl1pPr marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="1200"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{size}" b="{int(is_bold)}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="+{font}-lt"/></a:defRPr></a:lvl1pPr>'
    )


def _theme() -> str:
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in COLOURS.items())
    font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{SCHEMAS}/drawingml/2006/main" name="Lernnetzwerk"><a:themeElements>'
        f'<a:clrScheme name="Lernnetzwerk">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Lernnetzwerk"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="Lernnetzwerk"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


THEME = _theme()
