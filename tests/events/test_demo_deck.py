"""The demo's PowerPoint file: its content as other programs read it and as the portal shows it."""

import posixpath
from collections import Counter
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx import Presentation

from events.demo.content import FILES
from events.models import Attachment
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.reading.accessibility import in_words
from lernnetzwerk.reading.findings import findings
from lernnetzwerk.reading.models import FilePage, Reading
from lernnetzwerk.reading.tasks import read_file
from tests.factories import make_attachment
from tests.reading import attribute, body, document, elements, links, texts
from tools.demo_files.deck import deck
from tools.demo_files.files import content

SLIDES = content()["deck"]["slides"]
TITLES = [slide["title"] for slide in SLIDES]
LINES = [slide["lines"] for slide in SLIDES]
NOTES = [slide["notes"] for slide in SLIDES if "notes" in slide]
DECK = (FILES / "platzhalter-collaborative-governance.pptx").read_bytes()
SMALL_PRINT = "Platzhalter, keine Folie des Vortrags"


@pytest.fixture(params=["as it is shipped", "with other slides"])
def made(request) -> tuple[bytes, list[dict]]:
    """A presentation, and the words that its slides must contain."""
    if request.param == "as it is shipped":
        return DECK, SLIDES
    slides = [*SLIDES[::-1], {"title": """<a:t>Rechte & "Pflichten"</a:t>""", "lines": ["</a:p> & 'mehr'"]}]
    return deck(DECK, slides), slides


@pytest.fixture
def attachment() -> Attachment:
    stored_file = store_bytes(DECK, "platzhalter.pptx")
    read_file(stored_file.pk)
    return make_attachment(kind="slides", stored_file=stored_file, language="de")


# --- the file ---------------------------------------------------------------------------------------------------------


def test_another_parser_finds_titles_lines_notes_and_descriptions(made):
    presentation, slides = made

    opened = Presentation(BytesIO(presentation))

    assert [slide.shapes.title.text for slide in opened.slides] == [slide["title"] for slide in slides]
    assert [slide.placeholders[1].text_frame.text.splitlines() for slide in opened.slides] == [
        slide["lines"] for slide in slides
    ]
    assert {slide.slide_layout.name for slide in opened.slides} == {"Titel und Text"}
    assert [slide.notes_slide.notes_text_frame.text for slide in opened.slides if slide.has_notes_slide] == [
        slide["notes"] for slide in slides if "notes" in slide
    ]
    assert [
        shape._element.nvPicPr.cNvPr.get("descr")
        for slide in opened.slides
        for shape in slide.shapes
        if hasattr(shape, "image")
    ] == [slide["picture"]["description"] for slide in slides if "picture" in slide]
    assert (opened.core_properties.title, opened.core_properties.language) == (slides[0]["title"], "de-DE")


def test_every_slide_has_a_footer_and_its_number(made):
    for number, slide in enumerate(Presentation(BytesIO(made[0])).slides, start=1):
        said = {shape.placeholder_format.type.name: shape.text_frame.text for shape in slide.placeholders}
        assert (said["FOOTER"], said["SLIDE_NUMBER"]) == (SMALL_PRINT, str(number))


def test_no_shape_leaves_its_slide_or_overlaps_another(made):
    opened = Presentation(BytesIO(made[0]))

    for slide in opened.slides:
        boxes = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in slide.shapes]
        assert all(box[0] >= 0 and box[1] >= 0 for box in boxes)
        assert all(box[2] <= opened.slide_width and box[3] <= opened.slide_height for box in boxes)
        for place, one in enumerate(boxes):
            assert [
                other
                for other in boxes[place + 1 :]
                if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
            ] == []


def test_every_part_has_a_type_and_a_relationship_and_no_link_is_broken(made):
    with ZipFile(BytesIO(made[0])) as archive:
        trees = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if ".jpg" not in name}
        members = Counter(archive.namelist())
    types = {one.get("PartName", "").lstrip("/") for one in trees["[Content_Types].xml"]} - {""}
    by_extension = {one.get("Extension") for one in trees["[Content_Types].xml"]} - {None, "rels", "xml"}
    types |= {name for name in members if name.rpartition(".")[2] in by_extension}
    targets = set()
    for name, tree in trees.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            targets |= {posixpath.normpath(posixpath.join(folder, link.get("Target"))) for link in tree}

    assert set(members.values()) == {1}
    assert types == targets == {name for name in members if not name.endswith((".rels", "[Content_Types].xml"))}


def test_shape_ids_are_unique_within_a_part(made):
    with ZipFile(BytesIO(made[0])) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                numbers = [one.get("id") for one in etree.fromstring(archive.read(name)).iter("{*}cNvPr")]
                assert len(numbers) == len(set(numbers)), name


# --- in the portal ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_portal_finds_nothing_in_the_file_but_its_notes(attachment):
    reading = Reading.objects.get(stored_file=attachment.stored_file)

    assert (attachment.stored_file.page_count, attachment.stored_file.type_label) == (10, "PowerPoint")
    assert (reading.state, reading.accessibility) == ("done", "good")
    assert [one.sentence for one in findings(reading)] == ["2 Notizen gehen mit dem Download hinaus."]
    assert in_words(reading) == "PowerPoint, deutsch, jede Folie mit Titel; die Abbildung ist beschrieben"


@pytest.mark.django_db
def test_visitors_read_each_slide_and_jump_to_each_title(client, attachment):
    page = document(client.get(attachment.get_absolute_url()))

    assert texts(page, style="leaf__title") == TITLES
    assert [attribute(page, "id") for page in elements(page, style="leaf")] == [f"folie-{n}" for n in range(1, 11)]
    assert [texts(words, tag="p") for words in elements(page, style="leaf__words")] == LINES
    outline = elements(page, style="outline__entries")[0]
    assert texts(outline, tag="a") == TITLES
    assert links(outline) == [f"#folie-{number}" for number in range(1, 11)]


@pytest.mark.django_db
def test_speaker_notes_and_footers_are_not_on_the_page(client, attachment):
    page = body(client.get(attachment.get_absolute_url())).decode()
    kept = "".join(FilePage.objects.values_list("text", flat=True))

    for words in (*NOTES, "Sprechzettel", SMALL_PRINT):
        assert words not in page
        assert words not in kept
