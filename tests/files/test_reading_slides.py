"""What is found in PowerPoint files, asked in this process."""

from io import BytesIO

import pytest
from pptx.util import Inches

from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office import read as office
from tests.files import offices, samples
from tests.files.offices import BLANK, TITLED, box, deck

SLIDE_1 = "ppt/slides/slide1.xml"


def read(content, limits=Limits()):  # noqa: B008 - frozen
    return office.read(BytesIO(content), "pptx", limits)


def texts(content):
    return [page.text for page in read(content).pages]


def titled(text):
    return lambda slide: setattr(slide.shapes.title, "text", text)


def test_the_title_comes_first_and_the_rest_in_file_order():
    def build(slide):
        box(slide, "Oben")
        slide.placeholders[1].text = "Punkt"
        slide.shapes._spTree.append(slide.shapes.title._element)
        slide.shapes.title.text = "Titel\vzweizeilig"

    page = read(deck((TITLED, build))).pages[0]

    assert (page.title, page.text) == ("Titel zweizeilig", "Titel zweizeilig\n\nPunkt\n\nOben")


def test_a_slide_may_have_only_a_title_or_nothing():
    found = read(deck(titled("Nur ein Titel"), (BLANK, lambda _slide: None)))

    assert [(page.number, page.title, page.text) for page in found.pages] == [
        (1, "Nur ein Titel", "Nur ein Titel"),
        (2, "", ""),
    ]
    assert found.has_headings is True


@pytest.mark.parametrize("title", ["", "   "])
def test_an_empty_title_is_no_title(title):
    found = read(deck(lambda slide: (setattr(slide.shapes.title, "text", title), box(slide, "Text"))))

    assert (found.pages[0].title, found.pages[0].text, found.has_headings) == ("", "Text", False)


def test_the_titles_are_the_outline():
    found = read(deck(titled("Anfang"), (BLANK, lambda slide: box(slide, "Ohne Titel")), titled("Ende")))

    assert [(entry.level, entry.title, entry.page) for entry in found.outline] == [(1, "Anfang", 1), (1, "Ende", 3)]


def test_the_outline_needs_two_titles_and_omits_hidden_slides():
    def hide(slide):
        slide.shapes.title.text = "Nicht gezeigt"
        slide._element.set("show", "0")

    assert read(deck(titled("Gezeigt"), hide)).outline == []


def test_the_outline_has_a_limit():
    found = read(deck(titled("Eins"), titled("Zwei"), titled("Drei")), Limits(outline=2))

    assert [entry.title for entry in found.outline] == ["Eins", "Zwei"]


def test_shapes_with_the_same_id_are_all_read():
    def build(slide):
        slide.shapes.title.text = "Titel"
        box(slide, "Text")._element.nvSpPr.cNvPr.set("id", str(slide.shapes.title.shape_id))

    assert texts(deck(build)) == ["Titel\n\nText"]


@pytest.mark.parametrize(("show", "is_shown"), [("0", False), ("false", False), ("1", True)])
def test_a_hidden_slide_is_left_out_and_the_others_keep_their_numbers(show, is_shown):
    def build(slide):
        slide.shapes.title.text = "Titel"
        slide.shapes.add_picture(BytesIO(samples.image("PNG")), 0, 0)
        slide._element.set("show", show)

    found = read(deck(build, titled("Danach")))

    shown = [(1, "Titel"), (2, "Danach")] if is_shown else [(2, "Danach")]
    assert [(page.number, page.text) for page in found.pages] == shown
    assert (found.figures, found.hidden_content) == (is_shown, {} if is_shown else {"slides": 1})


def test_a_hidden_shape_has_no_text():
    def build(slide):
        box(slide, "Lösung")._element.nvSpPr.cNvPr.set("hidden", "1")
        slide.shapes.add_picture(BytesIO(samples.image("PNG")), 0, 0)._element.nvPicPr.cNvPr.set("hidden", "true")
        box(slide, "Frage")

    found = read(deck((BLANK, build)))

    assert (found.pages[0].text, found.figures) == ("Frage", 0)


def test_notes_and_footers_are_not_read():
    small = "".join(
        f'<p:sp><p:nvSpPr><p:cNvPr id="9" name=""/><p:cNvSpPr/><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{kind}</a:t></a:r></a:p></p:txBody></p:sp>"
        for kind in ("sldNum", "dt", "ftr", "subTitle")
    )

    def build(slide):
        slide.notes_slide.notes_text_frame.text = "Geheim"

    assert texts(offices.inserted(deck((BLANK, build)), small)) == ["subTitle"]


def test_nested_groups_are_read():
    def build(slide, depth=60):
        group = slide.shapes
        for number in range(depth):
            group = group.add_group_shape().shapes
            group.add_textbox(0, 0, 9, 9).text_frame.text = f"Ebene {number}"
        box(slide, "Daneben")

    assert texts(deck((BLANK, build))) == ["\n\n".join([*(f"Ebene {number}" for number in range(60)), "Daneben"])]


def test_groups_nested_too_deeply_lose_their_slide():
    deep = "<p:grpSp>" * 300 + "</p:grpSp>" * 300

    content = offices.inserted(deck(titled("Tief"), titled("Danach")), deep)

    assert texts(content) == ["", "Danach"]


