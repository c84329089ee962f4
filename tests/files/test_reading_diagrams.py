"""Charts and SmartArt: their words join those of the slide or text they stand in."""

from io import BytesIO

import pytest

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office import read as office
from tests.files import offices
from tests.files.offices import box, chart, deck, points, smart_art

CHART_1 = "ppt/charts/chart1.xml"
CHART_WORDS = "Zahlen\nPlätze\nKinder | Eltern\nNord | Süd"


def texts(content, key="pptx", limits=Limits()):  # noqa: B008 - frozen
    return [page.text for page in office.read(BytesIO(content), key, limits).pages]


def with_chart():
    def build(slide):
        slide.shapes.title.text = "Ausbau"
        chart(slide)
        box(slide, "Danach")

    return deck(build)


def test_the_text_of_a_chart_has_titles_series_and_categories():
    assert texts(with_chart()) == [f"Ausbau\n\n{CHART_WORDS}\n\nDanach"]


def test_charts_count_as_figures_once():
    assert office.read(BytesIO(with_chart()), "pptx", Limits()).figures == 1


@pytest.mark.parametrize("damaged", ["<c:chart", "", "<!DOCTYPE a><a/>", None, "<a/>"], ids=str)
def test_a_damaged_chart_loses_only_its_own_text(damaged):
    assert texts(offices.changed(with_chart(), {CHART_1: damaged})) == ["Ausbau\n\nDanach"]


def test_a_chart_with_damaged_relations_is_read():
    assert texts(offices.changed(with_chart(), {"ppt/charts/_rels/chart1.xml.rels": "<R"})) == [
        f"Ausbau\n\n{CHART_WORDS}\n\nDanach"
    ]


def test_category_levels_and_titles_from_cells_are_text_and_years_are_not():
    def kept(*values):
        return "".join(f'<c:pt idx="0"><c:v>{value}</c:v></c:pt>' for value in values)

    body = (
        f'<c:chartSpace xmlns:c="{offices.CHART}"><c:chart><c:title><c:tx><c:strRef><c:strCache>{kept("Aus der Zelle")}'
        "</c:strCache></c:strRef></c:tx></c:title><c:plotArea><c:ser><c:tx><c:v>Kinder</c:v></c:tx><c:cat>"
        f"<c:multiLvlStrRef><c:multiLvlStrCache><c:lvl>{kept('Kita', 'Schule', 'Kita')}</c:lvl><c:lvl>{kept('Hamm')}"
        f"</c:lvl></c:multiLvlStrCache></c:multiLvlStrRef></c:cat></c:ser><c:ser><c:cat><c:numRef><c:numCache>"
        f"{kept('2019')}</c:numCache></c:numRef></c:cat><c:val><c:numRef><c:numCache>{kept('17')}</c:numCache>"
        "</c:numRef></c:val></c:ser></c:plotArea></c:chart></c:chartSpace>"
    )

    assert texts(offices.changed(with_chart(), {CHART_1: body})) == [
        "Ausbau\n\nAus der Zelle\nKinder\nKita | Schule | Hamm\n\nDanach"
    ]


def test_charts_of_newer_kinds_have_text():
    new = "http://schemas.microsoft.com/office/drawing/2014/chartex"
    body = (
        f'<cx:chartSpace xmlns:cx="{new}" xmlns:a="{offices.MAIN}"><cx:chartData><cx:data id="0"><cx:strDim>'
        '<cx:lvl><cx:pt idx="0">Antrag</cx:pt><cx:pt idx="1">Bescheid</cx:pt></cx:lvl></cx:strDim><cx:numDim>'
        '<cx:lvl><cx:pt idx="0">5</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart><cx:title><cx:tx>'
        "<cx:txData><cx:v>Trichter</cx:v></cx:txData></cx:tx></cx:title><cx:plotArea><cx:series><cx:tx><cx:txData>"
        "<cx:v>Fälle</cx:v></cx:txData></cx:tx></cx:series></cx:plotArea></cx:chart></cx:chartSpace>"
    )
    drawn = offices.frame(f'<cx:chart xmlns:cx="{new}" r:id="rId2"/>')
    content = deck(lambda slide: setattr(slide.shapes.title, "text", "Ausbau"))
    links = offices.relationships(("rId2", "chartEx", "../charts/chartEx1.xml"))

    content = offices.changed(
        offices.inserted(content, drawn),
        {"ppt/charts/chartEx1.xml": body, "ppt/slides/_rels/slide1.xml.rels": links},
    )

    assert texts(content) == ["Ausbau\n\nTrichter\nFälle\nAntrag | Bescheid"]


