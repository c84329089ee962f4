"""Files saved as "Strict Open XML": the same content under other names."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office import read as office
from lernnetzwerk.formats.xml_tree import START
from tests.files import offices, samples
from tests.files.offices import TITLED, cell, chart, deck, docx, p, styles, xlsx

USUAL = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(\w+)")


def strict(content):
    """As Office writes it (ISO/IEC 29500-1); packages and their content types keep their names."""
    with ZipFile(BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    kept = re.compile(rb"(?=package|markup-compatibility)")
    changed = {
        name: body
        if name == "[Content_Types].xml"
        else USUAL.sub(
            lambda found: found[0] if kept.match(found[1]) else b"http://purl.oclc.org/ooxml/%s/%s" % found.groups(),
            body,
        )
        for name, body in members.items()
    }
    return samples.archive(changed)


def slides():
    def build(slide):
        slide.shapes.title.text = "Zahlen aus Hamm"
        slide.placeholders[1].text = "Drei Punkte"
        chart(slide)

    return deck((TITLED, build))


def letter():
    heading = p("Anlass", '<w:pStyle w:val="berschrift1"/>')
    return docx(heading + p("Ein Satz."), word__styles=styles(("berschrift1", "heading 1", "", "")))


FILES = {
    "pptx": slides,
    "docx": letter,
    "xlsx": lambda: xlsx({"Orte": f"<row>{cell('Hamm')}{cell('0', 's')}</row>"}, ["Lünen"]),
    "long xlsx": lambda: xlsx({"Orte": f"<row>{cell('Hamm')}</row>" * (START // 20)}),
}


@pytest.mark.parametrize("name", FILES)
def test_strict_files_are_read_like_others(name):
    content, key = FILES[name](), name.split()[-1]

    usual, found = (office.read(BytesIO(one), key, Limits()) for one in (content, strict(content)))

    assert usual.pages[0].text
    assert found == usual


def test_the_samples_are_strict():
    slide = offices.member(strict(slides()), "ppt/slides/slide1.xml")

    assert "purl.oclc.org/ooxml/presentationml/main" in slide
    assert "schemas.openxmlformats.org/presentationml" not in slide