def test_a_table_has_a_line_for_each_row_and_merged_cells_once():
    def build(slide):
        table = slide.shapes.add_table(3, 3, 0, 0, Inches(3), Inches(3)).table
        rows = (("Ort", "Kita", ""), ("Hamm", "4\n+ 1", "x"), ("", "", ""))
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                table.cell(row, column).text = word
        table.cell(1, 2).text = "verdeckt"
        table.cell(0, 1).merge(table.cell(0, 2))
        merged = table.cell(1, 1)
        merged.merge(table.cell(1, 2))
        merged.text = "4\n+ 1"
        table.cell(1, 2).text = "verdeckt"

    found = read(deck((BLANK, build)))

    assert (found.pages[0].text, found.figures) == ("Ort | Kita\nHamm | 4 + 1", 0)


def test_alternate_content_is_read_once():
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="{0}" name=""/></p:nvSpPr>'
        "<p:txBody><a:p><a:r><a:t>{1}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    newer, older = shape.format(7, "Formel"), shape.format(8, "[Bild]")
    both = (
        f'<mc:AlternateContent xmlns:mc="{offices.COMPATIBLE}"><mc:Choice Requires="a14">{newer}</mc:Choice>'
        f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent>"
    )

    assert texts(offices.inserted(deck(titled("Titel")), both)) == ["Titel\n\nFormel"]


def test_pictures_are_figures_with_or_without_a_description():
    def build(slide):
        for words in ("Eine Kette", " ", None):
            name = slide.shapes.add_picture(BytesIO(samples.image("PNG")), 0, 0)._element.nvPicPr.cNvPr
            name.set("descr", words) if words else name.attrib.pop("descr", None)

    found = read(deck((BLANK, build)))

    assert (found.figures, found.figures_described) == (3, 1)


def test_the_language_is_that_of_most_text():
    def build(slide):
        for language in ("en-GB", "de-DE", "de-DE"):
            box(slide, "Wort").text_frame.paragraphs[0].runs[0]._r.get_or_add_rPr().set("lang", language)

    assert read(deck((BLANK, build))).language == "de-DE"


def test_slides_are_read_up_to_a_limit():
    content = deck(*[titled("Titel")] * 4)

    assert [page.number for page in read(content, Limits(pages=3)).pages] == [1, 2, 3]


def test_at_most_a_thousand_slides_are_read():
    content = deck(titled("Titel"))
    name = "ppt/presentation.xml"
    entry = offices.member(content, name).partition("<p:sldIdLst>")[2].partition("</p:sldIdLst>")[0]
    many = offices.member(content, name).replace(entry, entry * 1_050)

    found = read(offices.changed(content, {name: many}))

    assert (len(found.pages), found.pages[-1].number, found.pages[-1].text) == (1_000, 1_000, "Titel")


def test_text_is_cut_at_its_limits():
    content = deck(*[(BLANK, lambda slide: box(slide, "Wort Wort"))] * 3)

    found = read(content, Limits(characters_per_page=4, characters=6))

    assert [page.text for page in found.pages] == ["Wort", "Wo", ""]


@pytest.mark.parametrize("damaged", ["<p:sld", "<!DOCTYPE a><a/>", None], ids=str)
def test_a_damaged_slide_loses_only_itself(damaged):
    content = offices.changed(deck(titled("Eins"), titled("Zwei")), {SLIDE_1: damaged})

    assert texts(content) == ["", "Zwei"]


def test_an_external_slide_is_not_followed():
    content = deck(titled("Eins"), titled("Zwei"))
    name = "ppt/_rels/presentation.xml.rels"
    outside = offices.member(content, name).replace(
        'Target="slides/slide1.xml"', 'Target="slides/slide1.xml" TargetMode="External"'
    )

    found = read(offices.changed(content, {name: outside}))

    assert [page.text for page in found.pages] == ["", "Zwei"]
    assert found.active_content == ["external"]


def test_slides_that_point_to_each_other_are_read_once_each():
    content = deck(*[titled("Titel")] * 3)
    changes = {}
    for number in (1, 2, 3):
        name = f"ppt/slides/_rels/slide{number}.xml.rels"
        link = (
            f'<Relationship Id="n" Type="{offices.OFFICE}/slide" Target="slide{number % 3 + 1}.xml"/></Relationships>'
        )
        changes[name] = offices.member(content, name).replace("</Relationships>", link)

    assert texts(offices.changed(content, changes)) == ["Titel"] * 3


@pytest.mark.parametrize(
    "content",
    [
        deck(),
        samples.ooxml("pptx"),
        offices.changed(deck(titled("x")), {SLIDE_1: "<p"}),
        offices.changed(deck(titled("x")), {"ppt/presentation.xml": None}),
        offices.changed(deck(titled("x")), {"ppt/presentation.xml": "<!DOCTYPE a><a/>"}),
        deck(titled("x"))[:2_000],
        b"",
    ],
    ids=["no slide", "empty parts", "no whole slide", "no main part", "document type", "cut", "nothing"],
)
def test_a_presentation_without_slides_is_damaged(content):
    with pytest.raises(UnreadableError, match=r"^Die Datei ist beschädigt\.$"):
        read(content)


def test_damaged_properties_lose_only_the_title():
    content = offices.changed(deck(titled("Titel")), {"docProps/core.xml": "<cp"})

    assert (read(content).title, texts(content)) == ("", ["Titel"])
