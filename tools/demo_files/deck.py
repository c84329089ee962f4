"""Writes the demo's presentation; the present file is the template that gives master, layout and theme."""

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu

from tools.demo_files.pictures import PALETTES, picture

FOOTERS = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
BESIDE = (914_400, 2_000_000, 3_600_000, 3_900_000)  # the text beside a picture: left, top, width, height in EMU
FIGURE = (4_744_400, 2_000_000, 6_533_200, 3_674_925)

Slide = Any  # python-pptx declares too general types for shapes
Words = dict[str, Any]  # one slide: `title` and `lines`; optional `notes` for the speaker and `picture`


def deck(present: bytes, slides: Sequence[Words]) -> bytes:
    """The presentation with these slides instead of its own; unchanged bytes if it already contains them."""
    presentation = Presentation(BytesIO(present))
    if [_words(slide) for slide in presentation.slides] == [_expected(words) for words in slides]:
        return present
    listed = presentation.slides._sldIdLst
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)
    for number, words in enumerate(slides, start=1):
        _fill(presentation.slides.add_slide(presentation.slide_layouts[0]), number, words)
    presentation.core_properties.title = slides[0]["title"]
    stream = BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def _words(slide: Slide) -> tuple[Any, ...]:
    """Title, lines and notes of a slide in the form of `_expected`."""
    lines = [paragraph.text for paragraph in slide.placeholders[1].text_frame.paragraphs]
    notes = slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
    figures = [shape for shape in slide.shapes if hasattr(shape, "image")]
    seen = [(figure._element.nvPicPr.cNvPr.get("descr"), figure.image.blob) for figure in figures]
    return slide.shapes.title.text, lines, notes, seen


def _expected(words: Words) -> tuple[Any, ...]:
    seen = [(drawn["description"], _jpeg(drawn)) for drawn in [words.get("picture")] if drawn]
    return words["title"], words["lines"], words.get("notes", ""), seen


def _fill(slide: Slide, number: int, words: Words) -> None:
    slide.shapes.title.text = words["title"]
    body = slide.placeholders[1]
    body.text_frame.text = "\n".join(words["lines"])
    if drawn := words.get("picture"):
        body.left, body.top, body.width, body.height = map(Emu, BESIDE)
        figure = slide.shapes.add_picture(BytesIO(_jpeg(drawn)), *map(Emu, FIGURE))
        figure._element.nvPicPr.cNvPr.set("descr", drawn["description"])
    if notes := words.get("notes"):
        slide.notes_slide.notes_text_frame.text = notes
    _add_footers(slide, number)


def _add_footers(slide: Slide, number: int) -> None:
    """Adds footer and slide number, which python-pptx does not copy from the layout."""
    for shape in slide.slide_layout.placeholders:
        if shape.placeholder_format.type in FOOTERS:
            copy = deepcopy(shape._element)
            copy.nvSpPr.cNvPr.set("id", str(len(slide.shapes) + 2))
            for text in copy.iterfind(".//{*}fld/{*}t"):
                text.text = str(number)
            slide.shapes._spTree.append(copy)


def _jpeg(drawn: dict[str, Any]) -> bytes:
    """The picture as JPEG, because older versions of PowerPoint cannot show WebP."""
    stream = BytesIO()
    Image.open(BytesIO(picture(drawn["seed"], PALETTES[drawn["palette"]]))).save(stream, "JPEG", quality=80)
    return stream.getvalue()