def test_the_text_of_smart_art_has_its_points_in_file_order():
    data = points(
        ("doc", ""), "Schwangerschaft", "Kita", ("parTrans", ""), ("asst", "Lotsin"), ("pres", "Kita"), "Schule"
    )

    assert texts(smart_art(data=data)) == ["Kette\n\nSchwangerschaft\nKita\nLotsin\nSchule\n\nDanach"]


@pytest.mark.parametrize("damaged", ["<dgm:dataModel", "", "\0", "<!DOCTYPE a><a/>", None], ids=repr)
def test_damaged_smart_art_loses_only_its_own_text(damaged):
    assert texts(smart_art(data=damaged)) == ["Kette\n\nDanach"]


@pytest.mark.parametrize(
    "place",
    ["../diagrams/fehlt.xml", "../../../../../etc/passwd", "", "NULL", "#", "slide1.xml", "../presentation.xml"],
    ids=repr,
)
def test_smart_art_without_data_has_no_text(place):
    assert texts(smart_art(place, points("Kita"))) == ["Kette\n\nDanach"]


def test_external_smart_art_is_not_followed():
    inside = smart_art("/ppt/diagrams/data1.xml", points("Kita"))
    outside = smart_art("/ppt/diagrams/data1.xml", points("Kita"), mode="External")

    assert texts(inside) == ["Kette\n\nKita\n\nDanach"]
    assert texts(outside) == ["Kette\n\nDanach"]


def test_text_of_diagrams_counts_towards_the_limits():
    content = smart_art(data=points(*["Schwangerschaft"] * 5_000))

    assert texts(content, limits=Limits(characters_per_page=12)) == ["Kette\n\nSchwa"]
    assert texts(content, limits=Limits(characters=12)) == ["Kette\n\nSchwa"]


def test_a_diagram_above_the_size_limit_has_no_text(monkeypatch):
    monkeypatch.setattr("lernnetzwerk.formats.xml_tree.LARGEST_PART", 300_000)

    assert texts(smart_art(data=points(*["Kita"] * 2_000))) == ["\n".join(["Kette\n", *["Kita"] * 2_000, "\nDanach"])]
    assert texts(smart_art(data=points(*["Kita"] * 9_000))) == ["Kette\n\nDanach"]


# --- in texts ---------------------------------------------------------------------------------------------------------


def text_with(graphic, links, **parts):
    drawing = f"<w:p><w:r><w:t>Vorher</w:t></w:r><w:r><w:drawing>{graphic}</w:drawing></w:r></w:p>"
    return offices.docx(drawing + offices.p("Nachher"), links, **parts)


def test_charts_and_smart_art_in_a_document_are_read_in_position():
    chart_ = text_with(
        '<c:chart r:id="r1"/>',
        [("r1", "chart", "charts/chart1.xml")],
        word__charts__chart1=offices.member(with_chart(), CHART_1),
    )
    diagram = text_with(
        f'<d:relIds xmlns:d="{offices.DIAGRAM}" r:dm="r1"/>',
        [("r1", "diagramData", "d.xml")],
        word__d=points("Kita", "Schule"),
    )

    assert texts(chart_, "docx") == [f"Vorher\n{CHART_WORDS}\n\nNachher"]
    assert texts(diagram, "docx") == ["Vorher\nKita\nSchule\n\nNachher"]


def test_a_damaged_chart_in_a_document_loses_only_its_own_text():
    content = text_with('<c:chart r:id="r1"/>', [("r1", "chart", "charts/chart1.xml")], word__charts__chart1="<c")

    assert texts(content, "docx") == ["Vorher\n\nNachher"]
